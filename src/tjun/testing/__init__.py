"""
The contract of an exporter, as tests for its author to subclass.

Install `tjun[testing]` and write a test file of five lines:

    from tjun.testing import ExporterContract
    from tjun_csv import CSV

    class TestContract(ExporterContract):
        exporter = CSV
"""

from tjun.testing.contract import ExporterContract
from tjun.testing.samples import hostile, sample

__all__ = ["ExporterContract", "hostile", "sample"]

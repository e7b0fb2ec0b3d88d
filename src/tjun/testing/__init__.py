"""
The contracts of exporters and importers, as tests for their authors to subclass.

Install `tjun[testing]` and write a test file of five lines:

    from tjun.testing import ExporterContract
    from tjun_lines import EXPORTER

    class TestContract(ExporterContract):
        exporter = EXPORTER
"""

from tjun.testing.contract import ExporterContract
from tjun.testing.importing import ImporterContract
from tjun.testing.samples import hostile, sample

__all__ = ["ExporterContract", "ImporterContract", "hostile", "sample"]

"""
The exporter keeps the contract of every exporter.
"""

from typing import Any


import tjun
from tjun.testing import ExporterContract, sample

from tjun_lines import EXPORTER


class TestContract(ExporterContract):
    exporter = EXPORTER
    options_to_try = ({"separator": "|"},)

    def parse(self, data: Any) -> object:
        """
        Raise an error unless the export is valid: here, text in UTF-8.
        """
        return data.decode()


def test_has_a_line_for_each_event() -> None:
    """
    There is one line per event.
    """
    lines = tjun.export(sample(), "lines").splitlines()
    assert len(lines) == len(sample().events)

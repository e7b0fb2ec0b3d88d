"""
The record as a part of the documentation: the whole site.
"""

from __future__ import annotations

from pathlib import Path

import tjun

__all__ = ["write_site"]


def write_site(directory: Path, base_url: str, report_url: str) -> None:
    """
    Write the record as a site.

    Args:
        directory: Where to write the site.

        base_url: The address at which it will be published.

        report_url: The address of the page that says how to report an error.
    """
    urls = {"base_url": base_url, "report_url": report_url}
    tjun.write(tjun.load(), "site", directory, **urls)

"""
Control characters, which no text format of tjun can contain.
"""

from __future__ import annotations

import re

from tjun import ExportError

__all__ = ["CONTROL", "check_printable"]

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""
The characters that a TEXT value of RFC 5545 (3.3.11) cannot contain, and HTML and
Markdown cannot show. Tabs and line breaks are not among them.
"""


def check_printable(exporter: str, text: str, what: str) -> None:
    """
    Reject a text with control characters.

    Args:
        exporter: The name of the exporter, for the message.

        text: The text.

        what: What the text is, for the message.

    Raises:
        ExportError: If the text contains a control character.
    """
    found = CONTROL.search(text)
    if found is not None:
        msg = f"{what} contains the control character {found[0]!r}; remove it"
        raise ExportError(exporter, msg)

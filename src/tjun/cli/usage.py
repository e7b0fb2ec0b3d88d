"""
The error for arguments that make no sense.
"""

from __future__ import annotations

__all__ = ["UsageError"]


class UsageError(ValueError):
    """
    The command line asks for something that makes no sense; exit status 2.
    """

"""
Errors that only the command line raises.
"""

from __future__ import annotations

from tjun.errors import TjunError

__all__ = ["UsageError"]


class UsageError(TjunError):
    """
    The arguments of a command are wrong; the exit status is 2.
    """

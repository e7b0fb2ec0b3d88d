"""
The errors found while a record is read.
"""

from __future__ import annotations

from collections.abc import Iterable

from tjun.errors import DataError, Fault
from tjun.suggestions import suggest

__all__ = ["FaultList"]

_MOST_FAULTS = 1_000  # Nobody corrects more at once.
_MOST_REMEDIES = 20  # Looking for a similar id is slow in a large record.
_LONGEST_MESSAGE = 500


class FaultList:
    """
    Errors in the order of files and entries, up to a limit.
    """

    def __init__(self) -> None:
        self._found: list[tuple[int, Fault]] = []
        self._remedies = 0

    @property
    def full(self) -> bool:
        """
        Whether the limit is reached, so that no more errors need to be found.
        """
        return len(self._found) >= _MOST_FAULTS

    def add(
        self,
        place: int,
        message: str,
        *,
        path: str = "",
        file: str | None = None,
        id: str | None = None,  # noqa: A002  # As in Fault.
    ) -> None:
        """
        Add an error.

        Args:
            place: The number of the entry it belongs to, by which errors are sorted.

            message: What is wrong, and what to do.

            path: Where in the file.

            file: The file.

            id: The id of the entry.
        """
        message = message[:_LONGEST_MESSAGE]
        fault = Fault(file=file, path=path, message=message, id=id)
        self._found.append((place, fault))

    def remedy(self, key: str, known: Iterable[str]) -> str:
        """
        Return the end of a message about an id that no entry has.
        """
        self._remedies += 1
        if self._remedies > _MOST_REMEDIES:
            return ""
        similar = suggest(key, known)
        if similar:
            return f"; did you mean {similar[0]!r}?"
        return "; add it or correct the id"

    def raise_if_any(self) -> None:
        """
        Raise the errors, if there are any.

        Raises:
            DataError: All of them.
        """
        if not self._found:
            return
        self._found.sort(key=lambda found: found[0])
        faults = [fault for _, fault in self._found]
        if self.full:
            msg = f"more than {_MOST_FAULTS:,} errors; correct these and check again"
            faults = [*faults[:_MOST_FAULTS], Fault(message=msg)]
        raise DataError(faults)

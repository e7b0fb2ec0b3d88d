"""
Immutable sequences whose items are also looked up by id.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, Protocol, Self, TypeVar, overload

from tjun.errors import NotFoundError
from tjun.suggestions import first_duplicate, suggest

__all__ = ["Catalog"]


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=_HasId)


class Catalog(Sequence[T], Generic[T]):
    """
    An immutable sequence whose items are also looked up by id.

    A text in brackets is an id, a number a place; `in` takes either an id or an
    item. Two catalogs are equal when they hold equal items in the same order.

    Args:
        items: The items, in order; an id stands only once.

        what: What one of them is called in a message.

    Raises:
        ValueError: For an id that two items have.
    """

    __slots__ = ("_by_id", "_items", "_what")

    def __init__(self, items: Iterable[T] = (), *, what: str = "entry") -> None:
        self._items = tuple(items)
        self._by_id = {item.id: item for item in self._items}
        self._what = what
        if len(self._by_id) != len(self._items):
            again = first_duplicate(item.id for item in self._items)
            msg = f"expected each {what} once, got {again!r} twice"
            raise ValueError(msg)

    @property
    def ids(self) -> tuple[str, ...]:
        """
        The ids, in order.
        """
        return tuple(self._by_id)

    @overload
    def __getitem__(self, key: str | int) -> T: ...
    @overload
    def __getitem__(self, key: slice) -> Self: ...
    def __getitem__(self, key: str | int | slice) -> T | Self:
        if isinstance(key, str):
            try:
                return self._by_id[key]
            except KeyError:
                close = suggest(key, self._by_id)
                raise NotFoundError(self._what, key, close) from None
        if isinstance(key, slice):
            return self._with(self._items[key])
        return self._items[key]

    def get(self, key: str, default: T | None = None) -> T | None:
        """
        Return the item with the id *key*, or *default* where there is none.
        """
        return self._by_id.get(key, default)

    def _with(self, items: Iterable[T]) -> Self:
        return type(self)(items, what=self._what)

    def __len__(self) -> int:
        return len(self._items)

    def __iter__(self) -> Iterator[T]:
        return iter(self._items)

    def __contains__(self, item: object) -> bool:
        if isinstance(item, str):
            return item in self._by_id
        own = self._by_id.get(getattr(item, "id", ""))
        return own is not None and own == item

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Catalog):
            return NotImplemented
        return self._items == other._items

    def __hash__(self) -> int:
        return hash(self._items)

    def __repr__(self) -> str:
        shown = ", ".join(repr(key) for key in self.ids[:3])
        more = f", ... {len(self)} in all" if len(self) > 3 else ""
        return f"<{type(self).__name__}: {shown}{more}>"

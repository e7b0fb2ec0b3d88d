"""
Immutable sequences whose items can also be looked up by id.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Generic, Protocol, Self, TypeVar, overload

from tjun.errors import NotFoundError, quoted
from tjun.suggestions import first_duplicate, suggest

__all__ = ["Catalog"]


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


D = TypeVar("D")
T_co = TypeVar("T_co", bound=_HasId, covariant=True)


class Catalog(Sequence[T_co], Generic[T_co]):
    """
    An immutable sequence whose items can also be looked up by id.

    In brackets, a string is an id and a number is a position. If no item has that id,
    the string may be an acronym, in any case, that only one item has. `in` accepts an
    id or an item. Two catalogs are equal if they contain equal items in the same
    order.

    Args:
        items: The items, in order, with unique ids.

        what: What an item is called in error messages.

    Raises:
        ValueError: If two items have the same id.
    """

    __slots__ = ("_by_id", "_items", "_what")

    def __init__(self, items: Iterable[T_co] = (), *, what: str = "entry") -> None:
        self._items = tuple(items)
        self._by_id = {item.id: item for item in self._items}
        self._what = what
        if len(self._by_id) != len(self._items):
            again = first_duplicate(item.id for item in self._items)
            msg = f"duplicate {what} {again!r}"
            raise ValueError(msg)

    @property
    def ids(self) -> tuple[str, ...]:
        """
        The ids, in order.
        """
        return tuple(self._by_id)

    @overload
    def __getitem__(self, key: str | int) -> T_co: ...
    @overload
    def __getitem__(self, key: slice) -> Self: ...
    def __getitem__(self, key: str | int | slice) -> T_co | Self:
        if isinstance(key, str):
            found = self._by_id.get(key)
            return self._with_acronym(key) if found is None else found
        if isinstance(key, slice):
            return self._with(self._items[key])
        return self._items[key]

    @overload
    def get(self, key: str) -> T_co | None: ...
    @overload
    def get(self, key: str, default: D) -> T_co | D: ...
    def get(self, key: str, default: Any = None) -> Any:
        """
        Return the item with the id *key*, or *default* if there is none.
        """
        return self._by_id.get(key, default)

    def _with_acronym(self, key: str) -> T_co:
        wanted = key.casefold()
        own = [x for x in self if getattr(x, "acronym", "").casefold() == wanted]
        if len(own) == 1:
            return own[0]
        if not own:
            raise NotFoundError(self._what, key, suggest(key, self._by_id))
        ids = [item.id for item in own]
        reason = f"acronym {key!r} is that of {quoted(ids, 'and')}; use an id"
        raise NotFoundError(self._what, key, ids, reason)

    def _with(self, items: Iterable[Any]) -> Self:
        return type(self)(items, what=self._what)

    def __reduce__(self) -> tuple[Any, ...]:
        return (_restore, (type(self), self._items, {"what": self._what}))

    def __len__(self) -> int:
        return len(self._items)

    def __iter__(self) -> Iterator[T_co]:
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
        first = ", ".join(repr(key) for key in self.ids[:3])
        more = f", ... {len(self)} in all" if len(self) > 3 else ""
        return f"<{type(self).__name__}: {first}{more}>"


def _restore(
    kind: type[Catalog[Any]], items: tuple[Any, ...], keywords: dict[str, Any]
) -> Catalog[Any]:
    return kind(items, **keywords)

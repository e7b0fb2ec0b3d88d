"""
A web page, taken apart with the standard library.
"""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

import attrs

__all__ = ["Element", "parse_html"]

_VOID = frozenset("br hr img input link meta".split())
_SEEN_AS_TEXT = frozenset("script style".split())


@attrs.define(eq=False)
class Element:
    """
    An element: its name, its attributes, and what it contains, in order.
    """

    name: str
    attributes: dict[str, str] = attrs.field(factory=dict)
    content: list[Element | str] = attrs.field(factory=list)
    parent: Element | None = None

    def walk(self) -> Iterator[Element]:
        """
        Yield this element and all elements in it, in order.
        """
        yield self
        for child in self.content:
            if isinstance(child, Element):
                yield from child.walk()

    def find_all(self, name: str, **attributes: str) -> list[Element]:
        """
        Return the elements of this name with these attributes (`class_` is a class).
        """
        wanted = attributes.pop("class_", None)
        return [
            each
            for each in self.walk()
            if each.name == name
            and (wanted is None or wanted in each.attributes.get("class", "").split())
            and all(
                each.attributes.get(key) == value for key, value in attributes.items()
            )
        ]

    def find(self, name: str, **attributes: str) -> Element:
        """
        Return the only element of this name with these attributes.
        """
        (found,) = self.find_all(name, **attributes)
        return found

    def by_id(self, element_id: str) -> Element:
        """
        Return the only element with this id.
        """
        (found,) = [e for e in self.walk() if e.attributes.get("id") == element_id]
        return found

    @property
    def text(self) -> str:
        """
        The text that a reader sees, with single spaces.
        """
        return " ".join("".join(self._texts()).split())

    def _texts(self) -> Iterator[str]:
        for child in self.content:
            if isinstance(child, str):
                yield child
            elif child.name not in _SEEN_AS_TEXT:
                yield from child._texts()

    @property
    def raw(self) -> str:
        """
        The text directly in this element, as it is.
        """
        return "".join(each for each in self.content if isinstance(each, str))


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("")
        self._open = self.root

    def handle_starttag(
        self, tag: str, attributes: list[tuple[str, str | None]]
    ) -> None:
        names = [name for name, _ in attributes]
        assert len(names) == len(set(names)), f"duplicate attribute in {tag}"
        known = {name: value or "" for name, value in attributes}
        element = Element(tag, known, parent=self._open)
        self._open.content.append(element)
        if tag not in _VOID:
            self._open = element

    def handle_startendtag(
        self, tag: str, attributes: list[tuple[str, str | None]]
    ) -> None:
        self.handle_starttag(tag, attributes)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.name == tag, f"</{tag}> closes {self._open.name}"
        assert self._open.parent is not None
        self._open = self._open.parent

    def handle_data(self, data: str) -> None:
        self._open.content.append(data)

    def handle_comment(self, data: str) -> None:
        msg = f"a comment: {data!r}"
        raise AssertionError(msg)


def parse_html(data: bytes) -> Element:
    """
    Return the root of a page whose elements are all closed in order.
    """
    text = data.decode("utf-8", "strict")
    assert text.startswith("<!DOCTYPE html>\n")
    builder = _Builder()
    builder.feed(text)
    builder.close()
    assert builder._open is builder.root
    return builder.root.find("html")

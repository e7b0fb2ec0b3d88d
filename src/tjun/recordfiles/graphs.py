"""
Circular references, and the length of chains of references.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from tjun.model.links import references

__all__ = ["chain_length", "circular_links"]

N = TypeVar("N", bound=Hashable)


def circular_links(graph: Mapping[N, Sequence[N]]) -> Iterator[tuple[N, N]]:
    """
    Yield the links that close a cycle, in the order of *graph*.

    Args:
        graph: The nodes that each node links to. Links to anything else are ignored.
    """
    done: set[N] = set()
    for start in graph:
        if start in done:
            continue
        path = {start: iter(graph[start])}  # From the start to the current node.
        while path:
            node, links = next(reversed(path.items()))
            for link in links:
                if link in path:
                    yield node, link
                elif link in graph and link not in done:
                    path[link] = iter(graph[link])
                    break
            else:
                done.add(node)
                del path[node]


def chain_length(entity: Any) -> int:
    """
    Return the length of the longest chain of entities of one class from *entity*.
    """
    own: type = type(entity)
    length, level = 0, {entity.id: entity}
    while level:
        length += 1
        level = {
            other.id: other
            for each in level.values()
            for kind, other in references(each, own)
            if kind is own
        }
    return length

"""
A diagram of the packages of tjun, drawn from what they import.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

__all__ = ["diagram", "imports"]

_BOX = (216, 50)  # Width and height.
_GAP = (48, 34)  # Between columns and between rows.
_MARGIN = 20
_STYLE = """\
<style>
text { font: 15px sans-serif; text-anchor: middle; fill: #17232e }
.name { font-weight: bold }
.uses { font-size: 12px; fill: #4a5a69 }
rect { fill: #f1f6fa; stroke: #00609c }
.page { fill: #fff; stroke: none }
path { stroke: #4a5a69; stroke-width: 1.5; fill: none }
marker path { fill: #4a5a69; stroke: none }
</style>
<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8"
markerHeight="8" orient="auto"><path d="M0 0 8 4 0 8z"/></marker></defs>"""

Graph = Mapping[str, set[str]]


def imports(root: Path) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """
    Return what the packages below *root* import from each other and from elsewhere.

    Imports inside functions count, and those for type checkers do not.
    """
    inside: dict[str, set[str]] = {}
    outside: dict[str, set[str]] = {}
    for path in sorted(root.rglob("*.py")):
        package = path.relative_to(root).with_suffix("").parts[0]
        if package == "__init__":
            continue
        own = inside.setdefault(package, set())
        others = outside.setdefault(package, set())
        for module in _imported(ast.parse(path.read_text(encoding="utf-8"))):
            top, *rest = module.split(".")
            if top == root.name and rest and rest[0] != package:
                own.add(rest[0])
            elif top != root.name and top not in sys.stdlib_module_names:
                others.add(top)
    return inside, outside


def _imported(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
        return
    if isinstance(node, ast.ImportFrom) and node.module is not None:
        yield node.module
    elif isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    for child in ast.iter_child_nodes(node):
        yield from _imported(child)


def _reachable(graph: Graph, start: str) -> set[str]:
    found: set[str] = set()
    left = [start]
    while left:
        new = graph[left.pop()] - found
        found |= new
        left += new
    return found


def _direct(graph: Graph) -> dict[str, set[str]]:
    """
    Return *graph* without the arrows that follow from others.
    """
    return {
        name: below - {far for near in below for far in _reachable(graph, near)}
        for name, below in graph.items()
    }


def _rows(graph: Graph) -> list[list[str]]:
    """
    Return the packages from top to bottom; arrows lead down.
    """
    height: dict[str, int] = {}

    def measure(name: str) -> int:
        if name not in height:
            height[name] = 1 + max((measure(below) for below in graph[name]), default=0)
        return height[name]

    top = max(measure(name) for name in graph)
    # What imports nothing is drawn just below what imports it.
    for name in graph:
        if not graph[name]:
            users = [height[user] for user, below in graph.items() if name in below]
            height[name] = min(users, default=2) - 1
    return [
        [name for name in sorted(graph) if height[name] == level]
        for level in range(top, 0, -1)
    ]


def diagram(root: Path) -> str:
    """
    Return the diagram as SVG.
    """
    graph, outside = imports(root)
    direct = _direct(graph)
    rows = _rows(direct)
    (wide, high), (across, down) = _BOX, _GAP
    columns = max(len(row) for row in rows)
    width = 2 * _MARGIN + columns * (wide + across) - across
    height = 2 * _MARGIN + len(rows) * (high + down) - down
    place = {
        name: (
            width // 2 + (2 * column - len(row) + 1) * (wide + across) // 2,
            _MARGIN + index * (high + down),
        )
        for index, row in enumerate(rows)
        for column, name in enumerate(row)
    }
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">',
        "<title>The packages of tjun, and what they import</title>",
        _STYLE,
        f'<rect class="page" width="{width}" height="{height}" rx="8"/>',
    ]
    for name, below in sorted(direct.items()):
        x, y = place[name]
        for other in sorted(below):
            end, bottom = place[other]
            # Long arrows run between the boxes of the rows that they pass.
            path = f"M{x} {y + high}V{bottom - down}L{end} {bottom - 2}"
            parts.append(f'<path d="{path}" marker-end="url(#arrow)"/>')
    for name, (x, y) in sorted(place.items()):
        left, uses = x - wide // 2, ", ".join(sorted(outside[name]))
        parts += [
            f'<rect x="{left}" y="{y}" width="{wide}" height="{high}" rx="6"/>',
            f'<text class="name" x="{x}" y="{y + 21}">{name}</text>',
            f'<text class="uses" x="{x}" y="{y + 39}">{uses}</text>',
        ]
    return "\n".join([*parts, "</svg>"]) + "\n"

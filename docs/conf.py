"""
The Sphinx configuration for `make docs`.
"""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from pygments.lexers.shell import BashSessionLexer
from sphinx.application import Sphinx
from sphinx.domains.python import PyObject

import tjun

project = "tjun"
author = "The tjun authors"
copyright = author  # noqa: A001  # The name that Sphinx knows.
release = tjun.__version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build"]
templates_path: list[str] = []

html_theme = "furo"
html_title = "tjun"
html_static_path = ["static"]
html_css_files = ["tjun.css"]
html_copy_source = False
html_show_sphinx = False

myst_heading_anchors = 4
myst_enable_extensions = ["deflist"]

default_role = "code"  # Single backticks in a docstring mean code.
autodoc_member_order = "bysource"
autodoc_class_signature = "mixed"
napoleon_numpy_docstring = False
napoleon_use_ivar = True
python_maximum_signature_line_length = 70
python_display_short_literal_types = True
python_use_unqualified_type_names = True

# Only references to tjun are checked, because the build needs no network access.
nitpick_ignore_regex = [(r"py:.*", r"(?!tjun\.).*")]
nitpick_ignore = [
    ("py:class", "tjun.chronology.catalog.T_co"),  # The type of a catalog's items.
    ("py:class", "tjun.chronology.catalog.D"),  # The type of a default.
    ("py:class", "tjun.chronology.events.Scope"),  # Private to a chronology.
]


def _found_under_public_name(
    app: Sphinx, env: Any, node: nodes.Element, content: nodes.TextElement
) -> nodes.reference | None:
    """
    Link an internal name such as `tjun.model.entities.Event` to its public name.
    """
    name = node.get("reftarget", "").rpartition(".")[2]
    if node.get("refdomain") != "py" or name not in tjun.__all__:
        return None
    if content.astext().startswith("tjun."):
        content = type(content)(name, name)
    domain = env.get_domain("py")
    return domain.resolve_xref(
        env, node["refdoc"], app.builder, "obj", f"tjun.{name}", node, content
    )


def _plain_defaults(  # Sphinx determines the arguments.
    app: Sphinx, what: str, name: str, thing: Any, options: Any, told: Any, answer: Any
) -> tuple[Any, Any]:
    """
    Show a class that is a default by its name.
    """
    del app, what, name, thing, options
    return told and re.sub(r"<class '(?:\w+\.)*(\w+)'>", r"\1", told), answer


def _without_docstring_of_type(  # Sphinx determines the arguments.
    app: Sphinx, what: str, name: str, thing: Any, options: Any, lines: list[str]
) -> None:
    """
    Do not describe a type alias by the docstring of its type; the page does it.
    """
    del app, name, thing, options
    if what == "data":
        lines.clear()


def setup(app: Sphinx) -> None:
    """
    Register the lexer and the functions above with Sphinx.
    """
    for field in PyObject.doc_field_types:
        if field.name == "variable":
            field.label = "Attributes"  # As in the docstrings.
    app.add_lexer("sh", BashSessionLexer)  # Prompts, commands and their output.
    app.connect("missing-reference", _found_under_public_name)
    app.connect("autodoc-process-signature", _plain_defaults)
    app.connect("autodoc-process-docstring", _without_docstring_of_type)

"""
The Sphinx configuration for `make docs`.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import Any

from docutils import nodes
from pygments.lexers.shell import BashSessionLexer
from sphinx.application import Sphinx
from sphinx.domains.python import PyObject

import tjun

DOCS = Path(__file__).parent
sys.path.insert(0, str(DOCS))
import the_record  # noqa: E402  # It is next to this file.

project = "tjun"
author = "The tjun authors"
copyright = author  # noqa: A001  # The name that Sphinx knows.
release = tjun.__version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build"]
templates_path: list[str] = []

# Where the documentation is published, with a slash at the end.
html_baseurl = os.environ.get("DOCS_URL", "https://tjun.example/")
html_theme = "furo"
html_title = "tjun"
html_logo = "static/logo.svg"
html_favicon = "static/logo.svg"
html_static_path = ["static"]
html_css_files = ["tjun.css"]
html_js_files = ["access.js"]
# The colours of the web page that tjun writes.
html_theme_options = {
    "light_css_variables": {
        "color-brand-primary": "#00609c",
        "color-brand-content": "#00609c",
        "color-brand-visited": "#00609c",
    },
    "dark_css_variables": {
        "color-brand-primary": "#7cc2f2",
        "color-brand-content": "#7cc2f2",
        "color-brand-visited": "#7cc2f2",
    },
}
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
    ("py:class", "tjun.exchange.contract.Options"),  # The type of the options.
    ("py:class", "tjun.plugins.registry.T_co"),  # The type of what is offered.
    ("py:class", "tjun.plugins.registry.Owner"),  # Described by what has it.
    ("py:class", "tjun.locales.forms.Form"),  # Private to a language.
    ("py:class", "tjun.locales.reading.PackageFile"),  # A file of a package.
    ("py:class", "tjun.model.header.HeaderFields"),  # The fields of a header.
    ("py:class", "tjun.model.tags.Tagged"),  # Whatever has a language tag.
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
    app: Sphinx,
    what: str,
    name: str,
    thing: Any,
    options: Any,
    arguments: Any,
    result: Any,
) -> tuple[Any, Any]:
    """
    Show a class that is a default by its name.
    """
    del app, what, name, thing, options
    return arguments and re.sub(r"<class '(?:\w+\.)*(\w+)'>", r"\1", arguments), result


def _without_docstring_of_type(  # Sphinx determines the arguments.
    app: Sphinx, what: str, name: str, thing: Any, options: Any, lines: list[str]
) -> None:
    """
    Do not describe a type alias by the docstring of its type; the page does it.
    """
    del app, name, thing, options
    if what == "data":
        lines.clear()


def _fill_in(app: Sphinx, page: str, source: list[str]) -> None:
    """
    Fill in the version and its year.
    """
    del app
    if page == "the-record":
        cited = (DOCS.parent / "CITATION.cff").read_text(encoding="utf-8")
        year = re.findall(r'^date-released: "(\d{4})', cited, re.MULTILINE)[0]
        source[0] = source[0].replace("<!-- version -->", f"{release}, {year}")


def _write_site(app: Sphinx, error: Exception | None) -> None:
    """
    Write the record as a site next to the pages.
    """
    if error is None and app.builder.format == "html":
        the_record.write_site(
            Path(app.outdir) / "record",
            base_url=f"{html_baseurl}record/",
            report_url=f"{html_baseurl}how-to/correct-a-fact.html",
        )


def setup(app: Sphinx) -> None:
    """
    Register the lexer and the functions above with Sphinx.
    """
    for field in PyObject.doc_field_types:
        if field.name == "variable":
            field.label = "Attributes"  # As in the docstrings.
    app.add_lexer("sh", BashSessionLexer)  # Prompts, commands and their output.
    app.connect("source-read", _fill_in)
    app.connect("build-finished", _write_site)
    app.connect("missing-reference", _found_under_public_name)
    app.connect("autodoc-process-signature", _plain_defaults)
    app.connect("autodoc-process-docstring", _without_docstring_of_type)

"""
A chronology for Word.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

import attrs
from docx import Document

import tjun

__all__ = ["DOCX"]

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@attrs.frozen(kw_only=True)
class DocxOptions:
    """
    What the document contains.

    Attributes:
        memberships: Begin with the memberships and their anniversaries.

        heading: The heading; by default, the title of the record.

        only: The ids of the events to include; by default, all.
    """

    memberships: bool = True
    heading: str | None = None
    only: tuple[str, ...] = ()


def render(request: tjun.ExportRequest[DocxOptions]) -> Iterator[bytes]:
    """
    Yield the document.
    """
    options, language = request.options, request.language
    document = Document()
    document.add_heading(_text(_heading(request)))
    if options.memberships:
        _add_memberships(document, request)
    document.add_heading(language.label("chronology"), 2)
    for event in request.chronology.events:
        if not options.only or event.id in options.only:
            date = language.format_span(event.date, event.until)
            paragraph = document.add_paragraph(style="List Bullet")
            paragraph.add_run(_text(f"{date}: ")).bold = True
            paragraph.add_run(_text(event.title.in_(language)))
    saved = io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as parts:  # python-docx writes the time into them.
        yield tjun.reproducible_zip({n: parts.read(n) for n in parts.namelist()})


def _heading(request: tjun.ExportRequest[DocxOptions]) -> str:
    title = request.chronology.title
    if request.options.heading is not None:
        return request.options.heading
    label = request.language.label("chronology")
    return label if title is None else title.in_(request.language)


def _add_memberships(document: Any, request: tjun.ExportRequest[DocxOptions]) -> None:
    language = request.language
    document.add_heading(language.label("memberships"), 2)
    for each in request.chronology.memberships:
        years = each.years(request.today)
        number = language.anniversary(int(years)) if years else ""
        text = f"{each.organization.in_(language)} {number}"
        document.add_paragraph(_text(text.strip()))


def _text(text: str) -> str:
    if (found := _NOT_XML.search(text)) is not None:
        reason = f"a document of Word cannot contain {found.group()!r}"
        raise tjun.ExportError(DOCX.name, reason)
    return text


DOCX = tjun.Exporter(
    name="docx",
    summary="A chronology for Word.",
    media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    suffix=".docx",
    options=DocxOptions,
    render=render,
)


@tjun.hookimpl
def tjun_exporters() -> Iterable[tjun.Exporter]:
    return (DOCX,)

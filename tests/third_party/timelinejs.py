"""
The JSON that TimelineJS draws.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from typing import Any, Literal

import attrs

import tjun

__all__ = ["TIMELINEJS"]


@attrs.frozen(kw_only=True)
class TimelineOptions:
    """
    What to draw.

    Attributes:
        not_before: Leave out events that ended before this day.

        scale: How many screens wide the timeline is; by default, as wide as it needs.

        background: The colour behind the text, as in CSS.

        group_by: What the rows of the timeline are: areas or kinds of events.
    """

    not_before: dt.date | None = None
    scale: float | None = None
    background: str = attrs.field(
        default="#ffffff", validator=attrs.validators.matches_re("#[0-9a-f]{6}")
    )
    _group: Literal["area", "kind"] = attrs.field(default="area", alias="group_by")


def render(request: tjun.ExportRequest[TimelineOptions]) -> Iterator[bytes]:
    """
    Yield one slide after another.
    """
    options = request.options
    settings = {"scale": "human", "scale_factor": options.scale}
    yield f'{{"settings": {json.dumps(settings)}, "events": ['.encode()
    separator = ""
    for event in request.chronology.events:
        last = event.until or event.date
        if options.not_before is None or last.extent[1] >= options.not_before:
            slide = json.dumps(_slide(event, request), ensure_ascii=False)
            yield f"{separator}\n{slide}".encode()
            separator = ","
    yield b"\n]}\n"


def _slide(
    event: tjun.Event, request: tjun.ExportRequest[TimelineOptions]
) -> dict[str, Any]:
    language, options = request.language, request.options
    label = language.label("no_area")
    if options._group == "kind":
        label = request.chronology.kind_name(event.kind, language)
    elif event.areas:
        label = event.areas[0].name.in_(language)
    slide = {
        "unique_id": event.id,
        "start_date": _date(event.date, event.date.extent[0]),
        "display_date": language.format_span(event.date, event.until),
        "text": {"headline": event.title.in_(language)},
        "group": label,
        "background": {"color": options.background},
    }
    last = event.until or event.date
    if last.year is None or event.until is not None:
        slide["end_date"] = _date(last, last.extent[1])
    return slide


def _date(date: tjun.PartialDate, day: dt.date) -> dict[str, int]:
    if date.year is None:  # A season, a decade or an interval.
        return {"year": day.year, "month": day.month, "day": day.day}
    parts = {"year": date.year, "month": date.month, "day": date.day}
    return {key: part for key, part in parts.items() if part is not None}


TIMELINEJS = tjun.Exporter(
    name="timelinejs",
    summary="The events as TimelineJS reads them.",
    media_type="application/json",
    suffix=".json",
    options=TimelineOptions,
    render=render,
)


@tjun.hookimpl
def tjun_exporters() -> Iterable[tjun.Exporter]:
    return (TIMELINEJS,)

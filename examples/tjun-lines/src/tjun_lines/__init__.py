"""
Export a tjun record as lines.
"""

from collections.abc import Iterable, Iterator

import attrs
import tjun


@attrs.frozen(kw_only=True)
class Options:
    """
    What to write.

    Attributes:
        separator: The text between the date and the title.
    """

    separator: str = " "


def render(request: tjun.ExportRequest[Options]) -> Iterator[bytes]:
    """
    Yield one line for each event: its date and its title.
    """
    separator = request.options.separator
    for event in request.chronology.events:
        title = " ".join(event.title.in_(request.language).split())
        yield f"{event.date}{separator}{title}\n".encode()


EXPORTER = tjun.Exporter(
    name="lines",
    summary="One line per event.",
    media_type="text/plain",
    suffix=".txt",
    options=Options,
    render=render,
    api=1,
)


@tjun.hookimpl
def tjun_exporters() -> Iterable[tjun.Exporter]:
    """
    Offer the exporter.
    """
    return (EXPORTER,)

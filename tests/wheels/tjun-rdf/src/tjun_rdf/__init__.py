"""
Export a tjun record as linked data, in JSON-LD or Turtle.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

import attrs
from rdflib import RDF, RDFS, SDO, XSD, Graph, Literal, URIRef

import tjun

__all__ = ["JSON_LD", "TURTLE", "RdfOptions"]

_TYPES = {
    tjun.Precision.DAY: XSD.date,
    tjun.Precision.MONTH: XSD.gYearMonth,
    tjun.Precision.YEAR: XSD.gYear,
}


def _is_address(_: object, __: attrs.Attribute[str], value: str) -> None:
    if not value.startswith(("http://", "https://")) or not value.endswith("/"):
        msg = f"expected an address that ends in a slash, got {value!r}"
        raise ValueError(msg)


@attrs.frozen(kw_only=True)
class RdfOptions:
    """
    What to write.

    Attributes:
        base: The address below which each event has its own.

        kinds: The kinds of events to include; by default, all.
    """

    base: str = attrs.field(
        default="https://example.org/events/", validator=_is_address
    )
    kinds: tuple[tjun.EventKind, ...] = tuple(tjun.EventKind)


def graph_of(request: tjun.ExportRequest[RdfOptions]) -> Graph:
    """
    Return the events as a graph of schema.org's terms.
    """
    graph = Graph()
    graph.bind("schema", SDO)
    options = request.options
    for event in request.chronology.events:
        if event.kind in options.kinds:
            for triple in _triples(event, URIRef(options.base + event.id)):
                graph.add(triple)
    left_out = sum(e.kind not in options.kinds for e in request.chronology.events)
    if left_out:
        request.note(f"{left_out} events are of other kinds and left out")
    return graph


def _triples(event: tjun.Event, subject: URIRef) -> Iterator[tuple[URIRef, ...]]:
    yield subject, RDF.type, SDO.Event
    yield subject, SDO.startDate, _date(event.date)
    if event.until is not None:
        yield subject, SDO.endDate, _date(event.until)
    for tag, title in event.title.translations.items():
        yield subject, SDO.name, Literal(title, lang=tag)
    for citation in event.citations:
        if citation.source.url is not None:
            source = URIRef(citation.source.url)
            yield subject, SDO.citation, source
            yield source, RDFS.label, Literal(citation.source.title)


def _date(date: tjun.PartialDate) -> Literal:
    return Literal(str(date), datatype=_TYPES[date.precision], normalize=False)


def render_json_ld(request: tjun.ExportRequest[RdfOptions]) -> Iterator[bytes]:
    """
    Yield the graph as a list of nodes.
    """
    nodes = json.loads(graph_of(request).serialize(format="json-ld"))
    nodes.sort(key=lambda node: node["@id"])  # rdflib has them in the order of a set.
    yield json.dumps(nodes, ensure_ascii=False, indent=2).encode()


def render_turtle(request: tjun.ExportRequest[RdfOptions]) -> Iterator[bytes]:
    """
    Yield the graph in Turtle.
    """
    yield graph_of(request).serialize(format="turtle", encoding="utf-8")


JSON_LD = tjun.Exporter(
    name="jsonld",
    summary="Linked data in JSON-LD, with the terms of schema.org.",
    media_type="application/ld+json",
    suffix=".jsonld",
    options=RdfOptions,
    render=render_json_ld,
)
TURTLE = tjun.Exporter(
    name="turtle",
    summary="Linked data in Turtle, with the terms of schema.org.",
    media_type="text/turtle; charset=utf-8",
    suffix=".ttl",
    options=RdfOptions,
    render=render_turtle,
)


@tjun.hookimpl
def tjun_exporters() -> Iterable[tjun.Exporter]:
    """
    Offer both formats.
    """
    return (JSON_LD, TURTLE)

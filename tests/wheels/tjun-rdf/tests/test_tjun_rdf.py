"""
Both formats keep the contract, and contain the same graph.
"""

from __future__ import annotations

from typing import Any

import pytest
from rdflib import RDF, SDO, XSD, Graph, Literal, URIRef
from rdflib.compare import isomorphic
from tjun_rdf import JSON_LD, TURTLE

import tjun
from tjun.testing import ExporterContract, hostile, sample

TRIED = ({"base": "https://un.example/", "kinds": (tjun.EventKind.VISIT,)},)


class TestJsonLd(ExporterContract):
    exporter = JSON_LD
    options_to_try = TRIED

    def parse(self, data: Any) -> object:
        """
        Read the graph with rdflib.
        """
        return Graph().parse(data, format="json-ld")


class TestTurtle(ExporterContract):
    exporter = TURTLE
    options_to_try = TRIED

    def parse(self, data: Any) -> object:
        """
        Read the graph with rdflib.
        """
        return Graph().parse(data, format="turtle")


def parsed(record: tjun.Chronology, name: str, **options: Any) -> Graph:
    formats = {"jsonld": "json-ld", "turtle": "turtle"}
    return Graph().parse(tjun.export(record, name, **options), format=formats[name])


@pytest.mark.parametrize("record", [sample(), hostile(), tjun.load()])
def test_both_formats_contain_the_same_graph(record: tjun.Chronology) -> None:
    """
    JSON-LD and Turtle say the same.
    """
    assert isomorphic(parsed(record, "jsonld"), parsed(record, "turtle"))


@pytest.mark.parametrize("name", ["jsonld", "turtle"])
def test_dates_are_as_precise_as_the_record(name: str) -> None:
    """
    A day, a month and a year have different types.
    """
    graph = parsed(sample(), name)
    types = {date.datatype for date in graph.objects(None, SDO.startDate)}
    assert types == {XSD.date, XSD.gYearMonth, XSD.gYear}


def test_titles_have_their_languages() -> None:
    """
    Every translation is in the graph, with its tag.
    """
    joins = URIRef("https://example.org/events/tajikistan-joins-un")
    titles = set(parsed(tjun.load(), "turtle").objects(joins, SDO.name))
    assert {title.language for title in titles} == {"en", "ru", "tg"}
    assert Literal("Tajikistan joins the United Nations", lang="en") in titles


def test_can_be_restricted_to_kinds() -> None:
    """
    Only events of the given kinds are exported.
    """
    graph = parsed(sample(), "jsonld", kinds=["visit"])
    assert len(set(graph.subjects(RDF.type, SDO.Event))) == 1


def test_rejects_a_base_without_a_slash() -> None:
    """
    The base must end in a slash, so that the ids follow it.
    """
    with pytest.raises(tjun.ExportError, match="base: expected an address that ends"):
        tjun.export(sample(), "turtle", base="https://example.org")

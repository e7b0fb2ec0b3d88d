"""
The table keeps the contract, and answers in SQL what the library answers in Python.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from typing import Any

import attrs
import duckdb
import pyarrow as pa
import pytest
from pyarrow import parquet
from tjun_parquet import PARQUET, SCHEMA, ParquetOptions

import tjun
from tjun.testing import ExporterContract, hostile, sample


def read(octets: bytes) -> list[dict[str, Any]]:
    """
    Return the rows by column.
    """
    rows: list[dict[str, Any]] = parquet.read_table(io.BytesIO(octets)).to_pylist()
    return rows


@pytest.fixture(scope="module")
def un() -> tjun.Chronology:
    return tjun.load()


@pytest.fixture(scope="module")
def ask(
    un: tjun.Chronology, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[duckdb.DuckDBPyConnection]:
    path = tmp_path_factory.mktemp("parquet") / "events.parquet"
    tjun.write(un, "parquet", path, row_group=20)
    with duckdb.connect() as connection:
        connection.execute(f"CREATE VIEW events AS FROM '{path}'")
        yield connection


class TestContract(ExporterContract):
    exporter = PARQUET
    options_to_try = ({"compression": "gzip", "row_group": 3},)

    def parse(self, data: Any) -> object:
        """
        Read the table with pyarrow.
        """
        return parquet.read_table(io.BytesIO(data))


class TestColumns:
    def test_are_the_same_for_every_record(self) -> None:
        """
        An empty record and a full one have the same columns, types and descriptions.
        """
        for record in (tjun.Chronology(), sample()):
            octets = tjun.export(record, "parquet")
            found = parquet.read_schema(io.BytesIO(octets))
            assert found.remove_metadata().equals(SCHEMA)
            assert [field.metadata[b"description"] for field in found] == [
                field.metadata[b"description"] for field in SCHEMA
            ]

    def test_are_each_described(self) -> None:
        """
        Each column says what it holds in a sentence.
        """
        for field in SCHEMA:
            assert field.metadata[b"description"].endswith(b"."), field.name

    def test_are_typed(self) -> None:
        """
        Days are dates, truths are truths, areas a list and citations structs.
        """
        assert SCHEMA.field("earliest").type == pa.date32()
        assert SCHEMA.field("precision").type == pa.dictionary(pa.int32(), pa.string())
        assert SCHEMA.field("disputed").type == pa.bool_()
        assert SCHEMA.field("areas").type.value_type == pa.string()
        citation = SCHEMA.field("citations").type.value_type
        assert citation.field("latest").type == pa.date32()
        assert citation.field("verified").type == pa.bool_()

    def test_hold_the_whole_event(self) -> None:
        """
        Everything that the record says of an event is in its row.
        """
        page = tjun.Source(
            id="page",
            title="A page",
            publisher="UN",
            kind="un",
            url="https://un.org/a",
            symbol="S/1",
        )
        bare = tjun.Source(id="bare", title="Bare", publisher="Nobody")
        began = tjun.Event(
            id="began",
            title="It began",
            date="2000",
            citations=[tjun.Citation(source=bare)],
        )
        kept = tjun.Event(
            id="kept",
            title=tjun.Text(en="A day", ru="День", tg="Рӯз"),
            date="2000-05",
            until="2000-06-02",
            kind="observance",
            areas=[tjun.CooperationArea(id="water", name="Water")],
            description=tjun.Text(en="So it is.", ru="Так."),
            citations=[
                tjun.Citation(
                    source=page,
                    says="In May.",
                    date="2000-05-03",
                    until="2000-06",
                    verified=False,
                ),
                tjun.Citation(source=bare),
            ],
            status="announced",
            yearly=True,
            marks=began,
        )
        record = tjun.Chronology(events=[began, kept])
        rows = {
            row["id"]: row
            for row in read(tjun.export(record, "parquet", language="ru"))
        }
        nothing = dict.fromkeys(
            ("date", "earliest", "latest", "until", "until_earliest", "until_latest")
        )
        bare_row = {
            "source": "bare",
            "title": "Bare",
            "publisher": "Nobody",
            "kind": "reference",
            "symbol": None,
            "url": None,
            "says": "",
            **nothing,
            "verified": True,
        }
        assert rows["kept"] == {
            "id": "kept",
            "title": "День",
            "title_en": "A day",
            "title_ru": "День",
            "title_tg": "Рӯз",
            "date": "2000-05",
            "earliest": dt.date(2000, 5, 1),
            "latest": dt.date(2000, 5, 31),
            "precision": "month",
            "until": "2000-06-02",
            "until_earliest": dt.date(2000, 6, 2),
            "until_latest": dt.date(2000, 6, 2),
            "kind": "observance",
            "status": "announced",
            "areas": ["water"],
            "disputed": False,
            "yearly": True,
            "marks": "began",
            "description": "Так.",
            "citations": [
                {
                    "source": "page",
                    "title": "A page",
                    "publisher": "UN",
                    "kind": "un",
                    "symbol": "S/1",
                    "url": "https://un.org/a",
                    "says": "In May.",
                    "date": "2000-05-03",
                    "earliest": dt.date(2000, 5, 3),
                    "latest": dt.date(2000, 5, 3),
                    "until": "2000-06",
                    "until_earliest": dt.date(2000, 6, 1),
                    "until_latest": dt.date(2000, 6, 30),
                    "verified": False,
                },
                bare_row,
            ],
        }
        assert rows["began"] == {
            "id": "began",
            "title": "It began",
            "title_en": "It began",
            "title_ru": None,
            "title_tg": None,
            **nothing,
            "date": "2000",
            "earliest": dt.date(2000, 1, 1),
            "latest": dt.date(2000, 12, 31),
            "precision": "year",
            "kind": "milestone",
            "status": "held",
            "areas": [],
            "disputed": False,
            "yearly": False,
            "marks": None,
            "description": None,
            "citations": [bare_row],
        }

    def test_hold_any_text_as_it_is(self) -> None:
        """
        No text is changed, whatever it looks like.
        """
        rows = read(tjun.export(hostile(), "parquet"))
        assert [row["title"] for row in rows] == [e.title.en for e in hostile().events]

    def test_hold_the_first_and_the_last_day_there_are(self) -> None:
        """
        The calendar's two ends are days like others.
        """
        (event,) = hostile(("x",)).events
        record = tjun.Chronology(
            events=[attrs.evolve(event, date="0001-01-01", until="9999")]
        )
        (row,) = read(tjun.export(record, "parquet"))
        assert (row["earliest"], row["until_latest"]) == (dt.date.min, dt.date.max)

    def test_the_file_says_its_language(self) -> None:
        """
        Which language the titles are in stands in the metadata.
        """
        octets = tjun.export(sample(), "parquet", language="tg")
        metadata = parquet.read_schema(io.BytesIO(octets)).metadata
        assert metadata[b"language"] == b"tg"


class TestOptions:
    @pytest.mark.parametrize(
        ("compression", "codec"),
        [
            ("zstd", "ZSTD"),
            ("snappy", "SNAPPY"),
            ("gzip", "GZIP"),
            ("none", "UNCOMPRESSED"),
        ],
    )
    def test_compresses_as_asked(self, compression: str, codec: str) -> None:
        """
        Each way to compress is used, and changes no row.
        """
        octets = tjun.export(sample(), "parquet", compression=compression)
        metadata = parquet.read_metadata(io.BytesIO(octets))
        columns = [metadata.row_group(0).column(n) for n in range(metadata.num_columns)]
        assert {column.compression for column in columns} == {codec}
        assert read(octets) == read(tjun.export(sample(), "parquet"))

    def test_refuses_another_compression(self) -> None:
        """
        What is not on the list is an error that lists the options.
        """
        with pytest.raises(tjun.ExportError, match=r"compression: .*zstd"):
            tjun.export(sample(), "parquet", compression="rar")

    def test_refuses_an_empty_group(self) -> None:
        """
        A group has at least one row.
        """
        with pytest.raises(tjun.ExportError, match="'row_group' must be >= 1: 0"):
            tjun.export(sample(), "parquet", row_group=0)

    def test_stores_so_many_rows_together(self) -> None:
        """
        No group is larger than asked, and no row is lost or moved.
        """
        octets = tjun.export(sample(), "parquet", row_group=4)
        metadata = parquet.read_metadata(io.BytesIO(octets))
        sizes = [metadata.row_group(n).num_rows for n in range(metadata.num_row_groups)]
        assert sizes == [4, 4, 4, len(sample().events) - 12]
        assert [row["id"] for row in read(octets)] == list(sample().events.ids)

    def test_gives_a_group_before_it_reads_the_next(self) -> None:
        """
        What was made is handed on, and not kept until the end.
        """
        looked_at = []

        class Slow:
            @property
            def events(self) -> Iterator[tjun.Event]:
                for event in sample().events:
                    looked_at.append(event.id)
                    yield event

        request = tjun.ExportRequest(
            chronology=Slow(),  # type: ignore[arg-type]  # Enough of a record.
            options=ParquetOptions(row_group=2),
            today=dt.date(2027, 3, 2),
        )
        next(iter(PARQUET.render(request)))
        assert looked_at == list(sample().events.ids[:2])


class TestDuckDB:
    def test_counts_the_events_of_each_area(
        self, ask: duckdb.DuckDBPyConnection, un: tjun.Chronology
    ) -> None:
        """
        For each area, the number of events and the first and last day agree.
        """
        found = ask.execute(
            """
            SELECT area, count(*), min(earliest), max(latest)
            FROM (SELECT unnest(areas) AS area, earliest, latest FROM events)
            GROUP BY area
            """
        ).fetchall()
        expected = []
        for area in un.areas:
            dates = [event.date for event in un.events.where(area=area.id)]
            first = min(date.earliest for date in dates)
            last = max(date.latest for date in dates)
            expected.append((area.id, len(dates), first, last))
        assert sorted(found) == sorted(expected)
        assert found

    def test_finds_what_is_disputed_from_the_citations_alone(
        self, ask: duckdb.DuckDBPyConnection, un: tjun.Chronology
    ) -> None:
        """
        The days by which the sources are apart are positive for disputed events only.
        """
        found = ask.execute(
            """
            WITH claims AS (
                SELECT id, earliest, latest, until_earliest, until_latest FROM events
                UNION ALL
                SELECT id, c.earliest, c.latest, c.until_earliest, c.until_latest
                FROM (SELECT id, unnest(citations) AS c FROM events)
            )
            SELECT id, greatest(
                max(earliest) - min(latest), max(until_earliest) - min(until_latest)
            ) AS days
            FROM claims GROUP BY id HAVING days > 0
            """
        ).fetchall()
        expected = {}
        for event in un.events.where(disputed=True):
            firsts = [event.date, *(c.date for c in event.dated_citations)]
            lasts = [event.until, *(c.until for c in event.dated_citations)]
            expected[event.id] = max(
                (max(d.earliest for d in known) - min(d.latest for d in known)).days
                for dates in (firsts, lasts)
                if (known := [date for date in dates if date is not None])
            )
        assert dict(found) == expected
        told = ask.execute("SELECT id FROM events WHERE disputed").fetchall()
        assert {key for (key,) in told} == set(expected)
        assert (
            expected["unmot-opened"]
            == (dt.date(1994, 12, 16) - dt.date(1993, 2, 1)).days
        )

    def test_knows_who_is_cited(
        self, ask: duckdb.DuckDBPyConnection, un: tjun.Chronology
    ) -> None:
        """
        The citations of each publisher, and those that nobody has seen, agree.
        """
        found = ask.execute(
            """
            SELECT c.publisher, count(*), count(*) FILTER (NOT c.verified)
            FROM (SELECT unnest(citations) AS c FROM events) GROUP BY ALL
            """
        ).fetchall()
        expected: dict[str, tuple[int, int]] = {}
        for event in un.events:
            for citation in event.citations:
                count, unseen = expected.get(citation.source.publisher, (0, 0))
                expected[citation.source.publisher] = (
                    count + 1,
                    unseen + (not citation.verified),
                )
        assert {who: tuple(counts) for who, *counts in found} == expected

    def test_keeps_every_precision(
        self, ask: duckdb.DuckDBPyConnection, un: tjun.Chronology
    ) -> None:
        """
        A day covers one day, and a month or a year as many as it has.
        """
        found = ask.execute(
            "SELECT date, precision, latest - earliest + 1 FROM events"
        ).fetchall()
        assert sorted(found) == sorted(
            (
                str(event.date),
                event.date.precision.name.lower(),
                (event.date.latest - event.date.earliest).days + 1,
            )
            for event in un.events
        )

"""
The table keeps the contract, and every engine reads it.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from typing import Any

import attrs
import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from pyarrow import parquet
from tjun_parquet import PARQUET, SCHEMA, ParquetOptions

import tjun
from tjun.testing import ExporterContract, hostile, sample


def read(data: bytes) -> list[dict[str, Any]]:
    """
    Return the rows by column.
    """
    rows: list[dict[str, Any]] = parquet.read_table(io.BytesIO(data)).to_pylist()
    return rows


@pytest.fixture(scope="module")
def un() -> tjun.Chronology:
    return tjun.load()


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
            data = tjun.export(record, "parquet")
            found = parquet.read_schema(io.BytesIO(data))
            assert found.remove_metadata().equals(SCHEMA)
            assert [field.metadata[b"description"] for field in found] == [
                field.metadata[b"description"] for field in SCHEMA
            ]

    def test_are_each_described(self) -> None:
        """
        The description of each column is a sentence.
        """
        for field in SCHEMA:
            assert field.metadata[b"description"].endswith(b"."), field.name

    def test_are_typed(self) -> None:
        """
        There are dates, booleans, a map of titles, lists, and structs of citations.
        """
        assert SCHEMA.field("earliest").type == pa.date32()
        assert SCHEMA.field("precision").type == pa.dictionary(pa.int32(), pa.string())
        assert SCHEMA.field("disputed").type == pa.bool_()
        assert SCHEMA.field("areas").type.value_type == pa.string()
        assert SCHEMA.field("titles").type == pa.map_(pa.string(), pa.string())
        citation = SCHEMA.field("citations").type.value_type
        assert citation.field("latest").type == pa.date32()
        assert citation.field("verified").type == pa.bool_()

    def test_contain_the_whole_event(self) -> None:
        """
        A row contains everything that the record says about an event.
        """
        page = tjun.Source(
            id="page",
            title="A page",
            publisher=tjun.Publisher(id="un", name="UN", kind="un"),
            url="https://un.org/a",
            symbol="S/1",
        )
        nobody = tjun.Publisher(id="nobody", name=tjun.Text(en="Nobody", ru="Никто"))
        bare = tjun.Source(
            id="bare", label=tjun.Text(en="Bare", ru="Голый"), publisher=nobody
        )
        began = tjun.Event(
            id="began",
            title="It began",
            date="2000",
            solemn=True,
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
                    locator="p. 3",
                    says="In May.",
                    date="2000-05-03",
                    until="2000-06",
                    verified=False,
                ),
                tjun.Citation(source=bare),
            ],
            status="announced",
            yearly=True,
            weight="major",
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
            "name": "Голый",
            "publisher": "Никто",
            "kind": "other",
            "symbol": None,
            "url": None,
            "locator": None,
            "says": None,
            "alternative": None,
            **nothing,
            "verified": True,
        }
        assert rows["kept"] == {
            "id": "kept",
            "title": "День",
            "titles": [("en", "A day"), ("ru", "День"), ("tg", "Рӯз")],
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
            "weight": "major",
            "solemn": False,
            "marks": "began",
            "description": "Так.",
            "citations": [
                {
                    "source": "page",
                    "name": "A page",
                    "publisher": "UN",
                    "kind": "un",
                    "symbol": "S/1",
                    "url": "https://un.org/a",
                    "locator": "p. 3",
                    "says": "In May.",
                    "alternative": None,
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
            "titles": [("en", "It began")],
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
            "weight": "normal",
            "solemn": True,
            "marks": None,
            "description": None,
            "citations": [bare_row],
        }

    def test_contain_any_text_unchanged(self) -> None:
        """
        Text stays as it is, whatever it looks like.
        """
        rows = read(tjun.export(hostile(), "parquet"))
        assert [row["title"] for row in rows] == [e.title.en for e in hostile().events]

    def test_contain_the_first_and_the_last_possible_day(self) -> None:
        """
        The first and the last day of the calendar are days; an open end is null.
        """
        (event,) = hostile(("x",)).events
        record = tjun.Chronology(
            events=[attrs.evolve(event, date="0001-01-01", until="9999")]
        )
        (row,) = read(tjun.export(record, "parquet"))
        assert (row["earliest"], row["until_latest"]) == (dt.date.min, dt.date.max)
        record = tjun.Chronology(events=[attrs.evolve(event, date="[1992..]")])
        (row,) = read(tjun.export(record, "parquet"))
        assert (row["earliest"], row["latest"]) == (dt.date(1992, 1, 1), None)
        assert (row["date"], row["precision"]) == ("[1992..]", "interval")

    def test_the_file_names_its_language(self) -> None:
        """
        The metadata of the file contains the tag of its language.
        """
        data = tjun.export(sample(), "parquet", language="tg")
        metadata = parquet.read_schema(io.BytesIO(data)).metadata
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
    def test_compression_is_used(self, compression: str, codec: str) -> None:
        """
        Each kind of compression is used, and changes no row.
        """
        data = tjun.export(sample(), "parquet", compression=compression)
        metadata = parquet.read_metadata(io.BytesIO(data))
        columns = [metadata.row_group(0).column(n) for n in range(metadata.num_columns)]
        assert {column.compression for column in columns} == {codec}
        assert read(data) == read(tjun.export(sample(), "parquet"))

    def test_another_compression_is_rejected(self) -> None:
        """
        The error lists the kinds of compression.
        """
        with pytest.raises(tjun.ExportError, match=r"compression: .*zstd"):
            tjun.export(sample(), "parquet", compression="rar")

    def test_an_empty_row_group_is_rejected(self) -> None:
        """
        A group has at least one row.
        """
        with pytest.raises(tjun.ExportError, match="row_group must be >= 1: 0"):
            tjun.export(sample(), "parquet", row_group=0)

    def test_row_groups_have_the_given_size(self) -> None:
        """
        No group is larger, and no row is lost or moved.
        """
        data = tjun.export(sample(), "parquet", row_group=4)
        metadata = parquet.read_metadata(io.BytesIO(data))
        sizes = [metadata.row_group(n).num_rows for n in range(metadata.num_row_groups)]
        full, rest = divmod(len(sample().events), 4)
        assert sizes == [*[4] * full, rest]
        assert [row["id"] for row in read(data)] == list(sample().events.ids)

    def test_a_row_group_is_written_before_the_next_is_read(self) -> None:
        """
        The file is yielded group by group, not kept until the end.
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


@pytest.fixture(scope="module")
def path(un: tjun.Chronology, tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("engines") / "events.parquet"
    tjun.write(un, "parquet", path, row_group=50)
    return str(path)


@pytest.fixture(scope="module")
def expected(un: tjun.Chronology) -> dict[str, tuple[Any, ...]]:
    return {
        event.id: (
            event.date.earliest,
            sorted(area.id for area in event.areas),
            event.title.in_("ru"),
            [citation.source.id for citation in event.citations],
        )
        for event in un.events.where(disputed=True)
    }


class TestEngines:
    """
    Each engine reads dates, areas, titles and citations from the same file.
    """

    def test_pandas_reads_it(
        self, path: str, expected: dict[str, tuple[Any, ...]]
    ) -> None:
        """
        A data frame has dates, arrays of areas, and lists of titles and citations.
        """
        frame = pd.read_parquet(path)
        found = {
            row.id: (
                row.earliest,
                sorted(row.areas),
                dict(row.titles)["ru"],
                [each["source"] for each in row.citations],
            )
            for row in frame[frame["disputed"]].itertuples()
        }
        assert found == expected

    def test_polars_reads_it(
        self, path: str, expected: dict[str, tuple[Any, ...]]
    ) -> None:
        """
        Polars reads only the columns and rows that a lazy query needs.
        """
        frame = (
            pl.scan_parquet(path)
            .filter(pl.col("disputed"))
            .select("id", "earliest", "areas", "titles", "citations")
            .collect()
        )
        found = {
            key: (
                earliest,
                sorted(areas),
                titles["ru"],
                [each["source"] for each in citations],
            )
            for key, earliest, areas, titles, citations in frame.rows()
        }
        assert found == expected

    def test_duckdb_reads_it(
        self, path: str, expected: dict[str, tuple[Any, ...]]
    ) -> None:
        """
        DuckDB reads the titles as a map and a field of every citation as a list.
        """
        rows = duckdb.sql(
            f"""
            SELECT id, earliest, list_sort(areas), titles['ru'],
                [c.source FOR c IN citations]
            FROM '{path}' WHERE disputed
            """
        ).fetchall()
        assert {key: tuple(values) for key, *values in rows} == expected


@pytest.fixture(scope="module")
def ask(path: str) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute(f"CREATE VIEW events AS FROM '{path}'")
        yield connection


class TestDuckDB:
    def test_counts_the_events_of_each_area(
        self, ask: duckdb.DuckDBPyConnection, un: tjun.Chronology
    ) -> None:
        """
        For each area, SQL finds the same number of events, first day and last day.
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
            first = min(date.earliest for date in dates if date.earliest)
            last = max(date.latest for date in dates if date.latest)
            expected.append((area.id, len(dates), first, last))
        assert sorted(found) == sorted(expected)
        assert found

    def test_finds_disputed_dates_in_the_citations(
        self, ask: duckdb.DuckDBPyConnection, un: tjun.Chronology
    ) -> None:
        """
        The dates of the citations are apart for disputed events only.
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
                (max(d.reach[0] for d in known) - min(d.reach[1] for d in known)).days
                for dates in (firsts, lasts)
                if (known := [date for date in dates if date is not None])
            )
        assert dict(found) == expected
        marked = ask.execute("SELECT id FROM events WHERE disputed").fetchall()
        assert {key for (key,) in marked} == set(expected)
        assert (
            expected["unmot-opened"]
            == (dt.date(1994, 12, 16) - dt.date(1993, 2, 1)).days
        )

    def test_counts_the_citations_of_each_publisher(
        self, ask: duckdb.DuckDBPyConnection, un: tjun.Chronology
    ) -> None:
        """
        SQL finds the same number of citations, and of those not verified.
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
                publisher = str(citation.source.publisher.name)
                count, unverified = expected.get(publisher, (0, 0))
                expected[publisher] = (
                    count + 1,
                    unverified + (not citation.verified),
                )
        assert {who: tuple(counts) for who, *counts in found} == expected

    def test_keeps_every_precision(
        self, ask: duckdb.DuckDBPyConnection, un: tjun.Chronology
    ) -> None:
        """
        A day covers one day, anything else all of the days that it can mean.
        """
        found = ask.execute(
            "SELECT date, precision, latest - earliest + 1 FROM events"
        ).fetchall()
        assert sorted(found) == sorted(
            (
                str(event.date),
                event.date.precision.name.lower(),
                (last - first).days + 1,
            )
            for event in un.events
            for first, last in [event.date.extent]
        )

"""
Export the events of a tjun record as a Parquet table, with typed columns.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Literal

import attrs
import pyarrow as pa
from pyarrow import parquet

import tjun

__all__ = ["PARQUET", "SCHEMA", "ParquetOptions"]

# A column with few different values, each of which is stored only once.
_WORD = pa.dictionary(pa.int32(), pa.string())


def _column(
    name: str,
    kind: pa.DataType,
    description: str,
    *,
    nullable: bool = False,
) -> pa.Field:
    return pa.field(name, kind, nullable, metadata={"description": description})


_CITATION = pa.struct(
    [
        pa.field("source", pa.string(), nullable=False),
        pa.field("name", pa.string(), nullable=False),
        pa.field("publisher", pa.string(), nullable=False),
        pa.field("kind", pa.string(), nullable=False),
        pa.field("symbol", pa.string()),
        pa.field("url", pa.string()),
        pa.field("locator", pa.string()),
        pa.field("says", pa.string()),
        pa.field("alternative", pa.string()),
        pa.field("date", pa.string()),
        pa.field("earliest", pa.date32()),
        pa.field("latest", pa.date32()),
        pa.field("until", pa.string()),
        pa.field("until_earliest", pa.date32()),
        pa.field("until_latest", pa.date32()),
        pa.field("verified", pa.bool_(), nullable=False),
    ]
)

SCHEMA = pa.schema(
    [
        _column("id", pa.string(), "The id of the event, which never changes."),
        _column("title", pa.string(), "What happened, in the language of the file."),
        _column(
            "titles",
            pa.map_(pa.string(), pa.string()),
            "What happened, in every language of the record, by BCP 47 tag.",
        ),
        _column("date", pa.string(), "The date as it is known, as in EDTF."),
        _column(
            "earliest",
            pa.date32(),
            "The first day that the date can mean, unless it has only a last one.",
            nullable=True,
        ),
        _column(
            "latest",
            pa.date32(),
            "The last day that the date can mean, unless it has only a first one.",
            nullable=True,
        ),
        _column("precision", _WORD, "How much of the date is known, such as the day."),
        _column("until", pa.string(), "The end, as it is known.", nullable=True),
        _column(
            "until_earliest",
            pa.date32(),
            "The first day that the end can mean.",
            nullable=True,
        ),
        _column(
            "until_latest",
            pa.date32(),
            "The last day that the end can mean.",
            nullable=True,
        ),
        _column("kind", _WORD, "What kind of event it is."),
        _column("status", _WORD, "Whether the event was held or is only announced."),
        _column(
            "areas",
            pa.list_(pa.field("element", pa.string(), nullable=False)),
            "The ids of the areas of cooperation that it belongs to.",
        ),
        _column("disputed", pa.bool_(), "Whether the sources differ on the date."),
        _column("yearly", pa.bool_(), "Whether it is an observance, held every year."),
        _column("weight", _WORD, "Whether it is a major, normal or minor event."),
        _column("solemn", pa.bool_(), "Whether it is a death or a disaster."),
        _column(
            "marks",
            pa.string(),
            "The id of the event whose day an observance marks.",
            nullable=True,
        ),
        _column(
            "description",
            pa.string(),
            "What happened in more detail, in the language of the file.",
            nullable=True,
        ),
        _column(
            "citations",
            pa.list_(pa.field("element", _CITATION, nullable=False)),
            "What each source says, in the order of the record.",
        ),
    ]
)
"""
The columns of the table, each with a description; the same for every record.
"""


@attrs.frozen(kw_only=True)
class ParquetOptions:
    """
    How to write the table.

    Attributes:
        compression: How the columns are compressed.

        row_group: How many events to store together; no more are held in memory.
    """

    compression: Literal["zstd", "snappy", "gzip", "none"] = "zstd"
    row_group: int = attrs.field(default=10_000, validator=attrs.validators.ge(1))


def render(request: tjun.ExportRequest[ParquetOptions]) -> Iterator[bytes]:
    """
    Yield the table, one group of rows at a time.
    """
    options = request.options
    schema = SCHEMA.with_metadata({"language": request.language.tag})
    rows = (_row(event, request.language) for event in request.chronology.events)
    file = _Chunks()
    with parquet.ParquetWriter(file, schema, compression=options.compression) as writer:
        while group := list(islice(rows, options.row_group)):
            writer.write_table(pa.Table.from_pylist(group, schema))
            yield from file.taken()
    yield from file.taken()


def _row(event: tjun.Event, language: tjun.Language) -> dict[str, Any]:
    description = event.description
    return {
        "id": event.id,
        "title": event.title.in_(language),
        "titles": dict(event.title.translations),
        **_dated("", event.date),
        "precision": event.date.precision.name.lower(),
        **_dated("until", event.until),
        "kind": event.kind,
        "status": event.status.value,
        "areas": [area.id for area in event.areas],
        "disputed": event.disputed,
        "yearly": event.yearly,
        "weight": event.weight,
        "solemn": event.solemn,
        "marks": None if event.marks is None else event.marks.id,
        "description": None if description is None else description.in_(language),
        "citations": [_cited(citation, language) for citation in event.citations],
    }


def _cited(citation: tjun.Citation, language: tjun.Language) -> dict[str, Any]:
    source, other = citation.source, citation.alternative
    return {
        "source": source.id,
        "name": source.name(language),
        "publisher": source.publisher.name.in_(language),
        "kind": source.publisher.kind.value,
        "symbol": source.symbol,
        "url": source.address_in(language),
        "locator": citation.locator,
        "says": None if citation.says is None else citation.says.in_(language),
        "alternative": None if other is None else other.id,
        **_dated("", citation.date),
        **_dated("until", citation.until),
        "verified": citation.verified,
    }


def _dated(column: str, date: tjun.PartialDate | None) -> dict[str, Any]:
    if date is None:
        return {}  # A cell that is left out is null.
    before = f"{column}_" if column else ""
    return {
        column or "date": str(date),
        f"{before}earliest": date.earliest,
        f"{before}latest": date.latest,
    }


class _Chunks(io.RawIOBase):
    """
    A file whose content is taken away while it is written.
    """

    def __init__(self) -> None:
        self._chunks: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        chunk = bytes(data)  # It may be any buffer, but tjun needs bytes.
        self._chunks.append(chunk)
        return len(chunk)

    def taken(self) -> list[bytes]:
        """
        Return what was written since the last call.
        """
        chunks, self._chunks = self._chunks, []
        return chunks


PARQUET = tjun.Exporter(
    name="parquet",
    summary="A Parquet table for pandas, Polars, DuckDB and Spark.",
    media_type="application/vnd.apache.parquet",
    suffix=".parquet",
    options=ParquetOptions,
    render=render,
)


@tjun.hookimpl
def tjun_exporters() -> Iterable[tjun.Exporter]:
    """
    Offer the table.
    """
    return (PARQUET,)

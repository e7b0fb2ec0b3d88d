"""
The options that commands share.
"""

from __future__ import annotations

import gc
import shlex
from collections.abc import Iterable
from shlex import quote
from typing import TYPE_CHECKING, Annotated, Any, Literal

import attrs
from cyclopts import Group, Parameter

from tjun.chronology.catalog import Catalog
from tjun.chronology.chronology import Chronology
from tjun.chronology.events import Events
from tjun.errors import DataError, NotFoundError
from tjun.exchange.loading import DEFAULT, load
from tjun.locales.available import language as find_language
from tjun.locales.language import Language
from tjun.model.dates import PartialDate, as_bound
from tjun.model.kinds import EventStatus, Weight

if TYPE_CHECKING:
    from tjun.cli.output import Output

OWN = Group("Options", sort_key=1)
FORMAT = Group("Format", sort_key=2)
EVENTS = Group(
    "Which events", help="Options with an ID or --kind may be repeated.", sort_key=3
)
OUTPUT = Group("Output", sort_key=4)
RECORD = Group("Which record", sort_key=5)

MANY = Parameter(negative="", consume_multiple=False, show_default=False)
SWITCH = Parameter(negative="", show_default=False)
DAY = Parameter(metavar="DAY")

_Id = Parameter(metavar="ID")


def _whole(_: object, value: str, **_more: object) -> list[str]:
    return [value]  # Not split, because the name of a file may contain spaces.


def _date(_: Any, tokens: Any) -> PartialDate:
    as_bound(tokens[0].value)  # An open interval cannot begin or end a period.
    return PartialDate.parse(tokens[0].value)


_DATE = Parameter(metavar="DATE", converter=_date, n_tokens=1, accepts_keys=False)


def _language(_: Any, tokens: Any) -> Language:
    value = tokens[0].value
    try:
        if value.endswith(".toml"):
            return Language.load(value)
        return find_language(value)
    except DataError:
        command = f"tjun check {quote(value)}"
        msg = f"the language file {value} has errors; `{command}` lists them"
        raise ValueError(msg) from None
    except NotFoundError as error:
        raise ValueError(str(error)) from None  # Reported as a wrong value.


@Parameter(name="*", group=OUTPUT)
@attrs.frozen(kw_only=True)
class CommonOptions:
    """
    Options of every command that shows a record.

    Attributes:
        language: The language, or a language file (.toml).

        verbose: Show details, such as what an export leaves out.

        no_color: Use no colours, as with NO_COLOR.
    """

    language: Annotated[
        Language,
        Parameter(
            name=["--language", "-l"],
            converter=_language,
            n_tokens=1,
            accepts_keys=False,
            metavar="TAG|FILE",
            show_default=lambda language: language.tag,
        ),
    ] = attrs.field(factory=lambda: find_language("en"))
    verbose: Annotated[bool, SWITCH, Parameter(name=["--verbose", "-v"])] = False
    no_color: Annotated[bool, SWITCH] = False


@Parameter(name="*", group=OUTPUT)
@attrs.frozen(kw_only=True)
class _ShownOptions(CommonOptions):
    """
    How to show the result.

    Attributes:
        no_pager: Do not show long output in a pager.
    """

    no_pager: Annotated[bool, SWITCH] = False
    format: str | None = None

    @property
    def output(self) -> Output:
        """
        Where to print.
        """
        from tjun.cli.output import Output  # noqa: PLC0415  # Exports need none of it.

        return Output(
            format=self.format, pager=not self.no_pager, color=not self.no_color
        )


@Parameter(name="*", group=OUTPUT)
@attrs.frozen(kw_only=True)
class OutputOptions(_ShownOptions):
    """
    How to show a list.

    Attributes:
        format: By default a table on a terminal, and TSV elsewhere.
    """

    format: Literal["table", "tsv", "json"] | None = None


@Parameter(name="*", group=OUTPUT)
@attrs.frozen(kw_only=True)
class PageOptions(_ShownOptions):
    """
    How to show a page.

    Attributes:
        format: Text (the default) or JSON.
    """

    format: Literal["text", "json"] | None = None


@Parameter(name="*", group=RECORD)
@attrs.frozen(kw_only=True)
class RecordOptions:
    """
    Which record to read.

    Attributes:
        record: A record, a record file (.toml or .json) or a table to read; repeat it
            to combine several.

        according_to: Only what this source or kind of source says, with the dates it
            gives; may be repeated.
    """

    record: Annotated[
        tuple[str, ...],
        MANY,
        Parameter(
            metavar="NAME|FILE",
            env_var="TJUN_RECORD",
            env_var_split=_whole,
        ),
    ] = ()
    according_to: Annotated[tuple[str, ...], MANY, _Id] = ()

    def chronology(self) -> Chronology:
        """
        Return the record.
        """
        enabled = gc.isenabled()
        gc.disable()  # It takes half of the time, and nothing of a record is garbage.
        try:
            record = load(*(self.record or (DEFAULT,)))
        finally:
            if enabled:
                gc.enable()
        if not self.according_to:
            return record
        return record.according_to(*map(str.casefold, self.according_to))


@Parameter(name="*", group=EVENTS)
@attrs.frozen(kw_only=True)
class EventFilter:
    """
    Which events to include.

    Attributes:
        id: Only this event.

        area: Only this area of cooperation; `tjun areas` lists them.

        since: Only from this year, month or day on.

        until: Only up to and including this year, month or day.

        text: Only with these words in the title or the description.

        kind: Only this kind of event.

        mission: Only events of this mission, by id or acronym.

        source: Only events that cite this source.

        status: Only events that were held, or that are announced.

        weight: Only events of this weight: major (marked every year), normal (on
            jubilees) or minor (never); may be repeated.

        disputed: Only events whose sources differ on the date.
    """

    id: Annotated[tuple[str, ...], MANY, _Id] = ()
    area: Annotated[tuple[str, ...], MANY, _Id] = ()
    # Cyclopts cannot look into a class that writes its own `__init__`.
    since: Annotated[Any, _DATE] = None
    until: Annotated[Any, _DATE] = None
    text: Annotated[str | None, Parameter(metavar="WORDS")] = None
    kind: Annotated[tuple[str, ...], MANY] = ()
    mission: Annotated[tuple[str, ...], MANY, _Id] = ()
    source: Annotated[tuple[str, ...], MANY, _Id] = ()
    status: EventStatus | None = None
    weight: Annotated[tuple[Weight, ...], MANY] = ()
    disputed: Annotated[bool, SWITCH] = False

    @property
    def everything(self) -> bool:
        """
        Whether all events are included.
        """
        return self == EventFilter()

    def criteria(self, record: Chronology) -> dict[str, Any]:
        """
        Return the filters that are used, with exact ids and without the user's order.

        Raises:
            TjunError: If *record* does not have an area, a mission or a source.
        """

        def used(field: attrs.Attribute[Any], value: object) -> bool:
            return value != field.default

        found = attrs.asdict(self, recurse=False, filter=used)
        catalogs: dict[str, Catalog[Any]] = {
            "id": record.events,
            "area": record.areas,
            "mission": record.missions,
            "source": record.sources,
        }
        for name in catalogs.keys() & found.keys():
            words = map(str.casefold, found[name])
            found[name] = tuple(sorted({catalogs[name][word].id for word in words}))
        return found

    def events(self, record: Chronology) -> Events:
        """
        Return the events of *record* that match the filter.
        """
        criteria = self.criteria(record)
        ids = criteria.pop("id", None)
        found = record.events.where(**criteria)
        if ids is None:
            return found
        return Events(event for event in found if event.id in ids)

    def chronology(self, record: Chronology) -> Chronology:
        """
        Return the part of *record* with the events that match the filter.
        """
        return record if self.everything else record.select(self.events(record))

    def selection(self, record: Chronology, sources: Iterable[str]) -> str:
        """
        Return the filters as flags, which do not depend on how the user wrote them.

        Args:
            record: The record, which has the exact ids.

            sources: The accounts that were selected with `--according-to`.
        """
        found = self.criteria(record)
        found["according_to"] = tuple(map(str.casefold, sources))
        words: list[str] = []
        for name, value in sorted(found.items()):
            flag = f"--{name.replace('_', '-')}"
            if isinstance(value, tuple):
                words += [word for each in sorted(value) for word in (flag, each)]
            else:
                words += [flag] if value is True else [flag, str(value)]
        return shlex.join(words)

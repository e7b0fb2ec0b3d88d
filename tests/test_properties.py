import datetime as dt
import re
from typing import Any

import icalendar
from hypothesis import assume, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from nasty import PRINTABLE, collapsed, reworded, toml_string
from strategies import chronologies, partial_dates, texts, words

import tjun
from tjun import (
    Chronology,
    EventKind,
    EventStatus,
    PartialDate,
    Precision,
    SourceKind,
    Text,
)

TODAY = dt.date(2005, 1, 1)
READER = MarkdownIt("commonmark").enable("table")
LANGUAGES = st.sampled_from(["en", "ru", "tg"])
ANY_WORDS = st.sampled_from(list(PRINTABLE.values())) | words(max_size=40)


@st.composite
def records(draw: st.DrawFn) -> Chronology:
    """
    Whole records with arbitrary texts.
    """
    texts = draw(st.lists(ANY_WORDS, min_size=1, max_size=8))
    count = iter(range(10_000))
    return reworded(draw(chronologies()), lambda: texts[next(count) % len(texts)])


def written(value: Any) -> str:
    """
    Return *value* as a person would write it in TOML.
    """
    match value:
        case bool():
            return str(value).lower()
        case Text():
            pairs = (f"{k} = {toml_string(v)}" for k, v in value.translations.items())
            return f"{{ {', '.join(pairs)} }}"
        case PartialDate() if value.precision is Precision.DAY:
            return str(value)  # A date of TOML itself.
        case str() | PartialDate():
            return toml_string(str(value))
    return f"[{', '.join(written(each) for each in value)}]"


def section(list_: str, /, **fields: Any) -> str:
    lines = [
        f"{key} = {written(value)}"
        for key, value in fields.items()
        if value is not None
    ]
    return "\n".join([f"[[{list_}]]", *lines, ""])


class TestRecordFiles:
    @given(records())
    def test_json_is_read_back_equal(self, record: Chronology) -> None:
        """
        A record written as JSON is read back equal, whatever its texts.
        """
        text = tjun.export(record, "json").decode()
        again = tjun.loads(text, "json")
        assert again == record
        assert tjun.export(again, "json").decode() == text

    @given(
        title=texts(),
        date=partial_dates(),
        day=partial_dates(precisions=[Precision.DAY]),
        kind=st.sampled_from(EventKind),
        status=st.sampled_from(EventStatus),
        yearly=st.booleans(),
        description=st.none() | texts(),
        says=st.none() | ANY_WORDS,
        publisher=ANY_WORDS,
        voice=st.sampled_from(SourceKind),
        note=st.none() | ANY_WORDS,
        area=st.none() | texts(),
        verified=st.booleans(),
    )
    def test_toml_is_read_field_by_field(self, **wrote: Any) -> None:
        """
        Each field of a TOML file is read with its value.
        """
        w = wrote
        area = w["area"]
        text = "\n".join(
            [
                f"title = {written(w['title'])}",
                "" if area is None else section("areas", id="area", name=area),
                section(
                    "sources",
                    id="source",
                    title="A title",
                    publisher=w["publisher"],
                    kind=w["voice"].value,
                    published=w["date"],
                    note=w["note"],
                ),
                section(
                    "events",
                    id="event",
                    title=w["title"],
                    date=w["date"],
                    kind=w["kind"].value,
                    status=w["status"].value,
                    yearly=w["yearly"],
                    description=w["description"],
                    revised=w["day"],
                    areas=None if area is None else ["area"],
                ),
                section(
                    "events.citations",
                    source="source",
                    says=w["says"],
                    date=w["day"],
                    verified=w["verified"],
                ),
            ]
        )
        record = tjun.loads(text)
        event, source = record.events["event"], record.sources["source"]
        assert record.title == event.title == w["title"]
        assert (event.date, event.kind, event.status) == (
            w["date"],
            w["kind"],
            w["status"],
        )
        assert (event.yearly, event.description) == (w["yearly"], w["description"])
        assert (event.until, event.marks) == (None, None)
        assert event.revised == w["day"].earliest
        assert [each.name for each in event.areas] == [area] * (area is not None)
        (citation,) = event.citations
        assert (citation.says, citation.date) == (w["says"] or "", w["day"])
        assert (citation.until, citation.verified) == (None, w["verified"])
        assert (source.publisher, source.kind) == (w["publisher"], w["voice"])
        assert (source.published, source.note) == (w["date"], w["note"])
        assert (source.url, source.symbol) == (None, None)
        assert tjun.loads(tjun.export(record, "json").decode(), "json") == record


def dated(entry: icalendar.Event) -> str:
    return str(entry["DTSTART"].dt)


class TestCalendar:
    @given(records(), st.integers(1988, 2006), st.integers(0, 3), LANGUAGES)
    def test_has_an_entry_for_each_anniversary(
        self, record: Chronology, since: int, more: int, language: str
    ) -> None:
        """
        Each anniversary is one entry, with its id, date and title.
        """
        until = since + more
        meant = record.anniversaries(since=since, until=until)
        assume(meant)  # A calendar without entries is an error.
        made = tjun.export(
            record,
            "ics",
            today=TODAY,
            language=language,
            first_year=since,
            last_year=until,
            minor="all",
        )
        calendar = icalendar.Calendar.from_ical(made)
        assert calendar.errors == []
        assert {entry.name for entry in calendar.walk()} <= {"VCALENDAR", "VEVENT"}
        assert len(calendar.events) == len(meant)
        for entry, each in zip(calendar.events, meant, strict=True):
            event = each.event
            assert str(entry["UID"]) == f"{event.id}-{each.date.year:04}@tjun"
            assert dated(entry) == str(each.date.earliest)
            title = collapsed(each.title(language))
            if len(title.encode("utf-16-le")) // 2 > 255:
                assert title.startswith(str(entry["SUMMARY"]).removesuffix("…"))
            else:
                assert str(entry["SUMMARY"]) == title
            assert event.title.in_(language) in each.title(language)
            categories = [area.name.in_(language) for area in event.areas]
            categories += ["JUBILEE"] * each.jubilee
            read = entry["CATEGORIES"].cats if "CATEGORIES" in entry else []
            assert [str(name) for name in read] == [
                re.sub(r"\r\n?", "\n", name) for name in categories
            ]


class TestPage:
    @given(records(), LANGUAGES)
    def test_has_a_heading_for_each_event_and_no_other_markup(
        self, record: Chronology, language: str
    ) -> None:
        """
        A page has a heading for each event, and texts add no markup.
        """
        text = tjun.export(record, "markdown", language=language).decode()
        tokens = READER.parse(text)
        lines = [
            "".join(child.content for child in token.children or ())
            for token in tokens
            if token.type == "inline"
        ]
        levels = [token.tag for token in tokens if token.type == "heading_open"]
        inline = [token for token in tokens if token.type == "inline"]
        before = dict(zip(map(id, tokens[1:]), tokens, strict=False))
        titles = [
            line
            for token, line in zip(inline, lines, strict=True)
            if before[id(token)].tag == "h3"
        ]
        assert titles == [
            collapsed(event.title.in_(language)).strip() for event in record.events
        ]
        decades = {event.date.year // 10 for event in record.events}
        sections = bool(record.missions) + bool(record.memberships)
        cited = {
            c.source.id: c.source.address for e in record.events for c in e.citations
        }
        assert levels.count("h1") == 1
        assert levels.count("h2") == len(decades) + sections + bool(cited)
        assert len(levels) == 1 + levels.count("h2") + len(record.events)
        inside = [child for token in tokens for child in token.children or ()]
        kinds = {token.type for token in [*tokens, *inside]}
        assert not [kind for kind in kinds if kind.startswith("html")]
        assert not {"image", "fence", "code_block", "code_inline", "hr"} & kinds
        links = [child.attrs["href"] for child in inside if child.type == "link_open"]
        normal = READER.normalizeLink
        assert sorted(links) == sorted(normal(url) for url in cited.values() if url)

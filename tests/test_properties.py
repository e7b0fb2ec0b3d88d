import contextlib
import datetime as dt
import re
import tempfile
from pathlib import Path
from typing import Any

import attrs
import icalendar
from hypothesis import Phase, assume, find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import NoSuchExample
from markdown_it import MarkdownIt
from nasty import PRINTABLE, as_toml, collapsed, reworded
from strategies import chronologies
from strategies import words as any_words

import tjun
from tjun import Chronology, Citation, Correction, Header, Post, Translation
from tjun.model.links import SECTIONS
from tjun.recordfiles.write import translation_file

TODAY = dt.date(2005, 1, 1)
READER = MarkdownIt("commonmark").enable("table")
LANGUAGES = st.sampled_from(["en", "ru", "tg"])
ISOLATES = str.maketrans("", "", "\u2068\u2069")  # Around text from right to left.
PARTS = (Citation, Correction, Post, Translation)
ANY_WORDS = st.sampled_from(list(PRINTABLE.values())) | any_words(max_size=40)


@st.composite
def records(draw: st.DrawFn, languages: tuple[str, ...] = ("en", "de")) -> Chronology:
    """
    Whole records with arbitrary texts.
    """
    texts = draw(st.lists(ANY_WORDS, min_size=1, max_size=8))
    count = iter(range(10_000))
    record = draw(chronologies(languages=languages))
    return reworded(record, lambda: texts[next(count) % len(texts)])


def without(tag: str, content: Any) -> Any:
    """
    Return plain data without the strings in one language.
    """
    if isinstance(content, list):
        return [without(tag, each) for each in content]
    if not isinstance(content, dict):
        return content
    return {
        key: without(tag, value)
        for key, value in content.items()
        if key != tag or "en" not in content
    }


class TestRecordFiles:
    @given(records())
    def test_are_read_back_equal(self, record: Chronology) -> None:
        """
        A record that is written as JSON or TOML is read back equal.
        """
        text = tjun.export(record, "json").decode()
        again = tjun.loads(text, "json")
        assert again == record
        assert tjun.export(again, "json").decode() == text
        assert tjun.loads(tjun.export(record, "toml").decode()) == record

    @given(records(languages=("en",)))
    def test_are_read_back_equal_from_a_directory(self, record: Chronology) -> None:
        """
        A record is read back equal from a file for each section, and a translation.
        """
        moment = dt.datetime(2026, 11, 30, 9, tzinfo=dt.UTC)
        draft = Translation(language="ru", revised=moment)
        whole = attrs.evolve(record, translations=[draft])
        content = without("ru", attrs.evolve(record, translations=[]).to_dict())
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            header = {key: content[key] for key in ("format", "record")}
            (folder / "record.toml").write_text(as_toml(header))
            for section in SECTIONS:
                part = {"format": 2, section: content[section]}
                (folder / f"{section}.toml").write_text(as_toml(part))
            (folder / "translations").mkdir()
            translation = "\n".join(translation_file(whole, "ru", moment))
            (folder / "translations" / "ru.toml").write_text(translation, "utf-8")
            assert tjun.load(folder) == whole


class TestStrategy:
    def test_sets_every_field(self) -> None:
        """
        The records in these tests have every field of every class, in many values.
        """
        seen = {
            (kind, field.alias): set[Any]()
            for kind in (Header, *SECTIONS.values(), *PARTS)
            for field in attrs.fields(kind)
        }

        def look(kind: type, whole: Any) -> None:
            for field in attrs.fields(kind):
                value = getattr(whole, field.name)
                seen[kind, str(field.alias)].add(value)
                for each in value if isinstance(value, tuple) else ():
                    if type(each) in PARTS:
                        look(type(each), each)

        def complete(record: Chronology) -> bool:
            look(Header, record)
            for section, kind in SECTIONS.items():
                for each in getattr(record, section):
                    look(kind, each)
            return all(len(values) > 1 for values in seen.values())

        prefixes, languages = st.sampled_from(["", "x-"]), ["en", "de"]
        made = prefixes.flatmap(lambda each: chronologies(each, languages=languages))
        enough = settings(max_examples=1_000, phases=[Phase.generate])
        with contextlib.suppress(NoSuchExample):
            find(made, complete, settings=enough)
        assert [field for field, values in seen.items() if len(values) < 2] == []


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
        meant = record.anniversaries(since=since, until=until, show="all")
        assume(meant)  # A calendar without entries is an error.
        made = tjun.export(
            record,
            "ics",
            today=TODAY,
            language=language,
            first_year=since,
            last_year=until,
            show="all",
        )
        calendar = icalendar.Calendar.from_ical(made)
        words = tjun.languages()[language]
        assert calendar.errors == []
        assert {entry.name for entry in calendar.walk()} <= {"VCALENDAR", "VEVENT"}
        assert len(calendar.events) == len(meant)
        for entry, each in zip(calendar.events, meant, strict=True):
            event = each.event
            assert str(entry["UID"]) == f"{event.id}-{each.date.year:04}@record.tjun"
            assert dated(entry) == str(each.date.earliest)
            title = each.title(language)
            if event.status == "announced":
                title = words.titled(title, note=words.label("announced"))
            line = collapsed(title).translate(ISOLATES)
            summary = str(entry["SUMMARY"]).translate(ISOLATES)
            if len(line.encode("utf-16-le")) // 2 > 255:
                assert line.startswith(summary.removesuffix("…"))
            else:
                assert summary == line
            named = event.title if event.short is None else event.short
            assert named.in_(language) in title
            categories = [area.name.in_(language) for area in event.areas]
            categories += ["JUBILEE"] * each.jubilee
            categories += ["ANNOUNCED"] * (event.status == "announced")
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
        decades = {event.date.anchor.year // 10 for event in record.events}
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

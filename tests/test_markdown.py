import datetime as dt
import itertools
import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from making import by
from markdown_it import MarkdownIt
from markdown_it.token import Token
from nasty import PRINTABLE

import tjun
from tjun import (
    Chronology,
    Citation,
    CooperationArea,
    Event,
    ExportError,
    ExportRequest,
    Membership,
    Mission,
    Post,
    Source,
    Text,
)
from tjun.formats.markdown import (
    MARKDOWN,
    MarkdownOptions,
    plain_text,
)
from tjun.formats.printable import CONTROL

TODAY = dt.date(2026, 11, 23)
READER = MarkdownIt("commonmark").enable("table")
words = st.text(
    st.one_of(
        st.sampled_from("\\`*_{}[]()<>#+-.!|~&$:@=^\"';/ \n\t1aҷ"),
        st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
    ),
    min_size=1,
    max_size=60,
).filter(lambda text: not text.isspace())


def event(**given: Any) -> Event:
    usual = {
        "id": "it-began",
        "title": "It began",
        "date": "1992-03-02",
        "citations": [Citation(source=source())],
    }
    return Event(**{**usual, **given})


def source(**given: Any) -> Source:
    usual = {"id": "world", "title": "The World", "publisher": "World News"}
    made = {**usual, **given}
    publisher = by(made.pop("publisher"), made.pop("kind", "other"))
    return Source(**made, publisher=publisher)


def everywhere(text: str) -> Chronology:
    """
    Return a record with *text* in every text field.
    """
    area = CooperationArea(id="water", name=text, description=text)
    cited = source(
        title=text,
        publisher=text,
        symbol=text,
        note=text,
        published="2019-07-08",
        url="https://example.org/a_(b)?c=*d*&e=1",
    )
    began = event(
        title=text,
        description=text,
        areas=[area],
        citations=[
            Citation(source=cited, says=text, date="1992-03-02"),
            Citation(source=cited, says=text, date="1992-03-03"),
        ],
    )
    mission = Mission(
        id="mission",
        name=text,
        acronym=text,
        seat=text,
        mandate=text,
        opening=began,
        heads=[Post(person=text, title=text)],
    )
    membership = Membership(
        id="membership", organization=text, acronym=text, admission=began
    )
    return Chronology(
        events=[began], missions=[mission], memberships=[membership], title=text
    )


def page(record: Chronology, **given: Any) -> str:
    return tjun.export(record, "markdown", today=TODAY, **given).decode()


def tokens(text: str) -> Iterator[Token]:
    """
    Yield each token, and after it those that it contains.
    """
    for token in READER.parse(text):
        yield token
        yield from token.children or ()


def shown(token: Token) -> str:
    """
    Return the text of a line as a reader sees it.
    """
    return "".join(
        child.content if child.type == "text" else " " * (child.type == "softbreak")
        for child in token.children or ()
    )


def lines_after(kind: str, text: str) -> list[str]:
    """
    Return the text of each line that follows a token of one kind.
    """
    found = READER.parse(text)
    return [
        shown(inline)
        for opening, inline in itertools.pairwise(found)
        if opening.type == kind
    ]


def headings(text: str) -> list[tuple[str, str]]:
    tags = [token.tag for token in READER.parse(text) if token.type == "heading_open"]
    return list(zip(tags, lines_after("heading_open", text), strict=True))


def one_line(text: str) -> str:
    breaks = r"[ \t]*[\t\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]\s*"
    return re.sub(breaks, " ", text).strip()


class TestHardTexts:
    @settings(max_examples=80)
    @given(words | st.sampled_from(sorted(PRINTABLE.values())))
    @example("1.")
    @example("\\|")
    @example("&amp;")
    @example("1984")
    def test_of_any_kind_are_shown_unchanged(self, text: str) -> None:
        """
        Any text is shown unchanged in any field.
        """
        assume(CONTROL.search(text) is None)  # Control characters are rejected.
        self.check(text)

    def check(self, text: str) -> None:
        words = one_line(text)
        made = page(everywhere(text))
        assert headings(made) == [
            ("h1", words),
            ("h2", "Missions"),
            ("h2", "Memberships"),
            ("h2", "1990–1999"),
            ("h3", words),
            ("h2", "Sources"),
        ]
        assert lines_after("td_open", made) == [
            f"{words} ({words})",
            "2 March 1992 *",
            "",
            f"{words} ({words})",
            f"{words} ({words})",
            "2 March 1992 *",
        ]
        address = "https://example.org/a_(b)?c=*d*&e=1"
        assert lines_after("paragraph_open", made) == [
            f"{words} · {words} · {words}",
            "* Sources differ on the date",
            f"2 March 1992 · {words} [1] [1]",
            words,
            "Sources differ on the date:",
            f"2 March 1992: {words} [1] – {words}",
            f"3 March 1992: {words} [1] – {words}",
            f"{words}, “{words}”, {words} (8 July 2019), {address}.",
        ]
        kinds = [token.type for token in tokens(made)]
        assert not {kind for kind in kinds if kind.startswith("html")}
        assert not {"image", "fence", "code_block", "code_inline", "em_open"} & {*kinds}
        assert not {"hr", "blockquote_open", "hardbreak"} & {*kinds}
        assert kinds.count("strong_open") == 3
        assert kinds.count("table_open") == 2
        assert kinds.count("bullet_list_open") == 1
        assert kinds.count("ordered_list_open") == 1
        links = [token.attrs for token in tokens(made) if token.type == "link_open"]
        assert links == [{"href": "https://example.org/a_(b)?c=*d*&e=1"}]


class TestPage:
    def test_has_all_parts_in_order(self) -> None:
        """
        A page has a title, missions, memberships, events by decade and sources.
        """
        water = CooperationArea(id="water", name="Water")
        cited = source(symbol="S/1", url="https://example.org/w", published="2019-07")
        other = source(id="decree", title="Decree", publisher="Government")
        began = event(
            description="A thing began.",
            areas=[water],
            citations=[Citation(source=cited)],
        )
        ended = event(
            id="it-ended",
            title="It ended",
            date="2000-05",
            citations=[
                Citation(source=other, date="2000-05", says="In May."),
                Citation(source=cited, date="2000-06-01"),
                Citation(source=cited),
            ],
        )
        mission = Mission(
            id="m",
            name="Mission",
            acronym="MIS",
            opening=began,
            closing=ended,
            heads=[Post(person="A. B.", title="Head"), Post(person="C", title="Envoy")],
        )
        member = Membership(id="x", organization="Body", acronym="BO", admission=began)
        record = Chronology(
            events=[began, ended],
            missions=[mission],
            memberships=[member],
            title="Ours",
        )
        before, sources = page(record).split("## Sources\n\n")
        assert before == (
            "# Ours\n\n"
            "## Missions\n\n"
            "| Mission | Opened | Closed | Heads |\n"
            "| --- | --- | --- | --- |\n"
            "| Mission (MIS) | 2 March 1992 | May 2000 \\* |"
            " A. B. (Head); C (Envoy) |\n\n"
            "## Memberships\n\n"
            "| Organization | Since |\n"
            "| --- | --- |\n"
            "| Body (BO) | 2 March 1992 |\n\n"
            "\\* Sources differ on the date\n\n"
            "## 1990–1999\n\n"
            "### It began\n\n"
            "**2 March 1992** · Water \\[1\\]\n\n"
            "A thing began.\n\n"
            "## 2000–2009\n\n"
            "### It ended\n\n"
            "**May 2000** \\[2\\] \\[1\\] \\[1\\]\n\n"
            "Sources differ on the date:\n\n"
            "- **May 2000**: Government \\[2\\] – In May.\n"
            "- **1 June 2000**: World News \\[1\\]\n\n"
        )
        assert lines_after("paragraph_open", sources) == [
            "World News, “The World”, S/1 (July 2019), https://example.org/w.",
            "Government, “Decree”.",
        ]

    def test_of_an_empty_record_has_only_a_title(self) -> None:
        """
        The page of a record without a title and events is called Chronology.
        """
        assert headings(page(Chronology())) == [("h1", "Chronology")]

    @pytest.mark.parametrize(
        ("language", "names"),
        [
            ("en", ["Record", "Memberships", "1990–1999", "It began", "Sources"]),
            ("ru", ["Запись", "Членство", "1990–1999", "Началось", "Источники"]),
            ("tg", ["Сабт", "Узвият", "1990–1999", "Оғоз шуд", "Манбаъҳо"]),
        ],
    )
    def test_is_in_the_language_of_the_request(
        self, language: str, names: list[str]
    ) -> None:
        """
        Headings, titles and dates are in the language of the request.
        """
        began = event(title=Text(en="It began", ru="Началось", tg="Оғоз шуд"))
        member = Membership(id="x", organization="B", acronym="B", admission=began)
        title = Text(en="Record", ru="Запись", tg="Сабт")
        record = Chronology(events=[began], memberships=[member], title=title)
        made = page(record, language=language)
        assert [name for _, name in headings(made)] == names
        months = {"en": "March", "ru": "марта", "tg": "марти"}
        assert f"**2 {months[language]} 1992**" in made

    def test_has_a_heading_for_each_decade(self) -> None:
        """
        Events are in order below the heading of their decade.
        """
        dates = ["1999-12-31", "1990", "2000-01-01", "2021-05", "0005"]
        record = Chronology(
            events=[event(id=f"e-{date}", title=date, date=date) for date in dates]
        )
        assert headings(page(record))[1:-1] == [
            ("h2", "0–9"),
            ("h3", "0005"),
            ("h2", "1990–1999"),
            ("h3", "1990"),
            ("h3", "1999-12-31"),
            ("h2", "2000–2009"),
            ("h3", "2000-01-01"),
            ("h2", "2020–2029"),
            ("h3", "2021-05"),
        ]

    @pytest.mark.parametrize(
        ("given", "line"),
        [
            ({}, "2 March 1992 [1]"),
            ({"date": "1992-03"}, "March 1992 [1]"),
            ({"date": "1992"}, "1992 [1]"),
            ({"until": "1992-03-05"}, "2–5 March 1992 [1]"),
            ({"yearly": True}, "2 March 1992 · every year [1]"),
            ({"status": "announced"}, "2 March 1992 · announced [1]"),
            (
                {
                    "yearly": True,
                    "status": "announced",
                    "areas": [
                        CooperationArea(id="a", name="Water"),
                        CooperationArea(id="b", name="Peace"),
                    ],
                },
                "2 March 1992 · every year · announced · Water, Peace [1]",
            ),
        ],
    )
    def test_has_the_date_the_status_and_the_areas(
        self, given: dict[str, Any], line: str
    ) -> None:
        """
        Below its title an event has its date, as precise as it is known, and more.
        """
        made = page(Chronology(events=[event(**given)]))
        assert lines_after("paragraph_open", made)[0] == line

    def test_of_the_bundled_record_has_every_event_and_cited_source(self) -> None:
        """
        The page of the bundled record has a heading for each event and no HTML.
        """
        record = tjun.load()
        made = page(record)
        titles = [text for tag, text in headings(made) if tag == "h3"]
        assert titles == [one_line(each.title.en) for each in record.events]
        kinds = {token.type for token in tokens(made)}
        assert not {kind for kind in kinds if kind.startswith(("html", "code"))}
        cited = {each.source.id for e in record.events for each in e.citations}
        listed = [t for t in READER.parse(made) if t.type == "list_item_open"]
        numbered = [token for token in listed if token.info]
        assert [int(token.info) for token in numbered] == list(range(1, len(cited) + 1))
        addresses = {each.address for each in record.sources}
        links = [t.attrs["href"] for t in tokens(made) if t.type == "link_open"]
        assert len(links) > 100
        assert {str(READER.normalizeLink(str(url))) for url in addresses} >= set(links)

    @pytest.mark.parametrize("code", [0x00, 0x1B, 0x7F])
    def test_with_a_control_character_is_rejected(self, code: int) -> None:
        """
        A control character is an error that contains the beginning of the text.
        """
        words = f"It {chr(code)}{'b' * 60}"
        with pytest.raises(ExportError) as caught:
            page(Chronology(events=[event(title=words)]))
        error = caught.value
        assert (error.exporter, error.plugin) == ("markdown", None)
        assert error.reason == (
            f"the text {words[:40]!r} contains the control character {chr(code)!r};"
            " remove it"
        )


class TestDisputed:
    def test_dates_have_their_sources(self) -> None:
        """
        If sources disagree, each date is listed with its source and what that says.
        """
        cited = [
            Citation(source=source(id="a", publisher="A"), date="1992-03-02"),
            Citation(source=source(id="b", publisher="B")),
            Citation(
                source=source(id="c", publisher="C"),
                date="1992-04",
                until="1992-05-07",
                says="In spring",
            ),
        ]
        made = page(Chronology(events=[event(citations=cited)]))
        assert lines_after("paragraph_open", made)[:4] == [
            "2 March 1992 [1] [2] [3]",
            "Sources differ on the date:",
            "2 March 1992: A [1]",
            "April 1992 – 7 May 1992: C [3] – In spring",
        ]

    def test_dates_that_agree_are_not_listed(self) -> None:
        """
        A month and a day in it do not disagree.
        """
        cited = [Citation(source=source(), date="1992-03", says="In March")]
        made = page(Chronology(events=[event(citations=cited)]))
        assert "differ" not in made
        assert "In March" not in made

    def test_dates_of_another_event_are_marked(self) -> None:
        """
        A date says if it is that of another event, or is not verified.
        """
        other = event(id="other", title="It *was* founded", date="1994-12-16")
        cited = [
            Citation(source=source(id="a", publisher="A"), date="1992-03-02"),
            Citation(source=source(id="b", publisher="B"), alternative=other),
            Citation(
                source=source(id="c", publisher="C"), date="1992-04", verified=False
            ),
        ]
        made = page(Chronology(events=[event(citations=cited), other]))
        assert lines_after("paragraph_open", made)[2:5] == [
            "2 March 1992: A [1]",
            "16 December 1994: B [2], describes another event: It *was* founded",
            "April 1992: C [3] (not verified)",
        ]


class TestSources:
    def test_are_numbered_in_order_of_first_use(self) -> None:
        """
        A source gets its number when it is first cited, and is listed once.
        """
        first, second = source(id="z", title="Z"), source(id="a", title="A")
        events = [
            event(citations=[Citation(source=first)]),
            event(
                id="later",
                date="1993",
                citations=[Citation(source=second), Citation(source=first)],
            ),
        ]
        made = page(Chronology(events=events))
        assert lines_after("paragraph_open", made) == [
            "2 March 1992 [1]",
            "1993 [2] [1]",
            "World News, “Z”.",
            "World News, “A”.",
        ]

    def test_that_are_not_cited_are_not_listed(self) -> None:
        """
        A source that no event cites has no number.
        """
        made = page(Chronology(events=[event()], sources=[source(id="spare")]))
        assert "2\\." not in made
        assert "2. " not in made


class TestHeadingLevel:
    @pytest.mark.parametrize("level", [1, 2, 3, 4])
    def test_applies_to_every_heading(self, level: int) -> None:
        """
        The title has this level, and the other headings are below it.
        """
        made = page(Chronology(events=[event()]), heading_level=level)
        tags = [int(tag[1]) for tag, _ in headings(made)]
        assert tags == [level, level + 1, level + 2, level + 1]

    @pytest.mark.parametrize("level", [0, 5])
    def test_is_limited(self, level: int) -> None:
        """
        A level is rejected if the deepest heading would exceed what Markdown has.
        """
        with pytest.raises(ValueError, match=f"heading_level.*{level}"):
            MarkdownOptions(heading_level=level)


class TestRender:
    def test_yields_a_block_at_a_time(self) -> None:
        """
        Each chunk is one block, and the page ends with a line break.
        """
        request = ExportRequest(
            chronology=Chronology(events=[event()]),
            options=MarkdownOptions(),
            today=TODAY,
        )
        chunks = list(MARKDOWN.render(request))
        assert len(chunks) == 6
        assert all(chunk.endswith(b"\n") for chunk in chunks)


def request_for(record: Chronology) -> ExportRequest[MarkdownOptions]:
    return ExportRequest(chronology=record, options=MarkdownOptions(), today=TODAY)


class TestPlainText:
    @pytest.mark.parametrize(
        ("text", "written"),
        [
            ("plain words", "plain words"),
            ("  a \n b\t", "a b"),
            ("a_b*c", "a\\_b\\*c"),
            ('"it\'s"', '"it\'s"'),
            ("&amp;", "\\&amp;"),
            ("1. a", "1\\. a"),
            ("\\", "\\\\"),
        ],
    )
    def test_escapes_what_markdown_interprets(self, text: str, written: str) -> None:
        """
        Line breaks become spaces, and characters with a meaning are escaped.
        """
        assert plain_text(text) == written

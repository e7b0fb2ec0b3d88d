"""
The shapes of the timeline.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import pytest
from making import by

import tjun
from tjun import Citation, CooperationArea, Event, Mission, Source
from tjun.formats.html.dispute import draw_dispute
from tjun.formats.html.mirror import mirrored
from tjun.formats.html.packing import Rows, text_width, wrap
from tjun.formats.html.scale import scale_for
from tjun.formats.html.shapes import Label, Timeline
from tjun.formats.html.timeline import FONT_SIZE, draw_timeline
from tjun.locales.available import language as find_language
from tjun.model.dates import PartialDate

EN = find_language("en")
TODAY = dt.date(2026, 11, 25)
PRESS = Source(id="press", title="Report", publisher=by("The Press", "press"))
UN = Source(id="un", title="Report", publisher=by("United Nations", "un"))
OTHER = Source(id="other", title="Report", publisher=by("Encyclopedia"))
WATER = CooperationArea(id="water", name="Water")


def event(event_id: str = "it", date: str = "1992-03-02", **keywords: object) -> Event:
    defaults = {"title": "It begins", "citations": [Citation(source=UN)]}
    return Event(id=event_id, date=date, **{**defaults, **keywords})


def disputed(*dates: str, **keywords: object) -> Event:
    sources = [UN, PRESS, OTHER]
    cited = [
        Citation(source=source, date=date)
        for source, date in zip(sources, dates, strict=False)
    ]
    return event(date=dates[0], citations=cited, **keywords)


def drawn(
    events: Iterable[Event], missions: Iterable[Mission] = (), **keywords: object
) -> Timeline:
    found = tuple(events)
    areas = {area.id: area for each in found for area in each.areas}
    return draw_timeline(
        events=found,
        missions=tuple(missions),
        areas=areas.values(),
        today=TODAY,
        language=EN,
        **keywords,
    )


def overlapping(labels: Iterable[Label]) -> list[tuple[str, str]]:
    boxes = list(labels)
    return [
        (one.text, other.text)
        for index, one in enumerate(boxes)
        for other in boxes[:index]
        if one.left < other.left + other.width
        and other.left < one.left + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    ]


@pytest.mark.parametrize(
    ("date", "days"), [("2001-03-02", 1), ("2001-05", 31), ("2001", 365)]
)
def test_a_mark_is_as_wide_as_the_date_is_uncertain(date: str, days: int) -> None:
    """A day, a month and a year are drawn with their own lengths."""
    timeline = drawn([event(date=date)])
    assert timeline.marks[0].width == pytest.approx(timeline.year_width * days / 365)


def test_a_mark_begins_where_its_date_begins() -> None:
    """A mark is as far from the start of its year as its date is."""
    timeline = drawn([event("one", "2001"), event("two", "2001-07")])
    year, july = timeline.marks
    assert july.x - year.x == pytest.approx(timeline.year_width * 181 / 365)


def test_a_mark_extends_to_the_last_day_of_its_event() -> None:
    """An event of several years has an end, the others do not."""
    timeline = drawn([event("one", "2005", until="2014"), event("two", "2006")])
    first, second = timeline.marks
    assert first.end is not None
    assert first.end - first.x == pytest.approx(timeline.year_width * 10)
    assert second.end is None


def test_each_account_of_a_dispute_has_its_own_mark() -> None:
    """Every date that a source gives is drawn, with its sources, at its place."""
    timeline = drawn([disputed("2000-05", "2000-06-01", "1999")])
    assert [str(mark.date) for mark in timeline.marks] == [
        "2000-05",
        "2000-06-01",
        "1999",
    ]
    assert [mark.used for mark in timeline.marks] == [True, False, False]


def test_accounts_of_a_dispute_are_connected() -> None:
    """A line goes from the centre of each mark to that of the next one."""
    timeline = drawn([disputed("2000-05", "2000-06-01", "1999")])
    centres = [mark.centre for mark in timeline.marks]
    assert [(each.start, each.end) for each in timeline.connectors] == [
        (centres[0], centres[1]),
        (centres[1], centres[2]),
    ]


def test_accounts_of_a_dispute_do_not_hide_each_other() -> None:
    """Two days that differ by one are drawn in different rows."""
    first, second = drawn([disputed("2017-06-11", "2017-06-12")]).marks
    assert second.y >= first.y + first.height


def test_the_title_of_a_mark_names_the_sources_of_its_date() -> None:
    """It counts further sources; a date that no source gives has none."""
    cited = [
        Citation(source=UN, date="2001-05"),
        Citation(source=PRESS, date="2001-06"),
        Citation(source=OTHER, date="2001-05"),
    ]
    assert [
        each.title for each in drawn([event(date="2000", citations=cited)]).marks
    ] == [
        "It begins: 2000",
        "It begins: May 2001 · United Nations and 1 more source",
        "It begins: June 2001 · The Press",
    ]


def test_only_major_events_have_labels() -> None:
    """The title of a major event is written next to its mark."""
    timeline = drawn([event("one", weight="major"), event("two", title="Not so much")])
    assert [each.text for each in timeline.labels if each.role == "event"] == [
        "It begins"
    ]


def test_a_label_is_the_short_title() -> None:
    """Titles are often too long for a drawing."""
    short = event(title="It begins with a long title", short="Begin", weight="major")
    assert drawn([short]).labels[-1].text == "Begin"


@pytest.mark.parametrize("date", ["1992~", "1992-21", "199X", "[1992..1994-06]"])
def test_an_uncertain_date_is_as_wide_as_what_is_known(date: str) -> None:
    """Approximate dates, seasons, decades and intervals have boxes, too."""
    (mark,) = drawn([event(date=date), event("z", "1999-12-31")]).marks[:1]
    first, last = PartialDate(date).extent
    days = (last - first).days + 1
    year = drawn([event(date=date), event("z", "1999-12-31")]).year_width
    assert mark.width == pytest.approx(year * days / 365.25, rel=0.02)


@pytest.mark.parametrize("today", ["2026-01-01", "2026-12-31"])
@pytest.mark.parametrize("tag", ["en", "ru", "tg"])
def test_the_texts_of_the_axis_are_inside_the_drawing(tag: str, today: str) -> None:
    """They are centred, so that there is space for half of them at each end."""
    language, day = find_language(tag), dt.date.fromisoformat(today)
    for year in ("1990", "2026"):
        timeline = draw_timeline(
            events=[event(date=year)],
            missions=(),
            areas=(),
            today=day,
            language=language,
        )
        assert timeline.today is not None
        texts = [(each.text, each.x) for each in timeline.ticks]
        for text, x in [*texts, (language.label("today"), timeline.today)]:
            half = text_width(text, FONT_SIZE) / 2
            assert half <= x <= timeline.width - half


def test_labels_never_overlap() -> None:
    """Forty major events in one month have forty labels apart from each other."""
    events = [
        event(
            f"event-{number}",
            f"1997-06-{number % 30 + 1:02}",
            title=f"Something of importance {'and more ' * (number % 7)}{number}",
            weight="major",
        )
        for number in range(40)
    ]
    timeline = drawn(events)
    assert overlapping(timeline.labels) == []
    assert {label.event_id for label in timeline.labels} >= {e.id for e in events}


@pytest.mark.parametrize("tag", ["en", "ru", "tg"])
def test_labels_of_the_bundled_record_never_overlap(
    un: tjun.Chronology, tag: str
) -> None:
    """The labels of missions, areas and major events are apart from each other."""
    timeline = draw_timeline(
        events=un.events,
        missions=un.missions,
        areas=un.areas,
        today=TODAY,
        language=find_language(tag),
    )
    assert overlapping(timeline.labels) == []


def test_everything_is_inside_the_drawing(un: tjun.Chronology) -> None:
    """No mark, bar or label is cut off at the edge."""
    timeline = draw_timeline(
        events=un.events,
        missions=un.missions,
        areas=un.areas,
        today=TODAY,
        language=EN,
    )
    for shape in (*timeline.marks, *timeline.bars):
        assert shape.x >= 0
        assert shape.x + shape.width <= timeline.width
        assert shape.y + shape.height <= timeline.height
    for label in timeline.labels:
        assert label.left >= 0
        assert label.left + label.width <= timeline.width


def test_every_event_of_the_bundled_record_has_a_mark(un: tjun.Chronology) -> None:
    """No event is missing from the timeline, and no account."""
    timeline = draw_timeline(
        events=un.events, missions=(), areas=un.areas, today=TODAY, language=EN
    )
    expected = [
        (each.id, account.date)
        for each in un.events
        for account in (each.accounts if each.disputed else each.accounts[:1])
    ]
    found = [(mark.event_id, mark.date) for mark in timeline.marks]
    assert sorted(found, key=str) == sorted(expected, key=str)


def test_events_are_grouped_by_their_first_area() -> None:
    """Events without an area come first, then one lane for each area that has any."""
    timeline = drawn([event("one"), event("two", areas=[WATER])])
    general, water = timeline.lanes
    assert (general.area_id, water.area_id) == (None, "water")
    one, two = timeline.marks
    assert general.y <= one.y < general.y + general.height <= water.y <= two.y
    assert [each.text for each in timeline.labels] == ["General", "Water"]


def mission(opening: str, closing: str | None) -> Mission:
    return Mission(
        id="mission",
        name="Mission of Observers",
        acronym="MO",
        opening=event("opens", opening),
        closing=None if closing is None else event("closes", closing),
    )


def test_a_bar_shows_how_long_a_mission_was_certainly_active() -> None:
    """The months in which a mission opened and closed are not certain."""
    timeline = drawn([], [mission("2000-01", "2002-12")])
    (bar,) = timeline.bars
    year = timeline.year_width
    assert bar.width == pytest.approx(3 * year)
    assert bar.certain_x - bar.x == pytest.approx(year * 31 / 366)
    assert bar.certain_width == pytest.approx(year * (3 - 31 / 366 - 31 / 365))
    assert not bar.active
    assert timeline.labels[1].text == "MO · January 2000 – December 2002"


def test_a_mission_of_one_month_is_never_certainly_active() -> None:
    """The certain part of a bar is never negative."""
    (bar,) = drawn([], [mission("2000-05", "2000-05")]).bars
    assert bar.certain_width == 0


def test_the_bar_of_an_open_mission_ends_today() -> None:
    """An open mission is drawn up to today and says so."""
    timeline = drawn([], [mission("2020-03-02", None)])
    (bar,) = timeline.bars
    assert bar.active
    assert bar.x + bar.width == pytest.approx(
        timeline.today + timeline.year_width / 365
    )
    assert timeline.labels[1].text == "MO · 2 March 2020 – today"


def test_a_long_period_without_events_is_a_break_in_the_axis() -> None:
    """Years are equally wide on both sides of a break, and it is marked."""
    timeline = drawn([event("one", "1942"), event("two", "1992"), event("z", "2020")])
    assert len(timeline.breaks) == 2
    widths = {round(mark.width, 6) for mark in timeline.marks}
    assert widths == {round(timeline.year_width, 6)}
    start, end = timeline.breaks[0]
    assert timeline.marks[0].x + timeline.marks[0].width == pytest.approx(start)
    assert timeline.marks[1].x == pytest.approx(end)


def test_many_breaks_leave_space_for_the_years() -> None:
    """However many breaks there are, half of the axis is left for the years."""
    scale = scale_for(
        ((year, year) for year in range(1, 9999, 20)), left=0.0, right=900.0
    )
    assert scale.year_width * len(scale.segments) == pytest.approx(450)


@pytest.mark.parametrize(
    ("last", "step"), [(2009, 1), (2049, 5), (2199, 10), (2999, 50), (9999, 500)]
)
def test_ticks_are_round_years_with_space_between_them(last: int, step: int) -> None:
    """The longer the axis, the fewer years are written on it."""
    scale = scale_for([(2000, last)], left=0.0, right=950.0)
    years = [date.year for date, _ in scale.ticks()]
    assert years == list(range(2000, last + 1, step))


def test_the_scale_reaches_the_last_day_of_the_calendar() -> None:
    """The year 9999 has an end, although no day follows it."""
    scale = scale_for([(9999, 9999)], left=0.0, right=100.0)
    assert scale.extent(PartialDate(9999)) == (0.0, 100.0)


def test_time_runs_from_right_to_left_in_a_mirrored_timeline() -> None:
    """Everything is as far from the right edge as it was from the left."""
    events = [disputed("2000", "2001-05"), event("two", "2005", until="2014")]
    events += [event("three", "1942", weight="major")]
    plain = drawn(events, [mission("2000-01", "2002-12")])
    mirror = mirrored(plain)
    width = plain.width
    pairs = zip(plain.marks, mirror.marks, strict=True)
    for one, other in pairs:
        assert other.x + other.width == pytest.approx(width - one.x)
        assert (one.end is None) == (other.end is None)
        assert one.end is None or other.end == pytest.approx(width - one.end)
    assert mirror.bars[0].certain_x + mirror.bars[0].certain_width == pytest.approx(
        width - plain.bars[0].certain_x
    )
    assert mirror.today == pytest.approx(width - plain.today)
    restored = mirrored(mirror)
    for name in ("ticks", "labels"):
        positions = [each.x for each in getattr(plain, name)]
        assert [each.x for each in getattr(restored, name)] == pytest.approx(positions)
        assert [width - each.x for each in getattr(mirror, name)] == pytest.approx(
            positions
        )
    assert [width - x for each in mirror.breaks for x in each[::-1]] == pytest.approx(
        [x for each in plain.breaks for x in each]
    )


def test_the_drawing_of_a_dispute_shows_a_difference_of_one_day() -> None:
    """Each day is as wide as possible and has a label, which no line crosses."""
    drawing = draw_dispute(disputed("2017-06-11", "2017-06-12"), EN)
    first, second = drawing.marks
    assert first.x + first.width == pytest.approx(second.x)
    assert first.width > 100
    assert [each.text for each in drawing.labels] == [
        "11 June 2017 · United Nations",
        "12 June 2017 · The Press",
    ]
    assert overlapping(drawing.labels) == []
    assert drawing.connectors == ()


def test_a_first_day_is_not_drawn_after_the_last_one() -> None:
    """If only its month is known, it is before the last day."""
    dispute = event(
        date="2024-06-10",
        until="2024-06-12",
        citations=[
            Citation(source=UN, date="2024-06-10", until="2024-06-12"),
            Citation(source=PRESS, date="2024-06", until="2024-06-11"),
        ],
    )
    for drawing in (draw_dispute(dispute, EN), drawn([dispute])):
        for mark in drawing.marks:
            assert mark.end is not None
            assert 0 <= mark.x < mark.x + mark.width <= mark.end <= drawing.width


@pytest.mark.parametrize(
    ("dates", "ticks"),
    [
        (("2017-06-11", "2017-06-12"), ["11 June 2017", "12 June 2017"]),
        (("2000-05", "2000-06-01"), ["1 May 2000", "11 May 2000", "21 May 2000"]),
        (("1999", "2000-06"), ["January 1999", "July 1999", "January 2000"]),
        (("1990", "2004"), ["1990", "1995", "2000"]),
        (("2001-02-26", "2001-03-05"), ["26 February 2001", "3 March 2001"]),
    ],
)
def test_the_axis_of_a_dispute_fits_its_length(
    dates: tuple[str, str], ticks: list[str]
) -> None:
    """The axis has days, months or years, at equal intervals with space for each."""
    drawing = draw_dispute(disputed(*dates), EN)
    assert [tick.text for tick in drawing.ticks] == ticks


def test_a_text_is_wrapped_between_words() -> None:
    """No line is wider than allowed, and no word is lost."""
    text = "Security Council recommends Tajikistan for membership"
    lines = wrap(text, size=FONT_SIZE, width=150, lines=5)
    assert " ".join(lines) == text
    assert all(text_width(line, FONT_SIZE) <= 150 for line in lines)


def test_a_text_that_is_too_long_ends_in_an_ellipsis() -> None:
    """Even a text without spaces fits."""
    lines = wrap("x" * 500, size=FONT_SIZE, width=150, lines=2)
    assert len(lines) == 2
    assert lines[-1].endswith("x…")
    assert all(text_width(line, FONT_SIZE) <= 150 for line in lines)


def test_a_letter_that_is_wider_than_a_line_has_its_own() -> None:
    """Wrapping ends, however narrow the space is."""
    assert wrap("國國", size=FONT_SIZE, width=1, lines=3) == ("國", "國")


@pytest.mark.parametrize(
    ("one", "other"), [("國", "k"), ("W", "k"), ("K", "k"), ("k", "i"), ("i", " ")]
)
def test_letters_have_different_widths(one: str, other: str) -> None:
    """A wide letter counts as wider than a narrow one."""
    assert text_width(one, 10) > text_width(other, 10)


def test_a_combining_mark_has_no_width() -> None:
    """A letter with an accent is as wide as the letter."""
    assert text_width("e\u0301", 10) == text_width("e", 10)


def test_boxes_in_rows_never_overlap() -> None:
    """A box goes to the topmost rows that are free over its whole height."""
    rows = Rows()
    assert rows.place([(0, 10)]) == 0
    assert rows.place([(20, 30), (20, 30)]) == 0
    assert rows.place([(10, 20)]) == 0
    assert rows.place([(5, 15)]) == 1
    assert rows.place([(12, 25)]) == 2
    assert rows.place([(0, 40), (0, 40)]) == 3
    assert rows.place([(30, 40), (30, 35), (25, 30)]) == 0
    assert len(rows) == 5

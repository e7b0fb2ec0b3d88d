import pytest
from clients.calendars import CASES, calendar_of
from clients.grammar import faults
from hypothesis import assume, given
from hypothesis import strategies as st
from making import by
from strategies import chronologies, words

import tjun
from tjun import Chronology, Citation, Event, Source


class TestCalendar:
    @pytest.mark.parametrize("name", CASES)
    def test_follows_the_grammar(self, name: str) -> None:
        """
        Every line of every calendar is one that RFC 5545 allows and clients read.
        """
        assert faults(calendar_of(name))[:5] == []

    @given(chronologies(), st.sampled_from(["en", "ru", "tg"]), words())
    def test_of_any_record_follows_the_grammar(
        self, record: Chronology, language: str, name: str
    ) -> None:
        """
        The calendar of any record with anniversaries follows the grammar.
        """
        assume(record.anniversaries(since=1990, until=2004, show="all"))
        data = tjun.export(
            record,
            "ics",
            language=language,
            first_year=1990,
            last_year=2004,
            show="all",
            name=name,
            remind=["1d", "2w"],
        )
        assert faults(data)[:5] == []

    @pytest.mark.parametrize(
        "address",
        ["http://mfa.tj/тҷ/саҳифа?а=б", "https://мфа.тҷ/a", "https://example.org/100%"],
    )
    def test_percent_encodes_addresses(self, address: str) -> None:
        """
        Characters that a URI cannot contain are percent-encoded in addresses.
        """
        source = Source(id="s", title="S", publisher=by("P"), url=address)
        began = Event(
            id="e", title="E", date="1992-03-02", citations=[Citation(source=source)]
        )
        data = tjun.export(
            Chronology(events=[began]), "ics", first_year=2027, feed_url=address
        )
        assert b"\r\nURL:http" in data
        assert faults(data)[:5] == []

import pytest

import tjun
from tjun.formats.paths import directory_name, event_page


class TestDirectoryName:
    @pytest.mark.parametrize(
        "own", ["unmot-opened", "console", "com", "com10", "a-nul"]
    )
    def test_is_the_id(self, own: str) -> None:
        """
        An entity's directory has its id as its name.
        """
        assert directory_name(own) == own

    @pytest.mark.parametrize("own", ["con", "prn", "aux", "nul", "com1", "lpt0"])
    def test_is_not_the_name_of_a_windows_device(self, own: str) -> None:
        """
        An id that Windows reserves gets an underscore.
        """
        assert directory_name(own) == f"{own}_"


class TestEventPage:
    @pytest.mark.parametrize(
        "base", ["https://example.org/un", "https://example.org/un/"]
    )
    def test_is_below_the_base_address(self, base: str) -> None:
        """
        The slash at the end of the base address is optional.
        """
        page = "https://example.org/un/events/unmot-opened/"
        assert event_page(base, "unmot-opened") == page

    def test_uses_the_name_of_the_directory(self) -> None:
        """
        The address contains the name of the directory, not the id.
        """
        assert event_page("https://example.org", "con").endswith("/events/con_/")


BASES = {
    "https://example.org:99999/": "expected a port from 1 to 65535",
    "https://example.org:0/": "expected a port from 1 to 65535",
    "https://example.org:port/": "expected an address of ASCII letters",
    "https://example.org/ҷ/": "expected an address of ASCII letters",
    "https://тест.org/": "expected an address of ASCII letters",
    "https://example.org/%zz/": "expected an address of ASCII letters",
    "https://you:secret@example.org/": "expected an address of ASCII letters",
    "https://example..org/": "expected an address of ASCII letters",
    f"https://example.org/{'x' * 2_000}/": "expected an address of ASCII letters",
}


class TestBaseAddress:
    @pytest.mark.parametrize("base", BASES)
    def test_that_a_sitemap_cannot_have_is_rejected(self, base: str) -> None:
        """
        A wrong port and characters that are not allowed are errors of the option.
        """
        with pytest.raises(tjun.ExportError) as caught:
            tjun.export(tjun.Chronology(), "site", base_url=base)
        assert caught.value.reason.startswith(f"base_url: {BASES[base]}")

    @pytest.mark.parametrize(
        "base",
        [
            "http://[::1]:8000/x",
            "https://xn--e1aybc.example/un/%D2%B7/",
            "HTTPS://A.b/~c",
        ],
    )
    def test_may_have_a_port_and_escaped_letters(
        self, base: str, un: tjun.Chronology
    ) -> None:
        """
        Ports, IPv6 hosts and escaped letters are accepted.
        """
        record = un.select(un.events.where(area="water"))
        assert tjun.export(record, "ics", page_url=base).startswith(b"BEGIN:VCALENDAR")

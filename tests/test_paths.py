import pytest

from tjun import Source
from tjun.formats.paths import directory_name, event_page, source_url


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


class TestSourceUrl:
    def test_is_the_page_that_was_read(self) -> None:
        """
        A source with an address has that address.
        """
        url = "https://example.org/"
        source = Source(id="s", title="S", publisher="P", url=url, symbol="S/1994/1102")
        assert source_url(source) == url

    @pytest.mark.parametrize(
        ("symbol", "document"),
        [
            ("S/1994/1102", "S/1994/1102"),
            ("S/RES/968 (1994)", "S/RES/968(1994)"),
            ("S/1997/209, annex II", "S/1997/209"),
            ("A/HRC/22/53/Add.1", "A/HRC/22/53/Add.1"),
            ("S/PV.4140", "S/PV.4140"),
        ],
    )
    def test_is_that_of_a_document_that_was_not_read(
        self, symbol: str, document: str
    ) -> None:
        """
        A UN document without an address is at undocs.org.
        """
        source = Source(id="s", title="S", publisher="P", symbol=symbol)
        assert source_url(source) == f"https://undocs.org/{document}"

    @pytest.mark.parametrize("symbol", [None, "No. 5; 1992"])
    def test_is_missing_without_a_document(self, symbol: str | None) -> None:
        """
        A source without an address and a UN symbol has none.
        """
        source = Source(id="s", title="S", publisher="P", symbol=symbol)
        assert source_url(source) is None

import pytest

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

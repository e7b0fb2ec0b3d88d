from __future__ import annotations

import copy
import pickle

import attrs
import pytest

from tjun import (
    DataError,
    ExportError,
    Fault,
    NotFoundError,
    PluginError,
    TjunError,
)

FAULT = Fault(
    message="expected a date", path="events[3].date", id="unmot-opened", file="a.toml"
)
OTHER = Fault(message="expected a title")


ERRORS = [
    (TjunError("it failed"), "it failed"),
    (DataError([FAULT]), "a.toml: events[3].date (unmot-opened): expected a date"),
    (
        DataError([FAULT, OTHER]),
        (
            "2 errors:\n  a.toml: events[3].date (unmot-opened): expected a date\n"
            "  expected a title"
        ),
    ),
    (
        NotFoundError("event", "unmott", ["unmot-opened"]),
        "There is no event 'unmott'; did you mean 'unmot-opened'?",
    ),
    (
        NotFoundError("area", "watr", ("water", "weather")),
        "There is no area 'watr'; did you mean 'water' or 'weather'?",
    ),
    (
        NotFoundError("area", "x", ("a", "b", "c")),
        "There is no area 'x'; did you mean 'a', 'b' or 'c'?",
    ),
    (
        NotFoundError("mission", "об"),
        "There is no mission 'об'; no mission has a similar id.",
    ),
    (ExportError("ics", "expected a year"), "Exporter 'ics': expected a year"),
    (
        ExportError("csv", "it broke", "tjun-csv"),
        "Exporter 'csv' (plugin 'tjun-csv'): it broke",
    ),
    (
        ExportError("csv", "it broke", "tables", "tjun-csv 1.0"),
        "Exporter 'csv' (plugin 'tables' of tjun-csv 1.0): it broke",
    ),
    (
        PluginError("tables", "tjun-csv 1.0", "no module named 'csw'"),
        "Plugin 'tables' of tjun-csv 1.0 cannot be used: no module named 'csw'",
    ),
    (PluginError("tables", None, "no hook"), "Plugin 'tables' cannot be used: no hook"),
    (
        PluginError("tables", "tjun-csv 1.0", "no suffix", "the exporter 'csv'"),
        "Plugin 'tables' of tjun-csv 1.0 cannot offer the exporter 'csv': no suffix",
    ),
    (
        NotFoundError("exporter", "csv", ["ics"], "'csv' is disabled"),
        "The exporter 'csv' is disabled",
    ),
]


class TestEveryError:
    @pytest.mark.parametrize(("error", "message"), ERRORS)
    def test_has_a_message_and_can_be_pickled(
        self, error: TjunError, message: str
    ) -> None:
        """
        A pickled or copied error has the same class, data and message.
        """
        pickled = [
            pickle.loads(pickle.dumps(error, protocol))
            for protocol in range(pickle.HIGHEST_PROTOCOL + 1)
        ]
        for again in (error, copy.copy(error), copy.deepcopy(error), *pickled):
            assert type(again) is type(error)
            assert vars(again) == vars(error)
            assert str(again) == message

    def test_carries_its_data(self) -> None:
        """
        The data in the message is available as attributes.
        """
        missing = NotFoundError("area", "watr", ["water"])
        assert (missing.what, missing.key) == ("area", "watr")
        assert (missing.nearest, missing.reason) == (("water",), None)
        assert DataError([FAULT]).faults == (FAULT,)
        failed = ExportError("csv", "it broke", "tables", "tjun-csv 1.0")
        assert (failed.exporter, failed.reason) == ("csv", "it broke")
        assert (failed.plugin, failed.distribution) == ("tables", "tjun-csv 1.0")
        assert failed.what == "exporter"
        unusable = PluginError("tables", None, "no suffix", "the exporter 'csv'")
        assert (unusable.plugin, unusable.distribution) == ("tables", None)
        assert (unusable.reason, unusable.offer) == ("no suffix", "the exporter 'csv'")


class TestClasses:
    @pytest.mark.parametrize(
        "kind", [DataError, ExportError, NotFoundError, PluginError]
    )
    def test_have_a_common_base(self, kind: type[Exception]) -> None:
        """
        Every error can be caught as a TjunError.
        """
        assert issubclass(kind, TjunError)

    def test_are_also_builtin_exceptions(self) -> None:
        """
        DataError is a ValueError, and NotFoundError a KeyError.
        """
        assert issubclass(DataError, ValueError)
        assert issubclass(NotFoundError, KeyError)

    def test_copy_the_lists_they_are_given(self) -> None:
        """
        Changing a list after it was passed to an error does not change the error.
        """
        faults, close = [FAULT], ["water"]
        bad, missing = DataError(faults), NotFoundError("area", "watr", close)
        faults.append(OTHER)
        close.append("x")
        assert bad.faults == (FAULT,)
        assert missing.nearest == ("water",)


class TestFault:
    @pytest.mark.parametrize(
        ("fault", "message"),
        [
            (Fault(message="m"), "m"),
            (Fault(message="m", path="events[0]"), "events[0]: m"),
            (Fault(message="m", id="x"), "(x): m"),
            (Fault(message="m", file="a.toml"), "a.toml: m"),
            (Fault(message="m", path="areas[1]", id="x"), "areas[1] (x): m"),
            (Fault(message="m", id="x", file="a.toml"), "a.toml: (x): m"),
            (Fault(message="m", path="title", file="a.toml"), "a.toml: title: m"),
        ],
    )
    def test_says_where_it_is(self, fault: Fault, message: str) -> None:
        """
        The string contains the file, the path and the id, as far as they are known.
        """
        assert str(fault) == message

    def test_is_frozen(self) -> None:
        """
        Faults with the same data are equal and have the same hash.
        """
        assert attrs.evolve(FAULT) == FAULT
        assert hash(attrs.evolve(FAULT)) == hash(FAULT)
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            FAULT.path = ""  # type: ignore[misc]  # What is tested.

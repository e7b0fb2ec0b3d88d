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


def attributes(error: TjunError) -> dict[str, object]:
    return dict(vars(error))


ERRORS = [
    (TjunError("it failed"), {}, "it failed"),
    (
        DataError([FAULT]),
        {"faults": (FAULT,)},
        "a.toml: events[3].date (unmot-opened): expected a date",
    ),
    (
        DataError([FAULT, OTHER]),
        {"faults": (FAULT, OTHER)},
        (
            "2 errors:\n"
            "  a.toml: events[3].date (unmot-opened): expected a date\n"
            "  expected a title"
        ),
    ),
    (
        NotFoundError("event", "unmott", ["unmot-opened"]),
        {
            "what": "event",
            "key": "unmott",
            "nearest": ("unmot-opened",),
            "reason": None,
        },
        "There is no event 'unmott'; did you mean 'unmot-opened'?",
    ),
    (
        NotFoundError("area", "watr", ("water", "weather")),
        {
            "what": "area",
            "key": "watr",
            "nearest": ("water", "weather"),
            "reason": None,
        },
        "There is no area 'watr'; did you mean 'water' or 'weather'?",
    ),
    (
        NotFoundError("area", "x", ("a", "b", "c")),
        {"what": "area", "key": "x", "nearest": ("a", "b", "c"), "reason": None},
        "There is no area 'x'; did you mean 'a', 'b' or 'c'?",
    ),
    (
        NotFoundError("mission", "об"),
        {"what": "mission", "key": "об", "nearest": (), "reason": None},
        "There is no mission 'об'; no mission has a similar id.",
    ),
    (
        ExportError("ics", "expected a year"),
        {
            "exporter": "ics",
            "reason": "expected a year",
            "plugin": None,
            "distribution": None,
            "what": "exporter",
        },
        "Exporter 'ics': expected a year",
    ),
    (
        ExportError("csv", "it broke", "tjun-csv"),
        {
            "exporter": "csv",
            "reason": "it broke",
            "plugin": "tjun-csv",
            "distribution": None,
            "what": "exporter",
        },
        "Exporter 'csv' (plugin 'tjun-csv'): it broke",
    ),
    (
        ExportError("csv", "it broke", "tables", "tjun-csv 1.0"),
        {
            "exporter": "csv",
            "reason": "it broke",
            "plugin": "tables",
            "distribution": "tjun-csv 1.0",
            "what": "exporter",
        },
        "Exporter 'csv' (plugin 'tables' of tjun-csv 1.0): it broke",
    ),
    (
        PluginError("tables", "tjun-csv 1.0", "no module named 'csw'"),
        {
            "plugin": "tables",
            "distribution": "tjun-csv 1.0",
            "reason": "no module named 'csw'",
            "offer": None,
        },
        "Plugin 'tables' of tjun-csv 1.0 cannot be used: no module named 'csw'",
    ),
    (
        PluginError("tables", None, "no hook"),
        {
            "plugin": "tables",
            "distribution": None,
            "reason": "no hook",
            "offer": None,
        },
        "Plugin 'tables' cannot be used: no hook",
    ),
    (
        PluginError("tables", "tjun-csv 1.0", "no suffix", "the exporter 'csv'"),
        {
            "plugin": "tables",
            "distribution": "tjun-csv 1.0",
            "reason": "no suffix",
            "offer": "the exporter 'csv'",
        },
        "Plugin 'tables' of tjun-csv 1.0 cannot offer the exporter 'csv': no suffix",
    ),
    (
        NotFoundError("exporter", "csv", ["ics"], "'csv' is disabled"),
        {
            "what": "exporter",
            "key": "csv",
            "nearest": ("ics",),
            "reason": "'csv' is disabled",
        },
        "The exporter 'csv' is disabled",
    ),
]


@pytest.mark.parametrize(("error", "carried", "message"), ERRORS)
class TestEveryError:
    def test_has_a_message(
        self, error: TjunError, carried: dict[str, object], message: str
    ) -> None:
        """
        The message says what is wrong, where, and what to do.
        """
        assert str(error) == message

    def test_carries_its_data(
        self, error: TjunError, carried: dict[str, object], message: str
    ) -> None:
        """
        The data in the message is available as attributes.
        """
        assert attributes(error) == carried

    def test_can_be_pickled(
        self, error: TjunError, carried: dict[str, object], message: str
    ) -> None:
        """
        A pickled error has the same class, data and message, with every protocol.
        """
        for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
            again = pickle.loads(pickle.dumps(error, protocol))
            assert type(again) is type(error)
            assert attributes(again) == carried
            assert str(again) == message

    def test_can_be_copied(
        self, error: TjunError, carried: dict[str, object], message: str
    ) -> None:
        """
        A copied error has the same class, data and message.
        """
        for again in (copy.copy(error), copy.deepcopy(error)):
            assert type(again) is type(error)
            assert attributes(again) == carried
            assert str(again) == message


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

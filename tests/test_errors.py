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
            "2 faults:\n"
            "  a.toml: events[3].date (unmot-opened): expected a date\n"
            "  expected a title"
        ),
    ),
    (
        NotFoundError("event", "unmott", ["unmot-opened"]),
        {"what": "event", "key": "unmott", "nearest": ("unmot-opened",)},
        "There is no event 'unmott'; did you mean 'unmot-opened'?",
    ),
    (
        NotFoundError("area", "watr", ("water", "weather")),
        {"what": "area", "key": "watr", "nearest": ("water", "weather")},
        "There is no area 'watr'; did you mean 'water' or 'weather'?",
    ),
    (
        NotFoundError("area", "x", ("a", "b", "c")),
        {"what": "area", "key": "x", "nearest": ("a", "b", "c")},
        "There is no area 'x'; did you mean 'a', 'b' or 'c'?",
    ),
    (
        NotFoundError("mission", "об"),
        {"what": "mission", "key": "об", "nearest": ()},
        "There is no mission 'об'; no mission has an id like it.",
    ),
    (
        ExportError("ics", "expected a year"),
        {
            "exporter": "ics",
            "reason": "expected a year",
            "plugin": None,
            "distribution": None,
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
        },
        "Exporter 'csv' (plugin 'tables' of tjun-csv 1.0): it broke",
    ),
    (
        PluginError("tables", "tjun-csv 1.0", "no module named 'csw'"),
        {
            "plugin": "tables",
            "distribution": "tjun-csv 1.0",
            "reason": "no module named 'csw'",
        },
        "Plugin 'tables' of tjun-csv 1.0 cannot be used: no module named 'csw'",
    ),
    (
        PluginError("tables", None, "no hook"),
        {"plugin": "tables", "distribution": None, "reason": "no hook"},
        "Plugin 'tables' cannot be used: no hook",
    ),
]


@pytest.mark.parametrize(("error", "carried", "message"), ERRORS)
class TestEveryError:
    def test_says_which_thing_and_what_to_do(
        self, error: TjunError, carried: dict[str, object], message: str
    ) -> None:
        """
        The message names the thing, its place and the remedy.
        """
        assert str(error) == message

    def test_carries_its_data(
        self, error: TjunError, carried: dict[str, object], message: str
    ) -> None:
        """
        What the message says can be read from attributes as well.
        """
        assert attributes(error) == carried

    def test_survives_pickling(
        self, error: TjunError, carried: dict[str, object], message: str
    ) -> None:
        """
        An error from another process has the same kind, data and message.
        """
        for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
            again = pickle.loads(pickle.dumps(error, protocol))
            assert type(again) is type(error)
            assert attributes(again) == carried
            assert str(again) == message

    def test_survives_copying(
        self, error: TjunError, carried: dict[str, object], message: str
    ) -> None:
        """
        A copied error has the same kind, data and message.
        """
        for again in (copy.copy(error), copy.deepcopy(error)):
            assert type(again) is type(error)
            assert attributes(again) == carried
            assert str(again) == message


class TestFamily:
    @pytest.mark.parametrize(
        "kind", [DataError, ExportError, NotFoundError, PluginError]
    )
    def test_has_one_base(self, kind: type[Exception]) -> None:
        """
        Every error can be caught as a TjunError.
        """
        assert issubclass(kind, TjunError)

    def test_is_what_python_would_raise(self) -> None:
        """
        Bad data is a ValueError too, and an unknown id a KeyError.
        """
        assert issubclass(DataError, ValueError)
        assert issubclass(NotFoundError, KeyError)

    def test_takes_faults_and_names_from_any_sequence(self) -> None:
        """
        What an error carries cannot be changed by changing what it was made from.
        """
        faults, close = [FAULT], ["water"]
        bad, missing = DataError(faults), NotFoundError("area", "watr", close)
        faults.append(OTHER)
        close.append("x")
        assert bad.faults == (FAULT,)
        assert missing.nearest == ("water",)


class TestFault:
    @pytest.mark.parametrize(
        ("fault", "said"),
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
    def test_says_where_as_far_as_that_is_known(self, fault: Fault, said: str) -> None:
        """
        A fault says its file, its place and its id, as far as it has them.
        """
        assert str(fault) == said

    def test_is_a_frozen_value(self) -> None:
        """
        Faults are equal when they say the same, and cannot be changed.
        """
        assert attrs.evolve(FAULT) == FAULT
        assert hash(attrs.evolve(FAULT)) == hash(FAULT)
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            FAULT.path = ""  # type: ignore[misc]  # What is tested.

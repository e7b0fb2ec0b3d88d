import random
import time

import pytest

from tjun.suggestions import first_duplicate, suggest

KNOWN = ["unmot-ended", "unmot-opened", "untop-opened", "visit"]


class TestSuggest:
    @pytest.mark.parametrize(
        ("key", "found"),
        [
            ("unmott-opened", ["unmot-opened", "unmot-ended", "untop-opened"]),
            ("ended", ["unmot-ended"]),
            ("", []),
            ("zzz", []),
            ("vasat", ["visit"]),
            ("viisst-ab", ["visit"]),
        ],
    )
    def test_returns_similar_keys_first(self, key: str, found: list[str]) -> None:
        """
        Similar keys are followed by those that contain the given one.
        """
        assert suggest(key, iter(KNOWN)) == found

    def test_finds_a_short_key_in_a_long_one(self) -> None:
        """
        A key that contains the given one is returned however long it is.
        """
        assert suggest("a", ["a-key-of-some-length"]) == ["a-key-of-some-length"]

    @pytest.mark.parametrize(("key", "found"), [("a", ["a"]), ("b", [])])
    def test_compares_keys_of_one_letter(self, key: str, found: list[str]) -> None:
        """
        A key of one letter is similar to itself.
        """
        assert suggest(key, ["a"]) == found

    def test_ignores_a_long_key(self) -> None:
        """
        A key of more than a hundred characters is not a misspelt id.
        """
        assert suggest("a" * 100, ["a" * 99]) == ["a" * 99]
        assert suggest("a" * 101, ["a" * 100]) == []

    def test_returns_at_most_three(self) -> None:
        """
        Of many similar keys the three most similar are returned.
        """
        assert len(suggest("event", [f"event-{n}" for n in range(9)])) == 3

    def test_finds_the_best_of_many(self) -> None:
        """
        A misspelt id is found among thousands.
        """
        known = [f"event-{n}-of-many" for n in range(5_000)]
        assert suggest("evnet-1234-of-many", known)[0] == "event-1234-of-many"

    def test_takes_linear_time(self) -> None:
        """
        A megabyte of ids that are hard to compare takes seconds, not minutes.
        """
        shuffle = random.Random(1992).sample
        known = ["".join(shuffle("ab" * 50, 100)) for _ in range(10_000)]
        begun = time.process_time()
        suggest("".join(shuffle("ab" * 50, 100)), known)
        assert time.process_time() - begun < 5


class TestFirstDuplicate:
    @pytest.mark.parametrize(
        ("keys", "found"), [("abba", "b"), ("ab", None), ("", None), ("aba", "a")]
    )
    def test_returns_the_first_repeated_key(self, keys: str, found: str | None) -> None:
        """
        The first key that occurs a second time is returned, or `None`.
        """
        assert first_duplicate(keys) == found

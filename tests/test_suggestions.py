from __future__ import annotations

import random
import time

import pytest

from tjun.suggestions import first_duplicate, suggest


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
    def test_returns_similar_ids_then_ids_that_contain_the_key(
        self, key: str, found: list[str]
    ) -> None:
        """
        Similar ids come first, then those that contain the key.
        """
        known = ["unmot-ended", "unmot-opened", "untop-opened", "visit"]
        assert suggest(key, iter(known)) == found

    def test_returns_nothing_for_a_long_key(self) -> None:
        """
        A key of more than a hundred characters is not a typing error.
        """
        assert suggest("a" * 100, ["a" * 99]) == ["a" * 99]
        assert suggest("a" * 101, ["a" * 100]) == []

    def test_returns_at_most_three(self) -> None:
        """
        No more than three ids are suggested.
        """
        assert len(suggest("event", [f"event-{n}" for n in range(9)])) == 3

    def test_is_fast_among_many_similar_ids(self) -> None:
        """
        10,000 ids of a hundred shuffled letters are searched within a second.
        """
        shuffled = random.Random(1)
        letters = list("ab" * 50)
        known = []
        for _ in range(10_000):
            shuffled.shuffle(letters)
            known.append("".join(letters))
        began = time.process_time()
        suggest(known[0][::-1], known)
        assert time.process_time() - began < 1


class TestFirstDuplicate:
    def test_returns_the_first_key_that_occurs_again(self) -> None:
        """
        The first key to occur a second time is returned, or None.
        """
        assert first_duplicate(["a", "b", "b", "a"]) == "b"
        assert first_duplicate(["a", "b"]) is None

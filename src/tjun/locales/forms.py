"""
Forms that depend on a number: ordinals and counted nouns.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs

__all__ = ["Form", "choose"]


@attrs.frozen
class Form:
    """
    A pattern, and the numbers it is for; without any, it is for all numbers.

    Attributes:
        pattern: Text with `{number}` in it.

        endings: Digits that the whole number ends in; `04` fits 4 and 104.

        numbers: Whole numbers.

        fractions: Whether it is for numbers with a decimal part.
    """

    pattern: str
    endings: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()
    fractions: bool = False

    @property
    def always(self) -> bool:
        """
        Whether the form is for all numbers.
        """
        return not (self.endings or self.numbers or self.fractions)

    def fits(self, number: float) -> bool:
        """
        Return whether the form is for *number*.
        """
        if self.always:
            return True
        if not isinstance(number, int):
            return self.fractions
        return number in self.numbers or any(
            number % 10 ** len(ending) == int(ending) for ending in self.endings
        )


def choose(forms: Sequence[Form], number: float) -> str:
    """
    Return the pattern of the first of *forms* that fits *number*.

    Args:
        forms: The last one must be for all numbers.

        number: An `int`, or a `float` for a number with a decimal part.
    """
    return next(form.pattern for form in forms if form.fits(number))

"""Cells of any kind and numbers as they are spelled, for the laws of single cells."""

from typing import Any, NamedTuple

import pytest
from hypothesis import strategies as st

from pilot_eval.evidence.cells.cell import Unreadable

ANY = st.one_of(
    st.text(max_size=60), st.floats(), st.integers(), st.booleans(), st.dates(), st.datetimes(), st.times(), st.none()
)


def numeral(n: int) -> str:
    """A whole number below 10¹² in Chinese numerals, as it is spoken."""
    if n < 10:
        return "零一二三四五六七八九"[n]
    for sign, times in (("亿", 10**8), ("万", 10**4), ("千", 1000), ("百", 100), ("十", 10)):
        if n >= times:
            head, rest = divmod(n, times)
            between = "零" if 0 < rest < times // 10 else ""
            return numeral(head) + sign + between + (numeral(rest) if rest else "")
    raise AssertionError(n)


def reading(read: Any) -> Any:
    try:
        return tuple(round(each, 9) for each in read()[:3])
    except Unreadable as unreadable:
        return unreadable.code


def refusal(read: Any) -> str:
    """The code of what can't be read."""
    with pytest.raises(Unreadable) as refused:
        read()
    return refused.value.code


class Shown(NamedTuple):
    """A number format's picture that shows every number as the same text."""

    text: str

    def shown(self, value: float, /) -> str:
        return self.text

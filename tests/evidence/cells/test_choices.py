"""Words that mean yes or no: read, or refused."""

from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from pilot_eval.evidence import cells
from tests.support.spelling import ANY


@settings(max_examples=200, deadline=None)
@given(st.text("是否有无√×✓对错yYnN01 truefalse", max_size=6) | ANY)
def test_a_flag_is_read_or_refused(cell: object) -> None:
    with suppress(cells.Unreadable):
        assert cells.flag(cell) in (True, False)

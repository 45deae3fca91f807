"""Words that mean yes or no: read, or refused."""

from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from pilot_eval.evidence.cells.cell import Unreadable
from pilot_eval.evidence.cells.choices import read_flag
from tests.support.spelling import ANY


@settings(max_examples=200, deadline=None)
@given(st.text("是否有无√×✓对错yYnN01 truefalse", max_size=6) | ANY)
def test_a_flag_is_read_or_refused(cell: object) -> None:
    with suppress(Unreadable):
        assert read_flag(cell) in (True, False)

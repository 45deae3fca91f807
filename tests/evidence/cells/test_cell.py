"""Any text in a cell is read, or explained."""

from hypothesis import given, settings
from hypothesis import strategies as st

from pilot_eval.evidence.cells.cell import Unreadable
from pilot_eval.evidence.cells.dates import read_day
from pilot_eval.evidence.cells.numbers import read_number


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=30) | st.from_regex(r"[0-9约近多余万亿千.,年月日至\- ]{1,12}", fullmatch=True))
def test_any_text_is_read_or_explained(text: str) -> None:
    for read in (lambda: read_number(text, "人次"), lambda: read_number(text, "元", "万元"), lambda: read_day(text)):
        try:
            reading = read()
        except Unreadable as unreadable:
            assert unreadable.code.startswith("cell-")
        else:
            assert reading.low <= reading.value <= reading.high
            assert reading.value == reading.value

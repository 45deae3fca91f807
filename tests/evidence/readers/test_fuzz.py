"""The fuzzer for as long as `PILOT_EVAL_FUZZ_SECONDS` says, and single cells, each the reader's or refused."""

import os
import subprocess
import sys
from contextlib import suppress
from itertools import pairwise
from math import isfinite
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilot_eval.evidence import cells
from pilot_eval.evidence.privacy import masked, sightings
from tests.conftest import EXAMPLE, ROOT
from tests.support.fuzzing.cases import Case
from tests.support.fuzzing.fuzz import KEPT
from tests.support.fuzzing.laws import expected_in_example, look

SECONDS = float(os.environ.get("PILOT_EVAL_FUZZ_SECONDS", "60"))
SEED = os.environ.get("PILOT_EVAL_FUZZ_SEED", "2018")

SIGNS = "0123456789０１２３½①一二三十百千万亿两几多余近约超数第半成 　,，.。-－+%‰()（）~～至～到/元人次㎡"
NUMBER = st.text(SIGNS + "\u202e\u200b\x00\n年eE_infaN", max_size=24)
DAY = st.text("0123456789２０１８年月日号上下中旬底初季度第一二三四十- /.．:：T至~～()（）Z+\u200b\x00", max_size=24)
ANY = st.one_of(
    st.text(max_size=60), st.floats(), st.integers(), st.booleans(), st.dates(), st.datetimes(), st.times(), st.none()
)
UNITS = st.sampled_from([None, "%", "元", "㎡", "人次", "个", "家", "天", "A"])


@pytest.mark.slow
def test_no_mutated_file_brings_a_reader_down() -> None:
    command = [sys.executable, "-m", "tests.support.fuzzing.fuzz", str(SECONDS), SEED]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr[-3000:]


@pytest.mark.parametrize("path", sorted(KEPT.glob("*")), ids=lambda path: path.name)
def test_what_failed_once_fails_no_more(path: Path, tmp_path: Path) -> None:
    look(Case(path.name.split("-", 1)[1], path.read_bytes()), tmp_path, expected_in_example())


@settings(max_examples=400, deadline=None)
@given(NUMBER | ANY, UNITS)
def test_a_number_is_read_within_its_bounds_or_refused(cell: object, unit: str | None) -> None:
    if cell is None:
        return
    try:
        reading = cells.number(cell, unit)
    except cells.Unreadable:
        return
    assert reading.low <= reading.value <= reading.high
    assert isfinite(reading.value)


@settings(max_examples=400, deadline=None)
@given(DAY | ANY)
def test_a_day_is_read_within_its_bounds_or_refused(cell: object) -> None:
    if cell is None:
        return
    try:
        reading = cells.day(cell)
    except cells.Unreadable:
        return
    assert reading.low <= reading.value <= reading.high
    assert len(cells.iso(reading.low)) == 10


@settings(max_examples=200, deadline=None)
@given(st.text("是否有无√×✓对错yYnN01 truefalse", max_size=6) | ANY)
def test_a_flag_is_read_or_refused(cell: object) -> None:
    with suppress(cells.Unreadable):
        assert cells.flag(cell) in (True, False)


@settings(max_examples=300, deadline=None)
@given(st.text("0123456789Xx -１1385电话联系EGPa\n", max_size=120))
def test_what_identifies_a_person_is_found_in_order_and_masked(text: str) -> None:
    text = cells.plain(text)
    found = sightings(text)
    assert all(first.end <= second.start for first, second in pairwise(found))
    hidden = masked(text)
    assert len(hidden) == len(text)
    for each in found:
        assert text[each.start : each.end] not in hidden[each.start : each.end]


def test_the_example_is_there_to_be_mutated() -> None:
    assert any((EXAMPLE / "submissions").rglob("*.xlsx"))

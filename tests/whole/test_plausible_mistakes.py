"""Plausible mistakes of clerks: each gives the right figure, or a warning or an error names it."""

from collections import Counter
from collections.abc import Callable
from itertools import groupby
from pathlib import Path

from tests.support.mistakes.every import every, sent_together, together
from tests.support.rounds.submitted import assessed


def test_there_are_enough_mistakes() -> None:
    assert len(every()) >= 1000
    assert [id for id, count in Counter(each.id for each in every()).items() if count > 1] == []


def test_no_wrong_figure_in_silence(tmp_path: Path, measured: Callable[[str], None]) -> None:
    silent = []
    for period, some in groupby(sorted(every(), key=lambda each: each.period), key=lambda each: each.period):
        pilots = together(some)
        found = assessed(tmp_path / period[0], sent_together(pilots), period)
        silent += [said for id, mistakes in pilots.items() for each in mistakes if (said := each.silent(found[id]))]
    measured(f"plausible mistakes: {len(silent)} of {len(every())} silent and wrong")
    assert silent == []

"""Ordinary submissions without a mistake: hardly a file is accused of one."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pilot_eval.errors import Severity
from pilot_eval.messages import CATALOGUE
from tests.support.corpus.whole import GOOD
from tests.support.ordinary.controls import CONTROLS
from tests.support.ordinary.judging import RATE, accused
from tests.support.ordinary.plain import plain_submissions
from tests.support.ordinary.submissions import submissions
from tests.support.ordinary.written import written_submissions
from tests.support.records import record_of
from tests.support.rounds import submitted

DESERVED = {
    "sheet-unknown", "header-unknown", "cell-unused-bad", "submission-unused-file",  # something that is no table's
    "book-not-calculated", "row-total-differs", "row-example-note", "column-share",  # the variant is about it
    "header-qualified", "sheet-hidden", "rows-hidden", "sources-added",  # likewise
}  # fmt: skip
"""What good variants of the corpus are warned of rightly."""


Say = Callable[[str], None]


def _hardly_accused(folder: Path, count: int, seed: int, say: Say) -> None:
    sent = list(submissions(count, seed))
    controls = [each.sent for each in CONTROLS]
    found = submitted.assessed(folder / "round", [*sent, *controls])
    said, files = accused(sent, found)
    say(f"{count} ordinary submissions: {len(said)} of {files} files accused, {len(said) / files:.2%}")
    assert accused(controls, found)[0] == {}
    values = {each.sent.id: {m.id: m.value for m in found[each.sent.id].measures}[each.measure] for each in CONTROLS}
    assert values == {each.sent.id: pytest.approx(each.value) for each in CONTROLS}
    assert len(said) <= RATE * files, "\n".join(said.values())


def test_hardly_an_ordinary_file_is_accused(tmp_path: Path, measured: Say) -> None:
    _hardly_accused(tmp_path, 60, 2018, measured)


@pytest.mark.slow
def test_of_a_thousand_submissions_hardly_a_file_is_accused(tmp_path: Path, measured: Say) -> None:
    _hardly_accused(tmp_path, 1000, 2019, measured)


def test_no_plain_submission_is_accused(tmp_path: Path, measured: Say) -> None:
    """What only looks like a mistake, each made to look like one of some kind; and sheets as clerks lay them out."""
    sent = [*plain_submissions(), *written_submissions()]
    said, files = accused(sent, submitted.assessed(tmp_path / "round", sent))
    measured(f"{files} files, odd or laid out as clerks do: {len(said)} accused")
    assert said == {}


def test_hardly_a_good_variant_of_the_corpus_is_accused(measured: Say) -> None:
    """What each says is tested where it is taken in."""
    loud = {
        each.id: {mark.code for mark in each.said if CATALOGUE[mark.code].severity != Severity.NOTE} for each in GOOD
    }
    wrongly = {id: codes - DESERVED for id, codes in loud.items() if codes - DESERVED}
    measured(f"good corpus: {len(wrongly)} of {len(GOOD)} variants accused")
    assert len(wrongly) <= RATE * len(GOOD), wrongly


def test_the_example_round_is_accused_of_what_it_shows(assessed: Path) -> None:
    record = record_of(assessed)
    said = {
        (each.code, pilot.pilot.id)
        for pilot in record.assessments
        for each in pilot.findings
        if each.severity is not Severity.NOTE and not each.code.startswith(submitted.ABSENT)
    }
    assert said == {
        ("submission-unused-file", "online-3"),
        ("measure-too-few", "online-3"),
        ("check-doubtful", "park-2"),
        ("rows-not-counted", "association-2"),
        ("rows-by-reading", "association-2"),
        ("rows-by-reading", "online-1"),
    }

"""When a submission was made: in time, late, early, or on a day that can't be."""

from dataclasses import replace
from pathlib import Path

import pytest

from pilot_eval.text import LANGS
from tests.conftest import Run
from tests.support.corpus.taking import EXPECTED, taken, written
from tests.support.corpus.variants import INFO
from tests.support.methods import edit


@pytest.mark.parametrize(
    ("deadline", "day", "code", "said"),
    [
        ("2019-01-31", "2019-01-31", None, ()),
        ("2019-01-31", "2019-02-01", "submission-late", ("2019-02-01", "2019-01-31")),
        ("2019-01-31", "2019-09-20", "submission-late", ("2019-09-20", "2019-01-31")),
        ("2019-01-31", "2018-06-01", "submission-early", ("2018-06-01", "2018-12-31")),
        ("2018-12-15", "2018-12-10", None, ()),
        ("2018-12-15", "2018-12-20", "submission-late", ("2018-12-20", "2018-12-15")),
        ("2019-01-31", "2017-12-31", "submission-date", ("2017-12-31", "2018-01-01 – 2018-12-31")),
        ("2019-01-31", "2109-01-20", "submission-date", ("2109-01-20", "2018-01-01 – 2018-12-31")),
        ("2019-01-31", None, "submission-undated", ("2019-01-31",)),
        (None, "2018-12-31", None, ()),
        (None, "2018-12-30", "submission-early", ("2018-12-30", "2018-12-31")),
        (None, "2021-12-31", None, ()),
        (None, "2022-01-01", "submission-date", ("2022-01-01", "2018-12-31")),
        (None, None, None, ()),
    ],
)
def test_the_day_of_submission_is_held_against_the_period_and_the_deadline(
    deadline: str | None, day: str | None, code: str | None, said: tuple[str, ...], tmp_path: Path
) -> None:
    text = INFO + (f"submitted_on: {day}\n" if day else "")
    expected = replace(EXPECTED, deadline=deadline)
    intake = taken(written(tmp_path / "in", {"submission.yaml": text.encode()}), tmp_path / "out", expected=expected)
    assert [(each.code, each.severity) for each in intake.findings] == ([(code, "warning")] if code else [])
    for each in intake.findings:
        assert (each.place.file or "").endswith("submission.yaml")
        assert day is None or each.place.line == text.count("\n")
        assert all(word in each.message.in_(lang) for word in said for lang in LANGS)


def test_a_rounds_deadline_is_what_submissions_are_held_against(run: Run, example: Path) -> None:
    edit(example / "round.yaml", "method:", "deadline: 2019-01-19\nmethod:")
    done = run("check", example, "--pilot", "community-1", lang="zh")
    assert "submission.yaml:6:submitted_on: 填报日期 2019-01-20 晚于截止日期 2019-01-19" in done.stderr

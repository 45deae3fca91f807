"""What lies in a submission's folder and is no table: reported, or passed over."""

from pathlib import Path

from tests.support import writers as w
from tests.support.corpus import good_submissions
from tests.support.corpus.taking import each_taken_in, taken, written
from tests.support.corpus.variants import INFO, sheet_of


def test_hidden_tables_and_empty_archives_are_said(tmp_path: Path) -> None:
    table = w.as_csv(sheet_of("events"))
    hidden = {".隐藏.csv": table, ".s/活动.csv": table, "~$活动.xlsx": b"x", ".a": b"x"}
    files = {"submission.yaml": INFO.encode(), **hidden, "空.zip": w.as_zip({"__MACOSX/活动.csv": table})}
    intake = taken(written(tmp_path / "in", files), tmp_path / "out")
    said = [each.code for each in intake.findings if each.severity != "note"]
    assert said == ["file-hidden", "file-hidden", "archive-empty"]


test_submissions = each_taken_in(*good_submissions.VARIANTS)

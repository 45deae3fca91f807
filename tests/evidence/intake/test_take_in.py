"""What lies in a submission's folder and is no table: reported, or passed over."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

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


@pytest.mark.parametrize("book", [w.by_openpyxl, w.by_xlwt, w.as_ods], ids=["xlsx", "xls", "ods"])
def test_a_hidden_sheet_that_holds_no_records_warns_of_nothing(book: Callable[..., bytes], tmp_path: Path) -> None:
    sheets = {"活动": sheet_of("events"), "选项": [["培训"], ["交流对接"]], "经费预算": sheet_of("finance")[:1]}
    hidden = ["选项", "经费预算"]
    options: dict[str, Any] = {"hidden": hidden} if book is w.as_ods else {"change": partial(_hide, hidden=hidden)}
    suffix = {w.by_openpyxl: "xlsx", w.by_xlwt: "xls"}.get(book, "ods")
    files = {"submission.yaml": INFO.encode(), f"数据.{suffix}": book(sheets, **options)}
    intake = taken(written(tmp_path / "in", files), tmp_path / "out")
    said = [(each.code, each.place.sheet, each.severity.value) for each in intake.findings]
    assert said == [("sheet-hidden-unused", sheet, "note") for sheet in hidden]


def _hide(book: Any, hidden: list[str]) -> None:
    if hasattr(book, "worksheets"):
        for name in hidden:
            book[name].sheet_state = "hidden"
    else:
        for name in hidden:
            book.get_sheet(name).visibility = 1


def test_a_hidden_total_row_warns_of_nothing(tmp_path: Path) -> None:
    def hide(book: Any) -> None:
        book.worksheets[0].row_dimensions[5].hidden = True

    rows = [*sheet_of("finance"), ["合计", 173_000, 163_500.5]]
    files = {"submission.yaml": INFO.encode(), "经费预算.xlsx": w.by_openpyxl({"经费预算": rows}, hide)}
    intake = taken(written(tmp_path / "in", files), tmp_path / "out")
    assert [each.code for each in intake.findings] == ["row-total"]


test_submissions = each_taken_in(*good_submissions.VARIANTS)

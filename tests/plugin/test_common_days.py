"""The common tables' days in their order: one that can't be, or that is a year off, speaks."""

from pathlib import Path
from typing import Any

import pytest

from tests.support import writers as w
from tests.support.periods_lab import outcome

SUGGESTIONS = ["编号", "提交日期", "应答复日期", "答复日期", "办理结果"]
DISCLOSURES = ["公开事项", "应公开日期", "实际公开日期"]


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (["2018-03-01", "2018-05-01", "2018-04-10"], []),
        (["2018-12-20", "2019-02-20", "2019-02-10"], []),
        (["2018-03-01", "2018-03-01", ""], ["check-doubtful 建议.csv:D2"]),  # it has a result, and no answer
        (["2018年3月", "2018年3月", "2018年3月"], []),
        (["2018-03-01", "2019-03-02", "2019-03-02"], []),
        (["2018-03-01", "2018-02-01", "2018-12-01"], ["check-doubtful 建议.csv:C2"]),
        (["2018-03-01", "2028-04-01", "2018-12-01"], ["check-doubtful 建议.csv:C2"]),
        (["2018-03-01", "2018-05-01", "2018-02-01"], ["check-failed 建议.csv:D2"]),
        (["2018-03-01", "2018-05-01", "2081-04-10"], ["cell-far 建议.csv:D2"]),
    ],
)
def test_suggestions(days: list[str], said: list[str], tmp_path: Path) -> None:
    made = outcome({"建议.csv": w.as_csv([SUGGESTIONS, ["J1", *days, "采纳"]])}, tmp_path)
    assert made.said() == said


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([["年报", "2018-03-01", "2018-02-20"], ["年报", "2018-09-01", ""]], []),
        ([["年报", "2018-03-01", "2017-06-01"]], []),
        ([["年报", "2018-12-01", "2017-03-01"]], ["check-doubtful 信息公开.csv:B2"]),
        ([["年报", "2018-03-01", "2081-02-01"]], ["cell-far 信息公开.csv:C2"]),
        ([["年报", "2018-03-01", "2019-02-01"], ["年 报", "2018/3/1", "2018-02-01"]], ["row-duplicate 信息公开.csv:3"]),
    ],
)
def test_disclosures(rows: list[Any], said: list[str], tmp_path: Path) -> None:
    assert outcome({"信息公开.csv": w.as_csv([DISCLOSURES, *rows])}, tmp_path).said() == said

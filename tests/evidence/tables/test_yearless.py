"""The year of days without one is that of the titles, unless these are in doubt."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.support import writers as w
from tests.support.corpus.variants import corpus
from tests.support.periods_lab import outcome

HEADER = ["日期", "活动名称", "类型", "参加人次", "是否联合举办"]
HELD = ["6月15日", "税务辅导", "培训", 40, "否"]


def book(*above: str, below: str = "", sheet: str = "活动", file: str = "活动") -> Mapping[str, bytes]:
    rows: list[list[Any]] = [*([each] for each in above), HEADER, HELD, *([[below]] if below else [])]
    return {f"{file}.xlsx": w.by_openpyxl({sheet: rows})}


@pytest.mark.parametrize(
    ("files", "titled"),
    [
        (book("2018年活动台账"), "“2018年活动台账”（A1）"),
        (book("二〇一八年度活动台账", "填报日期：2019年1月5日"), "“二〇一八年度活动台账”（A1）"),
        (book("某园区", "（2018年度）"), "“（2018年度）”（A2）"),
        (book(sheet="2018年活动"), "“2018年活动”"),
        (book(file="活动台账2018年"), "“活动台账2018年”"),
        (book("2018年活动台账", file="2018年活动"), "“2018年活动台账”（A1）"),
        (book("活动台账"), None),
        (book("2017年活动台账"), None),
        (book("2017-2018年活动台账"), None),
        (book("17-18年活动台账"), None),
        (book("2018年活动台账", file="2017年活动"), None),
        (book("2018年活动台账", below="2017年"), None),
        (book("活动台账（依据2018年办法）"), None),
        ({"2018年活动.csv": w.as_csv([HEADER, HELD])}, "“2018年活动”"),
        ({"2018年活动.json": w.as_json([HEADER, HELD])}, None),
    ],
)  # fmt: skip
def test_the_year_of_titles(files: Mapping[str, bytes], titled: str | None, tmp_path: Path) -> None:
    made = outcome(files, tmp_path, corpus)
    said = {each.code: each for each in made.findings}
    if titled is None:
        assert "cell-date-year" in said and "cell-year-titled" not in said
    else:
        assert titled in said["cell-year-titled"].message.zh
        assert "2018-06-15" in said["cell-year-titled"].message.zh


def test_an_answer_may_be_of_the_year_after(tmp_path: Path) -> None:
    rows = [["2018年建议台账"], ["编号", "提交日期", "应答复日期", "答复日期", "办理结果"],
            ["2018-01", "11月20日", "2019-02-20", "1月8日", "采纳"]]  # fmt: skip
    said = outcome({"建议.xlsx": w.by_openpyxl({"建议": rows})}, tmp_path, corpus).said(notes=True)
    assert "cell-year-titled 建议.xlsx[建议]:B3" in said and "cell-date-year 建议.xlsx[建议]:D3" in said

"""Several sources of one table: versions and summaries are an error, parts are added up, and both are said."""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from pilot_eval.plugin import BaseType
from tests.support import writers as w
from tests.support.corpus.taking import each_taken_in, taken, written
from tests.support.corpus.variants import HEADERS, INFO, Mark, Variant, corpus, sheet_of
from tests.support.periods_lab import outcome
from tests.support.writers import Rows

Files = Mapping[str, bytes]
Make = Callable[[], Files]


def table(name: str, *rows: Sequence[Any]) -> Rows:
    return [list(HEADERS[name]), *map(list, rows)]


def events(*rows: tuple[str, str, str, int]) -> Rows:
    return table("events", *([*row, "否"] for row in rows))


def budget(*rows: tuple[str, float, float]) -> Rows:
    return table("finance", *rows)


def survey(name: str, answers: int) -> Rows:
    return table("surveys", [name, answers, 80, "纸质问卷"])


def sites(*rows: tuple[str, int, int]) -> Rows:
    return [["名称", "企业数", "面积"], *map(list, rows)]


SPRING = events(
    ("2018-03-01", "同心讲堂", "培训", 30), ("2018-05-04", "青年论坛", "交流对接", 41),
    ("2018-06-10", "法律咨询日", "公益服务", 55),
)  # fmt: skip
SPRING_CORRECTED = events(
    ("2018-03-01", "同心讲堂", "培训", 35), ("2018-05-04", "青年论坛", "交流对接", 48),
    ("2018-06-10", "法律咨询日", "公益服务", 55),
)  # fmt: skip
SPRING_A_DAY_LATER = events(
    ("2018-03-02", "同心讲堂", "培训", 30), ("2018-05-05", "青年论坛", "交流对接", 41),
    ("2018-07-10", "法律咨询日", "公益服务", 55),
)  # fmt: skip
SPRING_IN_OTHER_WORDS = events(
    ("2018-03-01", "同心大讲堂", "培训", 31), ("2018-05-04", "青年 论坛", "交流对接", 42),
    ("2018-06-10", "大型法律咨询日", "公益服务", 55),
)  # fmt: skip
MONTHS = range(1, 13)
AUTUMN = events(("2018-09-11", "创业沙龙", "培训", 31), ("2018-10-20", "秋季路演", "交流对接", 44))
Q1, Q2 = budget(("办公", 100, 50), ("差旅", 200, 120)), budget(("办公", 130, 70), ("差旅", 220, 160))
WHOLE_YEAR = budget(("办公", 230, 120), ("差旅", 420, 280))


def csvs(files: Mapping[str, Rows]) -> Make:
    return lambda: {name: w.as_csv(rows) for name, rows in files.items()}


def book(sheets: Mapping[str, Rows], change: Callable[[Any], None] | None = None) -> Make:
    return lambda: {"数据.xlsx": w.by_openpyxl(sheets, *([change] if change else []))}


def _wrong(id: str, files: Make, file: str, code: str = "sources-which", sheet: str | None = None,
           row: int | None = None, *more: Mark) -> Variant:  # fmt: skip
    return Variant(id, files, said=frozenset({Mark(code, file, sheet, row), *more}), good=False)


def _in_book(id: str, sheets: Mapping[str, Rows], sheet: str, code: str = "sources-which",
             row: int | None = None) -> Variant:  # fmt: skip
    return _wrong(id, book(sheets), "数据.xlsx", code, sheet, row)


def _hide_second(book: Any) -> None:
    book.worksheets[1].sheet_state = "hidden"


test_versions = each_taken_in(
    _wrong("corrected", csvs({"活动.csv": SPRING, "活动（更正）.csv": SPRING_CORRECTED}), "活动（更正）.csv"),
    _wrong("final-and-draft", csvs({"活动草稿.csv": AUTUMN, "活动定稿.csv": SPRING}), "活动草稿.csv", "sources-which",
           None, None, Mark("title-not-final", "活动草稿.csv", None, None, None)),
    _wrong("numbered-by-v", csvs({"events_v1.csv": AUTUMN, "events_v2.csv": SPRING}), "events_v2.csv"),
    _wrong("downloaded-again", csvs({"活动.csv": SPRING, "活动(1).csv": AUTUMN}), "活动.csv"),
    _wrong("copied", lambda: {"活动.xls": w.by_xlwt({"活动": SPRING}), "活动 - 副本.xls": w.by_xlwt({"活动": AUTUMN})},
           "活动.xls", "sources-which", "活动"),
    _wrong("old-in-english", csvs({"events.csv": SPRING, "events-old.csv": AUTUMN}), "events.csv", "sources-which",
           None, None, Mark("title-not-final", "events-old.csv", None, None, None)),
    _wrong("in-a-folder", csvs({"备份/活动.csv": AUTUMN, "活动.csv": SPRING}), "活动.csv"),
    _wrong("handed-in-twice", csvs({"第一次报送/活动.csv": AUTUMN, "第二次报送/活动.csv": SPRING}),
           "第二次报送/活动.csv"),
    _wrong("numbered-alone", csvs({"活动.csv": SPRING, "活动2.csv": AUTUMN}), "活动2.csv"),
    _in_book("a-numbered-sheet-beside", {"活动": SPRING, "Sheet2": AUTUMN}, "Sheet2"),
    _wrong("audited", csvs({"初审/活动.csv": AUTUMN, "复审/活动.csv": SPRING}), "复审/活动.csv"),
    _wrong("before-and-after", csvs({"上报前/活动.csv": AUTUMN, "上报后/活动.csv": SPRING}), "上报后/活动.csv"),
    _in_book("planned-and-real", {"上报数": Q1, "实际数": budget(("印刷", 9, 8))}, "实际数"),
    _wrong("of-a-year", csvs({"2016年活动.csv": AUTUMN, "活动.csv": SPRING}), "活动.csv"),
    _wrong("for-two-readers", csvs({"活动（上报稿）.csv": SPRING, "活动（公示版）.csv": AUTUMN}), "活动（公示版）.csv"),
    _wrong("of-last-year", csvs({"活动.csv": SPRING, "去年活动.csv": AUTUMN}), "活动.csv"),
    _wrong("new-and-old", csvs({"经费预算（旧）.csv": Q1, "经费预算（新）.csv": budget(("印刷", 9, 8))}),
           "经费预算（旧）.csv"),
    _wrong("in-an-archive", lambda: {"活动.csv": w.as_csv(SPRING),
                                     "材料.zip": w.as_zip({"修改稿/活动台账.csv": w.as_csv(SPRING_CORRECTED)})},
           "材料.zip/活动台账.csv"),
    _wrong("under-a-longer-name-of-the-table",
           csvs({"年度计划.csv": [["任务", "目标值", "完成值"], ["走访", 100, 90]],
                 "年度计划完成情况2.csv": [["任务", "目标值", "完成值"], ["培训", 12, 7]]}), "年度计划完成情况2.csv"),
    _in_book("a-copied-sheet", {"活动": SPRING, "活动 (2)": AUTUMN}, "活动 (2)"),
    _wrong("a-hidden-sheet", book({"一季度活动": SPRING, "三季度活动": AUTUMN}, _hide_second), "数据.xlsx",
           "sources-which", "三季度活动", None, Mark("sheet-hidden", "数据.xlsx", "三季度活动")),
)  # fmt: skip

test_repeated_sources = each_taken_in(
    _wrong("in-two-sites", csvs({"东区/活动.csv": SPRING, "西区/活动.csv": SPRING}), "西区/活动.csv"),
    _wrong("numbered", csvs({"活动.csv": SPRING, "活动2.csv": SPRING_CORRECTED}), "活动2.csv"),
    _wrong("a-day-later", csvs({"活动.csv": SPRING, "活动2.csv": SPRING_A_DAY_LATER}), "活动2.csv"),
    _wrong("in-other-words", csvs({"活动.csv": SPRING, "活动2.csv": SPRING_IN_OTHER_WORDS}), "活动2.csv"),
    _wrong("dated", csvs({"活动20190103.csv": SPRING, "活动20190115.csv": SPRING_CORRECTED}), "活动20190115.csv"),
    _wrong("supplement-repeats", csvs({"活动.csv": SPRING, "活动补充.csv": [*AUTUMN, SPRING[1]]}), "活动补充.csv"),
    _wrong("in-two-formats", lambda: {"活动.xls": w.by_xlwt({"Sheet1": SPRING}),
                                      "活动.ods": w.as_ods({"Sheet1": SPRING})},
           "活动.xls", "sources-which", "Sheet1"),
    _wrong("under-two-names", lambda: {"活动.csv": w.as_csv(SPRING), "活动台账.xls": w.by_xlwt({"Sheet1": SPRING})},
           "活动台账.xls", "sources-which", "Sheet1"),
    _wrong("under-two-keys", lambda: {"a.json": json.dumps(
               {"events": w.records(SPRING), "活动": w.records(SPRING_CORRECTED)}).encode()},
           "a.json", "sources-which", "活动"),
    _wrong("two-workbooks", lambda: {"填报表.xlsx": w.by_openpyxl({"满意度调查": survey("年度", 100)}),
                                     "报送材料.xlsx": w.by_openpyxl({"满意度调查": survey("年度", 120)})},
           "报送材料.xlsx", "sources-which", "满意度调查"),
    _wrong("tables-one-and-two", lambda: {"表一.xlsx": w.by_openpyxl({"满意度调查": survey("年度", 100)}),
                                          "表二.xlsx": w.by_openpyxl({"满意度调查": survey("年度", 120)})},
           "表二.xlsx", "sources-which", "满意度调查"),
    _in_book("sheets-one-and-two", {"Sheet1": sites(("甲", 3, 40)), "Sheet2": sites(("甲", 4, 40))}, "Sheet2"),
    _in_book("a-block-corrected",
             {"经费预算": [["执行表"], *Q1, [], ["执行表（更正）"], *budget(("办公", 100, 60), ("差旅", 200, 120))]},
             "经费预算", row=8),
    _wrong("unique-in-sites", csvs(dict.fromkeys(("东区/建议.csv", "西区/建议.csv"), sheet_of("suggestions"))),
           "西区/建议.csv", "rows-shared-unique"),
    _wrong("events-in-sites", csvs({"东区/活动.csv": SPRING, "西区/活动.csv": [*AUTUMN, SPRING[2]]}),
           "西区/活动.csv", "rows-shared"),
    _wrong("events-of-sites-corrected", csvs({"东区/活动.csv": SPRING, "西区/活动.csv": SPRING_CORRECTED[:3]}),
           "西区/活动.csv", "rows-alike"),
)  # fmt: skip

test_summaries = each_taken_in(
    _wrong("of-figures", csvs({"经费预算一季度.csv": Q1, "经费预算二季度.csv": Q2, "经费预算全年.csv": WHOLE_YEAR}),
           "经费预算全年.csv", "sources-summary"),
    _in_book("of-rows", {"活动汇总": [*SPRING, *AUTUMN[1:]], "上半年活动": SPRING, "下半年活动": AUTUMN}, "活动汇总",
             "sources-summary"),
    _in_book("half-beside-months",
             {**{f"{at}月": budget(("办公", 90 + 13 * at, 50 + at), ("差旅", 230, 110 + 7 * at)) for at in MONTHS},
              "上半年": budget(("办公", 813, 321), ("差旅", 1390, 807))}, "上半年", "sources-overlap"),
    _wrong("cumulative", csvs({"1-3月经费预算.csv": Q1, "1-6月经费预算.csv": WHOLE_YEAR}),
           "1-6月经费预算.csv", "sources-overlap"),
    _in_book("in-one-row", {"楼宇": sites(("甲", 12, 1250), ("乙", 34, 860)), "楼宇汇总": sites(("全区", 46, 2110))},
             "楼宇汇总", "sources-summary"),
)  # fmt: skip

test_unclear_names = each_taken_in(
    _wrong("supplement", csvs({"活动.csv": SPRING, "活动补充.csv": AUTUMN}), "活动补充.csv", "sources-added"),
    _in_book("numbered-sheets", {"Sheet1": SPRING, "Sheet2": AUTUMN}, "Sheet2", "sources-added"),
    _wrong("two-keys", lambda: {"a.json": json.dumps(
               {"events": w.records(SPRING), "活动": w.records(AUTUMN)}).encode()}, "a.json", "sources-added", "活动"),
)  # fmt: skip


def month(number: int) -> Rows:
    return events(
        (f"2018-{number:02d}-10", "月度例会", "主题活动", 20 + number),
        (f"2018-{number:02d}-20", f"企业走访（{number}）", "交流对接", 9),
    )


PARTS: Mapping[str, Make] = {
    "quarters": csvs({f"{each}季度活动.csv": month(at) for at, each in enumerate("一二三四", 1)}),
    "quarters-in-latin": csvs({f"events Q{at}.csv": month(at) for at in range(1, 5)}),
    "halves": csvs({"2018年活动（上半年）.csv": SPRING, "2018年活动（下半年）.csv": AUTUMN}),
    "months": csvs({f"活动{at}月.csv": month(at) for at in MONTHS}),
    "months-with-the-year": csvs({f"2018{at:02d}活动.csv": month(at) for at in MONTHS}),
    "folders-of-months": csvs({f"2018-{at:02d}/活动.csv": month(at) for at in MONTHS}),
    "sheets-of-months": lambda: {"活动.xls": w.by_xlwt({f"{at}月": month(at) for at in MONTHS})},
    "sites-with-the-same-lines": csvs({
        f"{site}/经费预算.csv": budget(("办公", 100 + at, 50), ("差旅", 200, 120 + at), ("其他", 0, 0))
        for at, site in enumerate(("金水", "管城", "二七"))}),
    "a-site-as-large-as-two": csvs({"金水/经费预算.csv": budget(("办公", 300, 150), ("差旅", 217, 113)),
                                    "管城/经费预算.csv": budget(("会议", 250, 120), ("印刷", 100, 80)),
                                    "二七/经费预算.csv": budget(("水电", 167, 63))}),
    "workbooks-of-sites": lambda: {
        f"{site}.xlsx": w.by_openpyxl({"活动": events((f"2018-03-0{at}", f"{site}联欢", "培训", 30))})
        for at, site in enumerate(("金水", "管城"), 1)},
    "buildings": csvs({"A座楼宇.csv": sites(("一层", 3, 500), ("二层", 4, 510)),
                       "B座楼宇.csv": sites(("一层", 5, 600), ("二层", 4, 610))}),
    "buildings-of-one-size": csvs({"A座楼宇.csv": sites(("一层", 46, 2110)), "B座楼宇.csv": sites(("二层", 46, 2110))}),
    "on-line-and-on-site": csvs({"线上活动.csv": SPRING, "线下活动.csv": AUTUMN}),
    "numbered-grids": csvs({f"网格{at}楼宇.csv": sites((f"网格{at}", 30 + 7 * at, 400 + at)) for at in range(1, 4)}),
    "batches": csvs({"第一批活动.csv": SPRING, "第二批活动.csv": AUTUMN}),
    "continued": csvs({"活动.csv": month(3), "活动（续表）.csv": month(9)}),
    "surveys-of-half-and-year": csvs({"上半年满意度调查.csv": survey("上半年", 90),
                                      "全年满意度调查.csv": survey("年度", 170)}),
    "titled-blocks": book({"经费预算": [["东区"], *Q1, [], ["西区"], *Q2]}),
    "keys-of-quarters": lambda: {"a.json": json.dumps(
        {"一季度活动": w.records(SPRING), "四季度活动": w.records(AUTUMN)}).encode()},
    "corrected-both": csvs({"一季度活动（更正）.csv": SPRING, "四季度活动（更正）.csv": AUTUMN}),
    "one-survey-at-each-site": csvs({f"{site}/满意度调查.csv": survey("年度", answers)
                                     for site, answers in (("东区", 100), ("西区", 120))}),
}  # fmt: skip


@pytest.mark.parametrize("files", PARTS.values(), ids=PARTS)
def test_plain_parts_are_added_up_and_listed(files: Make, tmp_path: Path) -> None:
    folder = written(tmp_path / "in", {"submission.yaml": INFO.encode(), **files()})
    intake = taken(folder, tmp_path / "out")
    assert [each.line("zh") for each in intake.findings if each.severity != "note"] == []
    said = [each.message.zh for each in intake.findings if each.code == "table-sources"]
    assert len(said) == 1
    assert said[0].startswith("本表来自 ")


def test_one_sheet_is_one_source_though_its_header_is_repeated(tmp_path: Path) -> None:
    pages = [["活动台账"], *SPRING, ["活动台账（续）"], *AUTUMN]
    folder = written(tmp_path / "in", {"submission.yaml": INFO.encode(), **book({"活动": pages})()})
    intake = taken(folder, tmp_path / "out")
    assert intake.rows == {"events": 5}
    assert {"table-sources", "sources-added"}.isdisjoint(each.code for each in intake.findings)


def test_both_sources_and_the_rows_in_common_are_named(tmp_path: Path) -> None:
    files = csvs({"活动.csv": SPRING, "活动（更正）.csv": SPRING_CORRECTED})()
    intake = taken(written(tmp_path / "in", {"submission.yaml": INFO.encode(), **files}), tmp_path / "out")
    said = next(each for each in intake.findings if each.code == "sources-which")
    assert "“活动.csv”（3 行）与“活动（更正）.csv”（3 行）都是表“活动”" in said.message.zh
    assert "后者第 4 行" in said.message.zh
    assert "rows 4" in said.message.en
    assert intake.bad == ("events",)


def test_the_only_sheet_of_a_book_has_no_number(tmp_path: Path) -> None:
    files = {"活动.xls": w.by_xlwt({"Sheet1": SPRING}), "活动1.csv": w.as_csv(AUTUMN)}
    intake = taken(written(tmp_path / "in", {"submission.yaml": INFO.encode(), **files}), tmp_path / "out")
    assert "sources-which" in {each.code for each in intake.findings}


def test_many_sources_are_said_briefly(tmp_path: Path) -> None:
    files = csvs({f"活动{at}.csv": SPRING for at in range(60)})()
    intake = taken(written(tmp_path / "in", {"submission.yaml": INFO.encode(), **files}), tmp_path / "out")
    errors = [each for each in intake.findings if each.code == "sources-which"]
    assert 1 <= len(errors) <= 12
    assert [each.message.zh for each in intake.findings if each.code == "findings-more"] != []


def said(files: Mapping[str, Rows], folder: Path, base_type: BaseType = corpus) -> list[str]:
    """What is said of files as sources of one table: `summary 西区/经费预算`."""
    found = outcome({f"{name}.csv": w.as_csv(rows) for name, rows in files.items()}, folder, base_type).said()
    return [each.removeprefix("sources-").removesuffix(".csv") for each in found]


LINES = [
    [(f"科目{at}", start + step * at, share + 7 * at) for at in range(20)]
    for start, step, share in ((1000, 37, 900), (2000, 31, 850), (3000, 3, 70))
]


@pytest.mark.parametrize(
    ("files", "verdict"),
    [
        # four digits agree, or three
        ({"东区": [("办公", 350, 150)], "西区": [("办公", 250, 110)], "南区": [("办公", 100, 40)]},
         ["summary 东区/经费预算"]),
        ({"东区": [("办公", 300, 150)], "西区": [("办公", 200, 110)], "南区": [("办公", 100, 40)]}, []),
        ({"": [("办公", 300, 100)], "西区": [("办公", 200, 70)], "南区": [("办公", 100, 30)]},
         ["summary 经费预算"]),
        # some of the others
        ({"东区": [("办公", 3517, 1504)], "西区": [("办公", 2507, 1101)],
          "南区": [("办公", 1010, 403)], "北区": [("办公", 777, 333)]}, ["summary 东区/经费预算"]),
        ({"东区": [(line, one + other, two + more) for (line, one, two), (_, other, more) in
                     zip(LINES[0], LINES[1], strict=True)],
          "西区": LINES[0], "南区": LINES[1], "北区": LINES[2]}, ["summary 东区/经费预算"]),
        # one other, whose lines are the same
        ({"东区": [("办公", 3517, 1504)], "西区": [("办公", 3517, 1504)]}, ["which 西区/经费预算"]),
        ({"东区": [("办公", 3517, 1504), ("会议", 70, 12)], "西区": [("办公", 3517, 1504), ("印刷", 90, 3)]},
         ["which 西区/经费预算"]),
        ({"东区": [("办公", 3517, 1504), ("会议", 70, 12), ("印刷", 9, 4)],
          "西区": [("办公", 3517, 1504), ("培训", 90, 3), ("差旅", 61, 8)]}, []),
    ],
)  # fmt: skip
def test_budgets_that_are_the_sums_of_others(
    files: Mapping[str, Sequence[tuple[str, float, float]]], verdict: list[str], tmp_path: Path
) -> None:
    named = {f"{site}/经费预算" if site else "经费预算": budget(*rows) for site, rows in files.items()}
    assert said(named, tmp_path) == verdict


@pytest.mark.parametrize(
    ("names", "counts", "verdict"),
    [
        # the name says whole: however small the numbers are
        (("东区", "西区", "全区"), (3, 4, 7), ["summary 全区/经费预算"]),
        (("一园", "二园", "两园"), (31, 44, 75), ["summary 两园/经费预算"]),
        (("一园", "二园", "总园"), (31, 44, 75), ["summary 总园/经费预算"]),
        (("东区", "西区", "公司"), (3, 4, 7), ["summary 公司/经费预算"]),
        (("汇总/东区", "汇总/西区", "汇总/全区"), (3, 4, 7), ["summary 汇总/全区/经费预算"]),
        (("东区", "西区", "全区"), (3, 4, 8), []),
        (("安全", "西区", "东区"), (7, 4, 3), []),
        # another name: it may be
        (("东区", "西区", "创业港"), (31, 44, 75), ["sum 创业港/经费预算"]),
        (("东区", "西区", "创业港"), (3, 4, 7), []),
        (("东区", "西区", "创业港"), (31, 44, 76), []),
        # a name like the others': it is another part
        (("东区", "西区", "南区"), (31, 44, 75), []),
        (("一季度", "二季度", "三季度"), (31, 44, 75), []),
    ],
)  # fmt: skip
def test_a_whole_beside_its_parts(
    names: tuple[str, ...], counts: tuple[int, ...], verdict: list[str], tmp_path: Path
) -> None:
    files = {f"{name}/经费预算": budget(("办公", count, 0)) for name, count in zip(names, counts, strict=True)}
    assert said(files, tmp_path) == verdict


def test_a_whole_with_lines_of_its_own(tmp_path: Path) -> None:
    rows = {"东区": [("办公", 30, 10)], "西区": [("会议", 40, 20)], "全区": [("一般", 50, 25), ("专项", 20, 5)]}
    assert said({f"{name}/经费预算": budget(*lines) for name, lines in rows.items()}, tmp_path) == [
        "summary 全区/经费预算"
    ]


@pytest.mark.parametrize(
    ("rows", "verdict"),
    [
        ([("全区", 46, 2110)], ["summary 西区/楼宇"]),
        ([("全区", 40, 2000), ("外区", 6, 110)], ["sum 西区/楼宇"]),  # one whole in two ways
        ([("全区", 40, 2000), ("外区", 6, 120)], []),
    ],
)
def test_rows_may_sum_up_all_others(rows: list[tuple[str, int, int]], verdict: list[str], tmp_path: Path) -> None:
    files = {"东区/楼宇": sites(("甲座", 12, 1250), ("乙座", 34, 860)), "西区/楼宇": sites(*rows)}
    assert said(files, tmp_path) == verdict


@pytest.mark.parametrize(
    ("own", "third", "alike"),
    [
        ((300, 255), (300, 255), True),
        ((300, 255), (300, 254), False),
        ((300, 300), (300, 300), False),  # one figure, given twice
        ((90, 71), (90, 71), False),
        ((3127, 2688), (3127, 2688), True),
    ],
)
def test_one_survey_in_two_files(own: tuple[int, int], third: tuple[int, int], alike: bool, tmp_path: Path) -> None:
    files = {
        "自查": table("surveys", ["年度满意度调查", *own, "纸质问卷"]),
        "第三方": table("surveys", ["2018年满意度测评", *third, "第三方"]),
    }
    made = outcome({f"{name}/满意度调查.csv": w.as_csv(rows) for name, rows in files.items()}, tmp_path, corpus)
    assert made.said() == (["rows-alike 自查/满意度调查.csv"] if alike else [])


def test_two_of_many_budgets_agree_by_chance(tmp_path: Path) -> None:
    """Of 400 pairs of lines of two sites, one has the same round figures."""
    east = [(f"科目{at}", 1100 + 100 * at, 500 + 70 * at) for at in range(20)]
    west = [(f"事项{at}", 5150 + 130 * at, 2900 + 110 * at) for at in range(19)]
    files = {"东区/经费预算": budget(*east), "西区/经费预算": budget(*west, ("另项", 1100, 500))}
    assert said(files, tmp_path) == []


def test_a_summary_of_23_files(tmp_path: Path) -> None:
    rows = [(f"{at}号", 7 + 13 * at, 100 + 17 * at) for at in range(23)]
    files = {f"{at}片楼宇": sites(row) for at, row in enumerate(rows)}
    whole = sites(("全区", sum(row[1] for row in rows), sum(row[2] for row in rows)))
    assert said({**files, "楼宇汇总": whole}, tmp_path) == ["summary 楼宇汇总"]


def test_twelve_findings_about_sources_are_listed_and_twelve_sources_named(tmp_path: Path) -> None:
    files = {f"活动{at}": events((f"2018-03-{at + 1:02d}", "讲座", "培训", 30 + at)) for at in range(14)}
    made = outcome({f"{name}.csv": w.as_csv(rows) for name, rows in files.items()}, tmp_path, corpus)
    told = [each.message.zh for each in made.findings]
    assert [each.code for each in made.findings] == ["table-sources", *["sources-which"] * 12, "findings-more"]
    assert "14 处" in told[0]
    assert told[0].endswith("“活动7.csv”（1 行）…")
    assert told[0].count("（1 行）") == 12
    assert "另有 2 处" in told[-1]


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        ([("甲会", 1), ("乙会", 2), ("丙会", 3)], [("甲会", 1), ("乙会", 2), ("丙会", 3)], ["which"]),
        ([("甲会", 1), ("乙会", 2)], [("甲会", 1), ("乙会", 2)], ["rows-shared"]),
        ([("甲会", 1), ("乙会", 2), ("丙会", 3)], [("甲会", 1), ("丁会", 4), ("戊会", 5)], ["rows-shared"]),
        ([("甲会", 1), ("乙会", 2), ("丙会", 3)], [("己会", 1), ("丁会", 4), ("戊会", 5)], []),
    ],
)
def test_dated_rows_that_two_sites_share(
    one: Sequence[tuple[str, int]], other: Sequence[tuple[str, int]], verdict: list[str], tmp_path: Path
) -> None:
    files = {
        f"{site}/活动": events(*((f"2018-03-{day:02d}", title, "培训", 20 + day) for title, day in rows))
        for site, rows in (("东区", one), ("西区", other))
    }
    assert [each.partition(" ")[0] for each in said(files, tmp_path)] == verdict


def test_versions_with_other_figures_are_told_by_their_rows(tmp_path: Path) -> None:
    files = {"经费预算": Q1, "经费预算（更正）": budget(("办公", 130, 50), ("差旅", 210, 160))}
    made = outcome({f"{name}.csv": w.as_csv(rows) for name, rows in files.items()}, tmp_path, corpus)
    [told] = [each.message for each in made.findings if each.code == "sources-which"]
    assert "有相同的记录，只是数字、日期或写法不同（后者第 2–3 行）" in told.zh
    assert "the same records with other figures, dates or spellings (of the latter: rows 2–3)" in told.en


def test_of_two_stretches_of_the_same_length_the_later_file_is_named(tmp_path: Path) -> None:
    files = {"3-4月经费预算": Q1, "4-5月经费预算": budget(("办公", 130, 50), ("会议", 210, 160))}
    assert said(files, tmp_path) == ["overlap 4-5月经费预算"]


@pytest.mark.parametrize(("title", "added"), [("经费预算情况", False), ("经费预算明细", False), ("专户", True)])
def test_blocks_of_one_sheet_whose_titles_say_nothing(title: str, added: bool, tmp_path: Path) -> None:
    rows = [["经费预算"], *Q1, [], [title], *budget(("会议", 61, 12))]
    made = outcome({"a.xlsx": w.by_openpyxl({"经费预算": rows})}, tmp_path, corpus)
    assert made.said() == (["sources-added a.xlsx[经费预算]:8"] if added else [])

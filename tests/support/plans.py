"""A round whose method asks for plans: the form with 10, 50, 30 and 10 points of fiscal self-evaluation, as a project
fills it in."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl

METHOD = """
id: self-evaluation
version: 1.0.0
zh: 项目支出绩效自评
basis: {kind: illustrative}
dimensions:
  - {id: 预算执行, zh: 预算执行, points: 10}
  - {id: 产出, zh: 产出指标, en: Outputs, points: 50, own: {rule: pro_rata}}
  - {id: 效益, zh: 效益指标, en: Benefits, points: 30, own: {rule: pro_rata}}
  - {id: 满意度, zh: 满意度指标, en: Satisfaction, points: 10, own: {rule: all_or_nothing}}
grades: [{id: a, zh: 优, min: 90}, {id: b, zh: 良, min: 80}, {id: c, zh: 中, min: 60}, {id: d, zh: 差, min: 0}]
gates:
  - id: V1
    kind: veto
    zh: 产出不足六成
    when: {share_of: 产出, below: 0.6}
    effect: {cap: c}
    basis: {kind: illustrative}
indicators:
  - id: 执行率
    zh: 预算执行率
    dimension: 预算执行
    measure: budget_execution
    unit: '%'
    direction: up
    points: 10
    evidence: [finance]
    rule: {linear: {from: 0, to: 100}}
    basis: {kind: illustrative}
"""
Row = Sequence[Any]
HEADER: Row = ("一级指标", "二级指标", "三级指标", "年度指标值", "分值", "测算值")
PLAN: tuple[Row, ...] = (
    ("产出指标", "数量指标", "培训场次", "≥12 场", 15, "trainings_held"),
    (None, "数量指标", "服务企业", "80 家", 15, None),
    (None, "质量指标", "验收合格率", "＝100%", 10, None),
    (None, "时效指标", "办结时限", "≤5 天", 5, None),
    (None, "成本指标", "单位成本", "≤2 万元", 5, None),
    ("效益指标", "社会效益", "就业增长", "≥10%", 10, None),
    (None, "可持续影响", "长效机制", "建立健全长效机制", 20, None),
    ("满意度指标", "服务对象满意度", "企业满意度", "≥90%", 10, None),
)
RESULTS: tuple[Row, ...] = (
    ("服务企业", "80 家", "76家"),
    ("验收合格率", "＝100%", 0.97),
    ("办结时限", "≤5 天", "约6天"),
    ("单位成本", "≤2 万元", "16000元"),
    ("就业增长", "≥10%", "12.5%"),
    ("长效机制", "建立健全长效机制", "已出台办法"),
    ("企业满意度", "≥90%", 88.4),
)
REVIEW = "pilot: park-1\nreviewed_by: 评审组\nscores:\n  长效机制: {level: 达成, score: 17, zh: 已建立}\n"


def write_round(
    folder: Path,
    plan: Sequence[Row] | None = PLAN,
    results: Sequence[Row] | None = RESULTS,
    review: str | None = REVIEW,
    method: str = METHOD,
) -> Path:
    """Write a round of one pilot; None leaves a part out."""
    texts = {
        "round.yaml": "id: r\nzh: 自评\nperiod: {from: 2018-01-01, to: 2018-12-31}\n",
        "method/method.yaml": method,
        "method/park.yaml": "base_type: park\nindicators: []\n",
        "method/pilots.yaml": (
            "pilots:\n  - {id: park-1, zh: 甲园区, base_type: park, tier: central, basis: stated}\n"
        ),
    }
    texts |= {"reviews/park-1.yaml": review} if review else {}
    for name, text in texts.items():
        write(folder / name, text)
    if plan is not None:
        write_plan(folder / "plans/park-1.xlsx", plan)
    write_submission(folder / "submissions/park-1/填报.xlsx", results)
    return folder


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def write_plan(path: Path, rows: Sequence[Row], header: Row = HEADER) -> None:
    """Write a plan as such forms are written: with a title, merged dimensions and a total."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "绩效目标表"
    sheet.append(["甲园区项目绩效目标表"])
    sheet.append(header)
    for row in rows:
        sheet.append(row)
    starts = [at for at, row in enumerate(rows, start=3) if row[0] is not None]
    for first, after in zip(starts, [*starts[1:], len(rows) + 3], strict=True):
        if header[0] == "一级指标" and after - first > 1:
            sheet.merge_cells(start_row=first, end_row=after - 1, start_column=1, end_column=1)
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)


def write_submission(path: Path, results: Sequence[Row] | None) -> None:
    """Write a submission: 95% of the budget spent, nine trainings, and what was reached of the plan."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "填报信息"
    given = {"项目": "填写", "试点编号": "park-1", "填报单位": "甲园区管委会", "联系部门": "办公室"}
    given |= {"填报日期": "2019-01-10", "期间起": "2018-01-01", "期间止": "2018-12-31"}
    for pair in given.items():
        sheet.append(pair)
    sheet = book.create_sheet("经费预算")
    for row in (("预算科目", "预算数（元）", "执行数（元）"), ("培训", 600000, 570000), ("服务", 400000, 380000)):
        sheet.append(row)
    sheet = book.create_sheet("活动")
    sheet.append(("日期", "活动名称", "类型", "参加人次（人次）", "是否联合举办"))
    for month in range(1, 10):
        sheet.append((f"2018-{month:02d}-10", f"培训第{month}期", "培训", 30 + month, "否"))
    if results is not None:
        sheet = book.create_sheet("绩效目标完成情况")
        sheet.append(("指标", "年度指标值", "实际完成值", "佐证"))
        for row in results:
            sheet.append(row)
            if isinstance(row[2], float):
                sheet.cell(sheet.max_row, 3).number_format = "0%" if row[2] < 1 else "0"
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)

"""The common tables and measures, by cases worked out by hand."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pilot_eval_online
import pytest

from pilot_eval.testing.cases import CaseFound, judge, read_cases
from pilot_eval.testing.kit import Kit
from tests.conftest import ROOT

CASES = read_cases(ROOT / "tests" / "data" / "cases" / "common.yaml")


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Kit:
    fresh: Callable[[], Path] = lambda: tmp_path_factory.mktemp("kit")  # noqa: E731
    return Kit(pilot_eval_online.online, pilot_eval_online, ROOT / "indicators" / "zhengzhou-2018", {}, fresh)


@pytest.mark.parametrize("case", CASES, ids=[each.name for each in CASES])
def test_case(kit: Kit, case: CaseFound) -> None:
    assert judge(case, kit.bench, kit.usable_method) is None


FINANCE, PLAN, DISCLOSURES, SUGGESTIONS = "经费预算", "年度计划", "信息公开", "建议"
EDGES: dict[str, list[tuple[dict[str, Any], bool]]] = {
    FINANCE: [
        ({"预算科目": "培训", "预算数": 2000, "执行数": 2000}, False),
        ({"预算科目": "培训", "预算数": 2000, "执行数": 2001}, True),
    ],
    PLAN: [
        ({"任务": "走访", "目标值": 20, "完成值": 0.5}, True),
        ({"任务": "走访", "目标值": 19, "完成值": 0.5}, False),
        ({"任务": "走访", "目标值": 50, "完成值": 1}, False),
        ({"任务": "走访", "目标值": 5000, "完成值": 0}, False),
        ({"任务": "走访", "目标值": 3000, "完成值": 1}, False),
        ({"任务": "走访", "目标值": 3001, "完成值": 1}, True),
        ({"任务": "走访", "目标值": 0.5, "完成值": 20}, True),
        ({"任务": "走访", "目标值": 0.5, "完成值": 19}, False),
        ({"任务": "走访", "目标值": 1, "完成值": 20}, False),
        ({"任务": "走访", "目标值": 0, "完成值": 20}, False),
    ],
    DISCLOSURES: [
        ({"公开事项": "预算", "应公开日期": "2018-06-30", "实际公开日期": "2017-08-30"}, False),
        ({"公开事项": "预算", "应公开日期": "2018-06-30", "实际公开日期": "2017-08-29"}, True),
    ],
    SUGGESTIONS: [
        ({"编号": "J-1", "提交日期": "2018-03-01", "应答复日期": "2018-03-01", "办理结果": "办理中"}, False),
        ({"编号": "J-1", "提交日期": "2018-03-01", "应答复日期": "2018-02-28", "办理结果": "办理中"}, True),
        ({"编号": "J-1", "提交日期": "2018-03-01", "应答复日期": "2019-03-02", "办理结果": "办理中"}, False),
        ({"编号": "J-1", "提交日期": "2018-03-01", "应答复日期": "2019-03-03", "办理结果": "办理中"}, True),
    ],
}


@pytest.mark.parametrize(("table", "row", "doubted"), [(name, *each) for name, some in EDGES.items() for each in some])
def test_what_is_doubted_begins_right_behind_the_edge(kit: Kit, table: str, row: dict[str, Any], doubted: bool) -> None:
    found = kit.bench.with_checks(kit.bench.submit({table: [row]})).intake.findings
    assert [each.code for each in found if each.code.startswith(("check-", "cell-"))] == ["check-doubtful"] * doubted

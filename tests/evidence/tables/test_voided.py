"""Rows that say that they are examples, not at hand, or counted elsewhere are doubted; like words do no harm."""

from typing import Any

import pytest

from tests.support import writers as w
from tests.support.mistakes.case import EVENTS, FACILITIES, HELP, SPACE
from tests.support.rounds.submitted import Sent, assessed

ROOM, HOLD, TOWER = ["图书室", 243], ["2018-03-08", "讲堂", "培训", 48, "否"], ["A座", 4120, 2190]
SENT: dict[str, tuple[str, tuple[str, ...], list[list[Any]], set[int]]] = {
    "example-first": ("服务设施", FACILITIES, [["样例图书室", 120], ROOM], {2}),
    "example-later": ("服务设施", FACILITIES, [ROOM, ["示例菜园", 60]], set()),
    "signs": ("服务设施", FACILITIES, [ROOM, ["xx图书室", 60], ["××室", 50], ["某某厅", 40]], {3, 4, 5}),
    "words-with-x": ("服务设施", FACILITIES, [ROOM, ["X光室", 60], ["XXL仓", 50], ["二〇一八厅", 40]], set()),
    "label": ("服务设施", FACILITIES, [ROOM, ["（设施）", 60]], {3}),
    "numbered-label": ("服务设施", FACILITIES, [ROOM, ["设施2", 60]], set()),
    "such-as": ("服务设施", FACILITIES, [["如：图书室", 60], ROOM], {2}),
    "note-example": ("服务设施", (*FACILITIES, "备注"), [["东厅", 60, "填写示例"], [*ROOM, "有样例展示"]], {2}),
    "let": ("服务设施", FACILITIES, [ROOM, ["东厅（出租他用）", 120], ["西厅（对外开放）", 80]], {3}),
    "note-let": ("服务设施", (*FACILITIES, "备注"), [[*ROOM, "租用"], ["东厅", 60, "已租给商户"]], {3}),
    "elsewhere": (
        "服务设施",
        (*FACILITIES, "备注"),
        [[*ROOM, None], ["东厅", 60, "已计入图书室"], ["西厅", 50, "包含在上一行"], ["北厅", 40, "列入上级计划项目"]],
        {3, 4},
    ),
    "given-away": ("户数", ("网格", "总户数", "备注"), [["一网格", 612, "已划归邻区"], ["二网格", 548, "含公寓"]], {2}),
}


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[int | None]]:
    """The rows that are doubted in each submission."""
    sent = [
        Sent(id, "community", {f"{name}.csv": w.as_csv([head, *rows])}) for id, (name, head, rows, _) in SENT.items()
    ]
    let = [
        Sent(
            "to-let",
            "park",
            {"空间.csv": w.as_csv([(*SPACE, "备注"), [*TOWER, "已对外出租"], ["B座", 900, 1, "转让"]])},
        )
    ]
    held = [[*HOLD, "计入全年任务"], ["2018-04-08", "路演", "交流对接", 40, "否", "不计入"]]
    more = [
        Sent("events", "park", {"活动.csv": w.as_csv([(*EVENTS, "备注"), *held])}),
        Sent(
            "help",
            "association",
            {"会员服务.csv": w.as_csv([(*HELP, "备注"), ["融资", "否", 0, "不再举办"], ["法律", "是", 3, "不再举办"]])},
        ),
    ]
    found = assessed(tmp_path_factory.mktemp("voided") / "round", [*sent, *let, *more])
    return {id: {f.place.row for f in each.findings if f.code == "row-perhaps-void"} for id, each in found.items()}


@pytest.mark.parametrize("id", SENT)
def test_which_rows_are_doubted(id: str, said: dict[str, set[int | None]]) -> None:
    assert said[id] == SENT[id][3]


def test_where_space_is_to_be_let_it_may_be(said: dict[str, set[int | None]]) -> None:
    assert said["to-let"] == {3}


def test_what_does_not_count_says_so_in_a_remark_unless_a_flag_does(said: dict[str, set[int | None]]) -> None:
    assert (said["events"], said["help"]) == ({3}, {3})

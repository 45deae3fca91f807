"""Which titles are the same with a sign mistyped or some left out; which are told apart."""

import pytest

from pilot_eval.evidence.tables.near_titles import akin, near_titles, told_apart


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("创业大讲堂", "创业大讲坛", True),
        ("创业讲堂", "创业大讲堂", True),
        ("法律咨询", "法律咨询服务", True),
        ("图书室", "图书阅览室", True),
        ("创业培训第1期", "创业培训第2期", False),
        ("创业培训第1期", "创业培训第11期", False),
        ("五一联欢", "五四联欢", False),
        ("男更衣室", "女更衣室", False),
        ("会议室", "大会议室", False),  # another room, not another spelling
        ("东区", "西区", False),
        ("图书室", "图画室", True),
        ("图书", "图画", False),
        ("图书室", "图男室", True),
        ("活动一班", "活动晚班", False),
        ("二区茶馆", "二区茶馆开放", True),
        ("茶", "茶馆", False),
        ("茶馆", "茶馆开放", True),
        ("茶馆", "茶馆夜间开放", False),
        ("税务辅导", "银企对接会", False),
    ],
)
def test_near_titles(one: str, other: str, near: bool) -> None:
    assert near_titles(one, other) is near_titles(other, one) is near


def test_orders_tell_titles_apart() -> None:
    assert told_apart("创业培训上午场", "创业培训下午场") and not told_apart("创业大讲堂", "创业专题讲座")
    assert not told_apart("讲座", "讲座下午场") and not told_apart("讲座下午场", "讲座")


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ("茶馆", "茶室", False), ("茶馆", "茶馆", True), ("茶馆夜校", "茶馆开放", True),
        ("茶馆夜校班", "茶馆开放日", False),
        ("茶馆", "开放日在茶馆", True), ("茶", "茶", False),
    ],
)  # fmt: skip
def test_akin_titles_share_half_of_their_signs(one: str, other: str, shared: bool) -> None:
    assert akin(one, other) is akin(other, one) is shared

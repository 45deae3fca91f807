"""Which pilots a name or a path means."""

from pilot_eval import api


def test_a_pilots_id_is_not_found_inside_a_longer_one() -> None:
    from pilot_eval.evidence.intake.inbox import pilots_named

    names = {"park-1": ("park-1", "良库工舍"), "park-12": ("park-12", "良库工舍二期")}
    assert pilots_named("park-12 材料", names) == ["park-12"]
    assert pilots_named("材料park-1.xlsx", names) == ["park-1"]
    assert pilots_named("良库工舍二期", names) == ["park-12"]
    assert pilots_named("newpark-1", names) == []
    assert api.methods()

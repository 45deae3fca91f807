"""Only the package that declares a base type adds to it; a test and a prompt may add to any."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from pilot_eval.errors import PluginError
from pilot_eval.plugin import BaseType, Count, Record, column

DECLARING = "kind = BaseType('kind', zh='类型')"
ADDING = "kind.check(zh='不应大于')(rule)"


def imported(name: str, code: str, **given: Any) -> Any:
    """What a module of this name makes of `kind` when it is imported."""
    globals_ = {"__name__": name, "BaseType": BaseType, "rule": rule, **given}
    exec(code, globals_)  # noqa: S102
    return globals_["kind"]


def rule(s: Any) -> Any:
    return s.given <= s.held


def test_another_package_cannot_add() -> None:
    kind = imported("one.kinds", DECLARING)
    with pytest.raises(PluginError) as told:
        imported("other.kinds", ADDING, kind=kind)
    [only] = told.value.findings
    assert only.code == "plugin-not-yours"
    assert "belongs to one" in only.message.en and "other" in only.line("en")


def test_a_hook_of_another_package_cannot_add() -> None:
    hook = {"__name__": "other.kinds", "kind": imported("one.kinds", DECLARING), "rule": rule}
    exec(f"def hook():\n    {ADDING}", hook)  # noqa: S102
    with pytest.raises(PluginError) as told:
        exec("hook()", {"__name__": "pluggy._callers", "hook": hook["hook"]})  # noqa: S102
    [only] = told.value.findings
    assert only.code == "plugin-not-yours"
    assert "other" in only.line("en") and "pluggy" not in only.line("en")


@pytest.mark.parametrize(
    ("home", "adding"), [("one.kinds", "one.more"), ("one", "__main__"), ("__main__", "other"), ("one", "one")]
)
def test_its_own_package_and_a_prompt_can(home: str, adding: str) -> None:
    kind = imported(adding, ADDING, kind=imported(home, DECLARING))
    assert list(kind.checks) == ["rule"]


def test_who_runs_no_module_can() -> None:
    kind = imported("one", DECLARING)
    with ThreadPoolExecutor(1) as pool:
        pool.submit(lambda: kind.check(zh="不应大于")(rule)).result()
        free = pool.submit(BaseType, "kind", zh="类型").result()
    assert list(kind.checks) == ["rule"]
    assert list(imported("other", ADDING, kind=free).checks) == ["rule"]


def test_what_is_declared_stays_what_it_is() -> None:
    kind = BaseType("kind", zh="类型", api=2)

    class Shop(Record):
        """A shop."""

        number: Count = column(zh="数量", en="Number", unit="家")

    assert kind.table(zh="门店", en="Shops")(Shop) is Shop
    assert kind.measure(unit="家")(rule) is rule
    assert kind.check(zh="不应大于")(rule) is rule

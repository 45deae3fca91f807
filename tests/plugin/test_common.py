"""The common tables and measures, by cases worked out by hand."""

from collections.abc import Callable
from pathlib import Path

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

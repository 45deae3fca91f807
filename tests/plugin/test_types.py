"""What an author writes passes a strict type checker; what mixes kinds doesn't."""

import subprocess
import sys
from pathlib import Path
from typing import get_type_hints

import pytest

from pilot_eval.plugin import Claim, Date, Figure

PLUGIN = """
from datetime import date

from pilot_eval.plugin import BaseType, Claim, Count, Date, Figure, Flag, Measures, Record, Text, column

village = BaseType("village", zh="村", en="Villages", api=2)


@village.table(zh="月报", en="Months")
class Month(Record):
    month: Date = column(zh="月份", en="Month")
    visits: Count = column(zh="次数", en="Visits", unit="次")
    open: Flag = column(zh="开放", en="Open")
    title: Text = column(zh="名称", en="Title")


@village.measure(unit="次")
def first_half(m: Month) -> Figure:
    return m.where((m.month >= date(2018, 1, 1)) & (m.month < date(2018, 7, 1))).visits.sum()


@village.measure(unit="天")
def latest(m: Month) -> Figure:
    return (m.month - date(2018, 1, 1)).max() + (1 / m.visits).sum()


@village.check(zh="不对", en="wrong")
def grows(m: Measures) -> Claim:
    return m.first_half < m.latest * 2
"""
MIXED = """

@village.measure(unit="次")
def mixed(m: Month) -> Figure:
    return (m.open * 2).sum() + (m.visits / m.count()).sum() + (m.title > 3).count()
"""


def test_dates_and_claims_have_public_types() -> None:
    assert all(
        "date" in str(get_type_hints(getattr(Date, f"__{sign}__"))["other"]) for sign in ("lt", "le", "gt", "ge")
    )
    assert all(get_type_hints(getattr(Figure, f"__{sign}__"))["return"] is Claim for sign in ("lt", "le", "gt", "ge"))


@pytest.mark.slow
def test_a_plugin_passes_mypy_and_a_mixture_does_not(tmp_path: Path) -> None:
    (tmp_path / "good.py").write_text(PLUGIN, "utf-8")
    (tmp_path / "mixed.py").write_text(PLUGIN + MIXED, "utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file", "", "--cache-dir", str(tmp_path / "cache")]
    done = subprocess.run([*command, "good.py", "mixed.py"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "good.py" not in done.stdout, done.stdout
    assert done.stdout.count("Unsupported operand types") == 3, done.stdout

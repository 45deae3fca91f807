"""What check, explain and the report say of a record that isn't counted."""

import json
from pathlib import Path
from typing import Any

import pytest

from pilot_eval import api
from pilot_eval.round import Round
from tests.conftest import Run
from tests.support.rounds.smaller import keep

HEADER = "项目名称,类型,金额,佐证文件,出处\n"


@pytest.fixture
def small(example: Path) -> Path:
    """One association, whose contracts a test writes."""
    return keep(example, "association-2")


def contracts(small: Path, *rows: str) -> None:
    folder = small / "submissions" / "association-2"
    (folder / "委托书.txt").write_text("委托书", "utf-8")
    (folder / "承接项目.csv").write_text(HEADER + "".join(f"{row}\n" for row in rows), "utf-8")


def not_counted(run: Run, small: Path) -> list[dict[str, Any]]:
    found = json.loads(run("check", small, "--json").stdout)
    return [each for each in found if each["code"] in ("rows-not-counted", "rows-without-value")]


def test_a_contract_without_proof_is_told_everywhere(run: Run, small: Path) -> None:
    contracts(small, "养老服务标准,承接委托,12.5万,,台账", "行业展会,产销对接,3000,,台账")
    [found] = not_counted(run, small)
    assert found["severity"] == "warning"
    place = found["place"]
    assert (place["file"], place["row"], place["column"]) == ("submissions/association-2/承接项目.csv", 2, "D")
    measure = "有佐证的承接委托与产销对接项目数"
    assert found["message"]["zh"] == (f"“佐证文件”为空，未计入“{measure}”：第 2–3 行，共 2 条记录，金额合计 128,000 元")
    assert found["message"]["en"].endswith("(rows 2–3; 2 in all, Value 128,000 CNY)")
    assert run("assess", small).returncode == 0
    [made] = api.last_record(Round.open(small)).assessments
    assert "rows-not-counted" in [each.code for each in made.findings]
    assert next(each.points for each in made.indicators if each.id == "A6") == 0
    for lang, said, rows in (
        ("zh", "“佐证文件”为空、未计入的记录：2 条（金额 128,000 元）", "承接项目.csv: 第 2–3 行"),
        ("en", "Records not counted because “Proof” is empty: 2 (Value 128,000 CNY)", "承接项目.csv: rows 2–3"),
    ):
        explained = run("explain", small, "association-2", "A6", lang=lang).stdout
        assert said in explained and rows in explained
        page = (small / "results" / lang / "association-2.html").read_text("utf-8")
        assert said.replace(" 元", "\N{NO-BREAK SPACE}元").replace(" CNY", "\N{NO-BREAK SPACE}CNY") in page
        assert "D2:D3" in page


def test_a_missing_column_is_told_of_its_rows(run: Run, small: Path) -> None:
    table = small / "submissions" / "association-2" / "承接项目.csv"
    table.write_text("项目名称,类型,出处\n养老服务标准,承接委托,台账\n", "utf-8")
    table.with_name("西区").mkdir()
    (table.with_name("西区") / "承接项目.csv").write_text(HEADER + "行业展会,产销对接,,,台账\n", "utf-8")
    [found] = not_counted(run, small)
    assert (found["code"], found["place"]["row"], found["place"]["column"]) == ("rows-not-counted", 2, None)
    assert "第 2 行；submissions/association-2/西区/承接项目.csv 第 2 行，共 2 条记录" in found["message"]["zh"]


@pytest.mark.parametrize(("runs", "more"), [(20, " 行"), (21, " … 行")])
def test_twenty_runs_of_rows_are_named_and_the_others_counted(run: Run, small: Path, runs: int, more: str) -> None:
    proofs = ["", "委托书.txt"] * runs
    contracts(small, *(f"标准{n},承接委托,{n + 1}000,{proof},台账" for n, proof in enumerate(proofs)))
    [found] = not_counted(run, small)
    rows = "、".join(str(2 * n) for n in range(1, 21))
    assert f"第 {rows}{more}，共 {runs} 条记录" in found["message"]["zh"]


def test_what_has_proof_is_told_of_nowhere(run: Run, small: Path) -> None:
    contracts(small, "养老服务标准,承接委托,,委托书.txt,台账")
    assert not_counted(run, small) == []


def test_what_a_condition_leaves_out_is_no_warning(run: Run, assessed: Path) -> None:
    """Events of another kind are no training: in the record, the report and explain, but nobody need look."""
    explained = run("explain", assessed, "online-1", "N4", lang="en").stdout
    assert "Records not counted because they do not meet the condition: " in explained
    found = json.loads(run("check", assessed, "--json", "--pilot", "online-1").stdout)
    assert "rows-not-counted" not in [each["code"] for each in found]

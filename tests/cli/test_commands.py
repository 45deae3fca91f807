"""The commands as their users run them: processes, exit codes, what they print."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from pilot_eval import api
from tests.conftest import EXAMPLE, Run
from tests.support.rounds.smaller import keep

COMMANDS = ("new", "template", "check", "assess", "report", "explain", "replay", "verify", "plugins", "schema")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_help_names_every_command_in_both_languages(command: Run, lang: str) -> None:
    done = command("--help", lang=lang)
    assert done.returncode == 0
    assert all(each in done.stdout for each in COMMANDS)
    assert ("退出码" in done.stdout) == (lang == "zh")


def test_the_language_option_beats_the_environment(run: Run) -> None:
    assert "Exit codes" in run("--lang", "en", "--help", lang="zh").stdout
    assert "退出码" in run("--lang=zh", "--help", lang="en").stdout


def test_help_and_import_load_neither_polars_nor_numpy() -> None:
    code = (
        "import sys, pilot_eval, pilot_eval.cli\n"
        "from click.testing import CliRunner\n"
        "assert CliRunner().invoke(pilot_eval.cli.main, ['--help']).exit_code == 0\n"
        "print([name for name in ('polars', 'numpy', 'narwhals') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_listing_plugins_needs_no_engine(run: Run) -> None:
    done = run("plugins", "--json")
    assert done.returncode == 0
    assert [each["name"] for each in json.loads(done.stdout)] == ["association", "community", "online", "park"]


def test_the_example_is_assessed_without_errors(assessed: Path) -> None:
    for lang in ("zh", "en"):
        pages = sorted(path.name for path in (assessed / "results" / lang).iterdir())
        assert len(pages) == 16
        assert "index.html" in pages


def test_check_lists_everything_as_json(run: Run, example: Path) -> None:
    done = run("check", example, "--json")
    findings = json.loads(done.stdout)
    assert done.returncode == 0
    assert {each["severity"] for each in findings} == {"warning", "note"}
    assert all(each["place"]["file"] and each["message"]["zh"] and each["message"]["en"] for each in findings)


def test_check_of_one_pilot_says_nothing_of_the_others(run: Run, example: Path) -> None:
    done = run("check", example, "--pilot", "park-2", "--json")
    assert {each["place"]["file"].split("/")[1] for each in json.loads(done.stdout)} == {"park-2"}


def test_assess_as_json_gives_every_total(run: Run, example: Path) -> None:
    done = run("assess", example, "--json")
    rows = {row["pilot"]["id"]: row for row in json.loads(done.stdout)["assessments"]}
    assert len(rows) == 15
    assert rows["park-2"]["grade"] == "good"


def test_explain_walks_a_score_back_to_its_cells(run: Run, assessed: Path) -> None:
    done = run("explain", assessed, "association-2", "A5")
    assert done.returncode == 0
    assert "sector_coverage = " in done.stdout
    assert "submissions/association-2/会员覆盖.csv: " in done.stdout
    assert "SHA-256 " in done.stdout


def test_explain_follows_a_measure_made_of_measures(run: Run, assessed: Path) -> None:
    done = run("explain", assessed, "park-1", "c4", "--json")
    made = json.loads(done.stdout)
    assert [each["id"] for each in made["measures"]] == [
        "finance_and_governance",
        "budget_execution",
        "governance_items_met",
    ]
    assert all(each["evidence"] for each in made["measures"][1:])


def test_unknown_names_are_answered_with_the_nearest(run: Run, assessed: Path) -> None:
    done = run("explain", assessed, "prak-1", "C4")
    assert done.returncode == 2
    assert "did you mean “park-1”?" in done.stderr
    assert run("explain", assessed, "park-1", "C44").returncode == 2
    assert run("template", assessed, "nobody").returncode == 2
    assert run("check", assessed, "--pilot", "nobody").returncode == 2


def test_no_round_no_results_and_no_method_are_usage_errors(run: Run, tmp_path: Path, example: Path) -> None:
    assert run("assess", tmp_path).returncode == 2
    assert run("report", example).returncode == 2
    assert run("new", tmp_path / "new", "--method", "zhengzhou").returncode == 2
    assert run("new", example).returncode == 2
    assert run("nonsense").returncode == 2


def test_schema_is_printed_and_written(run: Run, tmp_path: Path) -> None:
    assert json.loads(run("schema", "pilots").stdout)["title"] == "pilot-eval pilots"
    done = run("schema", "--write", tmp_path)
    assert done.returncode == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "base-type.schema.json",
        "method.schema.json",
        "pilots.schema.json",
        "record-part.schema.json",
        "record.schema.json",
    ]


def test_report_renders_again_without_scoring(run: Run, assessed: Path, tmp_path: Path) -> None:
    done = run("report", assessed, "--output", tmp_path)
    assert done.returncode == 0
    again = (tmp_path / "zh" / "park-1.html").read_bytes()
    assert again == (assessed / "results" / "zh" / "park-1.html").read_bytes()


def test_a_round_locked_by_another_process_is_left_alone(command: Run, example: Path) -> None:
    from filelock import FileLock

    with FileLock(example / ".lock"):
        done = command("assess", example)
    assert done.returncode == 2
    assert "another process" in done.stderr


def test_a_faulty_method_ends_with_3_and_publishes_nothing(command: Run, example: Path) -> None:
    method = example / "method" / "method.yaml"
    method.write_text(method.read_text("utf-8").replace("points: 20", "points: 21"), "utf-8")
    done = command("assess", example)
    assert done.returncode == 3
    assert "method/method.yaml" in done.stderr
    assert not (example / "results").exists()


def test_faulty_evidence_ends_with_1_and_spares_the_other_pilots(command: Run, example: Path) -> None:
    keep(example, "park-1", "park-2")
    (example / "submissions" / "park-2" / "孵化空间.csv").write_text(
        "楼宇,可租面积,已租面积\n一号楼,很大,小\n", "utf-8"
    )
    done = command("assess", example, "--json")
    rows = {row["pilot"]["id"]: row for row in json.loads(done.stdout)["assessments"]}
    assert done.returncode == 1
    assert rows["park-2"]["standing"] == "error"
    assert rows["park-2"]["grade"] is None
    assert rows["park-1"]["grade"] == "good"


def test_a_folder_that_is_no_pilots_is_said(run: Run, example: Path) -> None:
    (example / "submissions" / "prak-2").mkdir()
    done = run("check", example)
    assert done.returncode == 1
    assert "did you mean “park-2”?" in done.stderr


def test_the_method_of_the_example_is_the_one_that_comes_with_the_tool() -> None:
    here, shipped = EXAMPLE / "method", EXAMPLE.parents[1] / "indicators" / "zhengzhou-2018"
    assert {p.name: p.read_bytes() for p in here.iterdir()} == {p.name: p.read_bytes() for p in shipped.iterdir()}


def test_a_first_round_made_by_new_and_filled_in_a_spreadsheet(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "我的评价"
    assert run("new", folder, lang="zh").returncode == 0
    form = tmp_path / "online-2.xlsx"
    assert run("template", folder, "online-2", "-o", form, lang="zh").returncode == 0
    book = openpyxl.load_workbook(form)
    info = {row[0].value: row[1] for row in book["填报信息"].iter_rows(min_row=2)}
    info["填报单位"].value = "某联谊会"
    info["联系部门"].value = "秘书处"
    info["依法登记或依规设立"].value = "是"
    info["本期有重大违法违规"].value = "否"
    info["承诺所交材料真实"].value = "是"
    info["本期无记录的表"].value = "行政处罚、荣誉"
    rows = {
        "活动": [
            ("2018-03-01", "网络公益讲座", "培训", "近200", "否"),
            ("2018年5月2日", "联谊活动", "主题活动", 80, "是"),
        ],
        "满意度调查": [("年度调查", 120, 108, "网络问卷")],
        "公益项目": [("助学", "帮困助学", "2018-04-01", "某基金会", "1600多")],
    }
    for sheet, records in rows.items():
        for at, record in enumerate(records, start=3):
            for column, cell in enumerate(record, start=1):
                book[sheet].cell(at, column).value = cell
    book.save(folder / "submissions" / "online-2" / "填报表.xlsx")
    done = run("assess", folder, "--json", lang="zh")
    assert done.returncode == 0, done.stderr
    row = next(row for row in json.loads(done.stdout)["assessments"] if row["pilot"]["id"] == "online-2")
    # N2: 1.5 of 12 events at 15 points; N4: 1 of 4 trainings at 10; C7: 90% satisfied at 6; N3: 1 of 4 projects at 10
    assert row["total"]["points"] == pytest.approx(1.88 + 2.5 + 6 + 2.5)
    assert row["standing"] == "withheld"


@pytest.mark.parametrize("zh", ["评价：甲 # 乙", "甲: 乙", "- 甲", '"甲"', "2018", "{甲}"])
def test_a_round_has_the_name_of_its_method_whatever_signs_that_holds(zh: str, tmp_path: Path, run: Run) -> None:
    method = Path(shutil.copytree(EXAMPLE / "method", tmp_path / "method"))
    text = (method / "method.yaml").read_text("utf-8")
    [old] = re.findall(r"^zh: .*\nen: .*\n", text, re.MULTILINE)
    (method / "method.yaml").write_text(text.replace(old, f"zh: {json.dumps(zh, ensure_ascii=False)}\n"), "utf-8")
    done = run("new", tmp_path / "r", "--method", method)
    assert done.returncode == 0, done.stderr
    assert api.Round.open(tmp_path / "r").settings.zh == zh

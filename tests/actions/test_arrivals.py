"""Corrections, repetitions and late files: what an import replaces is kept, and every arrival is in the journal."""

import json
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from pilot_eval import api
from pilot_eval.record.journal import Arrival, read_journal
from tests.conftest import EXAMPLE, ROOT, Run

SUBMITTED = EXAMPLE / "submissions" / "park-1"


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """A round with the example's method, and one pilot that sent its files."""
    folder = tmp_path / "round"
    shutil.copytree(EXAMPLE / "method", folder / "method")
    shutil.copyfile(EXAMPLE / "round.yaml", folder / "round.yaml")
    shutil.copytree(SUBMITTED, folder / "submissions" / "park-1")
    return folder


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "收到的材料" / "park-1"
    folder.mkdir(parents=True)
    return folder


def arrivals(folder: Path) -> list[Arrival]:
    journal = read_journal(folder)
    assert not journal.findings
    return [step for _, step in journal.steps(Arrival)]


def budget(spent: int = 493000) -> str:
    return (SUBMITTED / "Finance.csv").read_text("utf-8-sig").replace("492000", str(spent))


def test_a_correction_replaces_the_file_of_its_name_keeps_it_and_says_what_changes(
    run: Run, target: Path, inbox: Path
) -> None:
    (inbox / "Finance.csv").write_text(budget(), "utf-8")
    refused = run("import", inbox.parent, target)
    assert refused.returncode == 1 and "--replace" in refused.stderr
    assert not (target / "journal.jsonl").exists()
    done = run("import", inbox.parent, target, "--replace", "--by", "王")
    assert done.returncode == 0, done.stderr
    assert "88.868217054 → 88.919896641" in done.stdout
    assert (target / "submissions/park-1/Finance.csv").read_text("utf-8") == budget()
    found, made = arrivals(target)
    assert [(each.path, each.came_as) for each in found.files] == [("submissions/park-1/Finance.csv", "")]
    (file,) = made.files
    (kept,) = file.replaces
    assert file.came_as == "park-1/Finance.csv" and file.tables == ("finance",)
    assert (target / kept.kept).read_bytes() == (SUBMITTED / "Finance.csv").read_bytes()
    assert [each.by for each in read_journal(target).entries] == ["王", "王"]


def test_a_correction_under_the_name_of_a_version_is_recognised(run: Run, target: Path, inbox: Path) -> None:
    (inbox / "入驻企业统计（更正）.csv").write_bytes((SUBMITTED / "入驻企业统计.csv").read_bytes() + b"\n")
    refused = run("import", inbox.parent, target, "--json")
    assert [each["code"] for each in json.loads(refused.stdout)["findings"]] == ["import-corrects"]
    done = run("import", inbox.parent, target, "--replace", "--json")
    (received,) = json.loads(done.stdout)["received"]
    assert received["taken"][0]["replaces"] == ["submissions/park-1/入驻企业统计.csv"]
    assert received["rows"] == received["figures"] == []
    names = {path.name for path in (target / "submissions/park-1").glob("入驻*")}
    assert names == {"入驻企业统计（更正）.csv"}


def test_what_was_received_before_is_recognised_whatever_its_name(run: Run, target: Path, inbox: Path) -> None:
    shutil.copyfile(SUBMITTED / "Finance.csv", inbox / "Finance.csv")
    shutil.copyfile(SUBMITTED / "满意度调查.xlsx", inbox / "再次发来.xlsx")
    done = run("import", inbox.parent, target, "--json")
    assert done.returncode == 0, done.stdout
    (received,) = json.loads(done.stdout)["received"]
    same = {each["file"]: each["same_as"] for each in received["taken"]}
    assert same == {
        "park-1/Finance.csv": "submissions/park-1/Finance.csv",
        "park-1/再次发来.xlsx": "submissions/park-1/满意度调查.xlsx",
    }
    assert not (target / "submissions/park-1/再次发来.xlsx").exists()
    assert len(arrivals(target)) == 1
    again = run("import", inbox.parent, target)
    assert "received before, unchanged: 2" in again.stdout
    assert len(arrivals(target)) == 1


def test_nothing_is_replaced_that_would_lose_a_table_or_that_cannot_be_told(
    run: Run, target: Path, inbox: Path
) -> None:
    (inbox / "园区评价材料汇总.csv").write_text("工作内容,完成情况\n一,是\n", "utf-8")
    workbook = inbox / "园区评价材料汇总.xlsx"
    shutil.copyfile(SUBMITTED / "满意度调查.xlsx", workbook)
    done = run("import", inbox.parent, target, "--replace", "--json")
    found = {each["code"]: each["message"]["en"] for each in json.loads(done.stdout)["findings"]}
    assert "import-loses" in found and "“submissions/park-1/园区评价材料汇总.xlsx”" in found["import-loses"]
    kept = (target / "submissions/park-1/园区评价材料汇总.xlsx").read_bytes()
    assert kept == (SUBMITTED / "园区评价材料汇总.xlsx").read_bytes()
    shutil.rmtree(inbox)
    inbox.mkdir()
    for name in ("东区", "西区"):
        (target / f"submissions/park-1/{name}入驻企业.csv").write_bytes((SUBMITTED / "入驻企业统计.csv").read_bytes())
    (inbox / "入驻企业.csv").write_bytes((SUBMITTED / "入驻企业统计.csv").read_bytes() + b"\n")
    done = run("import", inbox.parent, target, "--replace", "--json")
    assert [each["code"] for each in json.loads(done.stdout)["findings"]] == ["import-which"]


def test_two_received_files_never_take_one_place(run: Run, target: Path, inbox: Path) -> None:
    for folder, text in (("一", "one"), ("二", "two")):
        (inbox.parent / folder / "park-1").mkdir(parents=True)
        (inbox.parent / folder / "park-1" / "说明.txt").write_text(text, "utf-8")
    done = run("import", inbox.parent, target, "--json")
    assert [each["code"] for each in json.loads(done.stdout)["findings"]] == ["import-exists"]
    assert (target / "submissions/park-1/说明.txt").read_text("utf-8") == "one"


def test_a_late_file_needs_a_reason_which_the_journal_keeps(run: Run, target: Path, inbox: Path) -> None:
    settings = target / "round.yaml"
    settings.write_text(settings.read_text("utf-8") + "deadline: 2019-01-31\n", "utf-8")
    (inbox / "说明.txt").write_text("补充", "utf-8")
    late = run("import", inbox.parent, target, "--received", "2019-02-01")
    assert late.returncode == 1 and "import-late" in late.stderr and "2019-01-31" in late.stderr
    assert not (target / "submissions/park-1/说明.txt").exists()
    done = run("import", inbox.parent, target, "--received", "2019-02-01", "--reason", "系统故障，已报备")
    assert done.returncode == 0
    (made,) = arrivals(target)
    assert (made.late, made.reason, made.on) == (True, "系统故障，已报备", date(2019, 2, 1))
    (inbox / "又一份.txt").write_text("补充", "utf-8")
    run("import", inbox.parent, target, "--received", "2019-01-31", "--reason", "无需理由")
    assert (arrivals(target)[-1].late, arrivals(target)[-1].reason) == (False, "")


def test_a_broken_journal_stops_an_import_before_anything_is_copied(run: Run, target: Path, inbox: Path) -> None:
    for name in ("说明.txt", "又一份.txt"):
        (inbox / name).write_text(name, "utf-8")
        run("import", inbox.parent, target)
    (target / "journal.jsonl").write_bytes((target / "journal.jsonl").read_bytes().replace(b"park-1", b"park-2"))
    (inbox / "另一份.txt").write_text("补充", "utf-8")
    done = run("import", inbox.parent, target)
    assert done.returncode == 1 and "journal-broken" in done.stderr
    assert not (target / "submissions/park-1/另一份.txt").exists()


def test_a_question_on_a_terminal_replaces_too(target: Path, inbox: Path) -> None:
    (inbox / "Finance.csv").write_text(budget(), "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", ASKED, str(inbox.parent), str(target)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert (target / "submissions/park-1/Finance.csv").read_text("utf-8") == budget()


ASKED = """
import os, pty, sys
pid, terminal = pty.fork()
if pid == 0:
    os.environ["PILOT_EVAL_LANG"] = "en"
    os.execv(sys.executable, [sys.executable, "-m", "pilot_eval", "import", *sys.argv[1:]])
shown = b""
while b"older files" not in shown:
    shown += os.read(terminal, 4096)
os.write(terminal, b"y\\n")
try:
    while os.read(terminal, 4096):
        pass
except OSError:
    pass
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
"""


@pytest.mark.slow
def test_kills_at_every_step_lose_nothing_and_a_second_run_completes_them(
    tmp_path: Path, target: Path, inbox: Path
) -> None:
    (inbox / "Finance.csv").write_text(budget(), "utf-8")
    (inbox / "入驻企业统计（更正）.csv").write_bytes((SUBMITTED / "入驻企业统计.csv").read_bytes() + b"\n")
    (inbox / "说明.txt").write_text("补充", "utf-8")
    older = {name: (SUBMITTED / name).read_bytes() for name in ("Finance.csv", "入驻企业统计.csv")}
    api.check(api.open_round(target))
    code = [sys.executable, "-m", "tests.support.processes.killed_imports", target, inbox.parent, tmp_path / "out"]
    done = subprocess.run(list(map(str, code)), capture_output=True, text=True, check=True, cwd=ROOT)
    kills = int(done.stdout)
    assert kills > 15
    for number in range(1, kills + 1):
        killed, repeated = tmp_path / "out" / str(number), tmp_path / "out" / f"{number}-repeated"
        everything = [path.read_bytes() for path in killed.rglob("*") if path.is_file()]
        assert all(data in everything for data in older.values())
        assert read_journal(killed).findings == ()
        names = {path.name for path in (repeated / "submissions/park-1").iterdir()}
        assert "入驻企业统计.csv" not in names
        assert {"入驻企业统计（更正）.csv", "说明.txt"} <= names
        assert (repeated / "submissions/park-1/Finance.csv").read_text("utf-8") == budget()
        entered = [file for step in arrivals(repeated) for file in step.files if file.came_as]
        assert sorted(each.came_as for each in entered) == sorted(f"park-1/{each.name}" for each in inbox.iterdir())
        assert [len(each.replaces) for each in entered].count(1) == 2

"""Sorting a folder of files into a round: by name, content and mapping; nothing is overwritten."""

import json
import os
import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest

from pilot_eval import api
from pilot_eval.evidence.intake.inbox import Sorted
from pilot_eval.text import both
from tests.conftest import EXAMPLE, Run
from tests.support.given import BY_HAND, ROWS, as_text, made_round, opened, totals

AT = datetime(2019, 1, 10, 9, tzinfo=UTC)
HOW = api.Receiving(by="", at=AT, on=AT.date())


def test_a_folder_of_files_is_sorted_by_name_content_and_mapping(run: Run, tmp_path: Path) -> None:
    inbox, target = tmp_path / "收到的材料", tmp_path / "round"
    submissions = EXAMPLE / "submissions"
    shutil.copytree(submissions / "park-1", inbox / "良库工舍·同心园区" / "第一批")
    shutil.copy(submissions / "association-2" / "大枣协会评价数据.xlsx", inbox)
    shutil.copy(submissions / "park-2" / "孵化空间.csv", inbox / "园区试点（二）空间.csv")
    (inbox / "读我.txt").write_text("你好", "utf-8")
    run("new", target)
    first = json.loads(run("import", inbox, target, "--json").stdout)
    decided = {each["file"]: (each["pilot"], each["how"]["en"]) for each in first["files"]}
    assert decided["良库工舍·同心园区/第一批/Finance.csv"] == ("park-1", "by folder name")
    assert decided["大枣协会评价数据.xlsx"] == ("association-2", "by content")
    assert decided["园区试点（二）空间.csv"] == ("park-2", "by file name")
    assert decided["读我.txt"][0] is None
    mapping = tmp_path / "map.yaml"
    mapping.write_text("读我.txt: skip\n", "utf-8")
    done = run("import", inbox, target, "--map", mapping)
    assert done.returncode == 0, done.stdout + done.stderr
    copied = target / "submissions" / "park-1" / "第一批" / "Finance.csv"
    assert copied.read_bytes() == (submissions / "park-1" / "Finance.csv").read_bytes()


def test_import_never_overwrites_another_file(run: Run, tmp_path: Path) -> None:
    inbox, target = tmp_path / "inbox", tmp_path / "round"
    run("new", target)
    (inbox / "park-1").mkdir(parents=True)
    (inbox / "park-1" / "a.csv").write_text("new", "utf-8")
    (target / "submissions" / "park-1" / "a.csv").write_text("old", "utf-8")
    done = run("import", inbox, target)
    assert done.returncode == 1
    assert "import-exists" in done.stderr
    assert (target / "submissions" / "park-1" / "a.csv").read_text("utf-8") == "old"


def test_import_takes_no_link_no_pipe_and_no_name_with_a_number(run: Run, tmp_path: Path) -> None:
    inbox, target, secret = tmp_path / "inbox" / "park-1", tmp_path / "round", tmp_path / "secret"
    run("new", target)
    inbox.mkdir(parents=True)
    secret.mkdir()
    (secret / "a.csv").write_text("secret", "utf-8")
    (inbox / "a.csv").symlink_to(secret / "a.csv")
    (inbox / "folder").symlink_to(secret)
    (inbox / "gone.csv").symlink_to(secret / "b.csv")
    os.mkfifo(inbox / "pipe.csv")
    (inbox / "名单11010519491231002X.csv").write_text("x", "utf-8")
    (inbox / "b.csv").write_text("x", "utf-8")
    (target / "submissions" / "park-1" / "c.csv").symlink_to(secret / "c.csv")
    (inbox / "c.csv").write_text("x", "utf-8")
    done = run("import", inbox.parent, target, "--json")
    assert done.returncode == 1
    found = json.loads(done.stdout)
    assert {(each["code"], each["place"]["file"].split("/")[-1]) for each in found["findings"]} == {
        ("file-not-regular", "a.csv"), ("file-not-regular", "folder"), ("file-not-regular", "gone.csv"),
        ("file-not-regular", "pipe.csv"), ("name-personal", "名单110*************2X.csv"), ("import-exists", "c.csv"),
    }  # fmt: skip
    assert "19491231" not in done.stdout + done.stderr
    assert sorted(path.name for path in (target / "submissions" / "park-1").iterdir()) == ["b.csv", "c.csv"]
    assert not (secret / "c.csv").exists()
    (tmp_path / "map.yaml").write_text("park-1/folder: skip\npark-1/a.csv: park-1\n", "utf-8")
    done = run("import", inbox.parent, target, "--map", tmp_path / "map.yaml")
    assert "folder: " not in done.stderr
    assert not (target / "submissions" / "park-1" / "a.csv").exists()


def test_a_file_that_cannot_be_copied_is_said_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    space = api.open_round(EXAMPLE)
    (tmp_path / "round" / "submissions").mkdir(parents=True)
    space = replace(space, round=replace(space.round, folder=tmp_path / "round"))
    (tmp_path / "a.csv").write_text("x", "utf-8")

    def full(source: Path, target: Path) -> None:
        target.write_text("half", "utf-8")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("shutil.copyfile", full)
    decided = Sorted(file="a.csv", pilot="park-1", target="submissions/park-1/a.csv", tables=(), how=both("x"))
    _, findings = api.receive(space, tmp_path, [decided], HOW)
    assert [each.code for each in findings] == ["file-unreadable"]
    assert not any((tmp_path / "round" / "submissions" / "park-1").iterdir())


def test_import_dry_run_copies_nothing_and_wrong_mappings_are_refused(run: Run, tmp_path: Path) -> None:
    inbox, target = tmp_path / "inbox", tmp_path / "round"
    run("new", target)
    (inbox / "park-1").mkdir(parents=True)
    (inbox / "park-1" / "a.csv").write_text("x", "utf-8")
    assert run("import", inbox, target, "--dry-run").returncode == 0
    assert not any((target / "submissions" / "park-1").iterdir())
    for text in ("b.csv: park-1\n", "park-1/a.csv: prak-1\n", "- a\n", "a: [b]\n", "a: b: c\n"):
        (tmp_path / "map.yaml").write_text(text, "utf-8")
        assert run("import", inbox, target, "--map", tmp_path / "map.yaml").returncode == 2


def test_a_table_for_all_pilots_of_a_base_type_goes_to_its_folder(tmp_path: Path) -> None:
    space, inbox = opened(made_round(tmp_path / "r", {})), tmp_path / "inbox"
    (inbox / "统计局").mkdir(parents=True)
    (inbox / "统计局" / "2018.csv").write_bytes(as_text(ROWS))
    (inbox / "郑州.csv").write_bytes(as_text(ROWS[:2]))
    (inbox / "活动.csv").write_text("日期,名称\n2018-01-02,沙龙\n", "utf-8")
    (inbox / "b.csv").write_bytes(as_text(ROWS))
    decided = {each.file: each for each in api.sort_folder(space, inbox, {"b.csv": "cities"})}
    targets = {file: each.target for file, each in decided.items()}
    assert targets == {
        "统计局/2018.csv": "submissions/cities/2018.csv",
        "郑州.csv": "submissions/zz/郑州.csv",
        "活动.csv": None,
        "b.csv": "submissions/cities/b.csv",
    }
    assert decided["统计局/2018.csv"].tables == ("figures",)
    assert api.receive(space, inbox, decided.values(), HOW)[1] == []
    [sent] = (space.round.submissions / "cities").iterdir()  # both hold the same
    assert sent.read_bytes() == as_text(ROWS)
    assert api.strays(space) == []


def test_the_blank_table_of_a_base_type_has_a_row_for_each_pilot(tmp_path: Path) -> None:
    """Filled in, it is a table that can be sent."""
    pilots = {"jz": {"zh": "开封"}}  # a name that two share
    space = opened(made_round(tmp_path / "r", {}, pilots=pilots))
    (tmp_path / "form.xlsx").write_bytes(api.blank_form(space, "cities", "zh"))
    book = openpyxl.load_workbook(tmp_path / "form.xlsx")
    [sheet] = book.worksheets
    rows = [[cell for cell in row if cell] for row in sheet.iter_rows(values_only=True)]
    assert rows[0] == ["单位*", "人均产值（万元）", "优良率（%）", "投诉（件）", "出处", "备注"]
    assert [row[0] for row in rows[1:7]] == ["郑州", "kf", "洛阳", "新乡", "安阳", "jz"]
    for at, row in enumerate(ROWS[1:], start=2):
        for column, cell in enumerate(row[1:], start=2):
            sheet.cell(at, column).value = cell
    (space.round.submissions / "cities").mkdir(parents=True)
    book.save(space.round.submissions / "cities" / "form.xlsx")
    assert totals(space.round.folder) == pytest.approx(BY_HAND)
    (tmp_path / "own.xlsx").write_bytes(api.blank_form(space, "zz", "zh"))
    assert openpyxl.load_workbook(tmp_path / "own.xlsx")["指标数据"]["A2"].value == "郑州"

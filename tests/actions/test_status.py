"""The evaluator's desk: what has come, what is missing or wrong, who has to act; and the letters that say so."""

import json
import shutil
from pathlib import Path

import pytest

from tests.conftest import EXAMPLE, Run


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A round with the example's method, and the submissions of four pilots; one of them sent nothing."""
    folder = tmp_path / "round"
    shutil.copytree(EXAMPLE / "method", folder / "method")
    shutil.copyfile(EXAMPLE / "round.yaml", folder / "round.yaml")
    for pilot in ("online-3", "online-4", "park-2"):
        shutil.copytree(EXAMPLE / "submissions" / pilot, folder / "submissions" / pilot)
    return folder


ASKED = [part for pilot in ("online-3", "online-4", "park-2", "park-4") for part in ("--pilot", pilot)]


def test_the_desk_says_what_came_what_is_missing_and_what_to_do_next(run: Run, desk: Path) -> None:
    done = run("status", desk, *ASKED, "--json")
    assert done.returncode == 0, done.stderr
    by_pilot = {each["pilot"]: each for each in json.loads(done.stdout)["pilots"]}
    assert {pilot: each["next"]["en"] for pilot, each in by_pilot.items()} == {
        "online-3": "have experts score: 1",
        "online-4": "ask for missing tables: 8",
        "park-2": "ready to assess",
        "park-4": "ask for the submission",
    }
    assert by_pilot["online-3"]["files"] == by_pilot["online-3"]["by_hand"] == 17
    assert [(each["id"], each["points"]) for each in by_pilot["online-3"]["open_scores"]] == [("N6", 7.0)]
    missing = {each["table"]["en"]: each["points"] for each in by_pilot["online-4"]["missing"]}
    assert missing["Suggestions"] == 10.0
    assert sum(missing.values()) == 65.0
    assert by_pilot["park-4"]["files"] == 0


def test_an_error_a_wrong_review_and_a_late_arrival_come_first(run: Run, desk: Path, tmp_path: Path) -> None:
    settings = desk / "round.yaml"
    settings.write_text(settings.read_text("utf-8") + "deadline: 2019-01-31\n", "utf-8")
    inbox = tmp_path / "inbox" / "park-2"
    inbox.mkdir(parents=True)
    table = "日期,活动名称,类型,参加人次,是否联合举办\n明天,开放日,交流对接,30,是\n"
    (inbox / "活动（补充）.csv").write_text(table, "utf-8")
    run("import", inbox.parent, desk, "--received", "2019-02-03", "--reason", "来电说明")
    (desk / "reviews").mkdir()
    (desk / "reviews" / "online-3.yaml").write_text(
        "pilot: online-3\nreviewed_by: 评审组\nscores: {X9: {score: 1, zh: 无}}\n"
    )
    shown = run("status", desk, *ASKED).stdout
    assert "last received on 2019-02-03, late; not imported: " in shown
    lines = {line.split()[0]: line for line in shown.splitlines() if " — " in line}
    assert "send back: errors: " in lines["park-2"]
    assert lines["online-3"].endswith("correct the review")


def test_letters_say_what_to_correct_and_come_with_commented_copies(run: Run, desk: Path, tmp_path: Path) -> None:
    out = tmp_path / "letters"
    done = run("status", desk, *ASKED, "--letters", out, lang="zh")
    assert done.returncode == 0, done.stderr
    letters = {path.stem: path.read_text("utf-8-sig") for path in out.glob("*.txt")}
    assert set(letters) == {"online-3", "online-4", "park-2", "park-4"}
    assert "尚未收到贵单位的材料" in letters["park-4"]
    assert "[经费预算]:B6: 执行数超过预算数" in letters["park-2"]
    assert "带批注的副本随信附上" in letters["park-2"]
    assert (out / "park-2" / "园区数据.xlsx").is_file()
    assert "8. " in letters["online-4"] and "建议（10 分）" in letters["online-4"]
    assert "带批注的副本" not in letters["online-3"]


def test_who_has_nothing_to_correct_gets_no_letter(run: Run, desk: Path, tmp_path: Path) -> None:
    shutil.copytree(EXAMPLE / "submissions" / "park-4", desk / "submissions" / "park-4")
    run("status", desk, "--pilot", "park-4", "--letters", tmp_path / "letters")
    assert not (tmp_path / "letters").exists()


def test_an_unknown_pilot_is_said_with_the_nearest_name(run: Run, desk: Path) -> None:
    done = run("status", desk, "--pilot", "park-22")
    assert done.returncode == 2
    assert "park-2" in done.stderr

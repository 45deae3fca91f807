"""`pilot-eval plugin new`: what it writes, and that it installs, passes its own tests and assesses, untouched."""

import ast
import re
import shlex
import shutil
import sys
import tomllib
from pathlib import Path

import openpyxl
import pytest
import yaml

from pilot_eval.api import new_round
from pilot_eval.errors import PilotEvalError, UsageError
from pilot_eval.plugin.base_type import API
from pilot_eval.scaffold.package import version_range, write_package
from tests.conftest import COMMAND, ROOT, Run
from tests.support.clean import in_folder
from tests.support.plugins.running import Run as RunTests
from tests.support.plugins.running import change, module_of


@pytest.mark.parametrize(
    ("name", "zh", "en"),
    [
        ("village", "乡村", "Villages"),
        ("old_town_2", "老城（二期）", "Old town"),
        ("c", "", ""),
        ("my_base_type", "包", "Package"),
        ("package", "", "My package"),
        ("match", "比赛", ""),
    ],
)
def test_every_file_is_right_whatever_the_name(name: str, zh: str, en: str, tmp_path: Path) -> None:
    package = write_package(name, tmp_path, zh, en)
    dashed = name.replace("_", "-")
    assert sorted(str(path.relative_to(package)) for path in package.rglob("*") if path.is_file()) == [
        ".gitignore",
        "LICENSE",
        "README.md",
        f"indicators/{name}.yaml",
        "pyproject.toml",
        f"src/pilot_eval_{name}/__init__.py",
        f"src/pilot_eval_{name}/py.typed",
        "tests/cases.yaml",
        f"tests/test_{name}.py",
    ]
    project = tomllib.loads((package / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["name"] == f"pilot-eval-{dashed}" == package.name
    assert project["entry-points"] == {"pilot_eval": {name: f"pilot_eval_{name}"}}
    for path in package.rglob("*.py"):
        ast.parse(path.read_text("utf-8"))
    assert f"api={API}" in module_of(package).read_text("utf-8")
    indicators = yaml.safe_load((package / "indicators" / f"{name}.yaml").read_text("utf-8"))
    assert indicators["base_type"] == name
    cases = yaml.safe_load((package / "tests" / "cases.yaml").read_text("utf-8"))
    ids = {each["id"] for each in indicators["indicators"]}
    assert {id_ for case in cases for id_ in case.get("points", {})} <= ids
    assert all(re.fullmatch("[A-Z][A-Z0-9X][0-9]", id_) for id_ in ids)
    left = [path for path in package.rglob("*") if path.is_file() and re.search(r"\$[{a-z]", path.read_text("utf-8"))]
    assert left == []


@pytest.mark.slow
def test_a_short_name_passes_its_tests_too(tmp_path: Path, run_tests: RunTests) -> None:
    ran = run_tests(write_package("c", tmp_path), "-k", "loads or names or labels or persons or the_method or case")
    assert ran.those("failed") == set(), ran.said
    assert len(ran.those("passed")) == 6


@pytest.mark.parametrize(
    ("name", "better"),
    [
        ("my-village", "my_village"),
        ("2villages", "villages"),
        ("Village", "village"),
        ("a b", "a_b"),
        ("x__y", "x_y"),
        ("_x", "x"),
        ("class", "class_base"),
        ("list", "list_base"),
        ("common", "common_base"),
        ("delivery_rate", "delivery_rate_base"),
        ("a_very_long_name_of_a_base_type_indeed", "a_very_long_name_of_a_base_t"),
        ("乡村", "village"),
        ("", "village"),
        ("../village", "village"),
    ],
)
def test_a_name_that_cannot_be_used_gets_one_that_can(name: str, better: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as raised:
        write_package(name, tmp_path)
    [finding] = raised.value.findings
    assert finding.code == "scaffold-name"
    assert finding.hint.en.endswith(f"such as {better}")
    assert list(tmp_path.iterdir()) == []
    write_package(better, tmp_path)


@pytest.mark.parametrize(("zh", "en"), [("<b>", ""), ('"', ""), ("长" * 31, ""), ("乡村", "乡村"), ("", "$id")])
def test_words_that_would_break_the_files_are_refused(zh: str, en: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as raised:
        write_package("village", tmp_path, zh, en)
    assert raised.value.findings[0].code == "scaffold-words"


def test_nothing_is_written_over(tmp_path: Path) -> None:
    package = write_package("village", tmp_path)
    module_of(package).write_text("mine", "utf-8")
    with pytest.raises(UsageError) as raised:
        write_package("village", tmp_path)
    assert raised.value.findings[0].code == "scaffold-exists"
    assert module_of(package).read_text("utf-8") == "mine"


def test_a_name_that_an_installed_plugin_has_is_said(run: Run, tmp_path: Path) -> None:
    done = run("plugin", "new", "park", "--into", tmp_path)
    assert done.returncode == 0
    assert "park is already provided by park (pilot-eval-park 1.0.0)" in done.stderr


@pytest.mark.parametrize(
    ("version", "wanted"), [("0.1.0", ">=0.1,<0.2"), ("0.12.3", ">=0.12,<0.13"), ("2.1.0", ">=2.1,<3")]
)
def test_the_package_wants_versions_that_fit(version: str, wanted: str) -> None:
    assert version_range(version) == wanted


# --- installed in a clean environment


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the package `pilot-eval-village`, and an environment `env` in which just that is installed."""
    folder = tmp_path_factory.mktemp("clean")
    in_folder(folder, sys.executable, "-m", "venv", "env")
    pip = ["env/bin/python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    in_folder(folder, *pip, "--require-hashes", "-r", ROOT / "requirements" / "dev.txt")
    in_folder(folder, *pip, "--no-deps", "--no-build-isolation", ROOT)
    in_folder(folder, "env/bin/pilot-eval", "plugin", "new", "village", "--zh", "乡村", "--en", "Villages")
    in_folder(folder, *pip, "--no-deps", "--no-build-isolation", "./pilot-eval-village")
    return folder


@pytest.mark.slow
def test_it_installs_and_passes_its_own_tests(clean: Path) -> None:
    assert re.search(
        r"^village +ok +pilot-eval-village 0\.1\.0 ", in_folder(clean, "env/bin/pilot-eval", "plugins"), re.M
    )
    said = in_folder(clean / "pilot-eval-village", "../env/bin/pytest", "-p", "no:cacheprovider")
    assert "of 24 checks ran" in said
    assert "failed" not in said


@pytest.mark.slow
def test_its_code_is_typed(clean: Path) -> None:
    in_folder(clean, "env/bin/mypy", "--strict", clean / "pilot-eval-village" / "src")


@pytest.mark.slow
def test_the_commands_of_its_readme_end_with_a_report(clean: Path) -> None:
    package = clean / "pilot-eval-village"
    text = (package / "README.md").read_text("utf-8")
    make, form, *others = re.findall(r"^```sh\n(.*?)^```", text, re.M | re.S)[1].splitlines()
    in_folder(package, *commanded(make))
    in_folder(package, *commanded(form))
    fill_in(package / "village-1.xlsx", package / "my-round" / "submissions" / "village-1" / "village.xlsx")
    for command in others:
        in_folder(package, *commanded(command))
    report = (package / "my-round" / "results" / "en" / "village-1.html").read_text("utf-8")
    assert "Contacts of all services." in report
    assert "1,810" in report
    explained = in_folder(package, "../env/bin/pilot-eval", "explain", "my-round", "village-1", "VI4")
    assert "service_contacts = 1810 [1810, 1910]" in explained
    assert "village.xlsx[Services]: F3:F4" in explained


def commanded(command: str) -> list[str]:
    program, *arguments = shlex.split(command)
    return [f"../env/bin/{program}" if program == COMMAND.name else program, *arguments]


def fill_in(form: Path, target: Path) -> None:
    """Fill in the form as an organisation would."""
    book = openpyxl.load_workbook(form)
    for row in book.worksheets[0].iter_rows(min_row=2, max_col=2):
        said = {"Submitted by": "甲村村委会", "Contact office": "办公室", "Submitted on": "2019-01-10"}
        said |= {"Registered or lawfully set up": "yes", "Serious violation of law in the period": "no"}
        said |= {"Confirms that the evidence is true": "yes", "Nothing to report in": "Penalties"}
        row[1].value = said.get(row[0].value, row[1].value)
    book["Facilities"].append(["一号站", 120, "是"])
    book["Services"].append(["技能课", "training", "2018-03-01", 4, 4, 210])
    book["Services"].append(["送戏", "culture", "2018年5月", 6, 3, "1600多"])
    target.parent.mkdir(parents=True, exist_ok=True)
    book.save(target)


# --- a trial round


@pytest.fixture
def park(tmp_path: Path) -> Path:
    """The YAML of a base type whose plugin is installed, outside any method."""
    return Path(shutil.copy(ROOT / "indicators" / "zhengzhou-2018" / "park.yaml", tmp_path / "mine.yaml"))


def test_a_round_can_be_made_to_try_one_base_type(park: Path, tmp_path: Path) -> None:
    space = new_round(tmp_path / "round", "zhengzhou-2018", "en", own=park)
    assert [(pilot.id, pilot.en) for pilot in space.pilots()] == [("park-1", "Parks, pilot one")]
    written = sorted(path.name for path in (tmp_path / "round").rglob("*") if path.is_file())
    assert written == ["method.yaml", "park-1.xlsx", "park.yaml", "pilots.yaml", "round.yaml"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("base_type: park", "base_type: prak", "plugin-absent"),
        ("base_type: park", "base_type: [", "yaml-syntax"),
        ("indicators:", "indicator:", "yaml-unknown-key"),
    ],
)
def test_nothing_is_made_where_its_yaml_is_wrong(old: str, new: str, code: str, park: Path, tmp_path: Path) -> None:
    change(park, old, new)
    with pytest.raises(PilotEvalError) as raised:
        new_round(tmp_path / "round", "zhengzhou-2018", "en", own=park)
    assert code in {each.code for each in raised.value.findings}
    assert not (tmp_path / "round").exists()

"""Outside a checkout: what is built, and what an evaluator has who installs the wheels, without network."""

import os
import re
import shutil
import sys
import zipfile
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import pytest

from pilot_eval import __version__
from tests.conftest import COMMAND, ROOT
from tests.support.clean import in_folder
from tests.support.records import record_of

pytestmark = pytest.mark.slow

BASE_TYPES = ["association", "community", "online", "park"]

PROJECTS = {
    f"pilot_eval-{__version__}": ["LICENSE", "NOTICE"],
    **{f"pilot_eval_{each}-{version(f'pilot-eval-{each}')}": ["LICENSE"] for each in BASE_TYPES},
}
"""What is built, and the texts of licences in it."""


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what `make dist` builds."""
    folder = tmp_path_factory.mktemp("dist")
    in_folder(ROOT, sys.executable, "scripts/make_dist.py", folder)
    return folder


class Installed(NamedTuple):
    """An environment in which the wheels alone are installed, and an empty folder to work in."""

    environment: Path
    folder: Path

    def run(self, *arguments: object, lang: str = "en") -> str:
        command = self.environment / COMMAND.parent.name / COMMAND.name
        return in_folder(self.folder, command, *arguments, PILOT_EVAL_LANG=lang)


@pytest.fixture(scope="module")
def installed(dist: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    folder = tmp_path_factory.mktemp("installed")
    wheels = folder / "wheels"
    pip = ["-m", "pip", "--quiet", "--disable-pip-version-check", "--no-input"]
    pinned = ROOT / "requirements" / "run.txt"
    in_folder(folder, sys.executable, *pip, "download", "--require-hashes", "-r", pinned, "-d", wheels)
    for wheel in dist.glob("*.whl"):
        shutil.copy(wheel, wheels)
    in_folder(folder, sys.executable, "-m", "venv", "env")
    python = folder / "env" / COMMAND.parent.name / Path(sys.executable).name
    offline = ["install", "--no-index", "--find-links", wheels, "--only-binary", ":all:", "pilot-eval[zhengzhou]"]
    in_folder(folder, python, *pip, *offline, PIP_CONFIG_FILE=os.devnull)
    (folder / "work").mkdir()
    return Installed(folder / "env", folder / "work")


# --- what is built


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_same_tree_gives_the_same_bytes(dist: Path, tmp_path: Path) -> None:
    assert sorted(contents(dist)) == sorted(
        name for project in PROJECTS for name in (f"{project}.tar.gz", f"{project}-py3-none-any.whl")
    )
    in_folder(ROOT, sys.executable, "scripts/make_dist.py", tmp_path, TZ="Asia/Shanghai", LC_ALL="C")
    assert contents(tmp_path) == contents(dist)


@pytest.mark.parametrize("project", PROJECTS)
def test_the_sdist_gives_the_same_wheel(project: str, dist: Path, tmp_path: Path) -> None:
    shutil.unpack_archive(dist / f"{project}.tar.gz", tmp_path, filter="data")
    assert (tmp_path / project / "LICENSE").read_bytes() == (ROOT / "LICENSE").read_bytes()
    in_folder(tmp_path / project, sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path)
    wheel = f"{project}-py3-none-any.whl"
    assert (tmp_path / wheel).read_bytes() == (dist / wheel).read_bytes()


@pytest.mark.parametrize("project", PROJECTS)
def test_a_wheel_holds_its_package_alone_and_no_results(project: str, dist: Path) -> None:
    names = zipfile.ZipFile(dist / f"{project}-py3-none-any.whl").namelist()
    package = project.partition("-")[0]
    assert {name.partition("/")[0] for name in names} == {package, f"{project}.dist-info"}
    assert [name for name in names if re.search(r"/results/|/\.cache/|\.pyc$", name)] == []


# --- what an evaluator has


def test_the_four_base_types_are_there(installed: Installed) -> None:
    assert __version__ in installed.run("--version")
    lines = [line.split() for line in installed.run("plugins").splitlines()]
    assert [line[:2] for line in lines] == [[base_type, "ok"] for base_type in BASE_TYPES]


def test_licences_are_installed(installed: Installed) -> None:
    found = {
        path.parents[1].name.removesuffix(".dist-info"): sorted(each.name for each in path.parent.iterdir())
        for path in installed.environment.glob("**/pilot_eval*.dist-info/licenses/LICENSE")
    }
    assert found == PROJECTS


def test_a_round_can_be_made_filled_in_and_assessed(installed: Installed) -> None:
    installed.run("new", "my-round")
    installed.run("template", "my-round", "park-1", "--output", "park-1.xlsx")
    assert zipfile.is_zipfile(installed.folder / "park-1.xlsx")
    installed.run("example", "example")
    submission = Path("submissions") / "park-1"
    shutil.copytree(
        installed.folder / "example" / submission, installed.folder / "my-round" / submission, dirs_exist_ok=True
    )
    installed.run("check", "my-round")
    assert re.search(r"^park-1 +\w+ +\d+\.\d\d ", installed.run("assess", "my-round"), re.M)
    for lang in ("zh", "en"):
        assert "<svg" in (installed.folder / "my-round" / "results" / lang / "park-1.html").read_text("utf-8")


def test_the_example_has_the_figures_that_it_has_in_a_checkout(installed: Installed, assessed: Path) -> None:
    installed.run("example", "demo")
    installed.run("assess", "demo")
    assert record_of(installed.folder / "demo") == record_of(assessed)


def test_the_guides_are_listed_read_and_written_with_their_pictures(installed: Installed) -> None:
    names = {line.split()[0] for line in installed.run("docs").splitlines()}
    assert {"evaluators", "methods", "plugins", "plugins/tutorial"} <= names
    assert installed.run("docs", "evaluators").startswith("# Guide for evaluators\n")
    assert installed.run("docs", "evaluators", lang="zh").startswith("# 评价人员指南\n")
    written = [installed.folder / line for line in installed.run("docs", "--output", "guides").splitlines()]
    assert all(path.is_file() for path in written)
    for path in written:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text("utf-8")):
            assert (path.parent / target).exists(), f"{path.name}: {target}"

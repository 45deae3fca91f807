"""Follows a guide as a reader would: writes the files that it shows, runs its commands, looks for what they print."""

import os
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from tests.conftest import COMMAND

_BLOCK = re.compile(r"(?P<before>(?:^(?!```)[^\n]*\n)*?)^```(?P<language>\w+)\n(?P<code>.*?)^```\n", re.M | re.S)
_WRITE = re.compile(r"`([^`\n]+)`\s+(?:begins|holds):\n*\Z")
_ADD = re.compile(r"Add\s+to\s+`([^`\n]+)`:\n*\Z")


class Block(NamedTuple):
    """A block of code: its language, and the file that the sentence before says it is for."""

    language: str
    code: str
    writes: str | None
    adds_to: str | None


def blocks(guide: Path) -> Iterator[Block]:
    """The blocks of a guide in order."""
    for found in _BLOCK.finditer(guide.read_text("utf-8")):
        write, add = _WRITE.search(found["before"]), _ADD.search(found["before"])
        yield Block(found["language"], found["code"], write and write[1], add and add[1])


@dataclass
class Reader:
    """Where the reader is, and what the last commands printed. What pip would install goes into `site`."""

    folder: Path
    site: Path
    printed: str = ""

    def follow(self, block: Block) -> None:
        if block.writes:
            self._file(block.writes).write_text(block.code, "utf-8")
        elif block.adds_to:
            with self._file(block.adds_to).open("a", encoding="utf-8") as stream:
                stream.write(f"\n\n{block.code}")
        elif block.language == "sh":
            self.printed = ""
            for command in block.code.splitlines():
                self._run(command)
        elif block.language == "text":
            printed = " ".join(self.printed.split())
            for line in block.code.splitlines():
                assert " ".join(line.split()) in printed, f"{line}\nis not in what was printed:\n{self.printed}"
        else:
            raise AssertionError(f"nothing says what this block is for:\n{block.code}")

    def _file(self, name: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def _run(self, command: str) -> None:
        program, *arguments = shlex.split(command)
        match program, *arguments:
            case "cd", folder:
                self.folder /= folder
                return
            case "pip", "install", *_:
                self._install()
                return
            case "pip", "wheel", *_:
                return  # a clean install is a slow test of its own
            case "pytest", *rest:
                whole = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *rest]
            case "pilot-eval", *rest:
                whole = [str(COMMAND), *rest]
            case _:
                raise AssertionError(f"a command that no test runs: {command}")
        path = os.pathsep.join([str(self.site), *os.environ.get("PYTHONPATH", "").split(os.pathsep)])
        settings = {
            "PILOT_EVAL_LANG": "en",
            "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
            "PYTHONPATH": path.rstrip(os.pathsep),
        }
        done = subprocess.run(
            whole, cwd=self.folder, env={**os.environ, **settings}, capture_output=True, encoding="utf-8", check=False
        )
        self.printed += done.stdout + done.stderr
        assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"

    def _install(self) -> None:
        """What `pip install -e .` leaves: a path to the source, and the entry points."""
        project = tomllib.loads((self.folder / "pyproject.toml").read_text("utf-8"))["project"]
        name, version = project["name"], project["version"]
        info = self.site / f"{name.replace('-', '_')}-{version}.dist-info"
        info.mkdir(parents=True)
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n", "utf-8")
        points = [f"{key} = {value}" for key, value in project["entry-points"]["pilot_eval"].items()]
        (info / "entry_points.txt").write_text("\n".join(["[pilot_eval]", *points, ""]), "utf-8")
        for package in (self.folder / "src").iterdir():
            (self.site / package.name).symlink_to(package)

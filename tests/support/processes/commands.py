"""Runs `pilot-eval` in a process of its own that starts at once: it is forked from one that has loaded the libraries.

What is forked is what the installed command is: the same arguments, environment, descriptors and exit code. Loaded
before are the libraries and what the command line imports, not the command line itself, and no plugin.
"""

import atexit
import gc
import importlib
import json
import os
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parents[3]
COMMAND = Path(sys.executable).with_name("pilot-eval")
LOADED = ("pilot_eval.api", "openpyxl")

Done = subprocess.CompletedProcess[str]


class Commands:
    """The process that others are forked from. On a system without fork, each starts from nothing."""

    def __init__(self) -> None:
        self._open = ExitStack()
        self._process: subprocess.Popen[str] | None = None

    def run(self, arguments: Sequence[object], environment: Mapping[str, str], cwd: Path | None = None) -> Done:
        """Run `pilot-eval` with arguments; what it printed, and its exit code."""
        command = [str(COMMAND), *map(str, arguments)]
        if not hasattr(os, "fork"):
            return subprocess.run(command, env=environment, cwd=cwd, capture_output=True, encoding="utf-8", check=False)
        with tempfile.TemporaryDirectory() as folder:
            out, err = Path(folder, "out"), Path(folder, "err")
            places = {"cwd": str(cwd or Path.cwd()), "out": str(out), "err": str(err)}
            code = self._ask(json.dumps({"argv": command, "env": dict(environment), **places}))
            return subprocess.CompletedProcess(command, code, out.read_text("utf-8"), err.read_text("utf-8"))

    def _ask(self, line: str) -> int:
        if self._process is None:
            command = [sys.executable, "-c", f"from {__name__} import serve; serve()"]
            pipe = subprocess.PIPE
            self._process = subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, encoding="utf-8")
            self._open.enter_context(self._process)
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def close(self) -> None:
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.close()
        self._open.close()


def serve() -> None:
    """Fork a process for each line that asks for one."""
    for name in LOADED:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()  # what is loaded stays shared with what is forked
    for line in sys.stdin:
        child = os.fork()
        if not child:
            _become(json.loads(line))
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


def _become(asked: Mapping[str, str]) -> NoReturn:
    """Run the command as its own process would."""
    for to, path, how in ((0, os.devnull, os.O_RDONLY), (1, asked["out"], os.O_WRONLY), (2, asked["err"], os.O_WRONLY)):
        opened = os.open(path, how | os.O_CREAT, 0o600)
        os.dup2(opened, to)
        os.close(opened)
    os.environ.clear()
    os.environ.update(asked["env"])
    os.chdir(asked["cwd"])
    found = [each for each in asked["env"].get("PYTHONPATH", "").split(os.pathsep) if each]
    sys.path[:] = [str(COMMAND.parent), *found, *(each for each in sys.path if each not in ("", str(ROOT)))]
    sys.dont_write_bytecode = bool(asked["env"].get("PYTHONDONTWRITEBYTECODE"))
    sys.argv = asked["argv"]
    from pilot_eval.cli import main

    code: object = 1
    try:
        main()
    except SystemExit as ended:
        code = ended.code or 0
    except BaseException:
        traceback.print_exc()
    if not isinstance(code, int):
        sys.stderr.write(f"{code}\n")
        code = 1
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)  # without taking apart what was loaded


@cache
def forked() -> Commands:
    """The one of this process."""
    made = Commands()
    atexit.register(made.close)
    return made

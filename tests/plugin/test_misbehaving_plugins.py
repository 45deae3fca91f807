"""Plugins that do harm to the process or to others: each is named with what it did and its line; the others work on."""

import json
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.conftest import copy_example
from tests.support.languages import mixed_in
from tests.support.plugins.endless import GIVEN
from tests.support.plugins.installing import install, run
from tests.support.records import data_of
from tests.support.rounds.smaller import keep

GOOD = ("association", "community", "online", "park")

PRELUDE = '''\
import os
import random
import sys
import threading
import time
import zlib

from pilot_eval.plugin import BaseType, Choice, Count, Flag, Measures, Number, Record, Text, Words, column, hookimpl

base = BaseType("NAME", zh="坏", en="Broken", api=2)


@base.table(zh="表", en="Table")
class Item(Record):
    """An item."""

    title: Text = column(zh="名称", en="Title")
    kind: Choice = column(zh="类别", en="Kind", choices={"a": "甲", "b": "乙", "c": "丙"})
    area: Number = column(zh="面积", en="Area", unit="㎡")
    done: Flag = column(zh="完成", en="Done")


@hookimpl
def pilot_eval_base_types() -> list[BaseType]:
    return [base]


'''


class Bad(NamedTuple):
    """What it does, the code of what is said, and words of the message."""

    body: str
    code: str
    said: str


def measure(body: str, head: str = "") -> str:
    """A measure that returns what `body` makes."""
    line = '@base.measure(unit="个", zh="数", en="Number")  # HERE\ndef number(i: Item):\n    """Number."""\n'
    return f"{head}\n\n{line}    return {body}\n"


def asking(body: str, head: str = "") -> str:
    """A measure that asks something on the line of what it returns."""
    return measure(f"{body}  # HERE", head).replace("  # HERE", "", 1)


ENDS = {
    "leaves_at_once": Bad("os._exit(7)  # HERE", "plugin-ends", "os._exit(7)"),
    "leaves_under_another_name": Bad("from os import _exit\n_exit(0)  # HERE", "plugin-ends", "os._exit(0)"),
    "leaves_in_a_function": Bad(
        "def stop():\n    os._exit(1)  # HERE\n\n\ntry:\n    stop()\nexcept BaseException:\n    pass\n",
        "plugin-ends", "os._exit(1)",
    ),
    "crashes": Bad("os.abort()  # HERE", "plugin-ends", "signal SIGABRT"),
    "reads_nowhere": Bad("import ctypes\nctypes.string_at(0)  # HERE", "plugin-ends", "signal SIGSEGV"),
    "kills_itself": Bad("import signal\nos.kill(os.getpid(), signal.SIGKILL)  # HERE", "plugin-ends", "signal SIGKILL"),
}  # fmt: skip
LEAVES = {
    "leaves_a_thread": Bad(
        "threading.Thread(target=time.sleep, args=(600,), name='clock').start()  # HERE",
        "plugin-leaves-thread", "clock",
    ),
    "leaves_a_daemon": Bad(
        "threading.Thread(target=time.sleep, args=(600,), name='clock', daemon=True).start()  # HERE",
        "plugin-leaves-thread", "clock",
    ),
    "leaves_a_timer": Bad("threading.Timer(600, print).start()  # HERE", "plugin-leaves-thread", "Thread-"),
    "leaves_a_pool": Bad(
        "from concurrent.futures import ThreadPoolExecutor\npool = ThreadPoolExecutor(1)\n"
        "pool.submit(print)  # HERE\n",
        "plugin-leaves-thread", "ThreadPoolExecutor",
    ),
    "leaves_a_child": Bad(
        "import subprocess\nsubprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])  # HERE",
        "plugin-leaves-process", "child process",
    ),
    "leaves_a_fork": Bad(
        "if os.fork() == 0:  # HERE\n    time.sleep(600)\n    os._exit(0)\n", "plugin-leaves-process", "child process",
    ),
    "leaves_a_worker": Bad(
        "import multiprocessing\n"
        "multiprocessing.get_context('fork').Process(target=time.sleep, args=(600,)).start()  # HERE\n",
        "plugin-leaves-process", "child process",
    ),
    "leaves_a_raw_thread": Bad(
        "import _thread\n_thread.start_new_thread(time.sleep, (600,))  # HERE", "plugin-leaves-thread",
        "_thread.start_new_thread()",
    ),
    "leaves_a_service": Bad(
        "if (child := os.fork()) == 0:  # HERE\n    os.setsid()\n    if os.fork() == 0:\n        time.sleep(600)\n"
        "    os._exit(0)\nos.waitpid(child, 0)\n",
        "plugin-leaves-process", "child process",
    ),
}  # fmt: skip
CHANGES = {
    "patches_json": Bad("import json\njson.dumps = lambda *a, **k: '{}'  # HERE", "plugin-changes", "json.dumps"),
    "patches_open": Bad("import builtins\nbuiltins.open = lambda *a, **k: None  # HERE", "plugin-changes", "open"),
    "patches_a_method": Bad(
        "from pathlib import Path\nPath.read_text = lambda self, *a: ''  # HERE", "plugin-changes", "Path.read_text",
    ),
    "patches_us": Bad(
        "from pilot_eval.plugin import figures\nfigures.Figure.clip = lambda self, *a: self  # HERE",
        "plugin-changes", "pilot_eval.plugin.figures.Figure.clip",
    ),
    "patches_a_library": Bad(
        "import narwhals.stable.v2 as nw\nnw.Expr.sum = nw.Expr.mean  # HERE", "plugin-changes", "Expr.sum",
    ),
    "seeds": Bad("random.seed(7)  # HERE", "plugin-changes", "random.seed"),
    "moves": Bad("os.chdir('/')  # HERE", "plugin-changes", "the working folder"),
    "sets_the_environment": Bad(
        "os.environ['POLARS_MAX_THREADS'] = '1'  # HERE", "plugin-changes", "environment variable POLARS_MAX_THREADS",
    ),
    "sets_the_locale": Bad(
        "import locale\nlocale.setlocale(locale.LC_ALL, 'C' if locale.setlocale(locale.LC_ALL) != 'C' else 'C.UTF-8')"
        "  # HERE",
        "plugin-changes", "the locale",
    ),
    "silences": Bad("import warnings\nwarnings.simplefilter('ignore')  # HERE", "plugin-changes", "warnings.filters"),
    "catches_signals": Bad(
        "import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)  # HERE", "plugin-changes", "signal handlers",
    ),
    "finds_modules": Bad("sys.path.insert(0, '/nowhere')  # HERE", "plugin-changes", "sys.path"),
    "rounds": Bad("import decimal\ndecimal.getcontext().prec = 3  # HERE", "plugin-changes", "decimal"),
    "rounds_later": Bad("import decimal\ndecimal.DefaultContext.prec = 3  # HERE", "plugin-changes", "decimal"),
    "closes_a_stream": Bad("sys.stdout.close()  # HERE", "plugin-changes", "sys.stdout, sys.stderr"),
    "closes_a_descriptor": Bad("os.close(1)  # HERE", "plugin-changes", "sys.stdout, sys.stderr"),
    "listens": Bad("sys.addaudithook(lambda *given: None)  # HERE", "plugin-changes", "sys.addaudithook"),
    "profiles": Bad("sys.setprofile(None)  # HERE", "plugin-changes", "sys.setprofile"),
    "escapes_otherwise": Bad(
        "import json\njson.encoder.ESCAPE_DCT['x'] = 'y'  # HERE", "plugin-changes", "json.encoder.ESCAPE_DCT",
    ),
    "encodes_otherwise": Bad(
        "import json\njson.JSONEncoder.default = lambda self, it: None  # HERE", "plugin-changes", "Encoder.default",
    ),
    "adds_a_rule_to_ours": Bad(
        "from pilot_eval.method.kinds import RULES\nRULES['mine'] = RULES['linear']  # HERE", "plugin-changes",
        "pilot_eval.method.kinds.RULES",
    ),
    "names_another_column": Bad(
        "import pilot_eval.frames\npilot_eval.frames.PILOT = 'x'  # HERE", "plugin-changes", "pilot_eval.frames.PILOT",
    ),
    "patches_what_it_imports": Bad(
        "import statistics\nstatistics.fmean = sum  # HERE", "plugin-changes", "statistics.fmean",
    ),
    "aliases_locales": Bad(
        "import locale\nlocale.locale_alias['zh_cn'] = 'C'  # HERE", "plugin-changes", "locale.locale_alias",
    ),
    "sets_polars": Bad(
        "import polars\npolars.Config.set_tbl_rows(3)  # HERE", "plugin-changes",
        "environment variable POLARS_FMT_MAX_ROWS",
    ),
    "speaks_elsewhere": Bad("import io\nsys.stderr = io.StringIO()  # HERE", "plugin-changes", "sys.stderr"),
    "patches_in_a_hook": Bad(
        "import json\n\n\n@hookimpl\ndef pilot_eval_sections():\n    json.loads = json.dumps  # HERE\n    return []\n",
        "plugin-changes", "json.loads",
    ),
}  # fmt: skip
OTHERS = {
    "adds_to_another": Bad(
        'import pilot_eval_park\n\n\n@pilot_eval_park.park.measure(unit="个", zh="外来")  # HERE\n'
        'def alien(i: Item):\n    """Alien."""\n    return i.count()\n',
        "plugin-not-yours", "the base type park belongs to pilot_eval_park",
    ),
    "adds_a_table_to_another": Bad(
        'import pilot_eval_park\n\n\n@pilot_eval_park.park.table(zh="外来")  # HERE\nclass Alien(Record):\n'
        '    """An alien."""\n\n    title: Text = column(zh="名称")\n',
        "plugin-not-yours", "the base type park belongs to pilot_eval_park",
    ),
    "adds_to_all": Bad(
        'from pilot_eval.plugin.common import common\n\n\n@common.measure(unit="个", zh="外来")  # HERE\n'
        'def alien(i: Item):\n    """Alien."""\n    return i.count()\n',
        "plugin-not-yours", "belongs to pilot_eval;",
    ),
    "adds_in_a_hook": Bad(
        "import pilot_eval_park\n\n\n@hookimpl\ndef pilot_eval_sections():\n"
        '    pilot_eval_park.park.measure(unit="个", zh="外来")(print)  # HERE\n    return []\n',
        "plugin-not-yours", "the base type park belongs to pilot_eval_park",
    ),
    "renames_another": Bad(
        "import pilot_eval_park\npilot_eval_park.park.id = 'mine'  # HERE", "plugin-settled", "park cannot be changed",
    ),
    "empties_another": Bad(
        "import pilot_eval_park\npilot_eval_park.park.measures.clear()  # HERE", "plugin-import-failed", "'clear'",
    ),
    "changes_columns_of_another": Bad(
        "import pilot_eval_park\nnext(iter(pilot_eval_park.park.tables.values())).record.columns_['x'] = 1  # HERE",
        "plugin-import-failed", "does not support item assignment",
    ),
}  # fmt: skip
DIFFERS = {
    "draws": Bad(measure("i.area.sum() * random.random()"), "plugin-differs", "the measure number"),
    "draws_of_its_own": Bad(
        measure("i.area.sum() * random.Random().random()"), "plugin-differs", "the measure number",
    ),
    "hashes": Bad(measure("i.area.sum() * (hash('x') % 1000)"), "plugin-differs", "the measure number"),
    "takes_the_first_of_a_set": Bad(
        measure("i.where(i.kind == names.pop()).count()", "names = {'a', 'b', 'c', *map(str, range(50))} - "
                "set(map(str, range(50)))"),
        "plugin-differs", "the measure number",
    ),
}  # fmt: skip
ASKS = {
    "asks_the_day": Bad(
        asking("i.area.sum() / date.today().year", "from datetime import date"), "plugin-asks", "date.today()",
    ),
    "asks_now": Bad(
        asking("i.area.sum() / datetime.now().year", "from datetime import datetime"), "plugin-asks", "datetime.now()",
    ),
    "asks_the_clock": Bad(asking("i.area.sum() + time.time()"), "plugin-asks", "time.time()"),
    "asks_the_year": Bad(asking("i.area.sum() + int(time.strftime('%Y'))"), "plugin-asks", "time.strftime()"),
    "asks_in_a_function": Bad(
        "import datetime as dt\n\n\ndef year():\n    return dt.datetime.utcnow().year  # HERE\n"
        + measure("i.area.sum() * year()").replace("  # HERE", ""),
        "plugin-asks", "datetime.utcnow()",
    ),
    "asks_as_it_loads": Bad(
        "from datetime import datetime\nYEAR = datetime.now().year  # HERE\n"
        + measure("i.area.sum() * YEAR").replace("  # HERE", ""),
        "plugin-asks", "datetime.now()",
    ),
    "asks_in_a_check": Bad(
        '@base.check(zh="面积", en="Area")\ndef area(i: Item):\n    """Area."""\n'
        "    return i.area < time.time()  # HERE\n",
        "plugin-asks", "time.time()",
    ),
    "asks_the_process": Bad(asking("i.area.sum() + os.getpid()"), "plugin-asks", "os.getpid()"),
    "asks_the_folder": Bad(asking("i.area.sum() + zlib.crc32(os.getcwd().encode())"), "plugin-asks", "os.getcwd()"),
    "asks_for_chance": Bad(asking("i.area.sum() + os.urandom(1)[0]"), "plugin-asks", "os.urandom()"),
    "asks_the_environment": Bad(
        asking("i.area.sum() * float(os.environ.get('RATE', 1))"), "plugin-asks", "read the environment",
    ),
    "asks_getenv": Bad(asking("i.area.sum() * float(os.getenv('RATE') or 1)"), "plugin-asks", "read the environment"),
    "asks_a_file": Bad(
        asking("i.area.sum() * len(Path(__file__).read_text())", "from pathlib import Path"), "plugin-asks",
        "read or write files here (open)",
    ),
    "asks_a_program": Bad(
        asking("i.area.sum() * len(subprocess.run(['true']).args)", "import subprocess"), "plugin-asks",
        "run another program",
    ),
    "asks_the_network": Bad(
        asking("i.area.sum() * len(socket.getaddrinfo('127.0.0.1', 80))", "import socket"), "plugin-asks",
        "use the network",
    ),
}  # fmt: skip
BAD = ENDS | LEAVES | CHANGES | OTHERS | DIFFERS | ASKS


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All of them, installed."""
    folder = tmp_path_factory.mktemp("site")
    for name, bad in BAD.items():
        install(folder, name, PRELUDE.replace("NAME", name) + bad.body)
    return folder


@pytest.fixture(scope="module")
def listed(site: Path) -> dict[str, Any]:
    """What `pilot-eval plugins --json` says, by plugin."""
    done = run(site, "plugins", "--json", PILOT_EVAL_PLUGIN_SECONDS=GIVEN)
    assert done.returncode == 3, done.stderr
    return {each["name"]: each for each in json.loads(done.stdout)}


def test_the_others_work_on(listed: dict[str, Any]) -> None:
    assert sorted(listed) == sorted([*GOOD, *BAD])
    assert [name for name, each in listed.items() if each["state"] == "ok"] == sorted(GOOD)


@pytest.mark.parametrize("name", BAD)
def test_what_it_did_is_said_with_its_line(name: str, listed: dict[str, Any], site: Path) -> None:
    bad, [finding] = BAD[name], listed[name]["findings"]
    assert mixed_in([finding]) == []
    assert (finding["code"], finding["severity"]) == (bad.code, "error")
    for said in (finding["message"]["en"], finding["message"]["zh"]):
        assert f"{name} (plugin-{name} 1.0.0)" in said
    assert bad.said in finding["message"]["en"]
    assert finding["hint"]["en"]
    assert Path(finding["place"]["file"]) == site / f"plugin_{name}.py"
    lines = (site / f"plugin_{name}.py").read_text("utf-8").splitlines()
    assert finding["place"]["line"] in [number for number, line in enumerate(lines, 1) if "# HERE" in line]


def test_an_assessment_goes_on_without_them(site: Path, assessed: Path, tmp_path: Path) -> None:
    folder = keep(copy_example(tmp_path / "round", assessed), "online-1", "park-1")
    bad = ["leaves_at_once", "crashes", "leaves_a_thread", "patches_json", "adds_to_another", "draws"]
    for command in ("check", "assess"):
        done = run(site, command, folder, "--only", ",".join(["online", "park", *bad]))
        assert done.returncode == 3
        for name in bad:
            assert f"plugin {name} (plugin-{name} 1.0.0): " in done.stderr, name
    assert [each["standing"] for each in data_of(folder)["assessments"]] == ["graded", "graded"]


HARMLESS = {
    "libraries": (
        "import asyncio, concurrent.futures, ctypes, http.client, logging.config, multiprocessing, sqlite3, ssl\n"
        "import duckdb, jinja2, openpyxl, polars, pyarrow, yaml, hypothesis\n" + measure("i.count()")
    ),
    "own_data": (
        "import logging, mimetypes, re\nfrom pathlib import Path\n"
        "LINES = len(Path(__file__).read_text('utf-8')) > 0\nDEBUG = os.environ.get('VILLAGE_DEBUG')\n"
        "start = time.perf_counter()\nmimetypes.guess_type('a.csv')\n"
        "@base.measure(unit='个', zh='数', en='Number')\ndef number(i: Item):\n    import calendar\n"
        "    import colorsys\n    logging.getLogger('x').error('counting')\n    re.compile('a+b')\n"
        "    time.strptime('2018', '%Y')\n    return i.count() * (calendar.MONDAY + 1)\n"
    ),
    "own_helpers": (
        "import subprocess\nsubprocess.run([sys.executable, '-c', ''], check=True)\n"
        "thread = threading.Thread(target=print)\nthread.start()\nthread.join()\n"
        "with __import__('concurrent.futures').futures.ThreadPoolExecutor(2) as pool:\n"
        "    list(pool.map(str, range(4)))\n"
        "with __import__('warnings').catch_warnings():\n    __import__('warnings').simplefilter('ignore')\n"
        "with __import__('decimal').localcontext() as context:\n    context.prec = 3\n"
        "factor = random.Random(7).random()\n" + measure("i.where(i.kind.isin({'a', 'b', 'c'})).count() * factor")
    ),
}


@pytest.mark.parametrize("name", HARMLESS)
def test_what_does_no_harm_is_not_accused(name: str, tmp_path: Path) -> None:
    install(tmp_path, name, PRELUDE.replace("NAME", name) + HARMLESS[name])
    done = run(tmp_path, "plugins", "--only", name)
    assert done.returncode == 0, done.stderr


def test_what_was_harmless_is_not_tried_again_until_its_code_changes(tmp_path: Path, assessed: Path) -> None:
    folder = keep(copy_example(tmp_path / "round", assessed), "park-1")
    site, home = tmp_path / "site", tmp_path / "home"
    site.mkdir()
    tried = f"open({str(tmp_path / 'tried')!r}, 'a').write('x')\n"
    module = install(site, "counts", PRELUDE.replace("NAME", "counts") + tried + measure("i.count()"))

    def times() -> int:
        done = run(site, "check", folder, "--only", "park,counts", XDG_CACHE_HOME=str(home))
        assert done.returncode == 0, done.stderr
        made = (tmp_path / "tried").read_text()
        (tmp_path / "tried").unlink()
        return len(made)

    assert [times(), times(), times()] == [3, 1, 1]
    module.write_text(module.read_text("utf-8") + "\n# another day\n", "utf-8")
    assert [times(), times()] == [3, 1]
    assert run(site, "plugins", "--only", "counts", XDG_CACHE_HOME=str(home)).returncode == 0
    assert len((tmp_path / "tried").read_text()) == 3

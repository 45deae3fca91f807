"""What a plugin may add beside base types and rules: a reader of files, a section of reports, an exporter of results.

Each is given just what it needs and gives plain data, so that it can't break what the record promises.
"""

import inspect
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pilot_eval.errors import Place
from pilot_eval.model import Assessment, EvaluationRecord
from pilot_eval.text import Lang, Words


@dataclass(frozen=True)
class Sheet:
    """Raw cells that a reader found.

    name: of the sheet, by which its table is known; None where the file is one table, known by the file's name.
    rows: the header and the rows below, as cells of str, int, float, bool, date or None.
    """

    name: str | None
    rows: Sequence[Sequence[Any]]


@dataclass(frozen=True)
class Reader:
    """Reads one more kind of file. `read` is a function of a module, for it runs in the child process.

    suffix: the ending, lower case, with its dot. read: takes the file's path, gives its sheets; what it raises becomes
    a finding of that file. provider: the plugin, filled in when it is loaded.
    """

    suffix: str
    read: Callable[[Path], Sequence[Sheet]]
    provider: str = ""


@dataclass(frozen=True)
class Table:
    """A table of a report's section; cells are words or numbers, never markup.

    caption: its title. headers: of the columns. rows: as many cells each as there are headers; None is shown as a dash.
    """

    caption: Words
    headers: Sequence[Words]
    rows: Sequence[Sequence[Words | str | float | None]]


@dataclass(frozen=True)
class Section:
    """A section of its own in the reports, made from the record alone.

    id: a name that no other section has. title: its heading. on_pilot: what it says on a pilot's page. on_overview:
    what it says on the comparison page. provider: the plugin, filled in when it is loaded.

    Both give paragraphs (`Words`) and tables, an empty list for nothing. The same record must give the same blocks.
    """

    id: str
    title: Words
    on_pilot: Callable[[EvaluationRecord, Assessment], Sequence[Words | Table]] | None = None
    on_overview: Callable[[EvaluationRecord], Sequence[Words | Table]] | None = None
    provider: str = ""


@dataclass(frozen=True)
class Exporter:
    """Writes the results in one more form: `pilot-eval export ROUND ID`.

    id: the name in the command. suffix: the ending of the file, with its dot. label: what it is called. export: takes
    the record and the language, gives the file's bytes.
    provider: the plugin, filled in when it is loaded.
    """

    id: str
    suffix: str
    label: Words
    export: Callable[[EvaluationRecord, Lang], bytes] = field(repr=False)
    provider: str = ""


def line_of(error: BaseException, function: Callable[..., Any]) -> Place:
    """The innermost line, in the file of a plugin's function, that an error went through."""
    file = inspect.getsourcefile(inspect.unwrap(function))
    frames = [each for each in traceback.extract_tb(error.__traceback__) if each.filename == file]
    return Place(file=file, line=frames[-1].lineno if frames else None)

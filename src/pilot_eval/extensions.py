"""What a plugin may add besides base types and rules: a reader of files, a section of reports, an exporter of results.

Each receives only what it needs and returns plain data, so that it can't break the record's guarantees.
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
    """A sheet of raw cells, as a reader returns it.

    name: the sheet's name, which identifies its table; None if the file is a single table, identified by its file name.
    rows: the header and the rows below it; cells are str, int, float, bool, date or None.
    """

    name: str | None
    rows: Sequence[Sequence[Any]]


@dataclass(frozen=True)
class Reader:
    """A reader of an additional file format.

    suffix: the suffix of the files, in lower case, with its dot. read: takes a file's path and returns its sheets; it
    must be a module-level function, because it runs in the child process; an exception becomes a finding on the file.
    provider: the plugin, filled in when it is loaded.
    """

    suffix: str
    read: Callable[[Path], Sequence[Sheet]]
    provider: str = ""


@dataclass(frozen=True)
class Table:
    """A table in a section of a report; cells are text or numbers, never markup.

    caption: its title. headers: the headers of the columns. rows: one cell for each header; None is shown as a dash.
    """

    caption: Words
    headers: Sequence[Words]
    rows: Sequence[Sequence[Words | str | float | None]]


@dataclass(frozen=True)
class Section:
    """An additional section of the reports, made from the record alone.

    id: a unique name. title: its heading. on_pilot: its content on a pilot's page. on_overview: its content on the
    comparison page. provider: the plugin, filled in when it is loaded.

    Both return paragraphs (`Words`) and tables, or an empty list. The same record must produce the same content.
    """

    id: str
    title: Words
    on_pilot: Callable[[EvaluationRecord, Assessment], Sequence[Words | Table]] | None = None
    on_overview: Callable[[EvaluationRecord], Sequence[Words | Table]] | None = None
    provider: str = ""


@dataclass(frozen=True)
class Exporter:
    """An exporter of an additional format: `pilot-eval export ROUND ID`.

    id: its name on the command line. suffix: the file's suffix, with its dot. label: its display name. export: takes
    the record and the language and returns the file's bytes.
    provider: the plugin, filled in when it is loaded.
    """

    id: str
    suffix: str
    label: Words
    export: Callable[[EvaluationRecord, Lang], bytes] = field(repr=False)
    provider: str = ""


def line_of(error: BaseException, function: Callable[..., Any]) -> Place:
    """Return the innermost traceback line that is in the file of a plugin's function."""
    file = inspect.getsourcefile(inspect.unwrap(function))
    frames = [each for each in traceback.extract_tb(error.__traceback__) if each.filename == file]
    return Place(file=file, line=frames[-1].lineno if frames else None)

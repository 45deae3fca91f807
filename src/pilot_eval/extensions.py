"""What a plugin may add besides base types and rules: a reader of files, a section of reports, an exporter of results.

Each gets only what it needs and returns plain data, so that it can't break what the record promises.
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

    name: of the sheet, by which its table is recognised; None if the file is a single table, recognised by its name.
    rows: the header and the rows below it, with cells of str, int, float, bool, date or None.
    """

    name: str | None
    rows: Sequence[Sequence[Any]]


@dataclass(frozen=True)
class Reader:
    """Reads one more file format.

    suffix: of the files, in lower case, with its dot. read: takes the path of the file and returns its sheets; it must
    be a module-level function, because it runs in the child process, and an exception becomes a finding of the file.
    provider: the plugin, filled in when it is loaded.
    """

    suffix: str
    read: Callable[[Path], Sequence[Sheet]]
    provider: str = ""


@dataclass(frozen=True)
class Table:
    """A table in a section of a report; cells are text or numbers, never markup.

    caption: its title. headers: of the columns. rows: each with as many cells as there are headers; None is shown as a
    dash.
    """

    caption: Words
    headers: Sequence[Words]
    rows: Sequence[Sequence[Words | str | float | None]]


@dataclass(frozen=True)
class Section:
    """An additional section of the reports, made from the record alone.

    id: a name that no other section has. title: its heading. on_pilot: its content on a pilot's page. on_overview: its
    content on the comparison page. provider: the plugin, filled in when it is loaded.

    Both functions return paragraphs (`Words`) and tables, or an empty list. The same record must give the same content.
    """

    id: str
    title: Words
    on_pilot: Callable[[EvaluationRecord, Assessment], Sequence[Words | Table]] | None = None
    on_overview: Callable[[EvaluationRecord], Sequence[Words | Table]] | None = None
    provider: str = ""


@dataclass(frozen=True)
class Exporter:
    """Writes the results in one more format: `pilot-eval export ROUND ID`.

    id: the name in the command. suffix: of the file, with its dot. label: a name to show. export: takes the record and
    the language and returns the bytes of the file.
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

"""Text files: their encoding by strict decoding, never by a guess, and CSV with the separator of its header."""

import codecs
import csv
import io
import re
from collections.abc import Collection, Iterator
from itertools import islice

from pilot_eval.errors import EvidenceError, Place
from pilot_eval.evidence.readers.grid import Grid, blank
from pilot_eval.evidence.readers.limits import Limits
from pilot_eval.evidence.readers.meter import Meter
from pilot_eval.messages.libraries import csv_problem

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_GBK, _EURO = "gbk", "pilot-eval-euro"
_SEPARATORS = ",\t;"
_FORCED = re.compile(r'\A\s*="((?:[^"]|"")*)"\s*\Z')
"""`="001"`: how systems keep a spreadsheet from taking text for a number."""
_LINES_OF_A_ROW = 5
"""Lines that quotes may hold for each row: a table of so many rows has fewer."""
_SAMPLE = 30
"""Records among which the header is looked for to choose the separator."""


def decoded(data: bytes, shown: str) -> str:
    """Text by strict decoding: by its byte order mark, else UTF-8, else GB18030. Raises EvidenceError.

    Every second byte of text in UTF-16 is NUL where it is ASCII, as no other text's is: it needs no mark. What some
    systems put behind a text (Ctrl-Z, NUL up to a length) is left out.
    """
    encodings = next(([encoding] for mark, encoding in _MARKS if data.startswith(mark)), ["utf-8", "gb18030", _GBK])
    if encodings[0] == "utf-8" and (unmarked := _utf16(data)):
        encodings = [unmarked]
    if encodings[0] == "utf-8" and _cut_short(data):
        raise EvidenceError.of("file-cut-short", Place(file=shown))
    for encoding in encodings:
        try:
            text = data.decode(encoding, _EURO if encoding == _GBK else "strict")
        except UnicodeDecodeError:
            continue
        text = text.rstrip("\0\x1a") or text
        at = text.find("\0")
        if at >= 0:
            raise EvidenceError.of("file-nul", Place(file=shown, line=text.count("\n", 0, at) + 1))
        return text.removeprefix("\ufeff")
    raise EvidenceError.of("file-encoding", Place(file=shown))


def _utf16(data: bytes) -> str | None:
    """The byte order of UTF-16 without a mark: separators, figures and line ends have a NUL, all on the same side."""
    head = data[:4096].rstrip(b"\0")
    even, odd = head[::2].count(0), head[1::2].count(0)
    if len(data) % 2 or min(even, odd) or max(even, odd) * 8 < len(head) or not head:
        return None
    return "utf-16-be" if even else "utf-16-le"


def _euro(error: UnicodeError) -> tuple[str, int]:
    """Windows in Chinese has a euro sign, which GB18030 has elsewhere, at 0x80."""
    if isinstance(error, UnicodeDecodeError) and error.object[error.start] == 0x80:
        return "€", error.start + 1
    raise error


codecs.register_error(_EURO, _euro)


def _cut_short(data: bytes) -> bool:
    """Whether it is UTF-8 up to a last character of which bytes are missing, which GB18030 might take for its own."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.reason == "unexpected end of data" and not data[: error.start].isascii()
    return False


def read_csv(text: str, shown: str, limits: Limits) -> Grid:
    """A CSV file as a grid; blank cells and rows at the ends are left out. Raises EvidenceError."""
    before = csv.field_size_limit(limits.cell_chars)  # a setting of the whole process
    try:
        return _read_csv(text, shown, limits)
    finally:
        csv.field_size_limit(before)


def _read_csv(text: str, shown: str, limits: Limits) -> Grid:
    separator, text = _separator(text)
    meter = Meter(shown, limits)
    if text.count(separator) > limits.cells:
        raise meter.too_large("cells", limits.cells)
    body = text.rstrip()
    lines = max(body.count("\n"), body.count("\r"))
    if lines >= limits.rows * (_LINES_OF_A_ROW if '"' in text else 1):
        raise meter.too_large("rows", limits.rows)  # as would be found out row by row
    rows: list[list[str | None]] = []
    width = last = count = 0
    forced = '="' in text
    for row in _records(text, separator, shown, limits.cell_chars):
        if forced:
            row = [_FORCED.sub(lambda match: match[1].replace('""', '"'), cell) for cell in row]
        cells = [cell if cell and not cell.isspace() else None for cell in row]
        while cells and cells[-1] is None:
            cells.pop()
        if cells:
            count += len(cells)
            last = len(rows) + 1
            if len(cells) > width:
                width = len(cells)
                if width > limits.columns:
                    raise meter.too_large("columns", limits.columns, None, len(rows), limits.columns)
        if len(rows) >= limits.rows:  # blank ones too: they are there, and in memory
            raise meter.too_large("rows", limits.rows, None, len(rows))
        rows.append(cells)
    del rows[last:]
    meter.add(count, None)
    meter.spread(len(rows), width, count, None)
    for cells in rows:
        if len(cells) < width:
            cells.extend([None] * (width - len(cells)))
    return Grid(shown, None, rows, delimited=True)


def _separator(text: str) -> tuple[str, str]:
    """The separator, and the text without the line that names it.

    Each separator in question makes some row the first with two filled cells. The earliest is the header, if the row
    below it is as wide: a title or a remark may hold a comma of its own.
    """
    named = re.match(r"sep=([,;\t|])\r?\n", text)
    if named:
        return named[1], "\n" + text[named.end() :]
    headers: list[tuple[int, int, int, bool]] = []  # row, less the width, which separator, whether the next is as wide
    for at, separator in enumerate(_SEPARATORS):
        try:
            sample = list(islice(csv.reader(io.StringIO(text[: 1 << 16], newline=""), delimiter=separator), _SAMPLE))
        except csv.Error:
            sample = [line.split(separator) for line in text[: 1 << 16].splitlines()[:_SAMPLE]]
        for row, cells in enumerate(sample):
            if sum(not blank(cell) for cell in cells) > 1:
                if all(blank(cell) or cell[0] in _SEPARATORS for cell in cells[1:]):
                    break  # it only follows each cell, before the separator proper
                even = row + 1 == len(sample) or len(sample[row + 1]) == len(cells)
                headers.append((row, -len(cells), at, even))
                break
    headers.sort()
    chosen = next((each for each in headers if each[3]), min(headers, key=lambda each: each[1], default=None))
    return _SEPARATORS[chosen[2]] if chosen else ",", text


def _records(text: str, separator: str, shown: str, limit: int) -> Iterator[list[str]]:
    """The records of a CSV text. A quote that swallows rows is an error on the line where it opens."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True, skipinitialspace=True)
    widths: set[int] = set()  # of records with more than one cell: a title, the header, the rows may differ
    before = 0
    try:
        for row in reader:
            line = reader.line_num
            if line > before + 1 and _holds_rows(row, separator, widths):
                raise _csv_fault(text, separator, shown, before, 0, "line breaks inside quotes")
            if len(row) not in widths and sum(not blank(cell) for cell in row) > 1:
                widths.add(len(row))
            yield row
            before = line
    except csv.Error as error:
        raise _csv_fault(text, separator, shown, before, limit, str(error)) from None


def _holds_rows(row: list[str], separator: str, widths: Collection[int]) -> bool:
    """Whether a record of several lines is several whole rows of the table, but for a quote that joins them."""
    lines = [line.split(separator) for line in separator.join(row).splitlines()]
    near = {each + more for each in widths for more in ((-1, 0, 1) if each > 3 else (0,))}
    whole = sum(len(line) in near and _same_shape(line, row) for line in lines)
    if max(widths, default=0) == 2:
        return whole > 3  # a text of few lines may well hold a separator in each
    return bool(widths) and whole > 1


def _same_shape(line: list[str], row: list[str]) -> bool:
    """Whether a line within a quote goes with the record that has it: figures where its other cells have figures."""
    beside = [(one, cell) for one, cell in zip(line, row, strict=False) if "\n" not in cell]
    return all(one[:1].isdecimal() == cell[:1].isdecimal() for one, cell in beside)


def _csv_fault(text: str, separator: str, shown: str, before: int, limit: int, problem: str) -> EvidenceError:
    """What is wrong with the record that follows line `before`, and on which line it begins to be."""
    start = 0
    for _ in range(before):
        match = _NEWLINE.search(text, start)
        start = match.end() if match else start
    record = text[start : start + (1 << 20)]
    at = _bad_quote(record, separator, limit)
    place = Place(file=shown, line=before + 1 + len(_NEWLINE.findall(record, 0, at or 0)))
    if at is not None:
        return EvidenceError.of("csv-quote", place)
    if "field larger" in problem:
        return EvidenceError.of("cell-too-long", place, value=record[:40])
    return EvidenceError.of("file-csv", place, problem=csv_problem(problem))


def _bad_quote(record: str, separator: str, limit: int) -> int | None:
    """Where the first quote stands that is never closed, is closed amid text, or takes in lines beyond a length."""
    opening = re.compile(f'(?:^|[{re.escape(separator)}\r\n]) *"')
    start = 0
    while match := opening.search(record, start):
        first = match.end()
        end = record.find('"', first)
        while end >= 0 and record.startswith('""', end):
            end = record.find('"', end + 2)
        after = record[end + 1 : end + 2]
        if end < 0 or (after and after not in f"{separator}\r\n"):
            return first - 1
        if end - first > limit and _NEWLINE.search(record, first, end):
            return first - 1
        start = end + 1
    return None


_NEWLINE = re.compile(r"\r\n|\r|\n")

"""Reads text files: decodes them strictly, never by a guess, and reads CSV with the separator of its header."""

import codecs
import csv
import io
import re
import struct
from collections.abc import Collection, Iterator
from itertools import islice, pairwise

from pilot_eval.errors import EvidenceError, Place
from pilot_eval.evidence.readers.charset import declared_encodings, in_seven_bits
from pilot_eval.evidence.readers.grid import Grid, blank
from pilot_eval.evidence.readers.limits import Limits
from pilot_eval.evidence.readers.meter import Meter
from pilot_eval.messages.libraries import csv_problem
from pilot_eval.privacy.numbers import shown_text

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_GBK, _EURO = "gbk", "pilot-eval-euro"
_SEPARATORS = ",\t;|"
_FORCED = re.compile(r'\A\s*="((?:[^"]|"")*)"\s*\Z')
"""`="001"`: written by systems so that spreadsheet programs don't read text as a number."""
_LINES_OF_A_ROW = 5
"""Lines allowed per row in a file with quotes, which may contain line breaks; real tables have fewer."""
_SAMPLE = 30
"""Records that are searched for the header to choose the separator."""


def decoded(data: bytes, shown: str) -> str:
    """Decode text strictly: by its byte order mark, else as UTF-8, else as a page declares, else as GB18030.

    Raises EvidenceError.
    UTF-16 needs no mark: every second byte of its ASCII characters is NUL, unlike in any other encoding. Padding that
    some systems append (Ctrl-Z, NULs) is removed.
    """
    encodings = next(([encoding] for mark, encoding in _MARKS if data.startswith(mark)), ["utf-8", "gb18030", _GBK])
    if encodings[0] == "utf-8" and (unmarked := unmarked_utf16(data)):
        encodings = [unmarked]
    if encodings[0] == "utf-8" and (declared := declared_encodings(data)):
        encodings = [*declared, *encodings] if in_seven_bits(declared[0]) else ["utf-8", *declared, *encodings[1:]]
    elif encodings[0] == "utf-8" and _cut_short(data):
        raise EvidenceError.of("file-cut-short", Place(file=shown))
    for encoding in encodings:
        try:
            text = data.decode(encoding, _EURO if encoding == _GBK else "strict")
        except UnicodeDecodeError:
            continue
        if encoding in ("gb18030", _GBK) and _PRIVATE.search(text) and _is_big5(data):
            break
        text = text.rstrip("\0\x1a") or text
        at = text.find("\0")
        if at >= 0:
            raise EvidenceError.of("file-nul", Place(file=shown, line=text.count("\n", 0, at) + 1))
        return text.removeprefix("\ufeff")
    raise EvidenceError.of("file-encoding", Place(file=shown))


def unmarked_utf16(data: bytes) -> str | None:
    """Return the UTF-16 encoding of text without a byte order mark, or None if it is not UTF-16.

    Separators, digits and line ends have a NUL on one side, though some Chinese characters have one on the other.
    """
    head = data[:4096].rstrip(b"\0")
    head += bytes(len(head) % 2)
    if len(data) % 2 or b"\0" not in head:
        return None
    found = {order: [unit for (unit,) in struct.iter_unpack(f"{order}H", head) if unit < _NO_ASCII] for order in "<>"}
    order = max(found, key=lambda each: len(found[each]))
    few = len(found[order]) <= max(3, len(head) // 128, 2 * min(map(len, found.values())))
    if few or any(unit < ord(" ") and unit not in b"\t\r\n" for unit in found[order]):
        return None
    return {"<": "utf-16-le", ">": "utf-16-be"}[order]


_NO_ASCII = 0x7F


_PRIVATE = re.compile("[\ue000-\uf8ff]")


def _is_big5(data: bytes) -> bool:
    """Return whether this may be Big5: in GB18030, such text has characters that are none."""
    try:
        return _PRIVATE.search(data.decode("cp950")) is None
    except UnicodeDecodeError:
        return False


def _euro(error: UnicodeError) -> tuple[str, int]:
    """Decode byte 0x80 as the euro sign, as Chinese Windows does; GB18030 encodes it elsewhere."""
    if isinstance(error, UnicodeDecodeError) and error.object[error.start] == 0x80:
        return "€", error.start + 1
    raise error


codecs.register_error(_EURO, _euro)


def _cut_short(data: bytes) -> bool:
    """Return whether this is UTF-8 whose last character is incomplete, which GB18030 might decode."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.reason == "unexpected end of data" and not data[: error.start].isascii()
    return False


def read_csv(text: str, shown: str, limits: Limits) -> Grid:
    """Read a CSV file as a grid, without trailing blank cells and rows. Raises EvidenceError."""
    before = csv.field_size_limit(limits.cell_chars)  # a process-wide setting
    try:
        return _read_csv(text, shown, limits)
    finally:
        csv.field_size_limit(before)


def _read_csv(text: str, shown: str, limits: Limits) -> Grid:
    separator, text = _separator(text)
    text = _without_blanks_around_quotes(text, separator)
    meter = Meter(shown, limits)
    if text.count(separator) > limits.cells:
        raise meter.too_large("cells", limits.cells)
    body = text.rstrip()
    lines = max(body.count("\n"), body.count("\r"))
    if lines >= limits.rows * (_LINES_OF_A_ROW if '"' in text else 1):
        raise meter.too_large("rows", limits.rows)  # before parsing row by row
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
        if len(rows) >= limits.rows:  # blank rows count too: they take memory
            raise meter.too_large("rows", limits.rows, None, len(rows))
        rows.append(cells)
    del rows[last:]
    meter.add(count, None)
    meter.spread(len(rows), width, count, None)
    for cells in rows:
        if len(cells) < width:
            cells.extend([None] * (width - len(cells)))
    return Grid(shown, None, rows, delimited=True)


def _without_blanks_around_quotes(text: str, separator: str) -> str:
    """Remove the blanks before and after cells in quotes: `"培训" ,120`. Every line stays where it is."""
    blank = _BLANK.replace(separator, "")
    ends = f"{re.escape(separator)}\r\n"
    if not re.search(f'"[{blank}]+(?:[{ends}]|\\Z)|(?:\\A|[{ends}])[{blank}]+"', text):
        return text
    # Every cell in quotes is matched whole, so that nothing inside one is taken for another.
    quoted = re.compile(f'(\\A|[{ends}])[{blank}]*("(?:[^"]|"")*+")[{blank}]*(?=[{ends}]|\\Z)')
    return quoted.sub(r"\1\2", text)


_BLANK = " \t\u00a0\u3000"


_NAMES_SEPARATOR = re.compile(r'("?)sep=([^\w\s"]|\t)\1\2*(?:\r\n|\r|\n)', re.IGNORECASE)
"""The line that Excel reads and hides, perhaps saved again with it."""


def _separator(text: str) -> tuple[str, str]:
    """Return the separator, and the text without the line that names it.

    For each possible separator, find the first row that has two filled cells. The earliest of these rows is the
    header, if the row below it is as wide: a title or a remark may contain a comma.
    """
    if named := _NAMES_SEPARATOR.match(text):
        return named[2], "\n" + text[named.end() :]
    headers: list[tuple[int, int, int, bool]] = []  # row, negative width, separator, whether the next row is as wide
    for at, separator in enumerate(_SEPARATORS):
        try:
            sample = list(islice(csv.reader(io.StringIO(text[: 1 << 16], newline=""), delimiter=separator), _SAMPLE))
        except csv.Error:
            sample = [line.split(separator) for line in text[: 1 << 16].splitlines()[:_SAMPLE]]
        for row, cells in enumerate(sample):
            if sum(not blank(cell) for cell in cells) > 1:
                if _only_beside(separator, cells):
                    break
                even = row + 1 == len(sample) or len(sample[row + 1]) == len(cells)
                headers.append((row, -len(cells), at, even))
                break
    headers.sort()
    chosen = next((each for each in headers if each[3]), min(headers, key=lambda each: each[1], default=None))
    return _SEPARATORS[chosen[2]] if chosen else ",", text


def _only_beside(separator: str, cells: list[str]) -> bool:
    """Return whether a separator stands only before another, or a tab only beside another: it is not the actual one."""
    others = _SEPARATORS.replace("\t", "")
    tabs = separator == "\t"
    return all(
        blank(cell) or cell[0] in others or (tabs and before.rstrip()[-1:] in ["", *others])
        for before, cell in pairwise(cells)
    )


def _records(text: str, separator: str, shown: str, limit: int) -> Iterator[list[str]]:
    """Yield the records of a CSV text. A quote that swallows rows is an error at the line where it opens."""
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
    """Return whether a record of several lines is several rows of the table, joined by a quote."""
    lines = [line.split(separator) for line in separator.join(row).splitlines()]
    near = {each + more for each in widths for more in ((-1, 0, 1) if each > 3 else (0,))}
    whole = sum(len(line) in near and _same_shape(line, row) for line in lines)
    if max(widths, default=0) == 2:
        return whole > 3  # a cell of a few lines may contain a separator in each
    return bool(widths) and whole > 1


def _same_shape(line: list[str], row: list[str]) -> bool:
    """Return whether a line inside quotes looks like its record: digits where the record's cells have digits."""
    beside = [(one, cell) for one, cell in zip(line, row, strict=False) if "\n" not in cell]
    return all(one[:1].isdecimal() == cell[:1].isdecimal() for one, cell in beside)


def _csv_fault(text: str, separator: str, shown: str, before: int, limit: int, problem: str) -> EvidenceError:
    """Build the error for the record that follows line `before`, with the line at which the fault begins."""
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
        return EvidenceError.of("cell-too-long", place, value=shown_text(record, 40))
    return EvidenceError.of("file-csv", place, problem=csv_problem(problem))


def _bad_quote(record: str, separator: str, limit: int) -> int | None:
    """Return the position of the first bad quote, or None.

    A quote is bad if it is never closed, is closed in the middle of text, or encloses lines of more than `limit`
    characters.
    """
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

"""Searches for personal numbers outside cells: in file names, in a workbook's properties and comments, in text
attachments."""

import struct
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from pilot_eval.errors import EvidenceError, Finding, Place, finding
from pilot_eval.evidence.readers.limits import Limits
from pilot_eval.evidence.readers.meter import Meter
from pilot_eval.evidence.readers.ole import MAGIC as OLE2
from pilot_eval.evidence.readers.ole import Broken, Compound, breakage
from pilot_eval.evidence.readers.text import decoded
from pilot_eval.evidence.readers.xlsx_markup import in_main
from pilot_eval.evidence.readers.xml import Attributes, XmlPart
from pilot_eval.evidence.readers.xml2003 import OFFICE, as_utf8
from pilot_eval.evidence.readers.xml2003 import SPACE as SPREADSHEET_ML
from pilot_eval.evidence.readers.zipped import MAGIC, Zipped
from pilot_eval.privacy.numbers import REFUSED, masked, shown_name, sightings
from pilot_eval.spelling import plain

TEXTS = frozenset({".txt", ".md", ".csv", ".tsv", ".json", ".yaml", ".yml", ".log", ".html", ".htm", ".xml"})
"""Attachments that are searched; pictures, PDF and Word documents can't be."""

MOST_BYTES = 5 * 2**20
"""Bytes of an attachment that are searched, from its beginning; longer properties are an error."""

LISTED = 20
_PROPERTIES = ("docProps/core.xml", "docProps/app.xml", "docProps/custom.xml", "meta.xml")
_COMMENTS = ("xl/comments", "xl/threadedcomments")
_OF_XLS = ("\x05SummaryInformation", "\x05DocumentSummaryInformation")

# Elements whose text is a comment or a property, even if it is split into runs.
_NOTES = (
    *in_main({"comment": None}),
    "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments threadedComment",
    "urn:oasis:names:tc:opendocument:xmlns:office:1.0 annotation",
    f"{SPREADSHEET_ML} Comment",
    f"{OFFICE} CustomDocumentProperties",
    *(f"{OFFICE} {name}" for name in ("Author", "LastAuthor", "Title", "Subject", "Keywords", "Description", "Category",
                                      "Manager", "Company")),
)  # fmt: skip
_LINES = (
    "http://purl.org/dc/elements/1.1/ date",
    "http://purl.org/dc/elements/1.1/ creator",
    "urn:oasis:names:tc:opendocument:xmlns:text:1.0 p",
)
"""Elements in a comment that end a line."""


def in_name(name: str, shown: str) -> Finding | None:
    """Return why a file is refused by its name, or None. Logs, records and reports identify files by their names, so
    a name that may contain a personal number can't be masked, and is refused too."""
    found = sightings(plain(name))
    if not found:
        return None
    surely = any(each.code in REFUSED for each in found)
    return finding("name-personal" if surely else "name-personal-like", Place(file=shown_name(shown)))


def in_properties(path: Path, shown: str, limits: Limits) -> list[Finding]:
    """Report personal numbers in the properties and comments of a workbook (in an XLS, only in its properties).

    Raises EvidenceError if they are damaged or too long.
    """
    found: dict[Finding, None] = {}
    for text in map(plain, _asides(path, shown, limits)):
        for each in sightings(text):
            code = "property-personal" if each.code in REFUSED else "property-personal-like"
            value = masked(text[each.start : each.end])
            found[finding(code, Place(file=shown), value=value)] = None
    return list(found)[:LISTED]


def _asides(path: Path, shown: str, limits: Limits) -> Iterator[str]:
    """Yield the texts of a file outside its cells."""
    with path.open("rb") as stream:
        head = stream.read(4096)
    if head.startswith(MAGIC):
        with Zipped(path, shown, limits) as package:
            meter = Meter(shown, limits, sum(entry.packed for entry in package.entries))
            for entry in package.entries:
                if entry.name == "content.xml":
                    yield from _texts(shown, entry.name, package.chunks(entry), _NOTES)
                elif entry.name in _PROPERTIES or entry.name.casefold().startswith(_COMMENTS):
                    if entry.size > MOST_BYTES:
                        size, limit = f"{entry.size / 2**20:,.0f}", f"{MOST_BYTES / 2**20:g}"
                        place = Place(file=shown, field=entry.name)
                        raise EvidenceError.of("file-too-large", place, size=size, limit=limit)
                    notes = () if entry.name in _PROPERTIES else _NOTES
                    yield from _texts(shown, entry.name, meter.markup(package.chunks(entry)), notes)
    elif head.startswith(OLE2):
        yield from _texts_of_xls(path.read_bytes(), shown)
    elif SPREADSHEET_ML.encode() in head:
        yield from _texts(shown, "Workbook", [as_utf8(decoded(path.read_bytes(), shown))], _NOTES)


def _texts_of_xls(data: bytes, shown: str) -> Iterator[str]:
    """Yield the property streams, decoded in each way they may be encoded; all code pages have the same digits."""
    try:
        compound = Compound(data)
        for stream in filter(None, map(compound.named, _OF_XLS)):
            said = compound.read(stream)
            yield said.decode("latin-1")
            yield from (said[at:].decode("utf-16-le", "replace") for at in (0, 1))
    except (Broken, struct.error) as error:
        raise EvidenceError.of("xls-broken", Place(file=shown), problem=breakage(error)) from None


def _texts(shown: str, part: str, chunks: Iterable[bytes], whole: Sequence[str]) -> list[str]:
    """Return the text of each element whose name is in `whole`; if that is empty, every piece of text by itself."""
    found: list[str] = []
    inside: list[str] = []
    depth = 0

    def start(attributes: Attributes) -> None:
        nonlocal depth
        depth += 1

    def end() -> None:
        nonlocal depth
        depth -= 1
        if not depth:
            found.append("".join(inside))
            inside.clear()

    def take(text: str) -> None:
        if depth:
            inside.append(text)
        elif not whole:
            found.append(text)

    ends = dict.fromkeys(_LINES, lambda: take("\n")) | dict.fromkeys(whole, end)
    XmlPart(shown, part, dict.fromkeys(whole, start), ends, take).all(chunks)
    return found


def in_attachment(path: Path, shown: str) -> list[Finding]:
    """Report personal numbers in a text attachment, by line; only the beginning of a large one is read."""
    if path.suffix.lower() not in TEXTS:
        return []
    with path.open("rb") as stream:
        data = stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        end = data.rfind(b"\n", 0, MOST_BYTES) + 1
        data = data[:end] if end else data[:MOST_BYTES].decode("utf-8", "ignore").encode()
    try:
        text = decoded(data, shown)
    except EvidenceError:  # damaged, or not text: digits can still be found
        text = data.replace(b"\0", b"").decode("utf-8", "replace")
    findings: list[Finding] = []
    more = 0
    for number, raw in enumerate(text.splitlines(), start=1):
        line = plain(raw)
        for each in sightings(line):
            if len(findings) < LISTED:
                value = masked(line[each.start : each.end])
                findings.append(finding(each.code, Place(file=shown, line=number), value=value))
            else:
                more += 1
    return findings + ([finding("findings-more", Place(file=shown), count=more)] if more else [])

"""Searches for personal numbers outside cells: in file names, in a workbook's properties, comments, headers,
shapes, names, lists, links and formats."""

import struct
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from pilot_eval.errors import EvidenceError, Finding, Place, finding
from pilot_eval.evidence.intake.package_texts import MOST_BYTES, part_texts, quoted_in
from pilot_eval.evidence.readers.by_content import ROOT, is_package
from pilot_eval.evidence.readers.limits import Limits
from pilot_eval.evidence.readers.meter import Meter
from pilot_eval.evidence.readers.ods import FLAT_ODS
from pilot_eval.evidence.readers.ole import MAGIC as OLE2
from pilot_eval.evidence.readers.ole import Broken, Compound, breakage
from pilot_eval.evidence.readers.text import decoded
from pilot_eval.evidence.readers.xls_asides import decodings, texts_of_asides
from pilot_eval.evidence.readers.xlsx_markup import in_main
from pilot_eval.evidence.readers.xml import Attributes, Handler, XmlPart, as_utf8
from pilot_eval.evidence.readers.xml2003 import OFFICE
from pilot_eval.evidence.readers.xml2003 import SPACE as SPREADSHEET_ML
from pilot_eval.evidence.readers.zipped import Zipped
from pilot_eval.privacy.numbers import REFUSED, said_sightings, shown_name, shown_sighting
from pilot_eval.spelling import plain

LISTED = 20
_PROPERTIES = ("docProps/core.xml", "docProps/app.xml", "docProps/custom.xml", "meta.xml")
_COMMENTS = ("xl/comments", "xl/threadedcomments")
_OF_XLS = ("\x05SummaryInformation", "\x05DocumentSummaryInformation")

_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
_DRAW = "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
_EXCEL = "urn:schemas-microsoft-com:office:excel"
_LINK = "http://www.w3.org/1999/xlink href"
_SHOWN = {
    "urn:oasis:names:tc:opendocument:xmlns:text:1.0 a": (_LINK,),
    f"{_TABLE} content-validation": (f"{_TABLE} condition",),
    f"{_TABLE} table-cell": (f"{_TABLE} formula",),
    f"{_TABLE} named-range": (f"{_TABLE} name",),
    f"{_TABLE} named-expression": (f"{_TABLE} name", f"{_TABLE} expression"),
    f"{SPREADSHEET_ML} Cell": (f"{SPREADSHEET_ML} HRef", f"{_EXCEL} HRefScreenTip", f"{SPREADSHEET_ML} Formula"),
    f"{SPREADSHEET_ML} NumberFormat": (f"{SPREADSHEET_ML} Format",),
    f"{SPREADSHEET_ML} NamedRange": (f"{SPREADSHEET_ML} Name", f"{SPREADSHEET_ML} RefersTo"),
    f"{_EXCEL} Header": (f"{_EXCEL} Data",),
    f"{_EXCEL} Footer": (f"{_EXCEL} Data",),
}
"""Attributes that a reader sees: where links lead, what lists offer, names and formats, headers and footers; texts in
formulas."""
_AUTHORS = (f"{SPREADSHEET_ML} Author",)
_FORMULAS = frozenset({f"{_TABLE} formula", f"{SPREADSHEET_ML} Formula"})

# Elements whose text is a comment or a property, even if it is split into runs.
_NOTES = (
    *in_main({"comment": None, "author": None}),
    "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments threadedComment",
    *(f"urn:oasis:names:tc:opendocument:xmlns:office:1.0 {name}" for name in ("annotation", "meta")),
    f"{SPREADSHEET_ML} Comment",
    f"{OFFICE} CustomDocumentProperties",
    *(f"{_TABLE} {name}" for name in ("shapes", "help-message", "error-message", "tracked-changes")),
    *(f"{_DRAW} {name}" for name in ("text-box", "custom-shape", "rect", "ellipse", "line", "frame")),
    *(f"urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0 {name}" for name in ("text", "currency-symbol")),
    *(f"{_EXCEL} {name}" for name in ("DataValidation", "PageSetup")),
    *(f"{OFFICE} {name}" for name in ("Author", "LastAuthor", "Title", "Subject", "Keywords", "Description", "Category",
                                      "Manager", "Company")),
)  # fmt: skip
_LINES = (
    *(f"http://purl.org/dc/elements/1.1/ {name}" for name in ("date", "creator", "title", "subject", "description")),
    *(f"urn:oasis:names:tc:opendocument:xmlns:meta:1.0 {name}" for name in (
        "initial-creator", "printed-by", "keyword", "generator", "creation-date", "print-date", "editing-duration",
        "user-defined")),
    "urn:oasis:names:tc:opendocument:xmlns:text:1.0 p",
)  # fmt: skip
"""Elements in a comment, or in the properties, that end a line."""


def in_name(name: str, shown: str) -> Finding | None:
    """Return why a file is refused by its name, or None. Logs, records and reports identify files by their names, so
    a name that may contain a personal number can't be masked, and is refused too."""
    found = said_sightings(plain(name))
    if not found:
        return None
    surely = any(each.code in REFUSED for each in found)
    return finding(
        "name-personal" if surely else "name-personal-like", Place(file="/".join(map(shown_name, shown.split("/"))))
    )


def in_properties(path: Path, shown: str, limits: Limits) -> list[Finding]:
    """Report personal numbers in a workbook outside its cells: properties, comments, headers, shapes, names, lists.

    Raises EvidenceError if properties or comments are damaged or too long.
    """
    codes: dict[str, str] = {}
    for text in map(plain, _asides(path, shown, limits)):
        for each in said_sightings(text):
            value = shown_sighting(text, each)
            code = "property-personal" if each.code in REFUSED else "property-personal-like"
            codes[value] = min(code, codes.get(value, code))  # the certain one, if it is found twice
    return [finding(code, Place(file=shown), value=value) for value, code in codes.items()][:LISTED]


def _asides(path: Path, shown: str, limits: Limits) -> Iterator[str]:
    """Yield the texts of a file outside its cells."""
    with path.open("rb") as stream:
        head = stream.read(ROOT)
    if is_package(path, head):
        with Zipped(path, shown, limits) as package:
            meter = Meter(shown, limits, sum(entry.packed for entry in package.entries))
            for entry in package.entries:
                strictly = entry.name in _PROPERTIES or entry.name.casefold().startswith(_COMMENTS)
                if entry.name == "content.xml":
                    yield from _texts(shown, entry.name, package.chunks(entry), _NOTES)
                elif not strictly:
                    yield from part_texts(package, entry)
                else:
                    if entry.size > MOST_BYTES:
                        size, limit = f"{entry.size / 2**20:,.0f}", f"{MOST_BYTES / 2**20:g}"
                        place = Place(file=shown, field=entry.name)
                        raise EvidenceError.of("file-too-large", place, size=size, limit=limit)
                    notes = () if entry.name in _PROPERTIES else _NOTES
                    yield from _texts(shown, entry.name, meter.markup(package.chunks(entry)), notes)
    elif head.startswith(OLE2):
        yield from _texts_of_xls(path.read_bytes(), shown)
    elif any(said.encode() in head.replace(b"\0", b"") for said in (SPREADSHEET_ML, FLAT_ODS)):
        text = as_utf8(decoded(path.read_bytes(), shown))
        yield from _texts(shown, "Workbook", [text], _NOTES)


def _texts_of_xls(data: bytes, shown: str) -> Iterator[str]:
    """Yield the property streams, and what the workbook says outside its cells, decoded in each way they may be."""
    try:
        compound = Compound(data)
        for stream in filter(None, map(compound.named, _OF_XLS)):
            yield from decodings(compound.read(stream))
        if book := compound.named("Workbook", "Book"):
            yield from texts_of_asides(compound.read(book))
    except (Broken, struct.error) as error:
        raise EvidenceError.of("xls-broken", Place(file=shown), problem=breakage(error)) from None


def _texts(shown: str, part: str, chunks: Iterable[bytes], whole: Sequence[str]) -> list[str]:
    """Return the text of each element whose name is in `whole`, and the attributes in `_SHOWN`; if `whole` is empty,
    every piece of text by itself."""
    found: list[str] = []
    inside: list[str] = []
    depth = 0

    def start(attributes: Attributes) -> None:
        nonlocal depth
        depth += 1
        found.extend(filter(None, map(attributes.get, _AUTHORS)))

    def shows(names: Sequence[str]) -> Handler:
        def show(attributes: Attributes) -> None:
            for name in names:
                if said := attributes.get(name):
                    found.extend(quoted_in(said) if name in _FORMULAS else [said])

        return show

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
    starts = {element: shows(names) for element, names in _SHOWN.items()} if whole else {}
    XmlPart(shown, part, starts | dict.fromkeys(whole, start), ends, take).all(chunks)
    return found


def without_numbers(each: Finding) -> Finding:
    """Mask personal numbers in a finding: it may quote a header, a key or a sheet's name that contains one."""
    place = each.place
    names = {key: shown_name(said) for key in ("sheet", "column", "field") if (said := getattr(place, key)) is not None}
    return each.shown_as(shown_name).model_copy(update={"place": place.model_copy(update=names)})

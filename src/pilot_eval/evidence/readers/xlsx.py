"""Reads an XLSX workbook: its list of sheets and their parts, its cell styles, its macros and links."""

import posixpath
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from urllib.parse import unquote

from pilot_eval.errors import EvidenceError, Finding, Place, finding
from pilot_eval.evidence.cells.dates import EPOCH_1900, EPOCH_1904
from pilot_eval.evidence.readers.grid import Grid
from pilot_eval.evidence.readers.limits import Limits
from pilot_eval.evidence.readers.meter import Meter
from pilot_eval.evidence.readers.number_formats import BUILT_IN, PLAIN, Formats, NumberFormat
from pilot_eval.evidence.readers.sheet import SheetBuilder, to_grid
from pilot_eval.evidence.readers.xlsx_cells import SheetReader
from pilot_eval.evidence.readers.xlsx_markup import TRUE, in_main
from pilot_eval.evidence.readers.xlsx_strings import read_strings
from pilot_eval.evidence.readers.xml import Attributes, Handler, XmlPart
from pilot_eval.evidence.readers.zipped import Zipped
from pilot_eval.privacy.numbers import shown_text
from pilot_eval.text import Words

_IDS = tuple(
    f"{space} id"
    for space in (
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "http://purl.oclc.org/ooxml/officeDocument/relationships",  # the “strict” variant
    )
)
_STYLES = 100_000
"""Cell styles allowed in a workbook; Excel allows 64,000."""
_RELATION = "http://schemas.openxmlformats.org/package/2006/relationships Relationship"


def read_xlsx(package: Zipped, limits: Limits) -> list[Grid]:
    """Read every worksheet of a workbook, with the values last computed. Raises EvidenceError."""
    return _XlsxBook(package, limits).grids()


class _Relation(NamedTuple):
    kind: str  # the last segment of its type, such as `worksheet`
    target: str  # a part's name, or an address outside the file
    external: bool


class _ListedSheet(NamedTuple):
    """A sheet as the workbook lists it."""

    name: str
    relation: str
    hidden: bool


class _XlsxBook:
    def __init__(self, package: Zipped, limits: Limits) -> None:
        self.package, self.shown, self.limits = package, package.shown, limits
        self.parts = {entry.name.replace("\\", "/").lstrip("/").casefold(): entry for entry in package.entries}
        self.meter = Meter(self.shown, limits, sum(entry.packed for entry in package.entries))
        self.epoch, self.recalculated = EPOCH_1900, False
        self.listed: list[_ListedSheet] = []
        self.findings: list[Finding] = []

    def grids(self) -> list[Grid]:
        main = self._related("", self._relations(""), "officeDocument") or "xl/workbook.xml"
        self._read_workbook(main)
        relations = self._relations(main)
        self._say_macros_and_links(relations)
        formats, indents = self._formats(self._related(main, relations, "styles"))
        strings_at = self._related(main, relations, "sharedStrings")
        strings = read_strings(self._chunks(strings_at), self.meter, strings_at) if strings_at else []
        grids: list[Grid] = []
        for listed, part in self._sheets(relations):
            sheet = SheetBuilder(listed.name, self.meter, hidden=listed.hidden)
            reader = SheetReader(sheet, strings, formats, self.epoch, indents)
            reader.read(part, lambda part=part: self._chunks(part))  # type: ignore[misc]
            grids.append(to_grid(sheet, self.epoch))
            if sheet.formulas and self.recalculated:
                grids[-1].say("book-not-calculated", *sheet.first_formula)
                self.recalculated = False  # reported once, for the first sheet
        if not grids:
            raise EvidenceError.of("book-empty", Place(file=self.shown))
        grids[0].findings[:0] = self.findings
        return grids

    def _sheets(self, relations: Mapping[str, _Relation]) -> Iterator[tuple[_ListedSheet, str]]:
        """Yield the worksheets and their parts. Charts and dialogs are reported; a part for two sheets is an error."""
        read: set[str] = set()
        for listed in self.listed:
            place = Place(file=self.shown, sheet=listed.name)
            if not listed.relation:  # a macro module, which old workbooks list
                self.findings.append(finding("sheet-not-a-table", place))
                continue
            relation = relations.get(listed.relation)
            if relation is None or relation.external or relation.target.casefold() not in self.parts:
                part = relation.target if relation else listed.relation
                raise EvidenceError.of("book-part-missing", place, part=shown_text(part, 200))
            if relation.kind != "worksheet":
                self.findings.append(finding("sheet-not-a-table", place))
                continue
            if relation.target.casefold() in read:
                raise EvidenceError.of("book-sheet-twice", place)
            read.add(relation.target.casefold())
            yield listed, relation.target

    # --- parts

    def _chunks(self, part: str) -> Iterator[bytes]:
        return self.package.chunks(self.parts[part.casefold()])

    def _parse(self, part: str, starts: Mapping[str, Handler]) -> None:
        XmlPart(self.shown, part, starts).all(self.meter.markup(self._chunks(part)))

    def _relations(self, part: str) -> dict[str, _Relation]:
        """Return the relationships of a part, by their ids; the empty name means the package itself."""
        folder, file = posixpath.dirname(part), _relations_of(part)
        relations: dict[str, _Relation] = {}

        def take(attributes: Attributes) -> None:
            target, external = attributes.get("Target", ""), attributes.get("TargetMode") == "External"
            if not external:
                target = posixpath.normpath(posixpath.join("/", folder, target.replace("\\", "/"))).lstrip("/")
                target = target if target.casefold() in self.parts else unquote(target)
            kind = attributes.get("Type", "").rpartition("/")[2]
            if relations.setdefault(attributes.get("Id", ""), made := _Relation(kind, target, external)) != made:
                raise self._ambiguous(part, attributes.get("Id", ""))
            if len(relations) > self.limits.parts:
                raise self.meter.too_large("relations", self.limits.parts)

        if file.casefold() in self.parts:
            self._parse(file, {_RELATION: take})
        return relations

    def _related(self, part: str, relations: Mapping[str, _Relation], kind: str) -> str | None:
        """Return the part of this kind that another part refers to, if there is one."""
        targets = [each.target for each in relations.values() if each.kind == kind and not each.external]
        there = list({target.casefold(): target for target in targets if target.casefold() in self.parts}.values())
        if len(there) > 1:
            raise self._ambiguous(part, kind)
        return there[0] if there else None

    def _ambiguous(self, part: str, what: str) -> EvidenceError:
        """Build the error for a duplicate relationship: programs differ in which one they follow."""
        problem = Words(zh=f"关系“{shown_text(what)}”重复", en=f"duplicate relationship “{shown_text(what)}”")
        return EvidenceError.of("xml-broken", Place(file=self.shown, field=_relations_of(part)), problem=problem)

    def _read_workbook(self, part: str) -> None:
        if part.casefold() not in self.parts:
            raise EvidenceError.of("book-part-missing", Place(file=self.shown), part=part)

        def properties(attributes: Attributes) -> None:
            if attributes.get("date1904", "0") in TRUE:
                self.epoch = EPOCH_1904

        def sheet(attributes: Attributes) -> None:
            relation = next((attributes[name] for name in _IDS if name in attributes), "")
            hidden = attributes.get("state", "visible") != "visible"
            self.listed.append(_ListedSheet(attributes.get("name", ""), relation, hidden))
            if len(self.listed) > self.limits.sheets:
                raise self.meter.too_large("sheets", self.limits.sheets)

        def calculation(attributes: Attributes) -> None:
            self.recalculated = attributes.get("fullCalcOnLoad", "0") in TRUE

        self._parse(part, in_main({"workbookPr": properties, "sheet": sheet, "calcPr": calculation}))

    def _say_macros_and_links(self, relations: Mapping[str, _Relation]) -> None:
        place = Place(file=self.shown)
        if any(name.endswith("vbaproject.bin") or "/macrosheets/" in name for name in self.parts):
            self.findings.append(finding("book-macros", place))
        links = sum(each.kind == "externalLink" for each in relations.values())
        if links:
            self.findings.append(finding("book-links", place, count=links))

    def _formats(self, part: str | None) -> tuple[list[NumberFormat], dict[int, int]]:
        """Return the number format of each cell style, in the order of the styles' numbers, and those that indent."""
        codes: dict[str, str] = {}
        known = {str(number): how for number, how in BUILT_IN.items()}
        read, formats, indents = Formats(self.meter), list[NumberFormat](), dict[int, int]()
        of_cells = False

        def code(attributes: Attributes) -> None:
            number = attributes.get("numFmtId", "")
            codes[number] = attributes.get("formatCode", "")
            known.pop(number, None)

        def cells(attributes: Attributes) -> None:
            nonlocal of_cells
            of_cells = True

        def others(attributes: Attributes) -> None:
            nonlocal of_cells
            of_cells = False

        def style(attributes: Attributes) -> None:
            if not of_cells:
                return
            number = attributes.get("numFmtId", "0")
            if number not in known:  # only formats in use are parsed: a file may have a million
                known[number] = read.of(codes[number]) if number in codes else PLAIN
            formats.append(known[number])
            if len(formats) > _STYLES:
                raise self.meter.too_large("styles", _STYLES)

        def alignment(attributes: Attributes) -> None:
            depth = attributes.get("indent", "")
            if of_cells and formats and depth.isascii() and depth.isdecimal() and len(depth) < 4:
                indents[len(formats) - 1] = int(depth)

        if part is not None:
            sections = {"cellXfs": cells, "cellStyleXfs": others, "cellStyles": others, "dxfs": others}
            self._parse(part, in_main({"numFmt": code, "xf": style, "alignment": alignment, **sections}))
        return formats, indents


def _relations_of(part: str) -> str:
    """Return the name of the part that holds the relationships of another part."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")

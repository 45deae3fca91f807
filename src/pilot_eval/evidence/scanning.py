"""Looks for personal numbers outside cells: in a workbook's properties, in attachments that are text."""

import zipfile
from pathlib import Path
from xml.etree.ElementTree import ParseError, XMLParser

from pilot_eval.errors import EvidenceError, Finding, Place, finding
from pilot_eval.evidence.cells import plain
from pilot_eval.evidence.grids import decoded
from pilot_eval.evidence.privacy import masked, sightings

TEXTS = frozenset({".txt", ".md", ".csv", ".tsv", ".json", ".yaml", ".yml", ".log", ".html", ".htm", ".xml"})
"""Attachments that are looked through; pictures, PDF and Word documents can't be."""

MOST_BYTES = 5 * 2**20
LISTED = 20
_PROPERTIES = ("docProps/core.xml", "docProps/app.xml", "docProps/custom.xml", "meta.xml")


def in_properties(path: Path, shown: str) -> list[Finding]:
    """Personal numbers in the properties of an XLSX or ODS; other files have none that we read."""
    if not zipfile.is_zipfile(path):
        return []
    found: list[str] = []
    with zipfile.ZipFile(path) as package:
        for name in _PROPERTIES:
            try:
                entry = package.getinfo(name)
            except KeyError:
                continue
            if entry.file_size <= 2**20 and not entry.flag_bits & 1:
                found += _texts(package.read(entry))
    return [
        finding("property-personal", Place(file=shown), value=masked(text))
        for text in map(plain, found)
        if sightings(text)
    ]


def _texts(data: bytes) -> list[str]:
    """The texts of a small XML part; one with a DOCTYPE, or damaged, is left to the reader to refuse."""
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        return []
    texts: list[str] = []

    class Target:
        def data(self, text: str) -> None:
            texts.append(text)

        def close(self) -> None: ...

    parser = XMLParser(target=Target())  # noqa: S314  small, and without entities
    try:
        parser.feed(data)
        parser.close()
    except ParseError:
        return []
    return texts


def in_attachment(path: Path, shown: str) -> list[Finding]:
    """Personal numbers in an attachment that is text, by line; of a large one the beginning is read."""
    if path.suffix.lower() not in TEXTS:
        return []
    with path.open("rb") as stream:
        data = stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        data = data[: data.rfind(b"\n", 0, MOST_BYTES) + 1]
    try:
        text = decoded(data, shown)
    except EvidenceError:
        return []  # not text after all
    findings = [
        finding(each.code, Place(file=shown, line=number), value=masked(line[each.start : each.end]))
        for number, raw in enumerate(text.splitlines(), start=1)
        for line in [plain(raw)]
        for each in sightings(line)
    ]
    more = len(findings) - LISTED
    return findings[:LISTED] + ([finding("findings-more", Place(file=shown), count=more)] if more > 0 else [])

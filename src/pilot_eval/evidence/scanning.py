"""Looks for personal numbers outside cells: in a workbook's properties and comments, in attachments that are text."""

from pathlib import Path

from pilot_eval.errors import EvidenceError, Finding, Place, finding
from pilot_eval.evidence.cells import plain
from pilot_eval.evidence.grids import decoded
from pilot_eval.evidence.limits import Limits
from pilot_eval.evidence.privacy import masked, sightings
from pilot_eval.evidence.readers.xml import XmlPart
from pilot_eval.evidence.readers.zipped import MAGIC, Zipped

TEXTS = frozenset({".txt", ".md", ".csv", ".tsv", ".json", ".yaml", ".yml", ".log", ".html", ".htm", ".xml"})
"""Attachments that are looked through; pictures, PDF and Word documents can't be."""

MOST_BYTES = 5 * 2**20
"""Of an attachment that is longer, the beginning is looked through; properties that are longer are none."""

LISTED = 20
_PROPERTIES = ("docProps/core.xml", "docProps/app.xml", "docProps/custom.xml", "meta.xml")
_COMMENTS = ("xl/comments", "xl/threadedcomments")


def in_properties(path: Path, shown: str, limits: Limits) -> list[Finding]:
    """Personal numbers in the properties and comments of an XLSX, the properties of an ODS; of others we read none.

    Raises EvidenceError where the properties are damaged, or no properties.
    """
    with path.open("rb") as stream:
        if stream.read(4) != MAGIC:
            return []
    texts: list[str] = []
    with Zipped(path, shown, limits) as package:
        for entry in package.entries:
            if entry.name in _PROPERTIES or entry.name.casefold().startswith(_COMMENTS):
                if entry.size > MOST_BYTES:
                    size, limit = f"{entry.size / 2**20:,.0f}", f"{MOST_BYTES / 2**20:g}"
                    raise EvidenceError.of(
                        "file-too-large", Place(file=shown, field=entry.name), size=size, limit=limit
                    )
                XmlPart(shown, entry.name, {}, text=texts.append).all(package.chunks(entry))
    return [
        finding("property-personal", Place(file=shown), value=masked(text))
        for text in map(plain, texts)
        if sightings(text)
    ][:LISTED]


def in_attachment(path: Path, shown: str) -> list[Finding]:
    """Personal numbers in an attachment that is text, by line; of a large one the beginning is read."""
    if path.suffix.lower() not in TEXTS:
        return []
    with path.open("rb") as stream:
        data = stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        end = data.rfind(b"\n", 0, MOST_BYTES) + 1
        data = data[:end] if end else data[:MOST_BYTES].decode("utf-8", "ignore").encode()
    try:
        text = decoded(data, shown)
    except EvidenceError:
        return []  # not text after all
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

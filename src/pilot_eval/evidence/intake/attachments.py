"""Searches attachments for personal numbers: text, packages of XML (DOCX, XLSX, ODT), and PDF if it has text.

What can't be searched, a picture or a scan, is said once for a submission.
"""

import codecs
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from pilot_eval.errors import EvidenceError, Finding, Place, finding
from pilot_eval.evidence.intake.escaped_texts import lines_of_rtf, shown_of_line
from pilot_eval.evidence.intake.package_texts import MOST_BYTES, part_texts
from pilot_eval.evidence.readers.limits import Limits
from pilot_eval.evidence.readers.pdf_text import MOST_PAGES, PdfUnreadableError, can_read_pdf, pdf_texts
from pilot_eval.evidence.readers.text import decoded
from pilot_eval.evidence.readers.zipped import MAGIC, Zipped
from pilot_eval.privacy.numbers import said_sightings, shown_sighting
from pilot_eval.spelling import plain
from pilot_eval.text import both, joined

_TEXTS = frozenset((".txt", ".md", ".csv", ".tsv", ".json", ".yaml", ".yml", ".log", ".html", ".htm", ".xml", ".rtf"))
_PACKAGES = frozenset(
    (".docx", ".docm", ".dotx", ".xlsx", ".xlsm", ".xltx", ".pptx", ".pptm", ".ppsx", ".odt", ".ods", ".odp", ".ofd")
)
_PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".heic", ".mp3", ".mp4")
_UNSEARCHED = frozenset((*_PICTURES, ".doc", ".ppt", ".xls", ".wps", ".et", ".dps"))
"""Pictures, recordings and old formats: nothing searches them, and an evaluator has to look. Other kinds of files are
searched if they are text, and counted with these if not."""

_HEAD = 1 << 16
_NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x1a\x7f]")

LISTED = 20
_NAMED = 5

Line = tuple[Place, str]


class AttachmentSearch:
    """The search of one submission's attachments, and what it couldn't search."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._unsearched: list[str] = []
        self._without_library: list[str] = []

    def findings(self, path: Path, shown: str) -> list[Finding]:
        """Report personal numbers in an attachment, by line or page; only the beginning of a large one is read."""
        found: list[Finding] = []
        more = 0
        said = set[tuple[Place, str, str]]()
        for place, text in self._lines(path, shown):
            line = plain(text)
            for each in said_sightings(line):
                value = shown_sighting(line, each)
                if (place, each.code, value) in said:
                    continue
                said.add((place, each.code, value))
                if len(found) < LISTED:
                    found.append(finding(each.code, place, value=value))
                else:
                    more += 1
        return found + ([finding("findings-more", Place(file=shown), count=more)] if more else [])

    def notes(self, submission: str) -> Iterator[Finding]:
        """Say once what wasn't searched."""
        for code, names in (
            ("attachments-unsearched", self._unsearched),
            ("attachments-without-library", self._without_library),
        ):
            if names:
                named = [both(f"“{name.removeprefix(f'{submission}/')}”") for name in names[:_NAMED]]
                shown = joined([*named, *([both("…")] if len(names) > _NAMED else [])])
                yield finding(code, Place(file=submission), count=len(names), names=shown)

    def _lines(self, path: Path, shown: str) -> Iterable[Line]:
        suffix = path.suffix.lower()
        with path.open("rb") as stream:
            head = stream.read(8)
        if suffix in _TEXTS and not head.startswith(MAGIC):
            return _lines_of_text(path, shown)
        if suffix in _PACKAGES and head.startswith(MAGIC):
            return self._lines_of_package(path, shown)
        if suffix == ".pdf" or head.startswith(b"%PDF-"):
            return self._lines_of_pdf(path, shown)
        if suffix not in _UNSEARCHED and suffix not in _PACKAGES and _is_text(path):
            return _lines_of_text(path, shown)
        self._unsearched.append(shown)
        return ()

    def _lines_of_package(self, path: Path, shown: str) -> Iterator[Line]:
        """Yield the lines of a package; one that is damaged can't be searched, but is no evidence of a figure."""
        try:
            with Zipped(path, shown, self._limits) as package:
                for entry in package.entries:
                    yield from ((Place(file=shown), text) for text in part_texts(package, entry, cells=True))
        except EvidenceError:
            self._unsearched.append(shown)

    def _lines_of_pdf(self, path: Path, shown: str) -> Iterator[Line]:
        if not can_read_pdf():
            self._without_library.append(shown)
            return
        blank, page = True, 0
        try:
            for page, text in pdf_texts(path):
                place = Place(file=shown, field=f"p. {page}") if page else Place(file=shown)
                blank = blank and (not page or not text.strip())
                yield from ((place, line) for line in text.splitlines())
        except PdfUnreadableError:
            blank = True
        if blank or page >= MOST_PAGES:
            self._unsearched.append(shown)


def _is_text(path: Path) -> bool:
    """Return whether a file of a kind that isn't known is text, by its beginning."""
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    if not head or head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    for encoding in ("utf-8", "gb18030"):
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            said = decoder.decode(head)
        except UnicodeDecodeError:
            continue
        return _NO_TEXT.search(said) is None
    return False


def _lines_of_text(path: Path, shown: str) -> Iterator[Line]:
    with path.open("rb") as stream:
        data = stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        end = data.rfind(b"\n", 0, MOST_BYTES) + 1
        data = data[:end] if end else data[:MOST_BYTES].decode("utf-8", "ignore").encode()
    try:
        text = decoded(data, shown)
    except EvidenceError:  # damaged, or not text: digits can still be found
        text = data.replace(b"\0", b"").decode("utf-8", "replace")
    if text.startswith("{\\rtf"):
        yield from ((Place(file=shown), line) for line in lines_of_rtf(text))
        return
    for number, line in enumerate(text.splitlines(), start=1):
        yield from ((Place(file=shown, line=number), each) for each in shown_of_line(line))

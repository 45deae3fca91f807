"""Reads the shared strings of an XLSX workbook."""

import re
from collections.abc import Iterable
from functools import cache

from pilot_eval.evidence.cells.cell import BadCell
from pilot_eval.evidence.readers.meter import Meter
from pilot_eval.evidence.readers.xlsx_markup import (
    ATTRIBUTES,
    BEFORE_A_TAG,
    MISPLACED,
    SPACE,
    TEXT,
    PlainMarkup,
    RichText,
    as_text,
    in_main,
    pieces,
    split_at,
)
from pilot_eval.evidence.readers.xml import Attributes, Handler, XmlPart
from pilot_eval.privacy.numbers import shown_text


def read_strings(chunks: Iterable[bytes], meter: Meter, part: str) -> list[str | BadCell | None]:
    """Read the shared strings in order; a blank one is None. Raises EvidenceError.

    A workbook needs at most one string per cell, and such a cell takes more than three bytes of the file.
    """
    strings: list[str | BadCell | None] = []
    limit, most = meter.limits.cell_chars, _STRINGS + meter.packed // 3
    rich = RichText(limit)

    def add(text: str) -> None:
        strings.append(BadCell("cell-damaged", shown_text(text)) if rich.joins_digits() else as_text(text, limit))
        meter.held += 1
        if len(strings) > most:
            raise meter.too_large("strings", most)

    def place(depth: int) -> None:
        if xml.depth() != depth:
            raise xml.broken(MISPLACED)

    def enter_string(attributes: Attributes) -> None:
        place(2)
        rich.clear()

    inside = False

    def enter(attributes: Attributes) -> None:
        nonlocal inside
        inside = True

    starts: dict[str, Handler] = {**rich.starts, "sst": enter, "si": enter_string}
    ends = rich.ends | {"si": lambda: add(rich.text())}
    xml = XmlPart(meter.shown, part, in_main(starts), in_main(ends), rich.take)
    plain = PlainMarkup()
    for data in pieces(meter.markup(chunks), b"si>"):
        plainly = plain.allows(data)
        if plainly and not inside:
            head, data = split_at(data, b"<" + plain.prefix + b"si>", after=False)
            xml.feed(head)
            if inside and data:
                place(1)
        if not (plainly and inside):
            xml.feed(data)
            continue
        parts = _string_pattern(plain.prefix).split(data)
        for before, text, runs in zip(parts[0::3], parts[1::3], parts[2::3], strict=False):
            if before:
                xml.feed(before)
                place(1)
            if runs:
                texts = _run_pattern(plain.prefix).findall(runs)
                meter.held += len(texts) - 1
                text = b"".join(texts)
            add(xml.decoded(text))
        xml.feed(parts[-1])
    xml.feed(b"", True)
    return strings


_STRINGS = 200_000
"""Shared strings allowed in addition to those that the file's size explains."""


@cache
def _string_pattern(prefix: bytes) -> re.Pattern[bytes]:
    """Match a shared string of the usual shape: text, or the runs into which LibreOffice splits Chinese and digits."""
    p = re.escape(prefix)
    apart = rb'(?:vertAlign\b(?! val="baseline"/)|strike\b(?! val="(?:0|false)"/))'  # left for expat
    look = rb"(?:<%brPr>(?:<%b(?!%b)[A-Za-z0-9]+%b/>)*</%brPr>)?" % (p, p, apart, ATTRIBUTES, p)
    run = rb"<%br>%b<%bt%b>%b</%bt></%br>" % (p, look, p, SPACE, TEXT, p, p)
    return re.compile(rb"<%bsi>(?:<%bt%b>(%b)</%bt>|((?:%b)+))</%bsi>%b" % (p, p, SPACE, TEXT, p, run, p, BEFORE_A_TAG))


@cache
def _run_pattern(prefix: bytes) -> re.Pattern[bytes]:
    p = re.escape(prefix)
    return re.compile(rb"<%bt%b>(%b)</%bt>" % (p, SPACE, TEXT, p))

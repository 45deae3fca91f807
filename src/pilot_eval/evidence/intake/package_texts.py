"""Reads what text a package of XML (a workbook, a Word document, a presentation) holds outside its cells, tolerantly:
in headers, text boxes, charts, lists, links, names and formats.

The parts that hold cells are read strictly by the readers; what stands here is only searched. So a part that isn't
well-formed XML, such as an old drawing, is searched all the same.
"""

import re
from collections.abc import Iterable, Iterator
from html import unescape

from pilot_eval.evidence.readers.zipped import ZipEntry, Zipped

MOST_BYTES = 5 * 2**20
"""Bytes of a part, without its cells, that are searched, from its beginning."""

_PARTS = (".xml", ".rels", ".vml")
_NEVER = ("[content_types].xml", "/theme1.xml", "manifest.xml")
_BEGIN, _END = re.compile(rb"<(?:[\w.-]+:)?sheetData[\s>]"), re.compile(rb"</(?:[\w.-]+:)?sheetData\s*>")
"""Marks around the cells of a sheet."""
_LONGEST_NAME, _LONGEST_TEXT = 64, 1 << 15

# A run of text may be split anywhere: what only styles it is dropped, and any other tag ends a line.
_STYLES = re.compile(r"<(?:[\w.-]+:)?rPr\b[^>]*[^/>]>.*?</(?:[\w.-]+:)?rPr\s*>", re.DOTALL)
_RUNS = re.compile(
    r"</?(?:[\w.-]+:)?(?:t|r|span|s|a|hyperlink|ins|smartTag|fld|b|i|u|font|phonetic|sub|sup|rPr|proofErr|bookmarkStart"
    r"|bookmarkEnd|noBreakHyphen|softHyphen|lastRenderedPageBreak|del|delText|moveFrom|moveTo|instrText|smartTagPr"
    r"|(?:comment|move(?:From|To))Range(?:Start|End)|(?:comment|footnote|endnote|annotation)Ref(?:erence)?"
    r"|permStart|permEnd|ruby|rubyBase|rt|sdt|sdtContent|soft-page-break|change(?:-start|-end)?"
    r"|bookmark(?:-start|-end)?)(?:\s[^>]*)?/?>"
)
_DELETED = re.compile(r"<(?:[\w.-]+:)?(del|moveFrom)\s[^>]*[^/>]>(?:(?!<[^>]*\1\s).)*?</(?:[\w.-]+:)?\1\s*>", re.DOTALL)
"""What a tracked change took out: the text is searched with it and without."""
_HEADERS = re.compile(r"<(?:[\w.-]+:)?(?:sheet|tableColumn)\s[^>]*>")
"""Names that are cells or names of sheets too, which are searched as such."""
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_TAGS = re.compile(r"<[^>]*>")
_SAID = re.compile(
    r"\s(?:[\w.-]+:)?(?:formatCode|tooltip|prompt|promptTitle|error|errorTitle|descr|title|alt|name|Target|location"
    r"|display|href|author|userName|displayName|string|text|condition|help-message|tag|Data|HRef|HRefScreenTip|Format"
    r"""|RefersTo)\s*=\s*(?:"([^"]*)"|'([^']*)')"""
)
_VALUE = re.compile(r"""\sv\s*=\s*(?:"([^"]*)"|'([^']*)')""")
# In headers and footers of sheets: sections, fonts (&"Arial"), sizes (&10), colours and fields.
_CODES = re.compile(r"""&"[^"]*"|&K[0-9A-Fa-f]{6}|&[A-Za-z]|&\d{1,2}(?=\D)""")


_FORMULA = re.compile(rb"""<(?:[\w.-]+:)?f(?:\s[^>]*)?>([^<]*?(?:"|&quot;)[^<]*)(?:<|\Z)""")
"""A formula with a text in it."""
_QUOTED = re.compile(r'"([^"]*)"')
_JOINS = re.compile(r'''"\s*&\s*"''')


def part_texts(package: Zipped, entry: ZipEntry, *, cells: bool = False) -> Iterator[str]:
    """Yield the lines of text of one part of a package; without `cells`, none that stand in cells."""
    name = entry.name.replace("\\", "/").casefold()
    if name.endswith(_PARTS) and not name.endswith(_NEVER) and (cells or not name.endswith("sharedstrings.xml")):
        yield from lines_of(_start_of_part(package, entry, cells=cells), values="pivotcache" in name or cells)


def _start_of_part(package: Zipped, entry: ZipEntry, *, cells: bool) -> bytes:
    """Return the beginning of a part; without `cells`, what stands between the marks of a sheet's cells is left out."""
    kept, size = list[bytes](), 0
    chunks = package.chunks(entry)
    for piece in chunks if cells else _without_cells(chunks):
        kept.append(piece)
        size += len(piece)
        if size > MOST_BYTES:
            break
    return b"".join(kept)[:MOST_BYTES]


def _without_cells(chunks: Iterable[bytes]) -> Iterator[bytes]:
    inside, rest = False, b""
    for chunk in chunks:
        data = rest + chunk
        while True:
            found = (_END if inside else _BEGIN).search(data)
            if not found:
                break
            yield _formulas(data[: found.start()]) if inside else data[: found.start()] + b"\n"
            data = data[found.end() :]
            inside = not inside
        cut = max(data.rfind(b"<"), len(data) - _LONGEST_TEXT) if inside else max(len(data) - _LONGEST_NAME, 0)
        yield _formulas(data[:cut]) if inside else data[:cut]
        rest = data[cut:]
    if not inside:
        yield rest


def _formulas(cells: bytes) -> bytes:
    """Return the texts in the formulas of cells, as markup."""
    if b"f>" not in cells and b"f " not in cells:
        return b""
    return b"".join(b"<f>" + each + b"</f>" for each in _FORMULA.findall(cells))


def quoted_in(text: str) -> list[str]:
    """Return the texts in a formula; those that it joins as one."""
    return _QUOTED.findall(_JOINS.sub("", text))


def lines_of(data: bytes, *, values: bool = False) -> Iterator[str]:
    """Yield the lines of text in XML, and what its attributes show to a reader; with `values`, those of caches too."""
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    markup = data.decode("utf-16" if wide else "utf-8", "replace")
    markup = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), markup)
    markup = _HEADERS.sub("\n", markup.replace("<![CDATA[", "").replace("]]>", ""))
    for pattern in (_SAID, _VALUE) if values else (_SAID,):
        for one, other in pattern.findall(markup):
            yield unescape(one or other)
    markup = _STYLES.sub("", markup)
    for text in dict.fromkeys((markup, _DELETED.sub("", markup))):
        for line in _TAGS.sub("\n", _RUNS.sub("", text)).splitlines():
            if len(said := line.strip()) > 5:
                said = unescape(said)
                yield from quoted_in(said) if '"' in said else ()
                yield _CODES.sub(" ", said) if "&" in said else said

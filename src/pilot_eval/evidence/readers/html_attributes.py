"""Reads the attributes of HTML tags, and which elements they or the page's style sheets hide."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from html import unescape

_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+)))?""")
_HIDES = re.compile(r"(?<![\w-])(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))", re.IGNORECASE)
_SHOWS = re.compile(r"(?<![\w-])(?:display|visibility)\s*:", re.IGNORECASE)
_SHEET, _SHEET_END = re.compile("<style(?=[\\s>])", re.IGNORECASE), re.compile("</style", re.IGNORECASE)
_BRACE = re.compile("[{}]")
_LAST = re.compile(r"(?:^|[\s>+~])([a-z][a-z0-9]*|\*?)((?:[.#][^\s.#:>+~\[\]*]+)+)$", re.IGNORECASE)
"""The end of a selector: an element with classes or an id."""
_MOST = 1000
"""Rules that hide, and lengths of a selector."""

Rules = Mapping[str, Sequence[tuple[str, frozenset[str]]]]
"""By a class or an id, the hidden elements that have it: their name or "", and all their names (`.note`, `#total`)."""
LONG_REFERENCE = re.compile("&#[0-9]{1000,};?")


def character_references(text: str) -> str:
    """Return the text with its character references decoded."""
    try:
        return unescape(text)
    except ValueError:  # more digits than Python converts: not a valid character
        return unescape(LONG_REFERENCE.sub("\ufffd", text))


@lru_cache(1000)
def html_attributes(said: str) -> Mapping[str, str]:
    """Return the attributes of a tag by their names in lower case; of two with one name, the first counts."""
    found: dict[str, str] = {}
    for name, *values in _ATTRIBUTE.findall(said):
        found.setdefault(name.lower(), character_references("".join(values)))
    return found


def hiding_rules(text: str) -> Rules:
    """Return the rules of a page's style sheets that hide elements by their class or id on a screen."""
    rules: dict[tuple[str, frozenset[str]], bool] = {}
    for selectors, body in _rules(text):
        hides = _HIDES.search(body) is not None
        if len(selectors) > _MOST or not (hides or (rules and _SHOWS.search(body))):
            continue
        for selector in selectors.split(","):
            if match := _LAST.search(selector.strip()):
                key = match[1].lower().strip("*"), frozenset(re.findall(r"[.#][^.#]+", match[2]))
                if key in rules or (hides and len(rules) < _MOST):
                    rules[key] = hides
    found: dict[str, list[tuple[str, frozenset[str]]]] = {}
    for (element, names), hides in rules.items():
        if hides:
            found.setdefault(min(names), []).append((element, names))
    return found


def _rules(text: str) -> Iterator[tuple[str, str]]:
    """Yield the selectors and the declarations of the rules that a screen applies."""
    end = 0
    while (start := _SHEET.search(text, end)) and (stop := _SHEET_END.search(text, start.end())):
        end = stop.start()
        sheet = re.sub(r"/\*.*?\*/|<!--|-->", " ", text[start.end() : end].partition(">")[2], flags=re.DOTALL)
        opened: list[str] = []
        at = elsewhere = 0  # blocks that hold for print and the like
        for brace in _BRACE.finditer(sheet):
            said, at = sheet[at : brace.start()], brace.end()
            if brace[0] == "{":
                opened.append(said.rpartition(";")[2].strip())
                elsewhere += _is_elsewhere(opened[-1])
            elif opened:
                selectors = opened.pop()
                elsewhere -= _is_elsewhere(selectors)
                if not elsewhere:
                    yield selectors, said


def _is_elsewhere(rule: str) -> bool:
    """Return whether what begins a block says that it is not for a screen."""
    return rule.startswith("@") and bool(re.search("print|speech|@(?!media|layer|supports|scope)", rule.lower()))


def hides_element(tag: str, said: str, rules: Rules) -> bool:
    """Return whether an element is hidden: by its style, its `hidden` attribute, or a rule for its classes or id."""
    if not said or said.isspace():
        return False
    attributes = html_attributes(said)
    if "hidden" in attributes or _HIDES.search(attributes.get("style", "")):
        return True
    if not rules:
        return False
    names = {f".{each}" for each in attributes.get("class", "").split()} | {f"#{attributes.get('id', '')}"}
    return any(element in ("", tag) and wanted <= names for each in names for element, wanted in rules.get(each, ()))

"""Reads a rendered page without a browser: checks its nesting, and gives its structure, text, ids and links."""

import re
from html.parser import HTMLParser

VOID = {"meta", "link", "input", "br", "img"}
CLOSED_ALONE = {"rect", "line", "circle"}


class Reading(HTMLParser):
    """A page as a strict reader sees it. Raises AssertionError where tags don't nest."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.refers: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.headings: list[int] = []
        self.words: list[str] = []
        self.open: list[str] = []
        self.style = ""
        self.feed(html)
        self.close()
        assert self.open == [], self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), (tag, names)
        self.tags.append((tag, tuple(names)))
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        given = {name: value or "" for name, value in attrs}
        self.ids += [given["id"]] if "id" in given else []
        self.links += [given["href"]] if tag == "a" else []
        self.refers += " ".join(given.get(name, "") for name in ("aria-labelledby", "for")).split()
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in VOID | CLOSED_ALONE:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in CLOSED_ALONE:
            return
        assert self.open and self.open[-1] == tag, (tag, self.open)
        self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "style":
            self.style += data
        else:
            self.words.append(data)

    @property
    def text(self) -> str:
        """All text in one line, titles of charts included."""
        return re.sub(r"\s+", " ", " ".join(self.words))

    @property
    def dense(self) -> str:
        """All text without any white space."""
        return re.sub(r"\s+", "", "".join(self.words))

"""Parses a part of a workbook as XML, in chunks. A DOCTYPE, which could declare entities, or a huge tag is refused."""

import re
from collections.abc import Callable, Iterable, Mapping
from xml.parsers import expat

from pilot_eval.errors import EvidenceError, Place
from pilot_eval.messages.libraries import NOT_UTF8, xml_problem
from pilot_eval.text import Words

_LONGEST_TAG = 4 * 2**20
_DEEPEST = 500

Attributes = Mapping[str, str]
Handler = Callable[[Attributes], None]


_DECLARED = re.compile(r"\A\s*<\?xml[^>]*\?>")


def as_utf8(text: str) -> bytes:
    """Encode the decoded text of an XML file as UTF-8, whatever encoding it declares."""
    return _DECLARED.sub("", text, count=1).encode()


class XmlPart:
    """One part being parsed. Elements are named `namespace name`; those without a handler are ignored.

    `shown` is the file's name and `part` the part's name, for errors. Raises EvidenceError.
    """

    def __init__(
        self,
        shown: str,
        part: str,
        starts: Mapping[str, Handler],
        ends: Mapping[str, Callable[[], None]] | None = None,
        text: Callable[[str], None] | None = None,
    ) -> None:
        self._place = Place(file=shown, field=part)
        self._fed = 0
        self._parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        get_start, get_end = starts.get, (ends or {}).get
        depth = 0
        self.depth: Callable[[], int] = lambda: depth
        """The number of open elements; in a handler, this includes the handler's own element."""

        def start(name: str, attributes: Attributes) -> None:
            nonlocal depth
            depth += 1
            handler = get_start(name)
            if handler:
                handler(attributes)
            elif depth > _DEEPEST:  # expat keeps every open tag in memory
                raise self.broken(Words(zh="嵌套过深", en="tags are nested too deeply"))

        def end(name: str) -> None:
            nonlocal depth
            handler = get_end(name)
            if handler:
                handler()
            depth -= 1

        parser.StartElementHandler = start
        parser.EndElementHandler = end
        if text:
            parser.CharacterDataHandler = text

    def feed(self, data: bytes, last: bool = False) -> None:
        try:
            self._parser.Parse(data, last)
        except expat.ExpatError as error:
            raise self.broken(xml_problem(str(error))) from None
        except (LookupError, ValueError):  # an encoding that Python or expat doesn't know
            raise self.broken(NOT_UTF8) from None
        self._fed += len(data)
        if self._fed - self._parser.CurrentByteIndex > _LONGEST_TAG:
            # Expat rereads an unfinished tag from its start with every chunk: quadratic time for a long one.
            raise self.broken(Words(zh="标签过长", en="a tag is too long"))

    def decoded(self, data: bytes) -> str:
        """Decode text that was extracted from the part before parsing."""
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            raise self.broken(NOT_UTF8) from None

    def all(self, chunks: Iterable[bytes]) -> None:
        """Parse a whole part."""
        for chunk in chunks:
            self.feed(chunk)
        self.feed(b"", True)

    def _refuse_doctype(self, *_: object) -> None:
        raise EvidenceError.of("xml-doctype", self._place)

    def broken(self, problem: Words) -> EvidenceError:
        """Build the error for a part that is malformed."""
        return EvidenceError.of("xml-broken", self._place, problem=problem)

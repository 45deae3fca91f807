"""Reads the text of a PDF, page by page, with the library pypdf: the extra `pilot-eval[attachments]`."""

import logging
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

MOST_PAGES = 200
"""Pages that are read, from the beginning: time for a text is limited, and pages take their time."""


class PdfUnreadableError(ValueError):
    """A PDF is damaged or encrypted."""


def can_read_pdf() -> bool:
    """Return whether the library is installed."""
    return find_spec("pypdf") is not None


def pdf_texts(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the text of each page with its number, from 1, and what is noted on it; 0 has the properties and fields.

    A page that is only a picture has no text. Raises PdfUnreadableError.
    """
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it reports every flaw of a file
    try:
        reader = pypdf.PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            raise PdfUnreadableError("encrypted")
        yield 0, "\n".join(_properties_of(reader))
        for number, page in enumerate(reader.pages[:MOST_PAGES], start=1):
            notes = [said for note in page.get("/Annots") or () for said in _said_by(note.get_object())]
            yield number, "\n".join([page.extract_text(), *notes])
    except PdfUnreadableError:
        raise
    except (MemoryError, RecursionError):
        raise PdfUnreadableError("too deep") from None
    except Exception as error:  # the library raises what its parts raise: KeyError, TypeError, zlib.error …
        raise PdfUnreadableError(str(error)) from error


def _properties_of(reader: Any) -> Iterator[str]:
    for value in (reader.metadata or {}).values():
        yield str(value)
    for name, field in (reader.get_fields() or {}).items():
        yield f"{name}: {field.get('/V') or ''}"


def _said_by(note: Any) -> Iterator[str]:
    """Yield what an annotation says, and where a link leads."""
    for key in ("/Contents", "/T", "/V", "/TU"):
        if isinstance(said := note.get(key), str):
            yield said
    target = note.get("/A")
    if target is not None and isinstance(said := target.get_object().get("/URI"), str):
        yield said

"""Text in the languages of the interface: Chinese first, English beside it."""

import hashlib
import re
from collections.abc import Iterable
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Lang = Literal["zh", "en"]
LANGS: tuple[Lang, ...] = ("zh", "en")

LETTERS = "A-Za-z〇㐀-䶿一-鿿"
"""A class of regular expressions; each of these Chinese characters is its own normal form (NFC)."""
ID_PATTERN = rf"^[{LETTERS}][{LETTERS}0-9_.-]*$"
"""What an id in a method looks like: in regular expressions of Python, Rust and JavaScript alike."""
GRADE_PATTERN = rf"^[{LETTERS}0-9][{LETTERS}0-9_.-]*$"
"""The same for a grade, which may begin with a digit: 5A."""
DECLARED_PATTERN = r"^[A-Za-z][A-Za-z0-9_.-]*$"
PILOT_PATTERN = r"^[a-z][a-z0-9-]*$"
VERSION_PATTERN = r"^\d+\.\d+\.\d+$"


class Frozen(BaseModel):
    """A value object: no unknown keys, immutable."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Words(Frozen):
    """A phrase in both languages, `zh` and `en`; an empty `en` falls back to `zh`."""

    zh: str
    en: str = ""

    def in_(self, lang: Lang) -> str:
        """Return the words in the language `lang`, "zh" or "en"."""
        return self.zh if lang == "zh" or not self.en else self.en


def in_language(lang: Lang, zh: str, en: str) -> str:
    """Return the one of two texts that is in the language `lang`."""
    return zh if lang == "zh" else en


class Wording(Frozen):
    """A phrase in a user's file; the English may be left out."""

    zh: str = Field(min_length=1)
    en: str = ""

    @property
    def words(self) -> Words:
        return Words(zh=self.zh, en=self.en)


def both(plain: str) -> Words:
    """Return the same words in both languages: names, numbers, identifiers."""
    return Words(zh=plain, en=plain)


def joined(names: Iterable[Words]) -> Words:
    """Return several names in a row, separated by “、” in Chinese and by a comma in English."""
    listed = list(names)
    return Words(zh="、".join(each.zh for each in listed), en=", ".join(each.in_("en") for each in listed))


def quoted(name: Words | str) -> Words:
    """Return a name in quotation marks: as the user wrote it, or should write it."""
    words = name if isinstance(name, Words) else both(name)
    return Words(zh=f"“{words.zh}”", en=f"“{words.in_('en')}”")


def named(label: Words, id_: str) -> Words:
    """Return a name followed by its id, so that it can be found in a file."""
    name = quoted(label)
    return Words(zh=f"{name.zh}（{id_}）", en=f"{name.en} ({id_})")


def safe_name(id: str, prefix: str) -> str:
    """A name for a file or an anchor: the id itself if it is safe, otherwise a digest of it."""
    if re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]{0,63}", id) and id != "index":
        return id
    return f"{prefix}-{hashlib.sha256(id.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"

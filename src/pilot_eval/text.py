"""Text in the languages of the interface: Chinese first, English beside it."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

Lang = Literal["zh", "en"]
LANGS: tuple[Lang, ...] = ("zh", "en")


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


def both(plain: str) -> Words:
    """Return the same words in both languages: names, numbers, identifiers."""
    return Words(zh=plain, en=plain)

"""Columns of words: text, items of a closed list, references to attachments."""

from collections.abc import Iterable
from dataclasses import dataclass

import narwhals.stable.v2 as nw

from pilot_eval.errors import PluginError, did_you_mean
from pilot_eval.plugin.columns import Column, Flag
from pilot_eval.plugin.intervals import Trio
from pilot_eval.plugin.symbolic import Symbolic, mistake


class Text(Column):
    """A column of text: compare it, test whether cells are filled in, count its different values."""

    def __eq__(self, other: object) -> "Flag":  # type: ignore[override]
        return self.isin([self._known(other)])

    def __ne__(self, other: object) -> "Flag":  # type: ignore[override]
        return ~(self == other)

    __hash__ = None  # type: ignore[assignment]

    def isin(self, words: Iterable[str]) -> "Flag":
        """True where the cell is one of `words`; for a `Choice`, `words` are ids."""
        if isinstance(words, (str, Symbolic)) or not isinstance(words, Iterable):
            raise mistake("plugin-isin", self, words)
        known = sorted(map(self._known, words))
        found = nw.when(~self.trio.value.is_null()).then(self.trio.value.is_in(known))
        return self._to(Flag, Trio.of(found))

    def _known(self, word: object) -> str:
        if not isinstance(word, str):
            raise mistake("plugin-word", self, word)
        return word


@dataclass(frozen=True, eq=False)
class Choice(Text):
    """A column whose cells are items of a closed list; a comparison with any other word fails when the plugin loads."""

    options: tuple[str, ...] = ()

    def _known(self, word: object) -> str:
        word = super()._known(word)
        if self.options and word not in self.options:
            raise PluginError.of("plugin-unknown-choice", word=word, suggestion=did_you_mean(word, self.options))
        return word


class File(Text):
    """A column of references to attachments (paths inside the submission)."""

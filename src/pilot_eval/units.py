"""Units: how each is shown and written, which come in wholes, and which convert to which.

`UNITS` are those that every method and plugin has; `UNITS.plus(…)` are these and others, that a plugin or a method
declares. Nothing is registered anywhere: whatever needs units is given the `Units` of its round.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from pilot_eval.spelling import plain
from pilot_eval.text import Words, both

ONE = Decimal(1)
MAGNITUDES = {"十": 10, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}

_MARKS = r"\s()（）\[\],，;；、:："
UNIT_PATTERN = rf"^[^{_MARKS}0-9０-９.。+*/_=<>~≥≤-][^{_MARKS}]{{0,19}}$"
"""What an id of a unit looks like: a word that may follow a number, and may stand in brackets."""
_NUMERAL = re.compile("[零〇一二两三四五六七八九十百千万亿几数多余整正]+|及?以上|以下|以内|左右|上下")


@dataclass(frozen=True)
class DeclaredUnit:
    """A unit: one is `factor` of the unit `of`, if that is given. `counted`: it comes in wholes.

    spellings: how headers and cells may write it, besides a magnitude and another unit (`万元`).
    """

    id: str
    label: Words
    counted: bool = False
    of: str | None = None
    factor: Decimal = ONE
    spellings: tuple[str, ...] = ()


def may_follow_a_number(id: str) -> bool:
    """Return whether a word can be told from a number before it: 万 and 以上 are parts of numbers."""
    return re.fullmatch(UNIT_PATTERN, id) is not None and _NUMERAL.fullmatch(id) is None


def declared_unit(
    id: str, label: Words, *, counted: bool = False, equals: Mapping[str, Decimal] | None = None
) -> DeclaredUnit:
    """Return a unit of a plugin or a method; `equals` maps another unit to how many of it one is."""
    of, factor = next(iter(equals.items())) if equals else (None, ONE)
    return DeclaredUnit(id, label, counted, of, factor, tuple(dict.fromkeys(filter(None, (id, label.zh, label.en)))))


def exact_factor(given: object) -> Decimal:
    """Convert a number, or a fraction such as "2000/3", to a factor. Raises ValueError if it isn't above 0."""
    if isinstance(given, bool) or not isinstance(given, (int, float, str, Decimal)):
        raise ValueError(given)
    try:
        factor = Fraction(given.replace(" ", "") if isinstance(given, str) else str(given))
    except ZeroDivisionError:
        raise ValueError(given) from None
    made = Decimal(factor.numerator) / Decimal(factor.denominator)
    if not _LEAST <= made <= _MOST:
        raise ValueError(given)
    return made


_LEAST, _MOST = Decimal("1e-12"), Decimal("1e12")
"""Factors that a measure's nine decimals, or its digits, can't hold are mistakes."""


def _built_in(
    id: str, en: str, *more: str, counted: bool = False, of: str | None = None, factor: object = 1
) -> DeclaredUnit:
    return DeclaredUnit(id, Words(zh=id, en=en), counted, of, exact_factor(factor), (id, *more))


_BUILT_IN = (
    _built_in("%", "%"),
    _built_in("项", "items", counted=True),
    _built_in("月", "months", "个月"),
    _built_in("场", "events", counted=True),
    _built_in("个", "units", counted=True),
    _built_in("家", "organisations", counted=True),
    _built_in("人", "persons", counted=True),
    _built_in("人次", "contacts", counted=True),
    _built_in("期", "issues", counted=True),
    _built_in("件", "pieces", counted=True),
    _built_in("份", "answers", counted=True),
    _built_in("次", "times", counted=True),
    _built_in("级", "level"),
    _built_in("A", "A"),
    DeclaredUnit("是/否", Words(zh="是/否", en="yes/no")),
    _built_in("㎡", "㎡", "m2", "M2", "平方米", "平米", "平方", "平"),
    _built_in("亩", "mu", of="㎡", factor="2000/3"),
    _built_in("公顷", "ha", of="㎡", factor=10_000),
    _built_in("平方公里", "km²", "平方千米", "km2", of="㎡", factor=1_000_000),
    DeclaredUnit("㎡/百户", Words(zh="㎡/百户", en="㎡ per 100 households")),
    DeclaredUnit("人/万人", Words(zh="人/万人", en="persons per 10,000")),
    _built_in("元", "CNY", "元整", "元正", "人民币", "块", "块钱"),
    _built_in("万元", "10,000 CNY", of="元", factor=10_000),
    _built_in("户", "households", counted=True),
    _built_in("天", "days", "日"),
    _built_in("分", "points"),
)
_COUNTERS = frozenset(["场次", "户次", "件次", "名", "位", "条", "篇", "处", "间", "所", "座", "栋", "支", "套", "本"])
"""Words that count anything: `30名` in a column of 人. They are no units themselves."""
_ALONE = frozenset({"月", "天", "级", "分"})
"""Units that a number in a column without a unit may have, though they count nothing else."""
_NO_UNIT = "‰"
"""A word that is known, so that it is refused where it doesn't fit."""


@dataclass(frozen=True)
class Units(Mapping[str, DeclaredUnit]):
    """Units by id: those that are built in, and `own`, in the order in which they were declared."""

    own: tuple[DeclaredUnit, ...] = ()

    def __getitem__(self, id: str) -> DeclaredUnit:
        return self._by_id[id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_id)

    def __len__(self) -> int:
        return len(self._by_id)

    @cached_property
    def _by_id(self) -> dict[str, DeclaredUnit]:
        return {each.id: each for each in (*_BUILT_IN, *self.own)}

    def plus(self, more: Iterable[DeclaredUnit]) -> "Units":
        """Return these units and others; the label of one that is declared again is the last one's.

        One whose `of` leads to no unit, or back to itself, is left out.
        """
        every = {each.id: each for each in (*self.own, *more)}
        known = {**self._by_id, **every}
        return Units(tuple(each for each in every.values() if _chain(each, known)[-1] is not None))

    def size(self, id: str) -> tuple[str, Decimal]:
        """Return the unit that everything of the same kind converts to, and how many of it one is.

        Raises KeyError for an unknown unit.
        """
        at, factor = self._by_id[id], ONE
        while at.of is not None:
            factor, at = factor * at.factor, self._by_id[at.of]
        return at.id, factor

    def factor(self, given: str, wanted: str) -> Decimal | None:
        """Return how many of the unit `wanted` one `given` is; None if they don't convert. Both are ids."""
        if given == wanted:
            return ONE
        if given not in self or wanted not in self:
            return None
        (kind, size), (other, unit) = self.size(given), self.size(wanted)
        return size / unit if kind == other else None

    def relatives(self, id: str) -> tuple[str, ...]:
        """Return the other units that a unit converts to."""
        kind = self.size(id)[0] if id in self else id
        return tuple(each for each in self if each != id and self.size(each)[0] == kind)

    def counted(self, id: str | None) -> bool:
        """Return whether a unit comes in wholes: 1.2 of them is a mistake, or means 12,000."""
        if id is None or id not in self:
            return False
        kind, size = self.size(id)
        return size == 1 and self._by_id[kind].counted

    def label(self, id: str) -> Words:
        """Return how a unit is shown; an unknown one by its id."""
        return self._by_id[id].label if id in self else both(id)

    def said(self, word: str) -> Words:
        """Return what a known word means: the unit that it is, or how many of which."""
        for times, rest in _splits(plain(word), whole=True):
            id = word if word in self and times == 1 else self.spelled.get(rest)
            if id is not None:
                kind, size = self.size(id)
                if (size * times, kind) != (ONE, id):
                    return both(f"{factor_shown(size * times)} {kind}")
                return Words(zh=f"{id}（counted: true）", en=f"{id} (counted: true)") if self.counted(id) else both(id)
        return both(word)

    def other_meaning(self, unit: DeclaredUnit) -> str | None:
        """Return the word, of one's id and Chinese name, that is known and means something else than `unit` does."""
        kind, size = self.size(unit.of) if unit.of is not None else (unit.id, ONE)
        counted = unit.counted or (unit.of is not None and size * unit.factor == 1 and self.counted(kind))
        for word in (unit.id, unit.label.zh):
            for times, rest in _splits(plain(word), whole=True):
                known = word if word in self and times == 1 else self.spelled.get(rest)
                if known is not None:
                    other, one = self.size(known)
                    same = (other, self.counted(known) and times == 1) == (kind, counted)
                    if not same or abs(size * unit.factor / (one * times) - 1) > _NOISE:
                        return word
                    break
        return None

    # --- as headers and cells write them

    @cached_property
    def spelled(self) -> dict[str, str | None]:
        """The unit that each word is, None for a word that counts anything.

        万元 is none: it is read as a magnitude and 元. A word that may be several units is only that which has it as
        its id.
        """
        known: dict[str, str | None] = dict.fromkeys((*_COUNTERS, _NO_UNIT))
        known |= {word: each.id for each in _BUILT_IN for word in each.spellings}
        words: dict[str, set[str]] = {}
        for each in self.own:
            for word in {*each.spellings, *map(plain, each.spellings)}:
                words.setdefault(word, set()).add(each.id)
        known |= {word: min(ids) for word, ids in words.items() if known.get(word) is None and self._alike(ids)}
        known |= {word: each.id for each in self.own if each.spellings for word in (each.id, plain(each.id))}
        return {word: id for word, id in known.items() if not self._said_in_parts(word, id, known)}

    def _said_in_parts(self, word: str, id: str | None, known: Mapping[str, str | None]) -> bool:
        """Return whether a word is a magnitude and another unit, and means just that."""
        for times, rest in _splits(word):
            of = known.get(rest)
            if id is not None and of is not None and of != id:
                return self.factor(id, of) == times
        return False

    @cached_property
    def _folded(self) -> dict[str, str]:
        """The words in whichever case, as they are spelled, unless the case tells them apart."""
        folded: dict[str, set[str]] = {}
        for word in self.spelled:
            folded.setdefault(word.casefold(), set()).add(word)
        return {key: min(words) for key, words in folded.items() if self._alike({self.spelled[word] for word in words})}

    def _alike(self, ids: Collection[str | None]) -> bool:
        """Return whether words for these units mean the same."""
        return len({id and self.size(id) for id in ids}) == 1

    @cached_property
    def at_end(self) -> re.Pattern[str]:
        """Finds the longest word that is a unit at the end of a text."""
        return re.compile("(?:" + "|".join(map(re.escape, sorted(self.spelled))) + ")$")

    def parted(self, word: str) -> tuple[int, str]:
        """Split a word into a magnitude and a unit as it is spelled: `百万元` into 1,000,000 and 元.

        Raises KeyError if it isn't a unit.
        """
        for times, rest in _splits(word, whole=True):
            if rest in self.spelled:
                return times, rest
            if rest.casefold() in self._folded:
                return times, self._folded[rest.casefold()]
        raise KeyError(word)

    @cached_property
    def counters(self) -> frozenset[str]:
        """The words that count things: 家, 名."""
        return frozenset(word for word, id in self.spelled.items() if word in _COUNTERS or self.counted(id))

    def magnified(self, unit: str | None) -> str | None:
        """Return the unit that a unit is a magnitude of, as it is spelled: 元 of 万元; else None."""
        if unit is None or unit[:1] not in MAGNITUDES:  # at once: most are none
            return None
        try:
            times, rest = self.parted(plain(unit))
        except KeyError:
            return None
        return rest if times > 1 else None

    def id_of(self, word: str) -> str | None:
        """Return the unit that a word means: its id, or another spelling. None if it is no unit."""
        return word if word in self else self.spelled.get(plain(word))

    def factor_of(self, word: str, unit: str | None) -> Decimal | None:
        """Return how many of a column's unit a word is (`spelled`), or None if their kinds differ.

        What counts may stand for whatever is counted. `unit` is None in a column without one.
        """
        means = self.spelled[word]
        counts = word in _COUNTERS or self.counted(means)
        if unit is None:
            return ONE if counts or means in _ALONE else None
        factor = ONE if word == unit else self.factor(means, unit) if means else None
        return ONE if factor is None and counts and self.counted(unit) else factor

    def family_words(self, unit: str) -> frozenset[str]:
        """Return the words, of two letters or more and in lower case, for a unit and those that it converts to.

        Empty if all of these are built in: how those are mentioned is known better.
        """
        family = {unit, *self.relatives(unit)}
        if family.isdisjoint(each.id for each in self.own):
            return frozenset()
        return frozenset(word.casefold() for word, id in self.spelled.items() if id in family and len(word) > 1)


_NOISE = Decimal("1e-9")


def factor_shown(factor: Decimal) -> str:
    """Return a factor as shown: `10,000`, `666.666667`."""
    return f"{float(factor):,.9g}" if factor < 10**9 else f"{factor:,f}"


def _splits(word: str, *, whole: bool = False) -> Iterator[tuple[int, str]]:
    """Yield the ways to split a word into a magnitude and a rest; with `whole`, first without any."""
    times = 1
    if whole:
        yield times, word
    for at, sign in enumerate(word[:-1]):
        if sign not in MAGNITUDES:
            return
        times *= MAGNITUDES[sign]
        yield times, word[at + 1 :]


def _chain(unit: DeclaredUnit, known: Mapping[str, DeclaredUnit]) -> list[str | None]:
    """Return a unit and those that `of` leads to; None at the end if that is unknown, or in the chain already."""
    chain: list[str | None] = [unit.id]
    while unit.of is not None:
        if unit.of not in known or unit.of in chain:
            return [*chain, None]
        unit = known[unit.of]
        chain.append(unit.id)
    return chain


def leads_to_itself(unit: DeclaredUnit, known: Mapping[str, DeclaredUnit]) -> bool:
    """Return whether `of` leads back to the unit."""
    at: DeclaredUnit | None = unit
    for _ in range(len(known) + 1):
        at = known.get(at.of) if at is not None and at.of is not None else None
        if at is None or at.id == unit.id:
            return at is not None
    return False


UNITS = Units()
"""The units that every method and plugin has."""

"""All the mistakes, and which of them can be in one submission without meeting."""

from collections.abc import Iterable
from functools import cache

from tests.support.mistakes import (
    again,
    cells,
    further,
    levels,
    nearly,
    parts,
    periods,
    repeats,
    revisions,
    sources,
    sums,
    twice,
    varied,
    varied_places,
    worded,
)
from tests.support.mistakes.case import Mistake
from tests.support.rounds.submitted import Sent


@cache
def every() -> tuple[Mistake, ...]:
    modules = (
        sources, revisions, periods, sums, levels, cells, repeats, nearly, further, parts, again, twice, worded, varied,
        varied_places,
    )  # fmt: skip
    return tuple(each for module in modules for each in module.mistakes())


def together(mistakes: Iterable[Mistake]) -> dict[str, list[Mistake]]:
    """The mistakes of one round by pilot: those in one submission have no table and no file in common."""
    pilots: dict[str, list[Mistake]] = {}
    for each in mistakes:
        fitting = (id for id, others in pilots.items() if not any(map(each.meets, others)))
        pilots.setdefault(next(fitting, each.id), []).append(each)
    return pilots


def sent_together(pilots: dict[str, list[Mistake]]) -> list[Sent]:
    return [
        Sent(id, some[0].base_type, {name: data for each in some for name, data in each.files.items()}, some[0].period)
        for id, some in pilots.items()
    ]

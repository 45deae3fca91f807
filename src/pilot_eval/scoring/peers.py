"""Compares pilots: the figures of each one's group, as columns of the lazy frame.

There are three cases: the figures as they are; a pilot's own at its worst bound and the others' at the best; and the
other way round. Every rule but the z-score rises with the pilot's own figure and falls with each of the others', so
that the last two cases bound its share.

No pilot is paired with another: what the others come to follows from the order of the figures in a group, and from the
smallest, the middle and the largest. A group of n takes about n log n steps, and memory for n.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import narwhals.stable.v2 as nw

from pilot_eval.frames import INNER, PILOT, Case, item_columns, peer_columns, three
from pilot_eval.measures.engines import Engine, Frame
from pilot_eval.method.peer_rules import Group, PeerRule, ZScoreRule
from pilot_eval.method.rules import Given, Peers
from pilot_eval.method.schema import Scoring
from pilot_eval.scoring.case import PilotCase
from pilot_eval.scoring.growth import Factors, figure_columns


@dataclass(frozen=True)
class PeerFigures:
    """What one pilot brings into comparisons: its groups, and by item its figure with bounds, null if none counts."""

    pilot: str
    groups: Mapping[Group, str]
    of: Mapping[str, tuple[float | None, float | None, float | None]]


PeerResults = Mapping[str, Sequence[Any]]
"""What the comparisons come to, as columns: `PILOT`, and `peer_columns` of each item."""

CASES: tuple[Case, ...] = ("value", "worst", "best")


def comparisons(items: Sequence[Scoring]) -> list[tuple[Scoring, PeerRule]]:
    """Return the items that compare pilots, each with its rule."""
    return [(item, item.rule) for item in items if isinstance(item.rule, PeerRule)]


def peer_figures(
    frame: Frame,
    items: Sequence[Scoring],
    enough: Mapping[str, nw.Expr],
    cases: Sequence[PilotCase],
    factors: Factors,
) -> list[PeerFigures]:
    """Return what the pilots of a frame with measures bring into comparisons.

    enough: whether each item has the evidence that it requires.
    """
    own = {item.id: three(f"{INNER}{item.id}") for item, _ in comparisons(items)}
    columns: dict[str, nw.Expr] = {}
    for item, _ in comparisons(items):
        names, figure = item_columns(item.id), figure_columns(item, factors)
        counts = ~nw.col(names.exempt) & ~nw.col(names.faulty) & nw.col(names.empty).is_null() & enough[item.id]
        known = counts & ~nw.col(figure.value).is_null()
        ends = (nw.when(known).then(nw.coalesce(nw.col(name), nw.col(figure.value))) for name in figure)
        columns |= dict(zip(own[item.id], ends, strict=True))
    rows = {row[PILOT]: row for row in frame.select(PILOT, **columns).collect().iter_rows(named=True)}
    made = []
    for case in cases:
        groups: dict[Group, str] = {"base_type": case.pilot.base_type, "tier": case.pilot.tier or "", "all": ""}
        figures = {id_: tuple(rows[case.pilot.id][name] for name in names) for id_, names in own.items()}
        made.append(PeerFigures(case.pilot.id, groups, figures))
    return made


def compare_peers(
    engine: Engine, items: Iterable[tuple[Scoring, PeerRule]], figures: Sequence[PeerFigures]
) -> PeerResults:
    """Return what the comparison of pilots on each item comes to."""
    columns: dict[str, Sequence[Any]] = {PILOT: sorted(each.pilot for each in figures)}
    for item, rule in items:
        found = _group_figures(engine, item.id, rule, figures).sort(PILOT).collect()
        columns |= {name: found.get_column(name).to_list() for name in found.columns if name != PILOT}
    return columns


def with_peers(engine: Engine, frame: Frame, items: Sequence[Scoring], results: PeerResults) -> Frame:
    """Add the columns of each comparison."""
    names = [name for item, _ in comparisons(items) for case in CASES for name in peer_columns(item.id, case)]
    if not names:
        return frame
    types = {PILOT: str, **dict.fromkeys(names, float)}
    return frame.join(engine.frame({name: results[name] for name in types}, types), on=PILOT, how="left")


GROUPS = f"{INNER}case", f"{INNER}group"
SIDES = *GROUPS, f"{INNER}asks"
"""What is placed together: the figures of a case and a group, on both sides or on one: those that ask for their place
(mine), and those that they meet (theirs)."""


def _group_figures(engine: Engine, id_: str, rule: PeerRule, figures: Sequence[PeerFigures]) -> Frame:
    """Return for each pilot what its group comes to, in each case; all null if it has no figure."""
    case_, group, asks = SIDES
    value, low, high = three("own")
    of = [each.of.get(id_, (None, None, None)) for each in figures]
    data: dict[str, list[Any]] = {
        PILOT: [each.pilot for each in figures],
        group: [each.groups[rule.of] for each in figures],
        **{name: [each[at] for each in of] for at, name in enumerate((value, low, high))},
    }
    own = engine.frame(data, {PILOT: str, group: str, value: float, low: float, high: float})
    worst, best = (low, high) if rule.rising else (high, low)
    ends: dict[Case, tuple[str, str]] = {"value": (value, value), "worst": (worst, best), "best": (best, worst)}
    has_bounds = _as_number(nw.col(low) < nw.col(high))
    cases = nw.concat(
        own.select(PILOT, group, mine=nw.col(mine), theirs=nw.col(theirs), open=has_bounds, **{case_: nw.lit(case)})
        for case, (mine, theirs) in ends.items()
    )
    sides = nw.concat(
        cases.with_columns(x=nw.col(name), **{asks: nw.lit(name == "mine")}) for name in ("mine", "theirs")
    )
    made = _with_others(_with_places(sides, rising=rule.rising))
    columns = {
        name: nw.when((nw.col(case_) == case) & ~nw.col("x").is_null()).then(nw.col(field)).max()
        for case in CASES
        for field, name in peer_columns(id_, case)._asdict().items()
    }
    return made.group_by(PILOT).agg(**columns)


def _with_places(sides: Frame, *, rising: bool) -> Frame:
    """Add what each group comes to, and each one's rank: 1 + the others that are better.

    place: of a figure among those of its side, from the smallest.
    """
    x, mine, theirs = map(nw.col, ("x", "mine", "theirs"))
    better = x.rank("min", descending=rising)
    own = _as_number(theirs > mine if rising else theirs < mine)
    return sides.with_columns(
        n=x.count().over(*SIDES).cast(nw.Float64),
        place=x.rank("ordinal").over(*SIDES).cast(nw.Float64),
        rank=better.over(*GROUPS).cast(nw.Float64) - better.over(*SIDES).cast(nw.Float64) - own + 1.0,
        open=nw.col("open").sum().over(*SIDES),
        mean=theirs.mean().over(*GROUPS),
        sd=theirs.std(ddof=0).over(*GROUPS),
    )


def _with_others(placed: Frame) -> Frame:
    """Add what the others' figures and one's own come to together, to the side that asks.

    The median is one's own figure, clamped by those in the middle of the others; or half of the sum with the one that
    is between these, where the number of all is even.
    """
    x, mine, theirs, n, place = map(nw.col, ("x", "mine", "theirs", "n", "place"))
    below, above = ((n - 1) / 2).floor(), (n / 2).floor() + 1
    places = {"first": nw.lit(1.0), "last": n - 1, "below": below, "between": below + 1, "above": above}

    def at(wanted: nw.Expr) -> nw.Expr:
        return nw.when(~nw.col(SIDES[-1]) & (place == wanted)).then(x).max().over(*GROUPS)

    picked = {f"{name}{more}": at(each + more) for name, each in places.items() for more in (0, 1)}
    asking = placed.with_columns(**picked).filter(nw.col(SIDES[-1]))
    # The figure at a place among the others: from one's own place on, they are one place further up.
    other = {
        name: nw.when(theirs <= nw.col(f"{name}0")).then(nw.col(f"{name}1")).otherwise(nw.col(f"{name}0"))
        for name in places
    }
    middle = nw.max_horizontal(other["below"], nw.min_horizontal(mine, other["above"]))
    return asking.with_columns(
        lowest=nw.min_horizontal(mine, other["first"]),
        highest=nw.max_horizontal(mine, other["last"]),
        median=nw.when(above - below == 2).then((middle + other["between"]) / 2).otherwise(middle),
    )


def _as_number(condition: nw.Expr) -> nw.Expr:
    return nw.when(condition).then(nw.lit(1.0)).otherwise(nw.lit(0.0))


def peer_shares(item: Scoring, rule: PeerRule, given: Given) -> tuple[nw.Expr, nw.Expr, nw.Expr]:
    """Return the share of an item that compares pilots, and the smallest and the largest that all bounds allow.

    Where they can't be told, they are 0 and 1: of a z-score, if any figure of the group has bounds, since a peer's
    figure moves the mean and the standard deviation in ways that don't go together; and where a figure that divides may
    be 0.
    """
    share, worst, best = (_share(item, rule, case, given) for case in CASES)
    if isinstance(rule, ZScoreRule):
        exact = nw.col(peer_columns(item.id).open) == 0
        worst, best = (nw.when(exact).then(share) for _ in range(2))
    low, high = (nw.coalesce(each, nw.lit(end)) for each, end in ((worst, 0.0), (best, 1.0)))
    known = ~share.is_null()
    return share, nw.when(known).then(low), nw.when(known).then(high)


def _share(item: Scoring, rule: PeerRule, case: Case, given: Given) -> nw.Expr:
    names = peer_columns(item.id, case)
    columns = {name: nw.col(getattr(names, name)) for name in Peers.__dataclass_fields__}
    return rule.share(
        nw.col(names.x), Given(given.points, given.baseline, given.target, given.expert, Peers(**columns))
    )

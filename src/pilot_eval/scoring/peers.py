"""Compares pilots: the figures of each one's group, as columns of the lazy frame.

Each pilot is paired with every one of its group, itself included, and the pairs are aggregated: once with the figures
as they are, once with its own at the worst bound and the others' at the best, and once the other way round. Every rule
but the z-score rises with the pilot's own figure and falls with each of the others', so that these two cases bound its
share.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import narwhals.stable.v2 as nw

from pilot_eval.frames import INNER, PILOT, Case, PeerColumns, item_columns, peer_columns
from pilot_eval.measures.engines import Engine, Frame
from pilot_eval.method.peer_rules import PeerRule, ZScoreRule
from pilot_eval.method.rules import Given, Peers
from pilot_eval.method.schema import Scoring
from pilot_eval.scoring.case import PilotCase
from pilot_eval.scoring.growth import Factors, figure_columns


@dataclass(frozen=True)
class PeerFigure:
    """What one pilot brings into the comparison of an item: its group, and its figure with bounds."""

    pilot: str
    group: str
    value: float
    low: float
    high: float


PeerFigures = Mapping[str, Sequence[PeerFigure]]
"""The figures of all pilots, by item."""

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
) -> dict[str, list[PeerFigure]]:
    """Return what the pilots of a frame with measures bring into each comparison.

    A pilot without a figure that counts brings nothing. enough: whether each item has the evidence that it requires.
    """
    pairs = comparisons(items)
    if not pairs:
        return {}
    columns: dict[str, nw.Expr] = {}
    for item, _ in pairs:
        names = item_columns(item.id)
        counts = ~nw.col(names.exempt) & ~nw.col(names.faulty) & nw.col(names.empty).is_null() & enough[item.id]
        own = figure_columns(item, factors)
        columns |= {f"{INNER}{at}_{item.id}": nw.when(counts).then(nw.col(name)) for at, name in enumerate(own)}
    rows = {row[PILOT]: row for row in frame.select(PILOT, **columns).collect().iter_rows(named=True)}
    made: dict[str, list[PeerFigure]] = {item.id: [] for item, _ in pairs}
    for case in cases:
        row = rows[case.pilot.id]
        for item, rule in pairs:
            value, low, high = (row[f"{INNER}{at}_{item.id}"] for at in range(3))
            if value is not None:
                group = {"base_type": case.pilot.base_type, "tier": case.pilot.tier or "", "all": ""}[rule.of]
                low, high = value if low is None else low, value if high is None else high
                made[item.id].append(PeerFigure(case.pilot.id, group, value, low, high))
    return made


def with_peers(engine: Engine, frame: Frame, items: Sequence[Scoring], figures: PeerFigures) -> Frame:
    """Add the columns of each comparison."""
    for item, rule in comparisons(items):
        frame = frame.join(_group_figures(engine, item.id, rule, figures.get(item.id, ())), on=PILOT, how="left")
    return frame


def _group_figures(engine: Engine, id_: str, rule: PeerRule, figures: Sequence[PeerFigure]) -> Frame:
    """Return for each pilot what its group comes to, in each case."""
    fields = ("pilot", "group", "value", "low", "high")
    types = {PILOT: str, "group": str, "value": float, "low": float, "high": float}
    data = {name: [getattr(each, name) for each in figures] for name in fields}
    own = engine.frame(data, types)
    others = own.select(
        "group", other=nw.col(PILOT), their_value=nw.col("value"), their_low=nw.col("low"), their_high=nw.col("high")
    )
    pairs = own.join(others, on="group", how="inner")
    same, up = nw.col(PILOT) == nw.col("other"), rule.rising
    ends: dict[Case, tuple[str, str]] = {
        "value": ("value", "value"),
        "worst": ("low", "high") if up else ("high", "low"),
        "best": ("high", "low") if up else ("low", "high"),
    }
    columns: dict[str, nw.Expr] = {}
    sums: dict[str, nw.Expr] = {}
    for case, (mine, theirs) in ends.items():
        names = peer_columns(id_, case)
        x, v = nw.col(mine), nw.when(same).then(nw.col(mine)).otherwise(nw.col(f"their_{theirs}"))
        better = v > x if up else v < x
        columns |= {
            names.x: x,
            names.median: v,
            names.rank: nw.when(better).then(nw.lit(1.0)).otherwise(nw.lit(0.0)),
            names.open: nw.when(nw.col("their_low") < nw.col("their_high")).then(nw.lit(1.0)).otherwise(nw.lit(0.0)),
        }
        sums |= {
            names.x: nw.col(names.x).max(),
            names.n: nw.col(names.open).count().cast(nw.Float64),
            names.rank: nw.col(names.rank).sum() + 1.0,
            names.lowest: nw.col(names.median).min(),
            names.highest: nw.col(names.median).max(),
            names.mean: nw.col(names.median).mean(),
            names.sd: nw.col(names.median).std(ddof=0),
            names.median: nw.col(names.median).median(),
            names.open: nw.col(names.open).sum(),
        }
    return pairs.with_columns(**columns).group_by(PILOT).agg(**sums)


def peer_shares(item: Scoring, rule: PeerRule, given: Given) -> tuple[nw.Expr, nw.Expr, nw.Expr]:
    """Return the share of an item that compares pilots, and the smallest and the largest that all bounds allow.

    Where they can't be told, they are 0 and 1: of a z-score, if any figure of the group has bounds, since a peer's
    figure moves the mean and the standard deviation in ways that don't go together; and where a figure that divides may
    be 0.
    """
    share, worst, best = (_share(rule, peer_columns(item.id, case), given) for case in CASES)
    if isinstance(rule, ZScoreRule):
        exact = nw.col(peer_columns(item.id).open) == 0
        worst, best = (nw.when(exact).then(share) for _ in range(2))
    low, high = (nw.coalesce(each, nw.lit(end)) for each, end in ((worst, 0.0), (best, 1.0)))
    known = ~share.is_null()
    return share, nw.when(known).then(low), nw.when(known).then(high)


def _share(rule: PeerRule, names: PeerColumns, given: Given) -> nw.Expr:
    columns = {name: nw.col(getattr(names, name)) for name in Peers.__dataclass_fields__}
    return rule.share(
        nw.col(names.x), Given(given.points, given.baseline, given.target, given.expert, Peers(**columns))
    )

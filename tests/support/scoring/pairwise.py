"""What the comparison of pilots comes to, by pairing each pilot with every other: slow, and plain to see."""

from collections.abc import Mapping, Sequence

import narwhals.stable.v2 as nw

from pilot_eval.frames import PILOT, Case, peer_columns
from pilot_eval.measures.engines import Engine, Frame
from pilot_eval.method.peer_rules import PeerRule


def pairwise(engine: Engine, id_: str, rule: PeerRule, figures: Sequence[Mapping[str, object]]) -> Frame:
    """Return for each pilot what its group comes to, in each case.

    figures: `pilot`, `group`, `value`, `low` and `high` of every pilot that has a figure.
    """
    types = {PILOT: str, "group": str, "value": float, "low": float, "high": float}
    own = engine.frame({name: [each[name] for each in figures] for name in types}, types)
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

"""Compares like with like: ranks, each with the interval that the score bounds allow."""

from bisect import bisect_right
from collections.abc import Callable, Sequence

from pilot_eval.model import Assessment, BaseTypeInfo, Comparison, Rank, Ranking, Score, Standing
from pilot_eval.text import Words


def compare(
    assessments: Sequence[Assessment], base_types: Sequence[BaseTypeInfo], common_points: float, points: float
) -> Comparison:
    """Rank the common indicators across base types, and the total within each; both out of so many points."""
    across = _ranking(
        "common",
        Words(zh="共性指标（跨类型可比）", en="Common indicators (comparable across base types)"),
        Words(
            zh=f"各类型共有的指标，满分 {common_points:g} 分",
            en=f"the indicators that all base types share, out of {common_points:g} points",
        ),
        assessments,
        lambda each: each.common,
    )
    within = tuple(
        _ranking(
            base_type.id,
            base_type.label,
            Words(
                zh=f"同一类型的全部指标，满分 {points:g} 分",
                en=f"all indicators of one base type, out of {points:g} points",
            ),
            [each for each in assessments if each.pilot.base_type == base_type.id],
            lambda each: each.total,
        )
        for base_type in base_types
    )
    return Comparison(across=across, within=within)


def ranks(scored: Sequence[tuple[str, Score]]) -> tuple[Rank, ...]:
    """Rank by points, best first, then by id; ties share the better rank.

    best = 1 + the number that certainly score more (their low above this high); worst = 1 + the number of others that
    may score more (their high above this low). Source: rank intervals from score intervals, as in Langford (2014) for
    league tables.
    """
    points = sorted(score.points for _, score in scored)
    lows = sorted(score.low for _, score in scored)
    highs = sorted(score.high for _, score in scored)
    n = len(scored)
    made = []
    for id_, score in scored:
        may_beat = n - bisect_right(highs, score.low) - (1 if score.high > score.low else 0)
        made.append(
            Rank(
                pilot=id_,
                score=score,
                rank=1 + n - bisect_right(points, score.points),
                best=1 + n - bisect_right(lows, score.high),
                worst=1 + may_beat,
            )
        )
    return tuple(sorted(made, key=lambda each: (each.rank, each.pilot)))


def _ranking(
    id_: str, label: Words, basis: Words, pilots: Sequence[Assessment], score_of: Callable[[Assessment], Score | None]
) -> Ranking:
    scored = [
        (each.pilot.id, score)
        for each in pilots
        if each.standing is Standing.GRADED and (score := score_of(each)) is not None
    ]
    scores = dict(scored)
    left_out = {each.pilot.id: _why_not(each) for each in pilots if each.pilot.id not in scores}
    return Ranking(id=id_, label=label, basis=basis, ranks=ranks(scored), left_out=left_out)


def _why_not(each: Assessment) -> Words:
    none = Words(zh="没有得分", en="no score")
    return none if each.standing is Standing.GRADED else each.grade_reason or none  # if graded, the reason of its cap

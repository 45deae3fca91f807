"""Grades by bounds, by share and by both: by hand, and whatever the totals are within their bounds."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from pilot_eval.method.grades import GradeSpec
from pilot_eval.method.schema import Method
from pilot_eval.model import Assessment, PilotInfo, Score, Standing, Tier
from pilot_eval.scoring.grades import GradeLimit, GradeLimits, Scored, graded
from pilot_eval.text import both
from tests.support.scoring.cases import SOLD, TEN, sales
from tests.support.scoring.lab import NAMED, Evidence, Lab, gate, indicator, method_of


def graded_by(*grades: Mapping[str, Any]) -> Method:
    made = tuple(GradeSpec.model_validate({**NAMED, **each}) for each in grades)
    return method_of(SOLD).model_copy(update={"grades": made})


def share(top: Any, of: str = "base_type", ties: str = "in", round: str = "down", **more: Any) -> dict[str, Any]:
    return {"top": top, "of": of, "ties": ties, "round": round, **more}


def pilot(id_: str, total: tuple[float, float, float] | None, base_type: str = "b", tier: str = "t") -> Scored:
    """A pilot that is graded, by its total with bounds, or wasn't submitted."""
    info = PilotInfo(id=id_, label=both(id_), base_type=base_type, tier=Tier(id=tier, label=both(tier)), basis=None)
    made = Assessment.model_construct(
        pilot=info,
        standing=Standing.GRADED if total else Standing.NOT_SUBMITTED,
        total=Score(points=total[0], low=total[1], high=total[2], out_of=100) if total else None,
        grade=None,
        grade_low=None,
        grade_high=None,
        may_be_withheld=False,
        grade_ranks=(),
    )
    return Scored(made)


def exact(*totals: float, **more: Any) -> list[Scored]:
    return [pilot(f"{more}{at}", (total, total, total), **more) for at, total in enumerate(totals)]


def grades_of(method: Method, scored: Sequence[Scored]) -> str:
    return "".join(each.grade or "-" for each in graded(method, scored))


# --- by hand
TEN_TOTALS = (95, 90, 90, 85, 80, 70, 60, 50, 40, 30)
REST = ({"id": "C", "min": 60}, {"id": "D", "min": 0})


@pytest.mark.parametrize(
    ("best", "second", "expected"),
    [
        (share("20%"), share("50%"), "AAABBCCDDD"),  # two places; the two pilots with 90 tie for the second
        (share("20%", ties="out"), share("50%"), "ABBBBCCDDD"),
        (share("20%", ties="out", round="up"), share("50%", ties="out"), "ABBBBCCDDD"),
        (share("30%", ties="out"), share(0.5), "AAABBCCDDD"),
        (share("20%", min=91), share("1/2", min=82), "ABBBCCCDDD"),
        (share("20%"), {"min": 80}, "AAABBCCDDD"),
        (share("5%"), {"min": 80}, "BBBBBCCDDD"),  # half a place is none
        (share("5%", round="up"), {"min": 80}, "ABBBBCCDDD"),
        (share("5%", round="half_up"), {"min": 80}, "ABBBBCCDDD"),
        (share("4%", round="half_up"), {"min": 80}, "BBBBBCCDDD"),
        (share("100%", min=80), {"min": 70}, "AAAAABCDDD"),
    ],
)
def test_the_best_of_a_group_have_a_grade_by_share(best: dict[str, Any], second: dict[str, Any], expected: str) -> None:
    method = graded_by({"id": "A", **best}, {"id": "B", **second}, *REST)
    scored = exact(*TEN_TOTALS)
    assert grades_of(method, scored) == expected
    assert grades_of(method, scored[::-1]) == expected[::-1]  # no hidden order
    made = graded(method, scored)
    assert all(each.grade == each.grade_low == each.grade_high for each in made)


@pytest.mark.parametrize(("of", "expected"), [("base_type", "ADDADD"), ("tier", "AADDDA"), ("all", "ADDDDD")])
def test_a_group_is_of_a_base_type_a_tier_or_all(of: str, expected: str) -> None:
    method = graded_by({"id": "A", **share("25%", of=of, round="up" if of != "all" else "down")}, REST[1])
    scored = [
        *exact(90, 80, 70, base_type="one", tier="city"),
        *exact(60, 50, base_type="two", tier="city"),
        *exact(40, base_type="two", tier="district"),
    ]
    assert grades_of(method, scored) == expected


def test_those_that_are_not_graded_take_no_place_but_might() -> None:
    method = graded_by({"id": "A", **share("50%")}, REST[1])
    scored = [*exact(90, 80, 70), pilot("absent", None)]
    made = graded(method, scored)
    assert [each.grade for each in made] == ["A", "D", "D", None]
    assert [(each.grade_low, each.grade_high) for each in made[:3]] == [("A", "A"), ("D", "A"), ("D", "D")]
    [rank] = made[0].grade_ranks
    assert (rank.size, rank.seats, rank.rank, rank.best, rank.worst) == (3, 1, 1, 1, 2)
    vetoed = graded(method, [*scored[:3], replace(scored[3], out=True)])
    assert [(each.grade_low, each.grade_high) for each in vetoed[:3]] == [("A", "A"), ("D", "D"), ("D", "D")]


def test_the_total_of_a_pilot_with_errors_is_not_relied_on() -> None:
    method = graded_by({"id": "A", **share("50%")}, REST[1])
    low = exact(10)[0]
    for standing, expected in ((Standing.ERROR, ("D", "A")), (Standing.WITHHELD, ("A", "A"))):
        faulty = Scored(low.assessment.model_copy(update={"standing": standing}))
        made = graded(method, [*exact(90, 80), faulty])
        assert (made[0].grade_low, made[0].grade_high) == expected


def test_gates_move_a_grade_by_share_without_giving_its_place_away() -> None:
    method = graded_by({"id": "A", **share("50%")}, {"id": "B", "min": 60}, REST[1])
    down = GradeLimits(GradeLimit(down=1), GradeLimit(), GradeLimit(down=1, cap=2))
    scored = exact(90, 80, 70, 60)
    made = graded(method, [replace(scored[0], limits=down), *scored[1:]])
    assert [each.grade for each in made] == ["B", "A", "B", "B"]
    assert (made[0].grade_low, made[0].grade_high) == ("D", "A")


def test_a_share_counts_the_pilots_of_the_whole_pipeline(lab: Lab) -> None:
    """The first two have the same points of 60 and 40; one is vetoed, one sent nothing."""
    veto = gate("V", {"statement": "violation", "is": True}, {"withhold": True})
    method = method_of(indicator("A", "sold", 100, TEN), gates=[veto])
    grades = graded_by({"id": "A", **share("1/3")}, REST[1]).grades
    fine = {"violation": False}
    evidence = {
        "one": Evidence(sales(9), statements=fine),
        "about": Evidence(sales((8, 7, 10)), statements=fine),
        "low": Evidence(sales(3), statements=fine),
        "vetoed": Evidence(sales(10), statements={"violation": True}),
    }
    made = lab.assess(method.model_copy(update={"grades": grades}), evidence)
    assert [(each.grade_low, each.grade, each.grade_high) for each in made.values()] == [
        ("D", "A", "A"),
        ("D", "D", "A"),
        ("D", "D", "D"),
        (None, None, None),
    ]


# --- whatever the totals are
def random_grades(chance: random.Random) -> Method:
    of = chance.choice(["base_type", "tier", "all"])
    more = {"ties": chance.choice(["in", "out"]), "round": chance.choice(["down", "up", "half_up"])}
    low, high = sorted(chance.sample(range(5, 100, 5), 2))
    best = {"id": "A", **share(f"{low}%", of, **more), "min": chance.choice([0, 50, 80])}
    return graded_by(best, {"id": "B", **share(f"{high}%", of, **more)}, *REST)


def random_pilots(chance: random.Random) -> list[Scored]:
    made = []
    for at in range(chance.randint(1, 9)):
        low, points, high = sorted(chance.randint(0, 10) * 10 for _ in range(3))
        ends = (points, points) if chance.random() < 0.5 else (low, high)
        total = (float(points), float(ends[0]), float(ends[1]))
        group = {"base_type": chance.choice("xy"), "tier": chance.choice("st")}
        each = pilot(f"p{at}", total if chance.random() < 0.8 else None, **group)
        may = chance.random() < 0.2
        out = each.assessment.total is None and chance.random() < 0.3
        made.append(Scored(each.assessment.model_copy(update={"may_be_withheld": may}), out=out))
    return made


def settled(scored: Sequence[Scored], chance: random.Random) -> list[Scored]:
    """The same pilots with their true totals; some that had no grade get one, some that might lose it do."""
    made = []
    for each in scored:
        total, given = each.assessment.total, each.assessment.standing is Standing.GRADED
        low, high = (total.low, total.high) if total else (0, 100)
        true = float(chance.choice([low, high, chance.randint(int(low), int(high))]))
        stays = not (each.assessment.may_be_withheld and chance.random() < 0.5) if given else chance.random() < 0.5
        score = Score(points=true, low=true, high=true, out_of=100) if stays and not each.out else None
        standing = Standing.GRADED if score else Standing.WITHHELD
        made.append(
            Scored(each.assessment.model_copy(update={"total": score, "standing": standing}), out=score is None)
        )
    return made


def by_hand(method: Method, scored: Sequence[Scored], at: int) -> str:
    """The grade of a pilot, from the definition."""
    me = scored[at].assessment
    assert me.total is not None
    for grade in method.grades:
        if grade.top is not None:
            group = [
                each.assessment.total.points
                for each in scored
                if each.assessment.total is not None
                and (grade.of != "base_type" or each.assessment.pilot.base_type == me.pilot.base_type)
                and (grade.of != "tier" or each.assessment.pilot.tier == me.pilot.tier)
            ]
            places = Fraction(str(grade.top)) * len(group)
            whole = {"down": places // 1, "up": -(-places // 1), "half_up": (places + Fraction(1, 2)) // 1}
            before = sum(points > me.total.points for points in group)
            before += 1 if grade.ties == "in" else sum(points == me.total.points for points in group)
            if before > whole[str(grade.round)]:
                continue
        if me.total.points >= grade.min:
            return grade.id
    raise AssertionError("the last grade takes all")


@pytest.mark.parametrize("seed", range(40))
def test_whatever_the_totals_are_a_grade_by_share_is_among_those_said(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    for _ in range(8):
        method, scored = random_grades(chance), random_pilots(chance)
        said = graded(method, scored)
        for at, each in enumerate(said):
            if each.standing is Standing.GRADED:
                assert each.grade == by_hand(method, scored, at)
                assert each.grade_high is not None and each.grade_low is not None
                assert each.grade_high <= each.grade <= each.grade_low
        for _ in range(25):
            true = settled(scored, chance)
            for at, (before, after) in enumerate(zip(said, true, strict=True)):
                if before.standing is Standing.GRADED and after.assessment.standing is Standing.GRADED:
                    grade = by_hand(method, true, at)
                    assert before.grade_high is not None and before.grade_low is not None
                    assert before.grade_high <= grade <= before.grade_low, (grade, at, method.grades, scored, true)

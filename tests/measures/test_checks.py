"""Checks of rows and of figures: what fails for certain is said at its place, what is far from the others too."""

from collections.abc import Callable, Mapping
from datetime import date
from operator import ge, gt, le, lt
from pathlib import Path
from typing import Any

import pytest

from pilot_eval.errors import Finding
from pilot_eval.evidence.intake.gather import Gathered
from pilot_eval.measures.checks import Before, checked
from pilot_eval.measures.engines import PolarsEngine
from pilot_eval.plugin import API, BaseType, Date, Flag, Measures, Number, Record, column
from pilot_eval.plugin.compiling import compile_type
from tests.support.scoring.cases import TEN, sales
from tests.support.scoring.lab import Evidence, Poll, Sale, indicator, method_of, village


@pytest.fixture
def strict() -> BaseType:
    made = village()

    @made.check(zh="满意数大于样本数", en="more are happy than answered")
    def happy_among_answers(p: Poll) -> Flag:
        return p.happy <= p.answers

    @made.check(zh="金额很大", en="a large amount", warning=True)
    def small_amounts(s: Sale) -> Flag:
        return s.where(s.amount > 100).amount <= 1000

    @made.check(zh="接待人次少于样本数", en="fewer visitors than answers")
    def answers_of_visitors(m: Measures) -> object:
        return m.answers <= m.visitors

    return made


def found(
    base_type: BaseType, folder: Path, evidence: Mapping[str, Evidence], *names: str, before: Before | None = None
) -> dict[str, Gathered]:
    gathered = {
        pilot: Gathered(each.intake(pilot, base_type, folder / pilot), folder / pilot)
        for pilot, each in evidence.items()
    }
    method = method_of(*(indicator(name, name, 100 / len(names), TEN) for name in names)) if names else None
    return checked(PolarsEngine(), compile_type(base_type), gathered, before or {}, method)


def marks(gathered: Gathered) -> list[str]:
    def mark(each: Finding) -> str:
        return f"{each.code} {each.place}".replace("submissions/", "")

    return [mark(each) for each in gathered.intake.findings]


def polls(*pairs: tuple[float, object]) -> dict[str, list[dict[str, object]]]:
    return {"polls": [{"answers": answers, "happy": happy} for answers, happy in pairs]}


def test_a_row_that_certainly_fails_is_said_and_its_table_not_used(strict: BaseType, tmp_path: Path) -> None:
    rows = [(5, 5), (5, 6), (5, (6, 5, 7)), (5, (7, 5.5, 8)), (5, None)]
    evidence = {
        "one": Evidence({**polls(*rows), **sales(1)}),
        "two": Evidence(polls((9, 9))),
        "three": Evidence(polls((1, 2)), bad=("visits",)),
        "none": Evidence({"polls": []}),
    }
    made = found(strict, tmp_path, evidence)
    assert marks(made["one"]) == [
        "check-failed one/polls.csv:A3",
        "check-failed one/polls.csv:A5",
        "check-doubtful one/polls.csv:A4",
    ]
    assert marks(made["three"])[1:] == ["check-failed three/polls.csv:A2"]  # after what is wrong with a file
    assert made["three"].intake.bad == ("polls", "visits")
    assert (made["one"].intake.bad, set(made["one"].intake.rows)) == (("polls",), {"sales"})
    for each in ("two", "none"):
        assert (marks(made[each]), made[each].intake.bad, set(made[each].intake.rows)) == ([], (), {"polls"})
    assert made["one"].intake.findings[0].message.en == "more are happy than answered"
    assert made["one"].folder == tmp_path / "one"


def test_a_doubtful_row_is_said_but_counts(strict: BaseType, tmp_path: Path) -> None:
    made = found(strict, tmp_path, {"one": Evidence(sales(1000, 1001, (1100, 1000, 1200), 5))})["one"]
    assert marks(made) == ["check-doubtful one/sales.csv:A3"]
    assert (made.intake.bad, set(made.intake.rows)) == ((), {"sales"})


def test_a_row_that_may_not_be_meant_is_not_said(tmp_path: Path) -> None:
    base_type = village()

    @base_type.check(zh="满意数太多", en="too many are happy")
    def few_are_happy(p: Poll) -> Flag:
        return p.where(p.answers > 3).happy <= 10

    rows = [(5, 11), ((5, 2, 8), 11), ((5, 4, 8), 11), (2, 11), (5, 10)]
    made = found(base_type, tmp_path, {"one": Evidence({"polls": [{"answers": a, "happy": h} for a, h in rows]})})
    assert marks(made["one"]) == ["check-failed one/polls.csv:B2", "check-failed one/polls.csv:B4"]


def test_what_a_row_may_mean_otherwise_is_no_warning_nor_said_of_some_rows_alone(tmp_path: Path) -> None:
    base_type = village()

    @base_type.check(zh="满意数大于样本数", en="more are happy than answered", warning=True)
    def happy_among_answers(p: Poll) -> Flag:
        return p.happy <= p.answers

    @base_type.check(zh="满意数太多", en="too many are happy")
    def few_are_happy(p: Poll) -> Flag:
        return p.where(p.answers > 3).happy <= 10

    made = found(base_type, tmp_path, {"one": Evidence(polls((5, (6, 5, 7)), (20, (11, 10, 12)), (5, 6)))})["one"]
    assert (marks(made), made.intake.bad) == (["check-doubtful one/polls.csv:A4"], ())


def test_a_date_that_a_condition_does_not_read_spares_no_row(tmp_path: Path) -> None:
    base_type = BaseType("village", zh="村", api=API)

    @base_type.table(zh="工程")
    class Work(Record):
        day: Date = column(zh="日期", optional=True)
        planned: Number = column(zh="计划")
        spent: Number = column(zh="支出")

    @base_type.check(zh="支出超过计划", en="more spent than planned")
    def within_plan(w: Work) -> Flag:
        return w.spent <= w.planned

    rows = [{"day": None, "planned": 5, "spent": (6, 5, 7)}]
    made = found(base_type, tmp_path, {"one": Evidence({"works": rows})})
    assert [each.code for each in made["one"].intake.findings] == ["check-doubtful"]


def test_a_partial_date_contradicts_nothing_whatever_else_a_condition_reads(tmp_path: Path) -> None:
    base_type = BaseType("village", zh="村", api=API)

    @base_type.table(zh="工程")
    class Work(Record):
        due: Date = column(zh="应完成")
        done: Date = column(zh="完成")
        spent: Number = column(zh="支出")

    @base_type.check(zh="早于应完成日期，却有支出", en="paid before it was due")
    def due_before_paid(w: Work) -> Flag:
        return (w.done >= w.due) | (w.spent == 0)

    may, tenth, end, april = (date(2018, 5, 1), date(2018, 5, 10), date(2018, 5, 31), date(2018, 4, 30))
    rows = [{"due": (tenth,) * 3, "done": done, "spent": 5} for done in ((may, may, end), (april,) * 3)]
    made = found(base_type, tmp_path, {"one": Evidence({"works": rows})})["one"]  # 2018年5月 may be any of its days
    assert marks(made) == ["check-failed one/works.csv:B3"]


@pytest.mark.parametrize(("rows", "more"), [(20, None), (21, 1), (45, 25)])
def test_twenty_rows_are_listed_and_the_others_counted(
    rows: int, more: int | None, strict: BaseType, tmp_path: Path
) -> None:
    evidence = {"one": Evidence(polls(*[(1, 2)] * rows)), "two": Evidence(polls((1, 2)))}
    made = found(strict, tmp_path, evidence)
    said = marks(made["one"])
    assert said[:20] == [f"check-failed one/polls.csv:A{row}" for row in range(2, 22)]
    assert said[20:] == ([] if more is None else ["findings-more one"])
    if more:
        assert made["one"].intake.findings[-1].message.en.startswith(f"{more} more of the same kind")
    assert marks(made["two"]) == ["check-failed two/polls.csv:A2"]


@pytest.mark.parametrize(
    ("visitors", "fails"),
    [
        ((10,), False), ((9,), True), ((9, None), True), ((None,), False), (((9, 8, 10),), False),
        ((10 - 1e-10,), False), ((10 - 1e-9,), False), ((10 - 2e-9,), True),
    ],
)  # fmt: skip
def test_figures_that_certainly_contradict_each_other_are_said(
    visitors: tuple[object, ...], fails: bool, strict: BaseType, tmp_path: Path
) -> None:
    visits = {"visits": [{"visitors": each} for each in visitors]}
    made = found(strict, tmp_path, {"one": Evidence({**polls((10, 3)), **visits})})["one"]
    assert marks(made) == (["check-failed one"] if fails else [])
    assert set(made.intake.rows) == {"polls", "visits"}


@pytest.mark.parametrize(
    ("own", "peers", "far"),
    [
        (10, (2, 2), False), (11, (2, 2), True), (2, (10, 10), False), (1, (10, 10), True),
        (100, (2,), False), (100, (2, 0), False), (100, (1, 2, 99), True), (0, (9, 9), False),
    ],
)  # fmt: skip
def test_a_figure_unlike_its_peers_is_said(own: float, peers: tuple[float, ...], far: bool, tmp_path: Path) -> None:
    evidence = {"own": own, **{f"peer{number}": each for number, each in enumerate(peers)}}
    made = found(village(), tmp_path, {pilot: Evidence(sales(each)) for pilot, each in evidence.items()}, "sold")
    said = [each for each in made["own"].intake.findings if each.code == "measure-unlike-peers"]
    assert [str(each.place) for each in said] == (["submissions/own"] if far else [])
    assert set(made["own"].intake.rows) == {"sales"}


@pytest.mark.parametrize(
    ("own", "before", "far"), [(6, 2, False), (6.5, 2, True), (2, 6, False), (1.9, 6, True), (6.5, 0, False)]
)
def test_a_figure_unlike_that_of_the_round_before_is_said(own: float, before: float, far: bool, tmp_path: Path) -> None:
    known = {("own", "sold"): before, ("other", "sold"): 1.0, ("own", "mean_sale"): 1e9}
    made = found(village(), tmp_path, {"own": Evidence(sales(own))}, "sold", before=known)["own"]
    assert marks(made) == (["measure-unlike-before own"] if far else [])
    if far:
        [said] = made.intake.findings
        assert f"{own:g}" in said.message.en and f"{before:g}" in said.message.en and "Sales" in said.message.en


CLAIMS: dict[str, Callable[[Any, Any], Any]] = {"<": lt, "<=": le, ">": gt, ">=": ge}


@pytest.mark.parametrize("sign", CLAIMS)
@pytest.mark.parametrize("swapped", [False, True])
def test_claims_hold_at_their_bound_as_their_signs_say(sign: str, swapped: bool, tmp_path: Path) -> None:
    base_type = village()

    @base_type.check(zh="不符", en="not so")
    def as_claimed(m: Measures) -> object:
        return CLAIMS[sign](20, m.sold) if swapped else CLAIMS[sign](m.sold, 20)

    amounts = (19, 20, 21, (20, 19, 21), (19, 19, 20), (21, 20, 21))
    made = found(base_type, tmp_path, {str(number): Evidence(sales(each)) for number, each in enumerate(amounts)})
    holds = [made[str(number)].intake.findings == () for number in range(len(amounts))]
    less = ("<" in sign) is not swapped
    assert holds == [less, "=" in sign, not less, True, less or "=" in sign, not less or "=" in sign]

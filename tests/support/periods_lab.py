"""A small base type whose tables are about periods and days, and what a submission of it gives."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pilot_eval.errors import Finding, Severity
from pilot_eval.evidence.intake.gather import Gathered
from pilot_eval.measures.engines import Engine
from pilot_eval.plugin import BaseType, Count, Date, Figure, Flag, Number, Period, Record, Text, column
from pilot_eval.plugin.compiling import compile_type
from pilot_eval.testing.bench import PILOT_ID, Bench
from pilot_eval.text import Words

yard = BaseType("yard", zh="院落", en="Yards", api=2)


@yard.table(zh="用工", en="Jobs", name="jobs")
class Jobs(Record):
    """Jobs of one period."""

    period: Period = column(zh="期间", en="Period")
    jobs: Number = column(zh="人数", en="Number", unit="人", min=0)


@yard.table(zh="分点用工", en="Site jobs", name="site_jobs")
class SiteJobs(Record):
    """Jobs of one period at one site."""

    site: Text = column(zh="地点", en="Site")
    period: Period = column(zh="期间", en="Period")
    jobs: Number = column(zh="人数", en="Number", unit="人", min=0)


@yard.table(zh="开放月报", en="Open months", name="months")
class OpenMonth(Record):
    """A month in which the yard was open."""

    month: Period = column(zh="月份", en="Month", each="month")
    visits: Count = column(zh="到访次数", en="Visits", unit="次")
    live: Flag = column(zh="是否开放", en="Open")


@yard.table(zh="季报", en="Quarters", name="quarters", unique=("quarter",))
class Quarter(Record):
    """One quarter, once."""

    quarter: Period = column(zh="季度", en="Quarter", each="quarter")
    visits: Count = column(zh="到访次数", en="Visits", unit="次")


@yard.table(zh="许可", en="Licences", name="licences")
class Licence(Record):
    """A licence, valid to some day."""

    title: Text = column(zh="许可名称", en="Title")
    level: Count = column(zh="等级", en="Level", exact=True, unit="级")
    valid_to: Date = column(zh="有效期至", en="Valid to", expires=True)


@yard.table(zh="工程", en="Works", name="works")
class Work(Record):
    """A building work: begun at most 3 years before, and not after the period."""

    title: Text = column(zh="工程名称", en="Title")
    begun: Date = column(zh="开工日期", en="Begun", near_period=(3, 0))
    closed: Date = column(zh="销项日期", en="Closed", optional=True)


@yard.table(zh="账目", en="Ledger", name="ledger")
class Ledger(Record):
    """A line of the ledger."""

    line: Text = column(zh="科目", en="Line")
    budget: Number = column(zh="预算数", en="Budget", unit="元", min=0)
    spent: Number = column(zh="支出数", en="Spent", unit="元", min=0)


@yard.measure(unit="人")
def jobs(j: Jobs) -> Figure:
    """Jobs."""
    return j.jobs.sum()


@yard.measure(unit="人")
def late_jobs(j: Jobs) -> Figure:
    """Jobs of periods that begin in the second half of the year, and end in it."""
    return j.where((j.period.start >= date(2018, 7, 1)) & (j.period.end <= date(2018, 12, 31))).jobs.sum()


@yard.measure(unit="个")
def site_periods(s: SiteJobs) -> Figure:
    """Different periods of all sites."""
    return s.period.n_unique()


@yard.measure(unit="月")
def open_months(m: OpenMonth) -> Figure:
    """Months in which it was open."""
    return m.where(m.live).month.n_unique()


@yard.measure(unit="级")
def best_licence(c: Licence) -> Figure:
    """The highest level of a licence."""
    return c.level.max().default(0)


@yard.measure(unit="%")
def spent(a: Ledger) -> Figure:
    """Spent ÷ budget."""
    return a.spent.sum() / a.budget.sum() * 100


@yard.measure(unit="个")
def works(w: Work) -> Figure:
    """Works."""
    return w.count()


@dataclass(frozen=True)
class Outcome:
    """What a submission gives: its findings, and its measures where they have a value."""

    bench: Bench
    taken: Gathered

    def said(self, *, notes: bool = False) -> list[str]:
        """Codes with their places, such as `row-overlap 用工.csv:A3`."""
        return [
            f"{each.code} {str(each.place).removeprefix(f'submissions/{PILOT_ID}').lstrip('/')}".strip()
            for each in self.findings
            if notes or each.severity is not Severity.NOTE
        ]

    @property
    def findings(self) -> tuple[Finding, ...]:
        return self.taken.intake.findings

    def figure(self, measure: str, engine: Engine | None = None) -> float | None:
        made = self.bench.compute({"here": self.bench.frames(self.taken)}, [measure], engine)
        return made.values["here"][measure].value


def outcome(files: Mapping[str, bytes], work: Path, base_type: BaseType = yard) -> Outcome:
    """Take in files as the submission of a base type, for the year 2018."""
    codes = {name: {"one": Words(zh="一", en="one")} for name in ("build_standard", "governance")}
    bench = Bench(compile_type(base_type), codes, {}, {}, work)
    folder = bench.folder()
    bench.write(folder, {})
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return Outcome(bench, bench.with_checks(bench.take_in(folder)))

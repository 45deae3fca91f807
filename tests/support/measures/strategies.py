"""Expressions and rows for the laws of measures, as text so that a failing example can be read."""

from datetime import date

from hypothesis import strategies as st

from tests.support.measures.lab import Cell

CONSTANTS = st.sampled_from([-2, -0.5, 0, 1, 2.5, 3])
DIVISIBLE = CONSTANTS.filter(bool)


def numbers(table: str, depth: int = 1) -> st.SearchStrategy[str]:
    """Numbers row by row."""
    plainly = st.sampled_from([f"{table}.x", f"{table}.y", f"{table}.n"])
    if depth == 0:
        return plainly
    less, flag = numbers(table, depth - 1), flags(table, depth - 1)
    return st.one_of(
        plainly,
        st.builds("({} {} {})".format, less, st.sampled_from("+-*"), less),
        st.builds("({} {} {})".format, less, st.sampled_from("+-*"), CONSTANTS),
        st.builds("({} / {})".format, less, DIVISIBLE),
        st.builds("({} / {})".format, DIVISIBLE, less),
        less.map(f"({{}} / {table}.m)".format),
        st.sampled_from(["(-{})", "abs({})", "{}.sqrt()", "{}.log()"]).flatmap(lambda each: less.map(each.format)),
        st.builds("{}({}, {})".format, st.sampled_from(["maximum", "minimum"]), less, less | CONSTANTS.map(str)),
        st.builds("{}.clip(-1, {})".format, less, st.sampled_from([0, 2])),
        st.builds("{}.then({}, otherwise={})".format, flag, CONSTANTS, CONSTANTS),
    )


def flags(table: str, depth: int = 1) -> st.SearchStrategy[str]:
    """Conditions row by row."""
    plainly = st.sampled_from(
        [f"{table}.{each}" for each in ("f", "g", "p.given()", "x.given()", "c.isin(['a', 'c'])")]
        + [f"({table}.c == 'a')", f"({table}.c != 'b')"]
    )
    signs = st.sampled_from([">", ">=", "<", "<=", "==", "!="])
    compared = st.builds("({} {} {})".format, numbers(table, 0), signs, CONSTANTS | numbers(table, 0))
    if depth == 0:
        return plainly | compared
    less = flags(table, depth - 1)
    joined = st.builds("({} {} {})".format, less, st.sampled_from("&|"), less)
    return st.one_of(plainly, compared, joined, less.map("(~{})".format))


@st.composite
def aggregates(draw: st.DrawFn) -> str:
    """Figures over the rows of a table."""
    kept = st.builds("s.where({})".format, flags("s"))
    table = draw(st.one_of(st.just("s"), kept, st.builds("{}.where({})".format, kept, flags("s", 0))))
    middles = st.sampled_from(["sum()", "mean()", "median()", "min()", "max()", "quantile(0.25)", "quantile(0.9)"])
    of_numbers = middles | st.sampled_from(["std('sample')", "std('population')"])
    of_flags = st.sampled_from(["count()", "share()"])
    return draw(
        st.one_of(
            st.builds("{}.{}".format, numbers(table), of_numbers),
            st.builds("{}.{}".format, flags(table), of_flags),
            st.sampled_from([f"{table}.count()", f"{table}.c.n_unique()"]),
        )
    )


@st.composite
def figures(draw: st.DrawFn) -> str:
    one, other = draw(aggregates()), draw(aggregates() | DIVISIBLE.map(str))
    pattern = "{a}", "({a} + {b})", "({a} - {b})", "({a} * {b})", "({a} / {b})", "(3 - {a})", "(3 / {a})", "(-{a})"
    changed = "{a}.clip(-1, 2)", "{a}.default(-0.5)", "({a} / {b}).default(1)", "({a} / {b}).sqrt().default(1)"
    curved = "abs({a})", "{a}.sqrt()", "{a}.log()", "maximum({a}, {b})", "minimum({a}, 1, {b})"
    chosen = "({a} < 1).then({a}, otherwise={b})", "(2 <= {a}).then(0, otherwise={b}).default(-1)"
    return draw(st.sampled_from(pattern + changed + curved + chosen)).format(a=one, b=other)


# --- tables
LEVELS = [-3.0, -0.5, 0.0, 1.0, 2.5, 3.0, 7.0]


def approximate(least: float) -> st.SearchStrategy[Cell]:
    """Value, low and high of a number; the three are the same where it is exact."""
    level = st.sampled_from([each for each in LEVELS if each >= least])
    return st.one_of(
        level.map(lambda each: (each, each, each)),
        st.lists(level, min_size=3, max_size=3).map(sorted).map(lambda each: (each[1], each[0], each[2])),
    )


DIVISORS: list[Cell] = [(0, 0, 0), (2, 2, 2), (2, 1, 4), (-2, -3, -2), (1, -1, 4)]
ROW = st.fixed_dictionaries(
    {
        "x": st.none() | approximate(-3.0),
        "y": approximate(-3.0),
        "n": approximate(0.0),
        "m": st.sampled_from(DIVISORS),
        "f": st.sampled_from([None, True, False]),
        "g": st.booleans(),
        "c": st.sampled_from([None, "a", "b", "c"]),
        "p": st.sampled_from([None, "file"]),
    }
)
ROWS = st.lists(ROW, max_size=5)


# --- groups
@st.composite
def of_groups(draw: st.DrawFn) -> str:
    """Figures of groups of rows."""
    key, table = draw(st.sampled_from(["c", "p", "d.month()", "d.quarter()", "d.year()"])), "s"
    if draw(st.booleans()):
        table = f"s.where({draw(flags('s', 0))})"
    rows = draw(st.sampled_from(["g", "g.where({})"])).format(draw(flags("g", 0)))
    first = draw(
        st.sampled_from(
            [
                f"{rows}.count()", f"{rows}.y.sum()", f"{rows}.x.mean()", f"{rows}.n.max()", f"{rows}.y.std('sample')",
                f"{rows}.f.share()", f"({rows}.n.sum() / g.y.sum())", f"({rows}.count() / g.count()).clip(0, 0.75)",
                f"({rows}.x / {rows}.m).mean()", f"({rows}.y.mean() * 2 - 1)", f"{rows}.c.n_unique()",
            ]
        )
    )  # fmt: skip
    second = "{}.sum() {}.mean() {}.median() {}.min() {}.max() {}.std('population') {}.quantile(0.9)".split()  # noqa: SIM905
    second += ["({} > 1).count()", "({} >= 1).share()", "{}.given().share()", "({} < 2).then(1, otherwise=0).mean()"]
    if key.startswith("d"):
        second += ["({} >= 1).longest_run()"] * 3
    return f"(lambda t: (lambda g: {draw(st.sampled_from(second)).format(first)})(t.group_by(t.{key})))({table})"


def _days(year: int, month: int, last_month: int | None = None) -> Cell:
    first = float((date(year, month, 1) - date(1970, 1, 1)).days)
    until = (last_month or month) % 12
    last = float((date(year + (until == 0), until + 1, 1) - date(1970, 1, 1)).days - 1)
    return (first, first, last)


_day = st.sampled_from([17_531, 17_600, 17_622, 17_623, 17_700, 17_713, 17_800, 17_896, 17_897]).map(float)
DATES = st.one_of(
    st.none(),
    _day.map(lambda each: (each, each, each)),
    st.sampled_from([_days(2018, 5), _days(2018, 6, 7), _days(2018, 1, 12), _days(2018, 11, 12), _days(2017, 12)]),
    st.just((17_890.0, 17_880.0, 17_900.0)),
)
DATED = st.lists(st.builds(lambda row, day: {**row, "d": day}, ROW, DATES), max_size=6)
PARTS = st.builds("s.where({}).d.{}().{}".format, flags("s", 0), st.sampled_from(["year", "quarter", "month"]),
    st.sampled_from(["n_unique()", "min()", "max()", "sum()", "median()"]))  # fmt: skip

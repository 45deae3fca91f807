"""Expressions and rows for the laws of measures, as text so that a failing example can be read."""

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

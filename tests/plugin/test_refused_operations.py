"""What Python, pandas, Polars and numpy would let an author write inside a measure: each says what to write instead."""

import copy
import decimal
import math
import re
import statistics
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import polars as pl
import pytest

from pilot_eval.errors import PluginError
from pilot_eval.plugin import API, BaseType, Choice, Count, Date, Flag, Measures, Number, Record, Text, column
from pilot_eval.plugin.compiling import compile_type
from pilot_eval.plugin.functions import maximum, minimum


class Item(Record):
    """An item."""

    title: Text = column(zh="名称")
    kind: Choice = column(zh="类型", choices={"big": "大", "small": "小"})
    good: Flag = column(zh="好")
    visits: Count = column(zh="次数", unit="次")
    area: Number = column(zh="面积", unit="㎡")
    held: Date = column(zh="日期")


def ufunc(name: str) -> Any:
    """What numpy hands over: `numpy.log(x)` becomes `x.__array_ufunc__(numpy.log, "__call__", x)`."""
    return SimpleNamespace(__name__=name)


REFUSED = {
    "plugin-no-value": [
        "float(i.area)", "int(i.area)", "complex(i.area)", "round(i.area)", "round(i.area, 2)", "math.log(i.area)",
        "math.sqrt(i.area)", "math.floor(i.area)", "math.ceil(i.area)", "math.trunc(i.area)", "math.exp(i.area.sum())",
        "'%d' % i.area", "'%.1f' % i.area", "range(i.visits)", "[1, 2][i.visits]", "float(i.count())",
        "round(i.count(), 1)", "int(i.good)", "float(i.title)", "math.log(i.count())", "bytes(3)[i.visits]",
        "i.area.__array__()", "i.area.__array_ufunc__(ufunc('log'), '__call__', i.area)",
        "i.area.__array_ufunc__(ufunc('add'), 'reduce', i.area)",
        "i.area.__array_function__(ufunc('where'), (), (i.good, 1, 0), {})",
        "i.count().__array_ufunc__(ufunc('sqrt'), '__call__', i.count())",
    ],
    "plugin-no-operator": [
        "i.area // 2", "2 // i.area", "i.area % 2", "7 % i.area", "divmod(i.area, 2)", "divmod(2, i.area)",
        "i.area ** 2", "2 ** i.area", "pow(i.area, 2)", "abs(i.good)", "+i.area", "i.area @ i.area", "i.visits << 1",
        "1 >> i.visits", "i.good ^ i.good", "True ^ i.good", "i.count() // 2", "i.count() % 2", "i.count() ** 0.5",
        "abs(i)", "+i.count()", "i.count() ^ 1", "i + 1", "1 - i", "i * 2", "i / 2", "-i", "~i", "i < 3",
        "i & i.good", "(i.count() <= 3) + 1",
    ],
    "plugin-subscript": ["i[0]", "i['area']", "i[['area', 'kind']]", "i[i.good]", "i.area[0]", "i.area[:5]",
    "i.count()[0]"],
    "plugin-call": ["i()", "i.area()", "i.good()", "i.count()()", "i.area.sum()(3)"],
    "plugin-in-text": [
        "f'{i.area}'", "f'{i.area:.2f}'", "str(i.title)", "format(i.area)", "'%s' % i.kind", "print(i.area)",
        "f'{i.count()}'", "f'{i}'", "'{}'.format(i.good)", "i.where(i.title == f'{i.kind}').count()",
        "','.join([str(i.kind)])",
    ],
    "plugin-loop": [
        "[each for each in i]", "[each for each in i.area]", "sum(i.area)", "len(i)", "len(i.area)", "list(i.area)",
        "tuple(i.count())", "set(i.kind)", "sorted(i.area)", "max(i.area)", "min(i)", "any(i.good)", "all(i.good)",
        "list(reversed(i.area))", "next(iter(i))", "enumerate(i.area)", "zip(i.area, i.visits)", "map(abs, i.area)",
        "a, *b = i.area", "statistics.mean(i.area)", "math.fsum(i.area)", "dict(i.kind)", "for each in i: pass",
        "print(*i.area)",
    ],
    "plugin-truth": [
        "i.where(not i.good).count()", "i.where(i.good and i.good).count()", "i.where(1 < i.area < 3).count()",
        "max(i.area, 3)", "min(3, i.area)", "i.area.sum() if i.good else 0", "bool(i.area)", "'a' in i.title",
        "i.title in ['a']", "while i.good: pass", "assert i.good", "max(i.area, i.visits)", "if i.good: pass",
    ],
    "plugin-truth-figure": [
        "max(i.count(), 1)", "min(100, i.count())", "i.count() or 1", "i.count() if i.count() else 0",
        "bool(i.count())",
        "1 < i.count() < 3", "not i.count()", "if i.count() > 3: pass",
    ],
    "plugin-assigned": ["i.area = 3", "i.area += 1", "del i.area", "i.extra = i.area"],
    "plugin-std": ["i.area.std('variance')", "i.area.std(1)"],
    "plugin-maximum": ["maximum(3, i.count())", "minimum([i.area, 3], 1)", "maximum(i.good, i.good)"],
    "plugin-quantile": ["i.area.quantile(90)", "i.area.quantile(-1)"],
    "plugin-arguments": [
        "i.area.mean(i.good)", "i.area.sum(axis=1)", "i.count(i.good)", "i.area.quantile()", "i.good.then(1)",
        "i.area.sum().default()", "i.area.std()", "(i.count() > 3).then(1)",
        "maximum(i.count())", "i.where()", "i.where(i.good, i.good).count()",
    ],
    "plugin-where-needs-flag": [
        "i.where(i.area).count()", "i.where(lambda r: r.area > 3).count()", "i.where('area > 3').count()",
        "i.where(i.visits.given).count()", "i.where(i.good is True).count()",
    ],
    "plugin-operand": ["i.held.max() - date(2018, 1, 1)", "i.area == None", "i.area.sum().clip(i.count())",
    "i.area.quantile('a')", "i.area + [1, 2]", "i.area + pl.Series([1])", "i.area + pl.col('a')",
    "i.area > None"],
    "plugin-no-method": [
        *(f"i.{name}" for name in (
            "area.filter(i.good)", "area.apply(abs)", "area.map(abs)", "area.fillna(0)", "area.fill_null(0)",
            "area.isna()",
            "area.is_null()", "area.notnull()", "area.nunique()", "area.unique()", "area.value_counts()", "area.var()",
            "area.size", "area.shape", "area.values", "area.to_list()", "area.between(1, 3)", "area.astype(int)",
            "area.cast(int)", "area.round(1)", "area.abs()", "area.cumsum()", "area.rank()", "area.head()",
            "area.count()",
            "area.avg()", "area.total()", "area.isin([1, 2])", "area.agg('sum')", "area.log10()", "area.pow(2)",
            "title.str.contains('a')", "title.contains('a')", "title.startswith('a')", "title.lower()", "title.strip()",
            "good.sum()", "good.mean()", "good.any()", "good.all()", "held.day", "held.dt.month",
            "held.strftime('%Y')",
            "count().round(1)", "count().fillna(0)", "count().sum()", "count().max()", "count().where(i.good)",
            "count().exp()", "good.sqrt()", "area.meen()", "count().defualt(0)",
        )),
    ],
    "plugin-unknown-column": [
        *(f"i.{name}" for name in (
            "filter(i.good)", "query('a')", "loc[0]", "iloc[0]", "groupby('kind')", "apply(len)",
            "iterrows()", "sum()", "mean()", "max()", "len()", "shape", "columns", "sort('a')", "head()", "join(i)",
            "arae",
        )),
    ],
}  # fmt: skip
CASES = [(code, text) for code, texts in REFUSED.items() for text in texts]


def measure(file: Path, text: str, parameter: str = "i", annotation: type = Item) -> BaseType:
    """A base type with a measure that does so on its second line."""
    made = BaseType("village", zh="村", en="Villages", api=API)
    made.table(zh="项目", en="Items")(Item)
    is_statement = re.match(r"(a, |for |while |assert |if |del )|[\w.]+ \+?= ", text)
    body = f"    {text}\n    return {parameter}.count()\n" if is_statement else f"    return {text}\n"
    scope = {
        "math": math, "statistics": statistics, "pl": pl, "ufunc": ufunc, "copy": copy, "decimal": decimal,
        "date": date, "maximum": maximum, "minimum": minimum,
        "annotation": annotation,
    }  # fmt: skip
    source = f"def rate({parameter}: annotation):\n{body}"
    file.write_text(source, "utf-8")
    exec(compile(source, file, "exec"), scope)  # noqa: S102
    made.measure(unit="个", zh="数", en="Number")(scope["rate"])
    return made


@pytest.fixture
def author(tmp_path: Path) -> Path:
    """The file that the author writes."""
    return tmp_path / "author.py"


@pytest.mark.usefixtures("one_language")
@pytest.mark.parametrize(("code", "text"), CASES, ids=[text for _, text in CASES])
def test_what_does_not_work_says_what_to_write_instead(code: str, text: str, author: Path) -> None:
    with pytest.raises(PluginError) as raised:
        compile_type(measure(author, text))
    [only] = raised.value.findings
    assert only.code == code
    assert (only.place.file, only.place.line) == (str(author), 2)
    assert only.hint.en and re.search(r"[\u4e00-\u9fff]", only.hint.zh), "it should say what to write instead"


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("plugin-subscript", "m['events_held']"), ("plugin-call", "m.events_held()"), ("plugin-call", "m()"),
        ("plugin-loop", "sum(m)"), ("plugin-no-operator", "m + 1"), ("plugin-no-value", "float(m.events_held)"),
        ("plugin-truth-figure", "max(m.events_held, 1)"), ("plugin-no-method", "m.events_held.sum()"),
        ("plugin-in-text", "f'{m.events_held}'"), ("plugin-unknown-measure", "m.items()"),
    ],
)  # fmt: skip
def test_so_does_what_does_not_work_on_measures(code: str, text: str, author: Path) -> None:
    with pytest.raises(PluginError) as raised:
        compile_type(measure(author, text, "m", Measures))
    [only] = raised.value.findings
    assert (only.code, only.place.line) == (code, 2)
    assert only.hint.en


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("i.filter(i.good)", "i.where(i.open).area.sum()"), ("i.area.fillna(0)", ".default(0)"), ("i.area.isna()",
        ".given()"),
        ("i.area.between(1, 3)", "(i.area >= 1) & (i.area <= 3)"), ("i.area.avg()", ".mean()"), ("i.sum()",
        "i.area.sum()"),
        ("i.area.meen()", "did you mean “mean”?"), ("i.count().defualt(0)", "did you mean “default”?"),
        ("i.arae", "did you mean “area”?"), ("i.count().sum()", "one number for all rows already"),
        ("max(i.count(), 0)", "maximum(a, b) for max(a, b)"), ("i.held.day", "i.held >= date(2018, 7, 1)"),
        ("i.groupby('kind')", "i.group_by(i.kind).count().max()"), ("i.area ** 2", "a * a"), ("i.area.exp()",
        "the method's rule"), ("i.area.log10()", "divide it by math.log(10)"), ("i.area.var()", ".std("),
        ("i.area.mean(i.good)", "i.where(i.open).area.sum()"),
        ("i.held.max() - date(2018, 1, 1)", "(i.closed - i.held).max()"), ("i.area == None", "i.area.given()"),
         ("i.kind == None", "i.kind.given()"), ("i.area.sum().clip(i.count())", "minimum(a, b)"),
         ("i.area.to_list()", "on the whole column"), ("i.area.nunique()", "i.kind.n_unique()"),
         ("i.area.total()", "write .sum()"), ("i.area.round(1)", "decimals"),
         ("i.area.clamp(0, 1)", "write .clip(0, 100)"),
         ("i.area.cumsum()", "the order of rows"), ("i.area.astype(int)", "where the column is declared"),
         ("i.title.contains('a')", "as a Choice column"), ("i.good.any()", "for any,"),
         ("i.area.isin([1, 2])", "(i.area == 1) | (i.area == 2)"), ("i.join(i)", "a measure for each table"),
        ("i.kind.max()", ".count()"), ("i.where(i.visits.given)", "s.where(s.cost.given())"),
    ],
)  # fmt: skip
def test_the_hint_fits(text: str, hint: str, author: Path) -> None:
    with pytest.raises(PluginError) as raised:
        compile_type(measure(author, text))
    assert hint in raised.value.findings[0].line("en")


@pytest.mark.parametrize(
    "name",
    ["sum", "mean", "median", "quantile", "min", "max", "n_unique", "share", "clip", "then", "given", "isin"],
)
def test_what_a_table_is_asked_is_asked_of_a_column(name: str, author: Path) -> None:
    with pytest.raises(PluginError) as raised:
        compile_type(measure(author, f"i.{name}()"))
    assert f"name a column first: i.area.{name}()" in raised.value.findings[0].line("en")


@pytest.mark.parametrize(
    ("name", "aggregate"),
    [
        *((each, "sum") for each in ("add", "subtract", "multiply", "divide")),
        *((each, "count") for each in ("less", "less_equal", "greater", "greater_equal", "equal", "not_equal")),
    ],
)
def test_numpys_numbers_have_our_operators(name: str, aggregate: str, author: Path) -> None:
    number = "type('N', (), {'item': lambda self: 3.0})()"
    text = f"i.area.__array_ufunc__(ufunc('{name}'), '__call__', {number}, i.area).{aggregate}()"
    assert compile_type(measure(author, text)).measures["rate"].figure.reads == {"area"}


def test_what_python_and_numpy_ask_for_other_reasons_still_works(author: Path) -> None:
    for text in (
        "copy.deepcopy(i.area).sum()", "copy.copy(i).count()", "(decimal.Decimal('2') * i.area).sum()",
        "i.area.sum() if hasattr(i.area, 'sum') and not hasattr(i.area, 'filter') else 0",
        "sum([i.count(), i.count()])",
        "-i.count()", "i.area.clip(5, 5).sum()",
        "i.area.__array_ufunc__(ufunc('multiply'), '__call__', decimal_number, i.area).sum()",
    ):  # fmt: skip
        text = text.replace("decimal_number", "type('N', (), {'item': lambda self: 3.0})()")
        assert compile_type(measure(author, text)).measures["rate"].table == "items"

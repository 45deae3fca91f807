"""What to write instead of what pandas, Polars, SQL or plain Python would call it, inside a measure."""

from collections.abc import Iterable
from datetime import date

from pilot_eval.errors import did_you_mean
from pilot_eval.text import Words

_ROWS = Words(zh="按条件取行：i.where(i.open).area.sum()", en="keep rows of the table: i.where(i.open).area.sum()")
_WHOLE = Words(
    zh="用整列的表达式：i.area * 2、i.where(i.open).count()",
    en="work on the whole column: i.area * 2, i.where(i.open).count()",
)
_COUNT = Words(
    zh="行数用 i.count()，不同值的个数用 i.kind.n_unique()",
    en="count rows with i.count(), different values with i.kind.n_unique()",
)
_GIVEN = Words(
    zh="是否填写用 i.area.given()，取反用 ~",
    en="ask whether cells are filled in: i.area.given(), or ~ for the opposite",
)
_DEFAULT = Words(
    zh="没有数值时的取值写在汇总之后：i.area.max().default(0)",
    en="say what stands for no figure after aggregating: i.area.max().default(0)",
)
_BETWEEN = Words(zh="写成 (i.area >= 1) & (i.area <= 3)", en="write (i.area >= 1) & (i.area <= 3)")
_MEAN = Words(zh="平均值用 .mean()", en="write .mean()")
_SUM = Words(zh="合计用 .sum()", en="write .sum()")
_ABS = Words(zh="绝对值写成 abs(a - b)", en="write abs(a - b)")
_ROUND = Words(
    zh="不用取整：小数位数由评价办法的 decimals 和报告决定",
    en="leave it: the method's decimals and the report round figures",
)
_CURVE = Words(
    zh="曲线写在评价办法的评分规则中，如 rule: {logarithmic: …}",
    en="a curve belongs in the method's rule, such as rule: {logarithmic: …}",
)
_LOG = Words(
    zh="自然对数用 .log()，其他底数再除以 math.log(10)",
    en="the natural logarithm is .log(); for another base divide it by math.log(10)",
)
_POWER = Words(zh="平方写成 a * a，平方根用 .sqrt()", en="for a square write a * a, for a square root .sqrt()")
_CLIP = Words(zh="限定上下限用 .clip(0, 100)", en="write .clip(0, 100)")
_SPREAD = Words(
    zh='标准差用 .std("sample") 或 .std("population")，方差是它的平方',
    en='a standard deviation is .std("sample") or .std("population"), a variance its square',
)
_SHAPE = Words(
    zh="没有这种汇总：可用 .mean()、.median()、.quantile(0.9)、.min()、.max()",
    en="there is no such aggregate: use .mean(), .median(), .quantile(0.9), .min() or .max()",
)
_GROUPS = Words(
    zh="分组用 i.group_by(i.kind)，汇总两次：i.group_by(i.kind).count().max()",
    en="group with i.group_by(i.kind) and aggregate twice: i.group_by(i.kind).count().max()",
)
_ORDER = Words(
    zh="测算值不依赖行的顺序；可用 .min()、.max()、.quantile(0.9)",
    en="figures don't depend on the order of rows; use .min(), .max() or .quantile(0.9)",
)
_TYPE = Words(
    zh="类型在声明列时写明：area: Number = column(…)",
    en="say the type where the column is declared: area: Number = column(…)",
)
_TEXT = Words(
    zh='把要区分的内容声明为 Choice 列；比较用 i.kind == "training" 或 .isin([…])',
    en='declare what you tell apart as a Choice column; compare with i.kind == "training" or .isin([…])',
)
_DAY = Words(
    zh="与日期比较：i.held >= date(2018, 7, 1)；相减得到天数：i.closed - i.held；"
    "年、季、月：i.held.month()、i.period.start.month()",
    en="compare with a date: i.held >= date(2018, 7, 1); a difference is in days: i.closed - i.held; parts of a date "
    "are i.held.month(), i.period.start.month()",
)
_FLAGS = Words(
    zh="条件的行数用 .count()，比例用 .share()；逐行取数用 .then(1, otherwise=0)",
    en="count a condition with .count(), its share with .share(); .then(1, otherwise=0) makes numbers of it",
)
_ANY = Words(
    zh="有没有用 i.open.count().clip(0, 1)，比例用 i.open.share()",
    en="for any, i.open.count().clip(0, 1); for how many of all, i.open.share()",
)
_EITHER = Words(zh="写成 (i.area == 1) | (i.area == 2)", en="write (i.area == 1) | (i.area == 2)")
_ONE_ALREADY = Words(
    zh="Figure 已是所有行的一个数：汇总写在列上，i.area.sum()",
    en="a Figure is one number for all rows already: aggregate columns, i.area.sum()",
)
_BOTH = Words(
    zh="每张表写一个测算值，再用 Measures 合成", en="write a measure for each table and combine them with Measures"
)

_SAID = {
    _ROWS: "filter query loc iloc where mask drop dropna drop_nulls take slice select",
    _WHOLE: "to_frame to_series collect lazy "
    "apply map map_elements map_batches transform pipe agg aggregate iterrows itertuples iter_rows values "
    "to_list tolist to_numpy to_pandas to_dict columns index item",
    _COUNT: "count len size length shape height nunique n_unique unique value_counts drop_duplicates distinct",
    _GIVEN: "isna isnull is_null is_nan notna notnull is_not_null is_empty",
    _DEFAULT: "fillna fill_null fill_nan coalesce combine_first default",
    _BETWEEN: "between is_between",
    _MEAN: "average avg",
    _SUM: "total add_up",
    _ABS: "abs absolute",
    _ROUND: "round floor ceil ceiling trunc",
    _CURVE: "exp expm1 sigmoid",
    _LOG: "log log2 log10 log1p ln",
    _POWER: "pow power square cbrt",
    _CLIP: "clamp clip_lower clip_upper",
    _SPREAD: "stddev stdev var variance",
    _SHAPE: "std mode skew kurtosis prod product",
    _GROUPS: "groupby group_by groupBy groups over partition_by pivot",
    _ORDER: "cumsum cum_sum cumulative diff shift lag lead rank sort sort_values sort_by order_by first last head tail "
    "nlargest nsmallest top_k rolling",
    _TYPE: "astype cast to_numeric",
    _TEXT: "str contains startswith starts_with endswith ends_with lower upper strip replace split match",
    _DAY: "dt year month day days date weekday quarter strftime total_seconds",
    _FLAGS: "sum mean share then median max min quantile clip",
    _ANY: "any all",
    _EITHER: "isin is_in",
    _BOTH: "join merge concat append union",
}
_INSTEAD = {word: said for said, words in _SAID.items() for word in words.split()}

_OF_A_TABLE = {
    name: Words(zh=f"先指定列：i.area.{name}()", en=f"name a column first: i.area.{name}()")
    for name in (
        "sum", "mean", "median", "quantile", "min", "max", "std", "n_unique", "share", "clip", "then", "given", "isin",
    )
}  # fmt: skip


def instead_of(name: str, known: Iterable[str], *, one: bool = False) -> Words:
    """Return what to write instead of a method or attribute that isn't there; `one`: of one number for all rows."""
    if one and name in _OF_A_TABLE:
        return _ONE_ALREADY
    return _INSTEAD.get(name) or did_you_mean(name, known)


_NUMBER = Words(zh="例如 2.5", en="such as 2.5")
_LARGER = Words(
    zh="两者取大写成 maximum(a, b)，取小写成 minimum(a, b)",
    en="for the larger write maximum(a, b), for the smaller minimum(a, b)",
)
_DAYS = Words(
    zh="先在列上比较或相减，再汇总：i.where(i.held >= date(2018, 7, 1)).count()、(i.closed - i.held).max()",
    en="compare or subtract columns first, then aggregate: i.where(i.held >= date(2018, 7, 1)).count(), "
    "(i.closed - i.held).max()",
)


def instead_of_operand(given: object, *, symbolic: bool) -> Words:
    """Return what to write instead of something that is no number, in the place of one."""
    if symbolic:
        return _LARGER
    return _GIVEN if given is None else _DAYS if isinstance(given, date) else _NUMBER


def instead_of_column(name: str, known: Iterable[str]) -> Words:
    """Return what to write instead of a table's column that isn't declared."""
    return _OF_A_TABLE.get(name) or instead_of(name, known)

"""Messages about the expressions in which measures and checks are written."""

from pilot_eval.messages.entry import Entry, error

AGGREGATE_FIRST = ("先汇总再计算：i.area.sum() / i.count()", "aggregate first: i.area.sum() / i.count()")

MESSAGES: dict[str, Entry] = {
    "plugin-truth": error(
        "{what} 代表所有的行，不支持 and、or、not、if、in 和连续比较（1 < a < 3）",
        "and, or, not, if, in and chained comparisons (1 < a < 3) do not work on {what}: it stands for all rows",
        (
            "用 &、|、~，每个比较加括号：(a > 1) & (a < 3)；判断是否属于若干值用 .isin([…])；按条件取值用 .then(…, "
            "otherwise=…)；max、min 用 maximum(a, b)、minimum(a, b)"
        ),
        (
            "use & | ~ with parentheses: (a > 1) & (a < 3); .isin([…]) for in; .then(…, otherwise=…) for if; "
            "maximum(a, b) and minimum(a, b) for max and min"
        ),
    ),
    "plugin-truth-figure": error(
        "{what} 读取证据后才有数值，不支持 and、or、not、if、&、| 和连续比较",
        (
            "and, or, not, if, &, | and chained comparisons do not work on {what}: its value is unknown until "
            "evidence is read"
        ),
        (
            "max(a, b) 写成 maximum(a, b)，if 写成 (a > 10).then(b, otherwise=c)，没有数值时用 .default()；"
            "每个检查只写一个比较"
        ),
        (
            "write maximum(a, b) for max(a, b), (a > 10).then(b, otherwise=c) for if, .default() for no figure, and "
            "one comparison per check"
        ),
    ),
    "plugin-loop": error(
        "{what} 不能循环，也不能用 len() 或 sum()",
        "{what} cannot be looped over, or passed to len() or sum()",
        "对整列计算：i.area.sum()、i.count()、i.where(i.open).count()",
        "work on the whole column: i.area.sum(), i.count(), i.where(i.open).count()",
    ),
    "plugin-brackets": error(
        "&、|、~ 只能用于条件，{odd} 不是条件",
        "&, | and ~ work on conditions, and {odd} is not one",
        "每个比较加括号：(i.area > 3) & (i.visits < 5)",
        "put each comparison in parentheses: (i.area > 3) & (i.visits < 5)",
    ),
    "plugin-no-value": error(
        "{call} 不能用于 {what}：读取证据后才有数值",
        "{call} does not work on {what}: its values are unknown until evidence is read",
        (
            "用 + - * /、.clip(…)、.sqrt()、.log() 和汇总写成表达式；不用取整，小数位数由评价办法的 decimals 决定；"
            "曲线写在评分规则中"
        ),
        (
            "write it with + - * /, .clip(…), .sqrt(), .log() and aggregates; rounding is for the method's decimals, "
            "a curve for its rule"
        ),
    ),
    "plugin-no-operator": error(
        "{what} 不支持 {call}",
        "{call} does not work on {what}",
        "a ** 2 写成 a * a，a ** 0.5 写成 a.sqrt()，a // b 写成 a / b；表先取列：i.area + 1",
        "write a * a for a ** 2, a.sqrt() for a ** 0.5, a / b for a // b; name a column of a table first: i.area + 1",
    ),
    "plugin-subscript": error(
        "{what} 不能用方括号取值",
        "{what} has nothing in square brackets",
        "列写成 i.area，测算值写成 m.events_held；取行用 i.where(i.open)",
        "write i.area for a column, m.events_held for a measure, and i.where(i.open) for rows",
    ),
    "plugin-call": error(
        "{what} 不是函数，不能加括号调用",
        "{what} is not a function and cannot be called",
        "去掉括号：i.area、m.events_held",
        "write it without parentheses: i.area, m.events_held",
    ),
    "plugin-assigned": error(
        "测算值中不能给 {what} 赋值或删除",
        "nothing of {what} can be assigned or deleted in a measure",
        "结果另起名字：more = i.area + 1",
        "give the result a name of its own: more = i.area + 1",
    ),
    "plugin-in-text": error(
        '{what} 代表所有的行，不能写进文本（f"…"、str()、format()、print()）',
        "{what} stands for all rows and cannot be put into text (f-strings, str(), format(), print())",
        '与文本比较：i.kind == "training"；查看表达式用 repr(…)',
        'compare it with text: i.kind == "training"; see an expression with repr(…)',
    ),
    "plugin-no-method": error("{what} 没有 .{name}", "{what} has no .{name}", "{instead}", "{instead}"),
    "plugin-quantile": error(
        "分位数 {q} 不在 0 到 1 之间",
        "the quantile {q} is not between 0 and 1",
        "例如 .quantile(0.9)",
        "such as .quantile(0.9)",
    ),
    "plugin-std": error(
        "标准差不能按 {given} 计算",
        "no standard deviation is of {given}",
        '写成 .std("sample")（除以 n - 1，即 STDEV.S）或 .std("population")（除以 n，即 STDEV.P）',
        'write .std("sample") (divided by n - 1, STDEV.S) or .std("population") (by n, STDEV.P)',
    ),
    "plugin-maximum": error(
        "{name}() 的第一项应是 Figure 或数字列，不能是 {given}",
        "the first value of {name}() is a Figure or a column of numbers, not {given}",
        "例如 {name}(i.area.sum(), 3)；一列中的极值用 i.area.max()、i.area.min()",
        "such as {name}(i.area.sum(), 3); the extremes of a column are i.area.max() and i.area.min()",
    ),
    "plugin-no-number": error(
        "{what} 不是数字，不能做算术运算或比较大小",
        "{what} is not a number and has no arithmetic or order",
        "条件转为数字用 .then(1, otherwise=0)；计数用 .count()、.n_unique()",
        "turn a condition into a number with .then(1, otherwise=0); count with .count() or .n_unique()",
    ),
    "plugin-flag-compared": error(
        "条件不能与 {given} 比较是否相等",
        "a condition cannot be compared with {given}",
        "直接用条件本身，取反用 ~：i.where(i.open)、i.where(~i.open)",
        "use the condition itself, or ~ for its opposite: i.where(i.open), i.where(~i.open)",
    ),
    "plugin-figure-compared": error(
        "Figure 不能用 == 或 != 与 {given} 比较",
        "a Figure cannot be compared with {given} by == or !=",
        "用 <、<=、>、>=",
        "use < <= > >=",
    ),
    "plugin-row-and-figure": error(
        "逐行（或逐组）取值的 {what} 不能与 Figure（所有行汇总为一个数）直接运算",
        "{what} has a value for each row or group and cannot be combined with a Figure, which has one for all rows",
        *AGGREGATE_FIRST,
    ),
    "plugin-figure-and-column": error(
        "Figure（所有行汇总为一个数）不能与逐行（或逐组）取值的 {what} 直接运算",
        "a Figure, which has one value for all rows, cannot be combined with {what}, with one for each row or group",
        *AGGREGATE_FIRST,
    ),
    "plugin-group-by": error(
        "不能按 {given} 分组",
        "rows cannot be grouped by {given}",
        (
            "按 Text、Choice 列或日期的年、季、月分组，只分一次：i.group_by(i.site)、i.group_by(i.held.quarter())；"
            "条件用 i.where(…)"
        ),
        (
            "group once, by a Text or Choice column or by a part of a date: i.group_by(i.site), "
            "i.group_by(i.held.quarter()); for a condition write i.where(…)"
        ),
    ),
    "plugin-other-groups": error(
        "逐组取值的 {what} 只能与同样分组的列运算",
        "{what} has a value for each group and can only be combined with columns in the same groups",
        "分组一次，都从它取：g = i.group_by(i.site)，(g.met.count() / g.count()).mean()，取行用 g.where(…)",
        (
            "group once and take everything from it: g = i.group_by(i.site), (g.met.count() / g.count()).mean(); keep "
            "rows with g.where(…)"
        ),
    ),
    "plugin-n-unique": error(
        "逐组取值的数不能数不同值",
        "different values of groups cannot be counted",
        "组数用 i.site.n_unique()，符合条件的组数用 (g.count() >= 3).count()",
        "the number of groups is i.site.n_unique(), of those that meet a condition (g.count() >= 3).count()",
    ),
    "plugin-longest-run": error(
        "只有按年、季、月分组的条件才有最长连续段",
        "only a condition of groups by year, quarter or month has a longest run",
        "例如 (i.group_by(i.held.month()).count() >= 1).longest_run()",
        "such as (i.group_by(i.held.month()).count() >= 1).longest_run()",
    ),
    "plugin-operand": error(
        "{what} 在此处需要数字，不能是 {given}", "{what} needs a number here, not {given}", "{instead}", "{instead}"
    ),
    "plugin-not-finite": error(
        "{what} 不能与 {given} 运算",
        "{what} cannot be combined with {given}",
        "使用有限的数字",
        "use a finite number",
    ),
    "plugin-divided-by-zero": error(
        "{what} 除以 {given}", "{what} is divided by {given}", "更正除数", "correct the divisor"
    ),
    "plugin-clip": error(
        "clip 的下限 {low} 大于上限 {high}",
        "clip: the lower limit {low} is greater than the upper limit {high}",
        "对调或更正",
        "swap or correct them",
    ),
    "plugin-period": error(
        "Period 不能与 {given} 比较",
        "a Period cannot be compared with {given}",
        "比较首日或末日，例如 p.period.start >= date(2018, 7, 1)",
        "compare its first or last day, such as p.period.start >= date(2018, 7, 1)",
    ),
    "plugin-date": error(
        "日期列不能与 {given} 比较",
        "a Date cannot be compared with {given}",
        "与日期比较：date(2018, 7, 1)；比较天数时先相减：i.closed - i.opened <= 10",
        "compare it with a date: date(2018, 7, 1); for days, subtract first: i.closed - i.opened <= 10",
    ),
    "plugin-date-sum": error(
        "日期不能求和",
        "dates cannot be summed",
        "先相减得到天数：(i.closed - i.opened).sum()",
        "subtract first, for days: (i.closed - i.opened).sum()",
    ),
    "plugin-word": error(
        "{what} 列不能与 {given} 比较",
        "{what} cannot be compared with {given}",
        '与字符串比较：i.kind == "training"；是否填写用 i.kind.given()',
        'compare it with a string: i.kind == "training"; ask whether it is filled in: i.kind.given()',
    ),
    "plugin-isin": error(
        "isin 需要字符串列表，不能是 {given}",
        "isin needs a list of strings, not {given}",
        '写成 .isin(["training", "service"])',
        'write .isin(["training", "service"])',
    ),
    "plugin-unknown-choice": error(
        "{word} 不是该列的选项", "{word} is not one of the choices", "{suggestion}", "{suggestion}"
    ),
}

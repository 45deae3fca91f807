"""Messages about what a plugin declares: base types, tables, columns, measures and checks."""

from pilot_eval.messages.entry import Entry, error

MESSAGES: dict[str, Entry] = {
    "plugin-plain-annotation": error(
        "表 {table} 的列 {column} 使用了普通类型标注，接口版本 2 要求使用 {kind}",
        "{table}.{column} has a plain type annotation; API 2 requires {kind}",
        "改为 {column}: {kind}",
        "write {column}: {kind}",
    ),
    "plugin-no-column": error(
        "表 {table} 的 {column} 没有用 column(…) 声明",
        "{table}.{column} is not declared with column(…)",
        '写成 {column}: {kind} = column(zh="…")；不是列的，标注 ClassVar 或以下划线开头',
        'write {column}: {kind} = column(zh="…"); what is not a column needs ClassVar or a leading _',
    ),
    "plugin-column-annotation": error(
        "表 {table} 的列 {column} 缺少类型标注",
        "the column {table}.{column} has no type annotation",
        "写成 {column}: Words = column(…)，或用 Choice、File、Flag、Date、Period、Count、Number",
        "write {column}: Words = column(…), or use Choice, File, Flag, Date, Period, Count or Number",
    ),
    "plugin-option": error(
        "{option} 不能是 {given}", "{option} cannot be {given}", "应为{wanted}", "it should be {wanted}"
    ),
    "plugin-option-kind": error(
        "表 {table} 的列 {column} 的类型 {kind} 不支持 {option}",
        "{table}.{column} is of type {kind}, which does not support {option}",
        "删除 {option}，或改用 {kinds}",
        "remove {option}, or use {kinds}",
    ),
    "plugin-min-max": error(
        "min {min} 大于 max {max}", "min {min} is greater than max {max}", "对调或更正", "swap or correct them"
    ),
    "plugin-choices-and-codes": error(
        "表 {table} 的列 {column} 同时有 choices 和 codes",
        "{table}.{column} has both choices and codes",
        "只保留一个：清单写在代码中用 choices，写在评价办法中用 codes",
        "keep one: choices for a list in code, codes for a list in the method",
    ),
    "plugin-id": error(
        "{what}的编号不能是 {id}",
        "the id of a {what} cannot be {id}",
        "以字母开头，只用字母、数字和下划线，例如 village",
        "use letters, digits and _, with a letter first, such as village",
    ),
    "plugin-no-brackets": error(
        "@….{decorator} 后面缺少括号",
        "@….{decorator} lacks its parentheses",
        '写成 @….{decorator}(zh="…")',
        'write @….{decorator}(zh="…")',
    ),
    "plugin-no-record": error(
        "{given} 不是 Record 的子类，不能声明为表",
        "{given} is not a subclass of Record and cannot be declared as a table",
        "写成 class {given}(Record):",
        "write class {given}(Record):",
    ),
    "plugin-sheet-name": error(
        "表 {table} 的名称“{label}”不能用作工作表名",
        "“{label}”, a name of the table {table}, is not a valid sheet name",
        "用 zh、en 另取名称：不超过 {limit} 个字符，不含 []:*?/\\",
        "give another zh or en: at most {limit} characters, none of []:*?/\\",
    ),
    "plugin-same-header": error(
        "表 {table} 中“{word}”同时指列 {one} 和列 {other}",
        "in the table {table}, “{word}” names both columns {one} and {other}",
        "修改其中一列的 zh、en 或 aliases",
        "change zh, en or aliases of one",
    ),
    "plugin-same-sheet": error(
        "“{word}”同时指表 {one} 和表 {other}",
        "“{word}” names both tables {one} and {other}",
        "修改其中一张表的 zh、en、name 或 aliases",
        "change zh, en, name or aliases of one",
    ),
    "plugin-duplicate": error(
        "{base_type} 中{what} {name} 重复声明", "{base_type} declares the {what} {name} twice", "改名", "rename one"
    ),
    "plugin-common-name": error(
        "{what} {name} 为各基地类型共有，不能在 {base_type} 中再次声明",
        "{base_type} cannot declare the {what} {name}: every base type has it",
        "改名，或直接使用共有的",
        "rename it, or use the common one",
    ),
    "plugin-unknown-column": error(
        "表 {table} 没有列 {column}", "the table {table} has no column {column}", "{suggestion}", "{suggestion}"
    ),
    "plugin-where-needs-flag": error(
        "{table}.where() 需要条件，不能是 {given}",
        "{table}.where() needs a condition, not {given}",
        "例如 s.where(s.adopted)、s.where(s.cost > 3)；方法要加括号：s.where(s.cost.given())",
        "such as s.where(s.adopted) or s.where(s.cost > 3); call a method with parentheses: s.where(s.cost.given())",
    ),
    "plugin-reserved-name": error(
        "表 {table} 的列不能命名为 {column}",
        "{column} cannot be the name of a column of the table {table}",
        "换一个名称：不能是 where、count、pilot、source、note，不以下划线开头或结尾，不含连续两个下划线",
        "choose another: not where, count, pilot, source or note, no _ at either end, no __ inside",
    ),
    "plugin-measure-name": error(
        "测算值不能命名为 {name}",
        "a measure cannot be named {name}",
        "换一个名称：不能是 pilot，不以下划线开头，不含连续两个下划线",
        "choose another: not pilot, no leading _, no __ inside",
    ),
    "plugin-choice-without-list": error(
        "表 {table} 的列 {column} 是 Choice，但没有 choices 或 codes",
        "{table}.{column} is a Choice without choices or codes",
        '加上 choices={{…}} 或 codes="…"',
        'add choices={{…}} or codes="…"',
    ),
    "plugin-unknown-unit": error(
        "{name}：无法识别的单位“{unit}”",
        "{name}: unknown unit “{unit}”",
        '{suggestion} 自有的单位先在上面声明：基地类型.unit("{unit}", zh=…, en=…)',
        '{suggestion} A unit of your own is declared above it: YOUR_TYPE.unit("{unit}", zh=…, en=…)',
    ),
    "plugin-unit-taken": error(
        "单位 {unit}：“{word}”已有另一含义：{means}",
        "unit {unit}: “{word}” already has another meaning: {means}",
        "换一个名称，或用 equals 写出同样的含义",
        "choose another name, or give it the same meaning with equals",
    ),
    "plugin-column-type": error(
        "表 {table} 的列 {column} 不支持类型 {given}",
        "{table}.{column} has the type {given}, which is not supported",
        "可用 Text、Choice、File、Flag、Date、Period、Count、Number",
        "use Text, Choice, File, Flag, Date, Period, Count or Number",
    ),
    "plugin-unknown-measure": error(
        "{what} 引用了不存在的 {name}", "{what} refers to {name}, which does not exist", "{suggestion}", "{suggestion}"
    ),
    "plugin-arguments": error(
        "{what} 的参数不对：{cause}",
        "{what} calls something with the wrong arguments: {cause}",
        (
            "条件写在 where 中：i.where(i.open).area.sum()；汇总不带参数，其余写成 .quantile(0.9)、.clip(0, 100)、"
            ".default(0)、.then(1, otherwise=0)、.isin([…])"
        ),
        (
            "put conditions into where: i.where(i.open).area.sum(); aggregates take no arguments, and the others are "
            ".quantile(0.9), .clip(0, 100), .default(0), .then(1, otherwise=0), .isin([…])"
        ),
    ),
    "plugin-measure-failed": error(
        "{what} 出错：{cause}",
        "{what} failed: {cause}",
        "修改该函数：只用列和 Figure 的运算和方法（docs/plugins/reference.md），不用 pandas、Polars、numpy 的函数",
        (
            "correct the function: use operators and methods of columns and figures (docs/plugins/reference.md), no "
            "functions of pandas, Polars or numpy"
        ),
    ),
    "plugin-measure-parameters": error(
        "{what} 有 {count} 个参数，只能有一个",
        "{what} has {count} parameters instead of one",
        "跨表计算时，先为每张表写一个测算值，再用 Measures 合成",
        "for two tables, write a measure for each and combine them with Measures",
    ),
    "plugin-measure-table": error(
        "{what} 的参数 {parameter} 标注为 {given}，不是该基地类型的表",
        "the parameter {parameter} of {what} is annotated {given}, which is not a table of this base type",
        "{suggestion}",
        "{suggestion}",
    ),
    "plugin-measure-return": error(
        "测算值 {measure} 返回 {given}，应返回 Figure",
        "the measure {measure} returns {given} instead of a Figure",
        "汇总后返回，方法要加括号：return s.adopted.share()",
        "return an aggregate, with its parentheses: return s.adopted.share()",
    ),
    "plugin-check-return": error(
        "检查 {check} 返回 {given}，应返回条件",
        "the check {check} returns {given} instead of a condition",
        "例如 return b.served <= b.total",
        "such as return b.served <= b.total",
    ),
    "plugin-measure-annotation": error(
        "{what} 的参数 {parameter} 缺少类型标注",
        "the parameter {parameter} of {what} has no type annotation",
        "标注所用的表，例如 {parameter}: {example}；引用其他测算值则写 {parameter}: Measures",
        "name its table, such as {parameter}: {example}; or write {parameter}: Measures for other measures",
    ),
    "plugin-unknown-reference": error(
        "表 {table} 的列 {column} 引用了不存在的 {refers}",
        "{table}.{column} refers to {refers}, which does not exist",
        "{suggestion}",
        "{suggestion}",
    ),
    "plugin-measure-circle": error(
        "测算值循环引用：{measures}",
        "measures refer to each other in a circle: {measures}",
        "改为由证据表直接计算其中一个",
        "compute one of them from a table",
    ),
    "plugin-person-table": error(
        "{what} 涉及个人（“{name}”），不能声明",
        "{what} is about a person (“{name}”) and cannot be declared",
        (
            "只评价组织和项目：改用合计数（Count 或 Number，如志愿者人次、会员数），或填写负责的单位；参见 "
            "docs/plugins/tutorial.md"
        ),
        (
            "only organisations and programmes are assessed: use totals (Count or Number, such as volunteers or "
            "numbers of members), or name the responsible body; see docs/plugins/tutorial.md"
        ),
    ),
}

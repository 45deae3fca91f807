"""Every sentence that a finding can say, in both languages, by code."""

from typing import Literal, NamedTuple

from pilot_eval.text import Words


class Entry(NamedTuple):
    severity: Literal["error", "warning", "note"]
    message: Words
    hint: Words


def _error(zh: str, en: str, hint_zh: str = "", hint_en: str = "") -> Entry:
    return Entry("error", Words(zh=zh, en=en), Words(zh=hint_zh, en=hint_en))


def _warning(zh: str, en: str, hint_zh: str = "", hint_en: str = "") -> Entry:
    return Entry("warning", Words(zh=zh, en=en), Words(zh=hint_zh, en=hint_en))


def _note(zh: str, en: str, hint_zh: str = "", hint_en: str = "") -> Entry:
    return Entry("note", Words(zh=zh, en=en), Words(zh=hint_zh, en=hint_en))


YAML = {
    "yaml-syntax": _error(
        "YAML 语法错误：{problem}", "not valid YAML: {problem}", "检查缩进、冒号和引号", "check indents, colons and quotes"
    ),
    "yaml-documents": _error(
        "一个文件里只能有一份 YAML 文档", "only one YAML document to a file", "删去多余的 ---", "remove the second ---"
    ),
    "yaml-alias": _error(
        "不接受 YAML 锚点、别名和合并键", "YAML anchors, aliases and merge keys are not accepted",
        "把内容写全", "write the content out",
    ),
    "yaml-tag": _error(
        "不接受 YAML 标签 {tag}", "the YAML tag {tag} is not accepted", "删去标签", "remove the tag"
    ),
    "yaml-too-deep": _error(
        "内容过深或过多（最多 {depth} 层、{nodes} 个值）", "too deep or too large (at most {depth} levels, {nodes} values)"
    ),
    "yaml-duplicate-key": _error(
        "键 {key} 重复，第一次在第 {first} 行", "duplicate key {key}, first on line {first}",
        "删去其中一个", "remove one of them",
    ),
    "yaml-number": _error("{value} 不是有限的数", "{value} is not a finite number"),
    "yaml-key": _error("键必须是文字", "a key must be text"),
    "yaml-not-a-mapping": _error("文件应当由“键: 值”组成", "the file should consist of «key: value»"),
}  # fmt: skip

METHOD = {
    "method-file-missing": _error("缺少文件", "the file is missing", "评价办法须有这个文件", "a method needs this file"),
    "method-unreadable": _error(
        "无法读取（{cause}）", "can't be read ({cause})", "以 UTF-8 保存并检查权限", "save it as UTF-8 and check permissions"
    ),
    "yaml-unknown-key": _error("不认识的键 {key}", "unknown key {key}", "{suggestion}", "{suggestion}"),
    "yaml-missing-key": _error("缺少必填的键 {key}", "the key {key} is missing", "补上这个键", "add it"),
    "method-not-a-list": _error("{key} 应当是列表", "{key} should be a list"),
    "yaml-not-allowed": _error("{key} 不能是 {value}", "{key} can't be {value}", "可用：{allowed}", "use {allowed}"),
    "method-unknown-unit": _error("不认识的单位 {value}", "unknown unit {value}", "{suggestion}", "{suggestion}"),
    "method-unknown-rule": _error("不认识的评分规则 {rule}", "unknown rule {rule}", "{suggestion}", "{suggestion}"),
    "method-rule-shape": _error(
        "rule 应当写成“规则名: 参数”，只写一种", "rule should be «kind: parameters», one kind only",
        "可用：{kinds}", "known: {kinds}",
    ),
    "yaml-inconsistent": _error("内容前后不一致：{problem}", "inconsistent: {problem}"),
    "yaml-wrong-value": _error("{key} 的值不对：{value}（{problem}）", "wrong value for {key}: {value} ({problem})"),
    "method-duplicate": _error("{name} 重复", "{name} is there twice", "每个编号只能用一次", "each id can be used once"),
    "method-unknown-name": _error("没有名为 {name} 的{what}", "no {what} named {name}", "{suggestion}", "{suggestion}"),
    "method-unit-differs": _error(
        "单位 {unit} 与测算值 {measure} 的单位 {expected} 不一致",
        "the unit {unit} differs from {expected}, the unit of the measure {measure}",
        "改为 {expected}", "write {expected}",
    ),
    "method-codes-missing": _error(
        "缺少代码表 {name}，证据表要用", "the code list {name} is missing; evidence tables need it",
        "在 codes 下补上", "add it under codes",
    ),
    "method-grade-hole": _error(
        "等级之间有空档：{low} 到 {high} 没有等级", "a hole between grades: {low} to {high} has none",
        "让各等级首尾相接，最低等级从 0 起", "let the bands meet, and the lowest start at 0",
    ),
    "method-grade-overlap": _error(
        "等级 {first} 与 {second} 重叠", "the grades {first} and {second} overlap", "让各等级首尾相接", "let the bands meet"
    ),
    "method-points": _error(
        "{what}的分值合计为 {total}，应为 {expected}", "the points of {what} add up to {total}, not to {expected}",
        "调整分值", "change the points",
    ),
    "method-not-monotone": _error(
        "指标 {indicator} 的规则时升时降", "the rule of indicator {indicator} rises and falls",
        "若确需如此，写明 monotone: false", "if that is meant, write monotone: false",
    ),
    "method-direction": _error(
        "方向写为 {direction}，规则却是 {rule}", "the direction is {direction}, but the rule goes {rule}",
        "改其中之一", "change one of them",
    ),
    "method-evidence": _error(
        "测算值 {measure} 取自证据表 {table}，evidence 里没有写", "the measure {measure} comes from the table {table}, which evidence doesn't name",
        "在 evidence 里补上 {table}", "add {table} to evidence",
    ),
}  # fmt: skip

PLUGIN = {
    "plugin-import-failed": _error(
        "无法载入：{cause}", "can't be loaded: {cause}",
        "请插件作者修复，或重新安装", "have its author mend it, or install it again",
    ),
    "plugin-no-module": _error(
        "没有入口点所写的模块 {module}", "there is no module {module}, which its entry point names",
        "改正 pyproject.toml 里的 [project.entry-points.pilot_eval] 并重新安装",
        "correct [project.entry-points.pilot_eval] in its pyproject.toml and install it again",
    ),
    "plugin-entry": _error(
        "入口点 {name} = \"{value}\" 不是模块名", "its entry point {name} = \"{value}\" is not the name of a module",
        "写模块名（如 pilot_eval_village），改正 pyproject.toml 后重新安装",
        "name the module, such as pilot_eval_village, in its pyproject.toml and install it again",
    ),
    "plugin-hook-unmarked": _error(
        "{hook} 没有标记，不会被调用", "{hook} isn't marked, so that nobody asks it", "在它上面写 @hookimpl", "write @hookimpl above it",
    ),
    "plugin-item": _error("{item} 不对：{problem}", "{item} is wrong: {problem}", "对照 docs/plugins 修改", "compare it with docs/plugins"),
    "plugin-broken": _error(
        "插件不对：{cause}", "it can't be used: {cause}", "请插件作者修复", "have its author mend it",
    ),
    "plugin-too-slow": _error(
        "载入超过 {seconds} 秒，已中止", "loading took over {seconds} s and was ended",
        "载入时只声明，不做别的；或设 PILOT_EVAL_PLUGIN_SECONDS", "declare and do nothing else; or set PILOT_EVAL_PLUGIN_SECONDS",
    ),
    "plugin-api": _error(
        "{name} 按接口第 {given} 版编写，本程序支持 {known}", "{name} is written for api {given}; this program takes {known}",
        "安装相配的版本，或按 docs/plugins/deprecation.md 修改", "install a version that fits, or change it as docs/plugins/deprecation.md says",
    ),
    "plugin-api-old": _warning(
        "{name} 按接口第 {given} 版编写，现为第 {now} 版；pilot-eval {release}（不早于 {day}）起不再支持第 {given} 版", "{name} is written for api {given}; it is {now} now, and from pilot-eval {release} on, not before {day}, api {given} isn't taken",
        "按 docs/plugins/deprecation.md 修改", "change it as docs/plugins/deprecation.md says",
    ),
    "plugin-plain-annotation": _error(
        "表 {table} 的列 {column} 用了普通类型标注，接口第 2 版须用 {kind}", "{table}.{column} has a plain annotation; api 2 takes {kind}",
        "改为 {column}: {kind}", "write {column}: {kind}",
    ),
    "plugin-no-column": _error(
        "{table} 的 {column} 没有用 column(…) 声明", "{table}.{column} isn't declared by column(…)",
        "写成 {column}: {kind} = column(zh=\"…\")；不是列的，标注 ClassVar 或以下划线开头",
        "write {column}: {kind} = column(zh=\"…\"); for what is no column, ClassVar or a name that begins with _",
    ),
    "plugin-column-annotation": _error(
        "表 {table} 的列 {column} 没有标注类型", "the column {table}.{column} has no annotation",
        "写成 {column}: Text = column(…)，或 Choice、File、Flag、Date、Count、Number",
        "write {column}: Text = column(…), or Choice, File, Flag, Date, Count, Number",
    ),
    "plugin-option": _error(
        "{option} 不能是 {given}", "{option} can't be {given}", "应当是{wanted}", "it should be {wanted}",
    ),
    "plugin-option-kind": _error(
        "表 {table} 的列 {column} 是 {kind}，不能有 {option}", "{table}.{column} is a {kind}, which can't have {option}",
        "删去 {option}，或改用 {kinds}", "drop {option}, or make it a {kinds}",
    ),
    "plugin-min-max": _error(
        "min {min} 大于 max {max}", "min {min} is above max {max}", "对调或改正", "swap or correct them",
    ),
    "plugin-choices-and-codes": _error(
        "表 {table} 的列 {column} 同时有 choices 和 codes", "{table}.{column} has both choices and codes",
        "代码里的清单用 choices，评价办法里的清单用 codes，只留一个", "keep one: choices for a list in code, codes for one that the method holds",
    ),
    "plugin-id": _error(
        "{what}的编号不能是 {id}", "the id of a {what} can't be {id}",
        "以字母开头，只用字母、数字和下划线，例如 village", "use letters, digits and _, a letter first, such as village",
    ),
    "plugin-no-brackets": _error(
        "@….{decorator} 后面没有括号", "@….{decorator} stands without brackets",
        "写成 @….{decorator}(zh=\"…\")", "write @….{decorator}(zh=\"…\")",
    ),
    "plugin-no-record": _error(
        "{given} 不是 Record 的子类，不能声明为表", "{given} can't be declared as a table: it is no subclass of Record",
        "写成 class {given}(Record):", "write class {given}(Record):",
    ),
    "plugin-sheet-name": _error(
        "表 {table} 的名称“{label}”不能作工作表名", "«{label}», a name of the table {table}, can't be that of a sheet",
        "用 zh、en 另取名称，不超过 {limit} 个字符，不含 []:*?/\\", "give another zh or en: at most {limit} signs, none of []:*?/\\",
    ),
    "plugin-same-header": _error(
        "表 {table} 里“{word}”既是列 {one} 又是列 {other}", "in the table {table}, «{word}» means both the columns {one} and {other}",
        "改其中一个的 zh、en 或 aliases", "change zh, en or aliases of one",
    ),
    "plugin-same-sheet": _error(
        "“{word}”既是表 {one} 又是表 {other}", "«{word}» means both the tables {one} and {other}",
        "改其中一个的 zh、en、name 或 aliases", "change zh, en, name or aliases of one",
    ),
    "plugin-truth": _error(
        "and、or、not、if、in 和连写的比较（1 < a < 3）不能用于 {what}：它代表所有的行",
        "and, or, not, if, in and chained comparisons (1 < a < 3) don't work on a {what}: it stands for all rows",
        "用 &、|、~，每个比较加括号：(a > 1) & (a < 3)；属于几项之一用 .isin([…])；按条件取数用 .then(…, otherwise=…)",
        "use & | ~ with brackets: (a > 1) & (a < 3); .isin([…]) for in; .then(…, otherwise=…) for if",
    ),
    "plugin-truth-figure": _error(
        "and、or、not、if、&、| 和连写的比较不能用于 {what}：读了证据才有数值",
        "and, or, not, if, &, | and chained comparisons don't work on a {what}: its number is known when evidence is read",
        "上下限用 .clip()，没有数值时用 .default()；每个检查只写一个比较", "use .clip() and .default(); write a check for each comparison",
    ),
    "plugin-loop": _error(
        "{what} 不能循环、不能用 len() 或 sum()", "a {what} can't be looped over, nor given to len() or sum()",
        "对整列写：i.area.sum()、i.count()、i.where(i.open).count()", "write it for the whole: i.area.sum(), i.count(), i.where(i.open).count()",
    ),
    "plugin-brackets": _error(
        "&、|、~ 连接的是条件，{odd} 不是", "&, | and ~ are for conditions, which {odd} is not",
        "每个比较加括号：(i.area > 3) & (i.visits < 5)", "put each comparison in brackets: (i.area > 3) & (i.visits < 5)",
    ),
    "plugin-no-number": _error(
        "{what} 不是数，不能加减乘除、比较大小", "a {what} is no number: it can't be computed with or compared by size",
        "条件化为数用 .then(1, otherwise=0)；计数用 .count()、.n_unique()", "make a number of a condition by .then(1, otherwise=0); count by .count() or .n_unique()",
    ),
    "plugin-flag-compared": _error(
        "条件不能与 {given} 比较是否相等", "a condition isn't compared with {given}",
        "直接用条件本身，相反的用 ~：i.where(i.open)、i.where(~i.open)", "use the condition itself, or ~ for its opposite: i.where(i.open), i.where(~i.open)",
    ),
    "plugin-figure-compared": _error(
        "Figure 不能用 == 或 != 与 {given} 比较", "a Figure isn't compared with {given} by == or !=",
        "用 <、<=、>、>=", "use < <= > >=",
    ),
    "plugin-row-and-figure": _error(
        "逐行的 {what} 与 Figure（所有行的一个数）不能放在一个式子里", "a {what}, row by row, and a Figure, one number of all rows, don't go together",
        "先汇总再计算：i.area.sum() / i.count()", "aggregate first: i.area.sum() / i.count()",
    ),
    "plugin-figure-and-column": _error(
        "Figure（所有行的一个数）与逐行的 {what} 不能放在一个式子里", "a Figure, one number of all rows, and a {what}, row by row, don't go together",
        "先汇总再计算：i.area.sum() / i.count()", "aggregate first: i.area.sum() / i.count()",
    ),
    "plugin-operand": _error(
        "{what} 在这里要一个数，不是 {given}", "a {what} takes a number here, not {given}", "例如 2.5", "such as 2.5",
    ),
    "plugin-not-finite": _error(
        "{what} 不能与 {given} 计算", "a {what} can't be computed with {given}", "用有限的数", "use a finite number",
    ),
    "plugin-divided-by-zero": _error(
        "{what} 除以 {given}", "a {what} is divided by {given}", "改正除数", "correct the divisor",
    ),
    "plugin-clip": _error(
        "clip 的下限 {low} 大于上限 {high}", "clip: the lower limit {low} is above the upper one {high}", "对调或改正", "swap or correct them",
    ),
    "plugin-date": _error(
        "日期列与 {given} 比较", "a Date is compared with {given}",
        "与日期比较：date(2018, 7, 1)；天数先相减：i.closed - i.opened <= 10", "compare it with date(2018, 7, 1); for days, subtract first: i.closed - i.opened <= 10",
    ),
    "plugin-date-sum": _error(
        "日期不能相加求和", "dates have no sum", "先相减得到天数：(i.closed - i.opened).sum()", "subtract first, for days: (i.closed - i.opened).sum()",
    ),
    "plugin-word": _error(
        "{what} 列与 {given} 比较", "a {what} is compared with {given}", "与一个词比较：i.kind == \"training\"", "compare it with a word: i.kind == \"training\"",
    ),
    "plugin-isin": _error(
        "isin 要一列词，不是 {given}", "isin takes a list of words, not {given}", "写成 .isin([\"training\", \"service\"])", "write .isin([\"training\", \"service\"])",
    ),
    "plugin-unknown-choice": _error(
        "{word} 不是这一列的选项", "{word} is not one of the choices", "{suggestion}", "{suggestion}",
    ),
    "plugin-hook": _error(
        "钩子不对：{cause}", "a hook is wrong: {cause}", "对照 docs/plugins 修改", "compare it with docs/plugins",
    ),
    "plugin-unknown-hook": _error(
        "没有名为 {hook} 的钩子", "there is no hook {hook}", "{suggestion}", "{suggestion}",
    ),
    "plugin-hook-arguments": _error(
        "钩子 {hook} 不带参数", "the hook {hook} takes no arguments", "删去参数", "remove its parameters",
    ),
    "plugin-reader": _error(
        "{suffix} 的读取函数另一个进程找不到", "the reader of {suffix} can't be found by the process that opens files",
        "用模块里有名字的函数，不用 lambda 或函数里的函数", "use a named function of a module, no lambda, nothing inside a function",
    ),
    "plugin-hook-result": _error(
        "{hook} 应返回 {kind} 的列表，实际是 {given}", "{hook} should return a list of {kind}, not {given}",
        "改正返回值", "correct what it returns",
    ),
    "plugin-nothing": _error(
        "什么都没有提供：没有钩子，或钩子没有返回值", "it provides nothing: no hook, or hooks that return nothing",
        "检查 @hookimpl 和 return", "check @hookimpl and return",
    ),
    "plugin-clash": _error(
        "{name} 由几处同时提供：{plugins}", "{name} is provided by several: {plugins}", "只保留一个，或改名", "keep one, or rename it",
    ),
    "plugin-section-failed": _error(
        "插件 {provider}：报告的段落 {section} 出错：{cause}", "plugin {provider}: the section {section} failed: {cause}",
        "请插件作者修复", "have its author mend it",
    ),
    "plugin-exporter-failed": _error(
        "插件 {provider}：导出 {exporter} 出错：{cause}", "plugin {provider}: the exporter {exporter} failed: {cause}",
        "请插件作者修复", "have its author mend it",
    ),
    "plugin-rule-failed": _error(
        "插件 {provider}：评分规则 {kind} 不能用：{cause}", "plugin {provider}: the scoring rule {kind} can't be used: {cause}",
        "请插件作者修复，或换一条规则", "have its author mend it, or take another rule",
    ),
    "plugin-rule-absent": _error(
        "评分规则 {rule} 不在：以下插件没有载入，可能由其提供：{plugins}", "the scoring rule {rule} isn't there; these plugins, of which one may provide it, aren't loaded: {plugins}",
        "修复或启用该插件", "mend that plugin, or switch it on",
    ),
    "plugin-absent": _error(
        "没有提供基地类型 {base_type} 的插件", "no plugin provides the base type {base_type}", "安装它", "install one"
    ),
    "plugin-off": _error(
        "基地类型 {base_type} 由插件 {plugin} 提供，本次没有载入", "the base type {base_type} is provided by the plugin {plugin}, which isn't loaded",
        "在 --only 或 PILOT_EVAL_PLUGINS 里加上它", "add it to --only or PILOT_EVAL_PLUGINS",
    ),
    "plugin-duplicate": _error(
        "{base_type} 里 {what} {name} 重复声明", "{base_type} declares the {what} {name} twice", "改名", "rename one"
    ),
    "plugin-common-name": _error(
        "各类基地共有的{what} {name} 不能在 {base_type} 里再声明", "{base_type} can't declare the {what} {name}: every base type has it",
        "改名，或直接用共有的", "rename it, or use the common one",
    ),
    "plugin-unknown-column": _error(
        "表 {table} 没有列 {column}", "the table {table} has no column {column}", "{suggestion}", "{suggestion}"
    ),
    "plugin-where-needs-flag": _error(
        "{table}.where() 需要条件，实际是 {given}", "{table}.where() takes a condition, not {given}",
        "例如 s.where(s.adopted)", "such as s.where(s.adopted)",
    ),
    "plugin-reserved-name": _error(
        "表 {table} 的列名 {column} 不能用", "the column name {column} of the table {table} is not allowed",
        "换一个名字：where、count、pilot、source、note 已有他用", "take another: where, count, pilot, source and note are taken",
    ),
    "plugin-measure-name": _error(
        "测算值不能叫 {name}", "a measure can't be named {name}",
        "换一个名字：不叫 pilot，不以下划线开头，不含两个相连的下划线", "take another: not pilot, no _ in front, no __ inside",
    ),
    "plugin-choice-without-list": _error(
        "表 {table} 的列 {column} 是 Choice，却没有 choices 或 codes", "{table}.{column} is a Choice without choices or codes",
        "写 choices={{…}} 或 codes=\"…\"", "give choices={{…}} or codes=\"…\"",
    ),
    "plugin-unknown-unit": _error("{name}：不认识的单位 {unit}", "{name}: unknown unit {unit}", "{suggestion}", "{suggestion}"),
    "plugin-column-type": _error(
        "表 {table} 的列 {column} 的类型 {given} 不能用", "the type {given} of {table}.{column} can't be used",
        "可用 Text、Choice、File、Flag、Date、Count、Number", "use Text, Choice, File, Flag, Date, Count or Number",
    ),
    "plugin-unknown-measure": _error(
        "{what} 引用了不存在的 {name}", "{what} refers to {name}, which doesn't exist",
        "{suggestion}", "{suggestion}",
    ),
    "plugin-measure-failed": _error(
        "{what} 出错：{cause}", "{what} failed: {cause}", "改正测算函数", "mend the function"
    ),
    "plugin-measure-parameters": _error(
        "{what} 有 {count} 个参数，应当只有一个", "{what} has {count} parameters, not one",
        "跨表计算时先各算一个测算值，再用 Measures 合成", "for two tables, write a measure for each and join them by Measures",
    ),
    "plugin-measure-table": _error(
        "{what} 的参数 {parameter} 标注为 {given}，不是本类型的表",
        "the parameter {parameter} of {what} is annotated {given}, which is no table of this type",
        "{suggestion}", "{suggestion}",
    ),
    "plugin-measure-return": _error(
        "测算值 {measure} 返回 {given}，应返回 Figure", "the measure {measure} returns {given}; it should return a Figure",
        "例如 return s.adopted.share()", "such as return s.adopted.share()",
    ),
    "plugin-check-return": _error(
        "检查 {check} 返回 {given}，应返回条件", "the check {check} returns {given}; it should return a condition",
        "例如 return b.served <= b.total", "such as return b.served <= b.total",
    ),
    "plugin-measure-annotation": _error(
        "{what} 的参数 {parameter} 没有标注类型", "the parameter {parameter} of {what} has no annotation",
        "写明是哪张表，例如 {parameter}: {example}；引用其他测算值则写 {parameter}: Measures",
        "say which table it is, such as {parameter}: {example}; or {parameter}: Measures for other measures",
    ),
    "plugin-unknown-reference": _error(
        "表 {table} 的列 {column} 指向不存在的 {refers}", "{table}.{column} refers to {refers}, which doesn't exist",
        "{suggestion}", "{suggestion}",
    ),
    "plugin-measure-circle": _error(
        "测算值相互引用成环：{measures}", "measures refer to each other in a circle: {measures}",
        "让其中一个直接由证据表算出", "compute one of them from a table",
    ),
    "plugin-person-table": _error(
        "{what} 涉及个人（{name}），不能声明", "{what} is about a person ({name}) and can't be declared",
        "只评价组织和项目：改用合计数（Count 或 Number，如 志愿者人次、会员数），或写负责的单位；见 docs/plugins/tutorial.md",
        "only organisations and programmes are assessed: use totals (Count or Number, such as volunteers or 会员数) or name the body in charge; see docs/plugins/tutorial.md",
    ),
    "plugin-measure-engine": _error(
        "测算值 {measure} 无法计算：{cause}", "the measure {measure} can't be computed: {cause}",
        "请插件作者修复", "have the plugin's author mend it",
    ),
}  # fmt: skip

EVIDENCE = {
    "submission-none": _warning(
        "没有提交材料", "nothing was submitted", "催交，或在报告中说明", "ask for it, or say so in the report"
    ),
    "submission-unread": _warning(
        "材料没有读取：这种基地类型的插件不能用", "the submission was not read: the plugin of its base type can't be used",
        "修复插件后重新检查", "check again once the plugin is mended",
    ),
    "submission-unknown-pilot": _error(
        "目录 {name} 不对应任何试点", "the folder {name} is no pilot's", "{suggestion}", "{suggestion}"
    ),
    "submission-no-info": _error(
        "没有填报信息（submission.yaml，或名为“填报信息”的工作表或表格文件）",
        "no submission information (submission.yaml, or a sheet or table file named «填报信息»)",
        "用 pilot-eval template 取得空表", "get a blank form with pilot-eval template",
    ),
    "submission-two-infos": _error(
        "填报信息有两份：{first}", "there are two pieces of submission information: {first}", "只保留一份", "keep one"
    ),
    "submission-unknown-key": _error("不认识的项目 {key}", "unknown item {key}", "{suggestion}", "{suggestion}"),
    "submission-missing-key": _error("缺少 {key}", "{key} is missing", "补填", "fill it in"),
    "submission-key-twice": _error("{key} 填了两次，内容不同", "{key} is answered twice, not alike", "只填一处", "answer it once"),
    "submission-wrong-value": _error("{key} 的值不对：{value}", "wrong value for {key}: {value}", "{expected}", "{expected}"),
    "submission-wrong-pilot": _error(
        "填报的试点编号是 {given}，目录却是 {expected}", "the pilot given is {given}, but the folder is {expected}",
        "改正编号，或移到对应的目录", "correct it, or move the file to the right folder",
    ),
    "submission-period": _error(
        "填报期间 {given} 与本轮 {expected} 不一致", "the period {given} is not the round's {expected}", "改正期间", "correct it"
    ),
    "submission-not-empty": _error(
        "声明表 {table} 无记录，却交了记录", "the table {table} is said to have nothing to report, but has records",
        "改正其一", "correct one of them",
    ),
    "file-not-regular": _error(
        "不是普通文件（目录、链接、管道或设备）", "not a regular file (a folder, a link, a pipe or a device)", "换成文件本身", "send the file itself"
    ),
    "submission-unused-file": _warning(
        "这个文件没有用到", "this file was not used", "改名为证据表的名称，或在记录里作为附件引用",
        "name it after an evidence table, or refer to it as an attachment",
    ),
    "file-unreadable": _error("无法读取：{cause}", "can't be read: {cause}", "{todo}", "{todo}"),
    "file-crashed": _error(
        "读取时出错或超出限制（{cause}），已跳过", "reading it failed or went past a limit ({cause}); it was skipped",
        "用 WPS 或 Excel 另存为 .xlsx 后重交", "save it again as .xlsx and send it again",
    ),
    "file-too-large": _error("文件有 {size} MB，上限 {limit} MB", "the file has {size} MB; the limit is {limit} MB"),
    "file-kind": _error(
        "不能识别的文件类型", "the kind of file is not recognised", "请交 xlsx、csv 或 json", "send xlsx, csv or json"
    ),
    "file-empty": _error("文件是空的", "the file is empty", "重新导出；没有记录的表在填报信息里声明", "export it again; say in the information which tables have no records"),
    "file-is": _error("这是{what}，不是能读取的表格", "this is {what}, not a table that can be read", "另存为 .xlsx 或 CSV 后重交", "save it as .xlsx or CSV and send it again"),
    "file-extension": _note("内容是{what}，与扩展名不符；已按内容读取", "its content is {what}, unlike its extension; it was read as what it is"),
    "file-encrypted": _error(
        "文件已加密，无法读取（设了密码，或设了“保护工作簿”，后者打开时不问密码）", "the file is encrypted and can't be read (a password, or a protected workbook, which opens without asking)",
        "取消密码和工作簿保护后另存重交", "remove the password and the protection, and send it again",
    ),
    "file-nul": _error("文本里有空字符，文件损坏或不是文本", "the text holds a NUL character: the file is damaged or is no text", "另存为 UTF-8 的 CSV", "save it as UTF-8 CSV"),
    "file-changed": _error(
        "文件在读取的时候被改动", "the file was changed while it was read", "等它写完后重新检查", "check again once nobody writes to it"
    ),
    "file-hidden": _warning(
        "名字以点开头的文件没有读取", "a file whose name, or whose folder's, begins with a dot was not read", "若是材料，改名后重交", "rename it if it is evidence"
    ),
    "archive-empty": _warning("压缩包里没有文件", "there is no file in the archive", "重新打包后重交", "pack it again"),
    "file-cut-short": _error("文件不完整，末尾缺失", "the file is cut short; its end is missing", "重新导出或重新上传", "export it or send it again"),
    "csv-quote": _error(
        "这里开始的引号没有正确结束，会吞掉后面的行", "the quote that opens here isn't closed properly and takes in what follows",
        "补上或删去引号；单元格里的引号要写两个", "close or remove it; write a quote inside a cell twice",
    ),
    "json-key-twice": _error("键 {key} 重复", "the key {key} is there twice", "删去其中一个", "remove one of them"),
    "json-too-deep": _error("JSON 嵌套过深", "the JSON is nested too deeply"),
    "json-cell": _error("单元格里应当是一个值，不能是列表或对象", "a cell should hold one value, not a list or an object"),
    "json-around": _note("记录之外的内容没有读取：{keys}", "what stands beside the records was not read: {keys}"),
    "zip-broken": _error("压缩结构有误：{cause}", "its ZIP structure is broken: {cause}", "重新保存或重新上传", "save it or send it again"),
    "zip-too-many": _error("里面有 {count} 个文件，上限 {limit}", "it holds {count} files; the limit is {limit}"),
    "zip-duplicate": _error("“{name}”出现两次", "«{name}» is there twice", "重新打包或另存", "pack or save it again"),
    "zip-overlap": _error("“{name}”与别的内容重叠，是伪造的压缩包", "«{name}» overlaps something else: a forged archive", "重新打包或另存", "pack or save it again"),
    "zip-lies": _error("“{name}”的内容与目录所写的不符", "«{name}» is not what the archive's directory says", "重新打包或另存", "pack or save it again"),
    "zip-ratio": _error("“{name}”的压缩率高得不真实，疑为压缩炸弹", "«{name}» is packed too well to be real: perhaps a bomb", "重新打包或另存", "pack or save it again"),
    "zip-encrypted": _error("“{name}”有密码", "«{name}» is protected by a password", "取消密码后重交", "remove the password and send it again"),
    "zip-method": _error("“{name}”用 {method} 压缩，不能读取", "«{name}» is packed by {method}, which is not read", "用普通 ZIP 方式（Deflate）重新打包", "pack it again as an ordinary ZIP (Deflate)"),
    "archive-is": _error("这是{what}，不是 ZIP", "this is {what}, not a ZIP", "解开后用 ZIP 格式重新打包", "unpack it and pack it again as a ZIP"),
    "archive-path": _error("“{name}”指向目录之外，不予解压", "«{name}» points outside the folder and is not unpacked", "重新打包", "pack it again"),
    "archive-name": _error("“{name}”的名字里有控制字符或改变显示方向的字符，没有解压", "the name «{name}» holds control characters or ones that reverse what is shown; it was not unpacked", "改名后重新打包", "rename it and pack again"),
    "archive-name-long": _error("“{name}”的路径过长或层数过多，没有解压", "the path «{name}» is too long or too deep; it was not unpacked", "缩短后重新打包", "shorten it and pack again"),
    "archive-link": _error("“{name}”是链接或设备，不是文件", "«{name}» is a link or a device, not a file", "换成文件本身", "send the file itself"),
    "archive-unopened": _warning("这是{what}，没有打开", "this is {what}; it was not opened", "里面若有证据，请解开后提交", "if it holds evidence, unpack it and send the files"),
    "table-unread": _error("以证据表命名，但这是{what}，没有读取", "it is named after an evidence table, but is {what} and was not read", "{todo}", "{todo}"),
    "xml-doctype": _error("工作簿里有 DOCTYPE 声明，不予读取", "a part of the workbook declares a DOCTYPE and is not read", "用 WPS 或 Excel 另存为 .xlsx", "save it as .xlsx in WPS or Excel"),
    "xml-broken": _error("工作簿的部件损坏：{problem}", "a part of the workbook is damaged: {problem}", "用 WPS 或 Excel 另存为 .xlsx", "save it as .xlsx in WPS or Excel"),
    "xls-broken": _error("工作簿损坏（{problem}）", "the workbook is damaged ({problem})", "用 WPS 或 Excel 另存为 .xlsx", "save it as .xlsx in WPS or Excel"),
    "book-part-missing": _error("工作簿缺少部件 {part}", "the workbook lacks its part {part}", "用 WPS 或 Excel 另存为 .xlsx", "save it as .xlsx in WPS or Excel"),
    "book-sheet-twice": _error("两张工作表共用一份内容", "two sheets share one content", "用 WPS 或 Excel 另存为 .xlsx", "save it as .xlsx in WPS or Excel"),
    "book-sheet-name": _error("两张工作表同名", "two sheets have the same name", "改名后重交", "rename one and send it again"),
    "book-empty": _error("工作簿里没有工作表", "the workbook has no sheet of cells"),
    "book-macros": _note("工作簿含有宏；没有运行", "the workbook holds macros; they were not run"),
    "book-links": _note("工作簿引用了外部文件（{count} 处）；没有读取，只用已存的值", "the workbook refers to other files ({count}); they were not read, only the values kept here"),
    "sheet-not-a-table": _note("图表或宏工作表，没有读取", "a chart or macro sheet; not read"),
    "sheet-too-large": _error("{what}超过上限 {limit}", "too many {what}: the limit is {limit}", "删去远处的多余内容，或拆成几个文件", "remove stray content far off, or split the file"),
    "sheet-hidden": _note("隐藏的工作表，已读取", "a hidden sheet; it was read"),
    "rows-hidden": _note("{count} 个隐藏行（{rows}），已读取", "{count} hidden rows ({rows}); they were read"),
    "columns-hidden": _note("隐藏的列 {columns}，已读取", "hidden columns {columns}; they were read"),
    "cells-merged": _note("合并单元格 {cells} 的内容用于其中每一行", "the content of the merged cell {cells} holds for each of its rows"),
    "sheet-formulas": _note("{count} 个单元格由公式算出，采用保存时的结果", "{count} cells are computed by formulas; the saved results were taken"),
    "book-not-calculated": _warning(
        "工作簿里公式的结果可能没有算过（文件由程序生成，打开时才计算）", "the workbook's formulas may never have been computed (a program wrote the file, to be computed when opened)",
        "在 WPS 或 Excel 里打开并保存一次", "open and save it once in WPS or Excel",
    ),
    "cell-address": _error("单元格地址 {value} 不对，文件损坏", "{value} is no cell reference: the file is damaged", "用 WPS 或 Excel 另存为 .xlsx", "save it as .xlsx in WPS or Excel"),
    "cell-twice": _error("同一个单元格出现两次，文件损坏", "the same cell is there twice: the file is damaged", "用 WPS 或 Excel 另存为 .xlsx", "save it as .xlsx in WPS or Excel"),
    "cell-unused-bad": _warning("单元格“{value}”没有有效的值；这里没有用到它", "the cell «{value}» has no valid value; it is not used", "改正", "mend it"),
    "cell-damaged": _error("单元格的内容“{value}”损坏", "the content of the cell, «{value}», is damaged", "重新填写", "fill it in again"),
    "cell-too-long": _error("单元格的内容过长（“{value}…”）", "the cell holds too much text («{value}…»)", "长文字作为附件提交", "send long texts as attachments"),
    "cell-merged": _error(
        "数字 {value} 合并在几行里，无法分到各行", "the number {value} is merged over several rows and can't be shared among them",
        "取消合并，逐行填写", "split the cell and fill in each row",
    ),
    "cell-format": _error(
        "单元格显示的与存下的不是一个数（“{value}”）：数字格式有误", "what the cell shows isn't the number that it holds («{value}»): its number format is wrong",
        "改正数字格式，或直接填写数和单位", "mend the number format, or write the number with its unit",
    ),
    "cell-reordered": _error("“{value}”含有改变显示方向的字符，看到的与存下的不同", "«{value}» holds characters that reverse what is shown", "重新输入", "type it again"),
    "header-unit": _note("表头的单位是 {given}，已换算为 {unit}", "the header gives the unit {given}; converted to {unit}"),
    "header-unit-differs": _error("表头的单位 {given} 与本列的单位 {unit} 不符", "the header's unit {given} doesn't fit {unit}, the unit of the column", "换算后填写", "convert it"),
    "header-unit-unclear": _error("单位写作“{given}”，不知如何换算为 {unit}", "the unit is given as «{given}»; how to convert it to {unit} isn't clear", "表头只写一个单位，如“（万元）”", "give one unit in the header, such as (万元)"),
    "header-parted": _error("列“{header}”下面又分几列，看不出用哪一列", "the column «{header}» is parted into several; which is meant isn't clear", "只留一列，或改为单行表头", "keep one of them, or write the header in one row"),
    "row-guide": _note("属于表头的一行（分级表头、单位、栏次或填写提示），不计入", "a row of the header (second names, units, numbers of columns, hints); set apart"),
    "sheet-turned": _error("项目竖着排，一列是一条记录（表“{table}”）", "the labels stand one below the other, a record in each column (table «{table}»)", "复制后用“选择性粘贴—转置”，让一行是一条记录", "copy and paste it transposed, so that each row is a record"),
    "sheet-beside": _error("旁边并排着另一块表“{table}”，没有读取", "another block, of the table «{table}», stands beside and was not read", "上下接在一起，或放到另一张工作表", "put it below, or on a sheet of its own"),
    "row-wider": _error("这一行比表头多出“{value}”：分隔符多了，后面的列会错位", "the row has «{value}» beyond the header: one separator too many shifts the columns", "含分隔符的内容加引号，数字不写千分位", "quote cells that hold a separator"),
    "cells-beyond": _warning("表头之外的单元格没有读取（“{value}”等 {count} 个）", "cells outside the header's columns were not read («{value}», {count} in all)", "移到表内，或删去", "move them into the table, or remove them"),
    "file-encoding": _error(
        "不是 UTF-8 也不是 GB18030 编码", "neither UTF-8 nor GB18030", "另存为 UTF-8 的 CSV", "save it as UTF-8 CSV"
    ),
    "file-csv": _error(
        "CSV 格式有误：{problem}", "the CSV is malformed: {problem}", "检查这一行附近的引号", "check the quotes near this line"
    ),
    "file-json": _error("JSON 有误：{problem}", "the JSON is malformed: {problem}"),
    "json-shape": _error(
        "JSON 应当是记录的列表，或“表名: 记录列表”", "the JSON should be a list of records, or «table: list of records»"
    ),
    "sheet-unknown": _warning(
        "工作表没有用到：不对应任何证据表", "the sheet was not used: it is no evidence table's", "{suggestion}", "{suggestion}"
    ),
    "sheet-no-header": _error(
        "找不到表头", "no header row was found", "表头应含：{expected}", "the header should have: {expected}"
    ),
    "header-missing": _error("缺少列“{column}”", "the column «{column}» is missing", "补上这一列", "add it"),
    "header-qualified": _warning(
        "列“{header}”按“{column}”读取；括号里的“{said}”可能指别的数", "the column «{header}» was read as «{column}»; «{said}» in its brackets may mean other figures",
        "若不是{column}，改列名或删去这一列", "rename the column or remove it if it isn't {column}",
    ),
    "header-unknown": _warning(
        "列“{header}”没有用到", "the column «{header}» was not used", "{suggestion}", "{suggestion}"
    ),
    "header-duplicate": _error("列“{header}”出现两次", "the column «{header}» is there twice", "删去一列", "remove one"),
    "header-person": _error(
        "列“{header}”涉及个人，不予接收", "the column «{header}» is about persons and is not accepted",
        "删去这一列，只报合计数", "remove it; report totals only",
    ),
    "row-total": _note(
        "合计行已识别，不计入", "recognised as a row of totals and set apart"
    ),
    "row-total-differs": _warning(
        "合计 {value} 与各行之和（{low} 至 {high}）不符", "the total {value} differs from the sum of the rows ({low} to {high})",
        "查一查是否漏行或算错", "look for a missing row or a slip",
    ),
    "row-like-total": _warning(
        "这一行像是合计：数字等于上面各行之和；已作为记录计入", "this row looks like a total: its figures are the sum of the rows above; it was counted as a record",
        "若是合计，第一格写“合计”", "if it is a total, write 合计 in its first cell",
    ),
    "row-like-heading": _warning("这一行像是小标题；已作为记录计入", "this row looks like a heading; it was counted as a record", "若是小标题，删去或移到表外", "if it is a heading, remove it"),
    "row-part": _note("“其中”行是上一行的一部分，不计入", "a part of the row above (其中); set apart"),
    "row-derived": _note("平均、同期或上年的数，不是记录，不计入", "an average, or figures of another period; set apart"),
    "row-nothing": _note("这一行表示没有内容，不计入", "a row that says there is nothing; set apart"),
    "row-unclear": _error(
        "看不出“{value}”这一行是记录，还是说明、示例、小标题", "whether «{value}» begins a record, or a remark, an example or a heading isn't clear",
        "若是记录，改写第一格或清去备注；若不是，清去数字或删去", "if it is a record, change its first cell or its note; if not, remove its figures or the row",
    ),
    "row-example-note": _warning("备注仍写着“示例行”，但已填入记录；按记录读取", "the note still says «示例行», but a record was filled in; it was read", "删去备注里的这句话", "remove these words from the note"),
    "table-nothing": _note("表中写明没有内容，视为无记录", "the table says that there is nothing to report; taken so"),
    "row-header": _note("表头再次出现，不计入", "the header again; set apart"),
    "row-remark": _note("说明行已识别，不计入", "recognised as a remark and set apart"),
    "rows-above": _note("表头以上的 {count} 行作为标题，不计入", "{count} rows above the header were taken as titles"),
    "rows-example": _note("示例行已跳过", "the example row was skipped"),
    "cell-required": _error("“{column}”不能为空", "«{column}» can't be empty", "补填", "fill it in"),
    "cell-number": _error(
        "“{value}”不是数", "«{value}» is not a number", "填数字，如 1600、17.2万", "write a number, such as 1600 or 17.2万"
    ),
    "cell-number-remark": _error(
        "“{value}”除了数还有说明", "«{value}» holds a remark beside the number", "只填数，说明写在备注里", "write the number alone, and the remark in the notes"
    ),
    "cell-number-vague": _error(
        "“{value}”只有数量级，不能作为评分依据", "«{value}» is only an order of magnitude and can't be a basis of points",
        "填写有据可查的数", "write a number that can be checked",
    ),
    "cell-whole": _error("“{value}”应为非负整数", "«{value}» should be a whole number", "改为整数", "write a whole number"),
    "cell-approximate": _note(
        "“{value}”是约数，按 {low} 至 {high} 计算上下限", "«{value}» is approximate; its bounds are {low} to {high}"
    ),
    "cell-exact": _error("“{value}”是约数，本列须填确数", "«{value}» is approximate; this column takes exact numbers"),
    "cell-unit": _error(
        "“{value}”的单位与本列的单位 {unit} 不符", "the unit of «{value}» doesn't fit {unit}, the unit of the column",
        "换算后填写", "convert it",
    ),
    "cell-unit-none": _error(
        "“{value}”带有单位，“{column}”没有规定单位，只填数", "«{value}» has a unit; «{column}» has none of its own and takes the number alone",
        "去掉单位；同一行里的数用同一单位，如 100% 与 98% 写成 100 与 98", "leave the unit out; use one unit within a row: 100 and 98 for 100% and 98%",
    ),
    "cell-nothing": _note("“{column}”有 {count} 格填“{value}”之类，作为没有填写", "«{column}»: {count} cells such as «{value}» were taken as left empty"),
    "column-share": _warning(
        "“{column}”有 {count} 个数不带百分号、不超过 1（如 {value}），按 {value}% 读取", "«{column}»: {count} numbers without a sign are at most 1 (such as {value}); taken as {value}%",
        "若意思是 {share}%，写成 {share}% 或 {share}；若确是 {value}%，写上百分号", "if {share}% is meant, write {share}% or {share}; if it is {value}%, add the sign",
    ),
    "cell-range": _error("{value} 超出范围（{low} 至 {high}）", "{value} is out of range ({low} to {high})"),
    "cell-date": _error(
        "“{value}”不是日期", "«{value}» is not a date", "写成 2018-12-21", "write it as 2018-12-21"
    ),
    "cell-date-year": _error(
        "“{value}”没有写年份", "«{value}» has no year", "写上年份，如 2018-12-21", "add the year: 2018-12-21"
    ),
    "cell-period": _error(
        "{value} 不在评价期间（{low} 至 {high}）", "{value} is outside the period ({low} to {high})",
        "删去这一行，或改正日期", "remove the row, or correct the date",
    ),
    "cell-period-partly": _warning(
        "{value} 有一部分在评价期间（{low} 至 {high}）之外", "{value} is partly outside the period ({low} to {high})",
        "写明确切日期", "write the exact date",
    ),
    "row-duplicate": _error(
        "{columns} 与第 {first} 行相同，应各不相同", "{columns}: the same as in row {first}; each should be its own",
        "删去重复的行，或改正", "remove the repeated row, or correct it",
    ),
    "row-repeated": _warning(
        "与第 {first} 行完全相同", "the same as row {first}", "查一查是否重复填报", "see whether it was entered twice"
    ),
    "cell-reference": _error(
        "“{value}”在表“{table}”里找不到", "«{value}» is not in the table «{table}»", "{suggestion}", "{suggestion}"
    ),
    "check-failed": _error("{problem}", "{problem}"),
    "check-doubtful": _warning("{problem}", "{problem}"),
    "measure-unlike-peers": _warning(
        "{measure}为 {value}，同类试点的中位数是 {median}", "{measure}: {value}; the median of its peers is {median}",
        "核对单位和数位", "check the unit and the digits",
    ),
    "measure-unlike-before": _warning(
        "{measure}为 {value}，上一轮是 {before}", "{measure}: {value}; the last round had {before}",
        "核对单位和数位", "check the unit and the digits",
    ),
    "cell-flag": _error("“{value}”不是“是”或“否”", "«{value}» is neither yes nor no", "填 是 或 否", "write 是 or 否"),
    "cell-choice": _error(
        "“{value}”不在“{column}”的可选项中", "«{value}» is not one of the words of «{column}»", "{suggestion}", "{suggestion}"
    ),
    "cell-attachment": _error(
        "找不到附件“{value}”", "the attachment «{value}» is not there", "把文件放进提交目录", "put the file into the submission"
    ),
    "cell-error": _error("单元格是错误值 {value}", "the cell holds the error {value}", "改正公式", "mend the formula"),
    "cell-formula": _error(
        "公式没有计算结果", "the formula has no computed value", "在 WPS 或 Excel 里打开并保存一次", "open and save it once in WPS or Excel"
    ),
    "cell-identity": _error(
        "含有身份证号（{value}），不予接收", "holds a resident ID number ({value}) and is not accepted",
        "删去个人信息后重交", "remove personal data and send it again",
    ),
    "cell-mobile": _error(
        "含有手机号（{value}），不予接收", "holds a mobile number ({value}) and is not accepted",
        "删去个人信息后重交", "remove personal data and send it again",
    ),
    "cell-card-like": _warning(
        "像是银行卡号（{value}）", "looks like a bank card number ({value})",
        "请确认不是个人信息；报告中已遮盖", "make sure that it isn't personal; it is masked in reports",
    ),
    "cell-passport-like": _warning(
        "像是护照或通行证号（{value}）", "looks like a passport number ({value})",
        "请确认不是个人信息；报告中已遮盖", "make sure that it isn't personal; it is masked in reports",
    ),
    "name-personal": _error(
        "文件名含有个人号码，没有读取", "the file's name holds a personal number; it was not read",
        "改名后重交", "rename it and send it again",
    ),
    "name-encoding": _error(
        "文件名不是 UTF-8 编码，没有读取", "the file's name is not UTF-8; it was not read",
        "改名后重交，或把文件打包成 ZIP", "rename it, or send the files as a ZIP",
    ),
    "name-personal-like": _error(
        "文件名里像有个人号码；文件名会写进记录和报告，所以没有读取",
        "the file's name seems to hold a personal number; names go into records and reports, so it was not read",
        "改名后重交", "rename it and send it again",
    ),
    "sheet-personal-like": _warning(
        "工作表名里像有个人号码", "the sheet's name seems to hold a personal number",
        "请确认不是个人信息；报告中已遮盖", "make sure that it isn't personal; it is masked in reports",
    ),
    "property-personal-like": _warning(
        "文件属性或批注里像有个人号码（{value}）", "the file's properties or comments seem to hold a personal number ({value})",
        "请确认不是个人信息；报告中已遮盖", "make sure that it isn't personal; it is masked in reports",
    ),
    "sheet-personal": _error(
        "工作表名含有个人号码，没有读取", "the sheet's name holds a personal number; it was not read",
        "改名后重交", "rename it and send it again",
    ),
    "property-personal": _error(
        "文件属性或批注里含有个人号码（{value}）", "the file's properties or comments hold a personal number ({value})",
        "清除后重交", "clear them and send it again",
    ),
    "archive-clash": _error(
        "压缩包里的 {name} 与另一处的文件同名而内容不同", "{name} in the archive has the name of another file, but not its content",
        "只保留一份", "keep one",
    ),
    "archive-clash-attachment": _warning(
        "压缩包里的 {name} 与另一处的文件同名而内容不同，没有采用", "{name} in the archive has the name of another file, but not its content; it was left out",
        "改名或只保留一份", "rename it or keep one",
    ),
    "cell-mobile-like": _warning(
        "像是手机号（{value}）", "looks like a mobile number ({value})",
        "请确认不是个人信息；报告中已遮盖", "make sure that it isn't personal; it is masked in reports",
    ),
    "findings-more": _note("另有 {count} 处同类问题未逐一列出", "{count} more of the same kind are not listed"),
}  # fmt: skip

ROUND = {
    "round-not-found": _error(
        "{folder} 不是评价轮次目录（没有 round.yaml）", "{folder} is no round (there is no round.yaml)",
        "用 pilot-eval new 新建", "make one with pilot-eval new",
    ),
    "round-exists": _error("{folder} 已存在且不为空", "{folder} exists and is not empty", "换一个目录名", "take another name"),
    "round-locked": _error(
        "另一个进程正在使用这一轮次", "another process is using this round", "稍后再试", "try again later"
    ),
    "round-no-previous": _error(
        "找不到上一轮的档案 {path}", "the last round's record {path} is not there", "改正 previous", "correct previous"
    ),
    "round-no-results": _error("还没有评价结果", "there are no results yet", "先运行 pilot-eval assess", "run pilot-eval assess"),
    "record-unreadable": _error("评价档案无法读取：{cause}", "the record can't be read: {cause}"),
    "record-differs": _error(
        "{path}：档案为 {recorded}，重算为 {now}", "{path}: the record has {recorded}, computed again it is {now}"
    ),
    "hash-differs": _error(
        "文件内容与档案记载的不同", "the file is not the one that the record names", "恢复原文件", "restore the original"
    ),
    "hash-missing": _error("档案记载的文件不见了", "a file that the record names is gone", "恢复原文件", "restore it"),
    "hash-new": _warning("这个文件不在档案里", "this file is not in the record", "重新评价", "assess again"),
    "import-exists": _error(
        "已有另一个同名文件，没有用 {source} 覆盖", "another file of that name is there; {source} was not put in its place",
        "改名，或先移走旧文件", "rename it, or move the old one away",
    ),
    "import-map": _error(
        "映射文件应为“文件: 试点编号”（或 skip）", "the mapping should be «file: pilot» (or skip)", "{suggestion}", "{suggestion}"
    ),
    "review-unknown": _error("{what} {name} 不存在", "there is no {what} {name}", "{suggestion}", "{suggestion}"),
    "review-wrong": _error("{key} 的值不对：{value}", "wrong value for {key}: {value}", "{expected}", "{expected}"),
    "scaffold-name": _error(
        "“{name}”不能作类型的名字", "«{name}» can't be the name of a base type",
        "小写字母开头，只用 a-z、0-9 和单个下划线，至多 30 个字符；{suggestion}", "begin with a lower-case letter, use a-z, 0-9 and single _, at most 30 signs; {suggestion}",
    ),
    "scaffold-words": _error(
        "{option} 的值“{words}”不能用", "{option} can't be «{words}»",
        "至多 30 个文字、数字、空格、圆括号；--en 用英文", "at most 30 letters, digits, spaces, round brackets; --en in English",
    ),
    "scaffold-exists": _error(
        "{folder} 已经存在，没有覆盖", "{folder} exists and was not written over", "换一个名字或目录", "take another name or folder"
    ),
    "scaffold-taken": _warning(
        "基地类型 {name} 已由 {plugin} 提供，两者不能同时安装", "the base type {name} is provided by {plugin} already; the two can't be installed together",
        "换一个名字，或卸载其中一个", "take another name, or uninstall one of them",
    ),
    "usage-seconds": _error(
        "{name} 是“{value}”，应当是大于 0 的秒数", "{name} is «{value}»; it should be a number of seconds above 0", "如 20", "such as 20"
    ),
    "usage-file": _error("{cause}", "{cause}", "换一个位置，或检查权限", "take another place, or check its permissions"),
    "usage-unknown": _error("没有名为 {name} 的{what}", "no {what} named {name}", "{suggestion}", "{suggestion}"),
}  # fmt: skip

CATALOGUE: dict[str, Entry] = {**YAML, **METHOD, **PLUGIN, **EVIDENCE, **ROUND}

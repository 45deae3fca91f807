"""Messages about a method: its files, indicators, rules, grades and points."""

from pilot_eval.messages.entry import Entry, error

MESSAGES: dict[str, Entry] = {
    "method-file-missing": error(
        "缺少该文件", "the file is missing", "评价办法必须包含此文件", "a method needs this file"
    ),
    "method-unreadable": error(
        "无法读取（{cause}）",
        "cannot be read ({cause})",
        "以 UTF-8 编码保存，并检查权限",
        "save it as UTF-8 and check its permissions",
    ),
    "method-not-a-list": error("{key} 应为列表", "{key} should be a list"),
    "method-unknown-unit": error(
        "无法识别的单位“{value}”",
        "unknown unit “{value}”",
        "{suggestion} 自有的单位在 method.yaml 的 units 中声明",
        "{suggestion} A unit of your own is declared in method.yaml under units",
    ),
    "method-unknown-rule": error(
        "无法识别的评分规则 {rule}", "unknown scoring rule {rule}", "{suggestion}", "{suggestion}"
    ),
    "method-rule-shape": error(
        "rule 应写成“规则名: 参数”，且只能写一条规则",
        "rule should be a single “kind: parameters” pair",
        "可用：{kinds}",
        "available: {kinds}",
    ),
    "method-id-total": error(
        "编号 total 指全部指标，不能另作他用",
        "the id total means all indicators together",
        "换一个编号",
        "use another id",
    ),
    "method-no-rule": error(
        "缺少 {key}，上面的各级也没有 normalise",
        "{key} is missing, and no level above normalises",
        "写明 {key}，或在上面的维度或评价办法写 normalise，如 normalise: zscore",
        "give a {key}, or write normalise at a dimension above or at the method, such as normalise: zscore",
    ),
    "method-normalise": error(
        "normalise 只能是一条与同组比较的规则",
        "normalise takes one rule that compares pilots",
        "写规则名或“规则名: 参数”；可用：{kinds}",
        "write its kind, or one “kind: parameters” pair; available: {kinds}",
    ),
    "method-normalise-best": error(
        "normalise 里不写 best",
        "normalise takes no best",
        "删去 best：direction 为 down 的指标以低者为优，其余以高者为优",
        "delete best: the lowest is best for an indicator with direction: down, the highest for any other",
    ),
    "method-duplicate": error(
        "编号 {name} 重复", "duplicate id {name}", "每个编号只能使用一次", "use each id only once"
    ),
    "method-unknown-name": error(
        "找不到名为“{name}”的{what}", "no {what} named “{name}”", "{suggestion}", "{suggestion}"
    ),
    "method-own-parts": error(
        "维度 {dimension} 由各试点自带指标（own），不能再有指标或维度",
        "each pilot brings its own indicators to the dimension {dimension} (own): it takes no others",
        "放到另一个维度，或删去 own",
        "put it into another dimension, or remove own",
    ),
    "method-unit-circle": error(
        "单位 {unit} 顺着 equals 又回到自己",
        "following equals leads from the unit {unit} back to itself",
        "其中一个作为基准，不写 equals",
        "leave equals out of one of them: the others are counted in it",
    ),
    "method-unit-taken": error(
        "单位 {unit}：“{word}”已有另一含义：{means}",
        "unit {unit}: “{word}” already has another meaning: {means}",
        "换一个名称，或用 equals 写出同样的含义",
        "choose another name, or give it the same meaning with equals",
    ),
    "method-unit-plugins": error(
        "几种基地类型的插件对单位 {unit} 的规定不同：{types}",
        "the plugins of several base types mean different units by {unit}: {types}",
        "请插件作者统一，或分轮次评价",
        "ask the plugins' authors to agree, or evaluate them in separate rounds",
    ),
    "method-unit-differs": error(
        "单位“{unit}”与测算值 {measure} 的单位“{expected}”不一致",
        "the unit “{unit}” does not match “{expected}”, the unit of the measure {measure}",
        "改为“{expected}”",
        "change it to “{expected}”",
    ),
    "method-codes-missing": error(
        "缺少证据表所用的代码表 {name}",
        "the code list {name}, which evidence tables use, is missing",
        "在 codes 下补上",
        "add it under codes",
    ),
    "method-grade-hole": error(
        "等级不连续：{low} 至 {high} 没有对应的等级",
        "gap: no grade covers {low} to {high}",
        "使各等级首尾相接，最低等级从 0 开始",
        "make the grades contiguous, starting at 0",
    ),
    "method-grade-overlap": error(
        "等级{first}与{second}重叠",
        "the grades {first} and {second} overlap",
        "使各等级首尾相接",
        "make the grades contiguous",
    ),
    "method-grade-reach": error(
        "等级{grade}从 {min} 分起，而总分最多 {most} 分",
        "the grade {grade} begins at {min}, but a total is at most {most}",
        "改 min；总分可以更高的，改 points 或 ceiling",
        "change min; if totals may be higher, change points or ceiling",
    ),
    "method-grade-hidden": error(
        "等级{second}不会有人得到：凡符合的都已得到前面的{first}",
        "nobody could have the grade {second}: whoever could has {first}, which stands before it",
        "从好到差排列，min 逐级减小",
        "list them from the best, each with a lower min",
    ),
    "method-grade-top": error(
        "等级{second}的 top 比前面的{first}小",
        "the top of grade {second} is smaller than that of {first}, which stands before it",
        "top 是累计的比例，含更好的等级：优占 20%、良再占 30% 的，良写 top: 50%",
        "top counts better grades in: if the best grade takes 20% and the next another 30%, that is top: 50%",
    ),
    "method-grade-rest": error(
        "排名靠后的没有等级：{grade}也按比例评定",
        "those left over have no grade: {grade}, too, is given by share",
        "最后一级写 min: 0，不写 top",
        "give the last grade min: 0 and no top",
    ),
    "method-grade-no-tiers": error(
        "of: tier 按层级分组，但评价办法没有层级",
        "of: tier groups pilots by tier, but the method has no tiers",
        "写明 tiers，或改为 of: all",
        "list tiers, or write of: all",
    ),
    "method-points": error(
        "{what}的分值合计为 {total}，应为 {expected}",
        "the points of {what} add up to {total} instead of {expected}",
        "{parts}调整分值；以权重划分的，须留出分值",
        "{parts}adjust the points; where weights divide them, leave some over",
    ),
    "method-circle": error(
        "维度{dimension}经 within 又回到自己",
        "following within from dimension {dimension} leads back to it",
        "within 写上一级维度；一级指标不写",
        "within names the dimension above; leave it out at the top",
    ),
    "method-gate-circle": error(
        "门槛{gate}的条件经 gate 又回到自己",
        "the condition of gate {gate} leads back to it by way of gate",
        "改写其中一个门槛的条件，不再引用对方",
        "write the condition of one of these gates without the other",
    ),
    "method-weight-differs": error(
        "{item}按权重折算的分值因基地类型而不同（{low} 至 {high} 分），各类型无法比较",
        "the weight of {item} gives other points in one base type than in another ({low} to {high}), so that they"
        " cannot be compared",
        "改写 points，或把各类型自己的指标放到单独的维度里",
        "give points instead, or put the base types' own indicators in a dimension of their own",
    ),
    "method-not-monotone": error(
        "指标{indicator}的评分规则不单调：有升有降",
        "the scoring rule of indicator {indicator} both rises and falls",
        "确需如此的，写明 monotone: false；steps 的第一级以下得 0，越少越好的写 below: 1",
        "if that is intended, write monotone: false; steps give 0 below the first: where less is better, below: 1",
    ),
    "method-direction": error(
        "direction 是 {direction}，评分规则却是 {rule}",
        "direction says {direction}, but the scoring rule is {rule}",
        "看哪一个写反了：规则的两端（如 from 与 to），或 direction",
        "see which is the wrong way round: the rule's ends (such as from and to), or direction",
    ),
    "method-evidence": error(
        "测算值 {measure} 取自证据表 {table}，但 evidence 未列出该表",
        "the measure {measure} uses the table {table}, which evidence does not list",
        "在 evidence 中加上 {table}",
        "add {table} to evidence",
    ),
    "method-measure-id": error(
        "测算值不能用编号 {name}",
        "a measure cannot have the id {name}",
        "以汉字或字母开头，只用汉字、字母、数字和单个的 _；不用 unit、pilot、source、note，也不与共有的测算值重名",
        "begin with a letter and use letters, digits and single _ only; not unit, pilot, source, note or the name of"
        " a measure that all base types share",
    ),
    "method-same-header": error(
        "表头“{word}”同时指 {one} 和 {other}",
        "the header “{word}” means both {one} and {other}",
        "改名，或删去其中一个别名",
        "rename one of them, or remove one of the aliases",
    ),
    "method-type-twice": error(
        "基地类型 {name} 由插件提供，这里又写了 measures",
        "a plugin provides the base type {name}, and here it has measures",
        "换一个 base_type，或删去 measures",
        "choose another base_type, or remove measures",
    ),
    "method-folder-twice": error(
        "试点编号 {name} 与基地类型 {base_type} 同名，二者的提交目录会混在一起",
        "the pilot {name} has the name of the base type {base_type}: their submission folders would be the same",
        "换一个试点编号",
        "choose another id for the pilot",
    ),
    "method-given-twice": error(
        "指标 {indicator} 的这个数已由数据表中的列给出（{measure}）",
        "the table has a column with this figure of indicator {indicator} ({measure})",
        "删去名册里的这一项，或删去该测算值的 {key}",
        "remove it from the register, or remove {key} from the measure",
    ),
    "method-no-cap": error(
        "有{what}而没有上限，一分也不会计入",
        "there are {what} but no cap, so that none would count",
        "写明上限，如 {key}: 10；不设{what}则删去整项",
        "write the cap, such as {key}: 10, or delete all {what}",
    ),
}

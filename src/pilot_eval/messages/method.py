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
    "method-unknown-unit": error("无法识别的单位“{value}”", "unknown unit “{value}”", "{suggestion}", "{suggestion}"),
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
        "调整分值；以权重划分的，须留出分值",
        "adjust the points; where weights divide them, leave some over",
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
        "若确需如此，写明 monotone: false",
        "if that is intended, write monotone: false",
    ),
    "method-direction": error(
        "方向 {direction} 与评分规则的方向 {rule} 不一致",
        "the direction {direction} does not match the scoring rule, which goes {rule}",
        "修改其中之一",
        "change one of them",
    ),
    "method-evidence": error(
        "测算值 {measure} 取自证据表 {table}，但 evidence 未列出该表",
        "the measure {measure} uses the table {table}, which evidence does not list",
        "在 evidence 中加上 {table}",
        "add {table} to evidence",
    ),
    "method-no-cap": error(
        "有{what}而没有上限，一分也不会计入",
        "there are {what} but no cap, so that none would count",
        "写明上限，如 {key}: 10；不设{what}则删去整项",
        "write the cap, such as {key}: 10, or delete all {what}",
    ),
}

"""The words of the reports' interface, both languages side by side; a round's own names are in its record."""

from typing import Final

from pilot_eval.text import Lang, Words


def _(zh: str, en: str) -> Words:
    return Words(zh=zh, en=en)


WORDS: Final[dict[str, Words]] = {
    # --- the frame of every page
    "skip": _("跳到正文", "Skip to content"),
    "language": _("语言", "Language"),
    "contents": _("本页内容", "On this page"),
    "where": _("位置", "You are here"),
    "all-pilots": _("全部试点与比较", "All pilots, compared"),
    "notice": _("重要提示", "Please note"),
    "previous": _("上一个试点", "Previous pilot"),
    "next": _("下一个试点", "Next pilot"),
    "other-pilots": _("其他试点", "Other pilots"),
    "period": _("评价期间", "Period assessed"),
    "period-span": _("{start} 至 {end}", "{start} to {end}"),
    "made-by": _(
        "由评价档案生成，不含时间戳：同一份档案总是得到同样的报告。pilot-eval {version} · {format}",
        "Rendered from the record, without a time stamp: the same record always gives the same report."
        " pilot-eval {version} · {format}",
    ),
    "report-kind": _("试点评价报告", "Pilot report"),
    "comparison-kind": _("试点比较报告", "Comparison of pilots"),
    # --- terms
    "pilot": _("试点", "Pilot"),
    "base-type": _("基地类型", "Base type"),
    "tier": _("层级", "Tier"),
    "tier-central": _("中央明确", "Central"),
    "tier-local": _("省市明确", "Local"),
    "pilot-basis": _("试点身份的依据", "How we know it is a pilot"),
    "grade": _("等级", "Grade"),
    "total": _("总分", "Total"),
    "score": _("得分", "Score"),
    "out-of": _("满分", "Out of"),
    "bounds": _("可能范围", "Possible range"),
    "coverage": _("证据覆盖率", "Coverage"),
    "dimension": _("一级指标", "Dimension"),
    "indicator": _("指标", "Indicator"),
    "outcome": _("评分状态", "Outcome"),
    "measure": _("测算值", "Measure"),
    "rule": _("评分规则", "Rule"),
    "basis": _("规则依据", "Basis of the rule"),
    "points": _("分值", "Points"),
    "reason": _("原因", "Reason"),
    "review": _("评审意见", "Reviewer's reason"),
    "note": _("说明", "Note"),
    "source": _("来源", "Source"),
    "file": _("文件", "File"),
    "size": _("大小", "Size"),
    "bytes": _("{n} 字节", "{n} bytes"),
    "of-points": _("{points} / {of} 分", "{points} of {of}"),
    "points-unit": _("分", "points"),
    "none": _("无", "none"),
    "dash": _("—", "—"),
    "colon": _("：", ": "),
    "comma": _("、", ", "),
    "stop": _("。", "."),
    "space": _("", " "),
    "aside": _("（{text}）", " ({text})"),
    "figure": _("数值", "Value"),
    "yes": _("是", "yes"),
    "no": _("否", "no"),
    # --- outcomes, standings, gates, bases
    "outcome-scored": _("已评分", "Scored"),
    "outcome-missing": _("缺证据", "Evidence missing"),
    "outcome-not_applicable": _("不适用", "Not applicable"),
    "outcome-error": _("出错", "Error"),
    "standing-graded": _("已定级", "Graded"),
    "standing-withheld": _("暂不定级", "Grade withheld"),
    "standing-error": _("无法评价", "Not assessed"),
    "standing-not_submitted": _("未提交材料", "Nothing submitted"),
    "gate-veto": _("一票否决", "Veto"),
    "gate-eligibility": _("资格门槛", "Eligibility"),
    "gate-clear": _("未触发", "Clear"),
    "gate-triggered": _("已触发", "Triggered"),
    "gate-unknown": _("无法判断", "Unknown"),
    "illustrative": _("示例", "Illustrative"),
    "sourced": _("有来源", "Sourced"),
    "severity-error": _("错误", "Error"),
    "severity-warning": _("提醒", "Warning"),
    "severity-note": _("说明", "Note"),
    "use-evidence": _("作为证据", "Evidence"),
    "use-context": _("仅作背景", "Context only"),
    "use-excluded": _("不予采用", "Excluded"),
    "state-ok": _("正常", "Working"),
    "state-failed": _("故障", "Failed"),
    "state-absent": _("未安装", "Not installed"),
    # --- numbers
    "between": _("介于 {low} 与 {high} 之间", "between {low} and {high}"),
    "at-least": _("不低于 {low}，上限不明", "at least {low}; upper bound unknown"),
    "fewer-than": _("少于 {n}", "fewer than {n}"),
    "level": _("{n} 级", "level {n}"),
    # --- pilot page: at a glance
    "glance": _("概览", "At a glance"),
    "lead-graded": _(
        "总分 {total} 分（满分 {of} 分），等级为“{grade}”。", "{total} points out of {of}: the grade is «{grade}»."
    ),
    "lead-withheld": _("总分 {total} 分（满分 {of} 分），但暂不定级。", "{total} points out of {of}, but no grade."),
    "lead-no-score": _("没有得分，暂不定级。", "No score, and no grade."),
    "lead-error": _("因故障无法评价，没有得分。", "A fault kept it from being assessed: there is no score."),
    "lead-error-score": _(
        "材料或插件有故障，更正之前不定级；算出的 {total} 分（满分 {of} 分）仅供核对。",
        "There is a fault in the evidence or the plugin, and no grade until it is mended; the {total} points out"
        " of {of} are for checking only.",
    ),
    "lead-not_submitted": _(
        "没有收到材料，无从评价。没有证据，不等于没有工作。",
        "Nothing was submitted, so nothing could be assessed. No evidence is not the same as no work.",
    ),
    "lead-sure": _(
        "证据没有给分数留下余地：可能范围就是 {low} 分。", "The evidence leaves no room: the range is {low} points."
    ),
    "lead-range": _(
        "约数和缺失的材料使总分可能在 {low} 至 {high} 分之间。",
        "Approximate figures and missing evidence allow any total from {low} to {high}.",
    ),
    "lead-grades": _(
        "与之相应，等级可能从“{low}”到“{high}”。", "The grade could accordingly lie anywhere from «{low}» to «{high}»."
    ),
    "lead-same-grade": _("在此范围内等级不变。", "The grade is the same across that range."),
    "grade-reason": _("定级说明", "About the grade"),
    "grade-may-be": _("可能为 {low} 至 {high}", "could be {low} to {high}"),
    "common-score": _("共性指标得分", "Common indicators"),
    "common-note": _("可与所有试点比较", "comparable with every pilot"),
    "total-chart": _("总分在等级标尺上的位置", "The total on the scale of grades"),
    "total-chart-desc": _(
        "从 0 到 {of} 的标尺，分为等级：{bands}。总分 {total}，可能范围 {bounds}。",
        "A scale from 0 to {of} with the grades {bands}. Total {total}, possible range {bounds}.",
    ),
    "band-from": _("{label} {start} 分起", "{label} from {start}"),
    "chart-key-total": _(
        "圆点是总分，横线是可能范围，着色的一段是所得等级。",
        "Dot: the total. Line: its possible range. Coloured: the grade.",
    ),
    "total-table": _("总分及其上下限对应的等级", "The total, its bounds and their grades"),
    "low": _("下限", "Lower bound"),
    "high": _("上限", "Upper bound"),
    "comparable": _("可以和谁比", "What it may be compared with"),
    "comparable-with": _("比较范围", "Compared with"),
    "rank": _("名次", "Rank"),
    "rank-range": _("名次可能范围", "Possible ranks"),
    "rank-of": _("第 {rank} 名，共 {n} 个", "{rank} of {n}"),
    "comparable-note": _(
        "不同基地类型的指标不同，总分之间不可比；可比的是共性指标。",
        "Base types have different indicators, so their totals can't be compared; the common indicators can.",
    ),
    "illustrative-what": _("哪些是示例", "What is illustrative"),
    "illustrative-method": _(
        "评价办法本身（一级指标、权重、等级）是示例：{note}",
        "The method itself (dimensions, weights, grades) is an example: {note}",
    ),
    "illustrative-method-plain": _(
        "评价办法本身（一级指标、权重、等级）是示例，没有来源支持。",
        "The method itself (dimensions, weights, grades) is an example that no source supports.",
    ),
    "illustrative-indicators": _(
        "{n} 项指标的评分规则至少有一部分没有来源支持，仅为示例：{codes}",
        "The rules of {n} indicators are supported by no source, at least in part, and serve as examples: {codes}",
    ),
    "illustrative-all": _(
        "全部 {n} 项指标的评分规则都至少有一部分没有来源支持，仅为示例。",
        "The rules of all {n} indicators are supported by no source, at least in part, and serve as examples.",
    ),
    "illustrative-adjustments": _(
        "示例性的门槛、加分和扣分：{codes}", "Illustrative gates, bonuses and deductions: {codes}"
    ),
    "illustrative-none": _("本页没有示例性的规则。", "No rule on this page is illustrative."),
    # --- dimensions and indicators
    "dimensions": _("一级指标得分", "Dimensions"),
    "dimensions-caption": _(
        "各一级指标的得分、可能范围和证据覆盖率", "Score, possible range and coverage of each dimension"
    ),
    "chart": _("图", "Chart"),
    "chart-key-bar": _(
        "框长表示满分，深色表示得分，横线表示可能范围；同一图中长度可直接相比。",
        "Frame: points available. Dark: points scored. Line: possible range. Lengths compare within the chart.",
    ),
    "bar-title": _("{name}：{points} / {of}", "{name}: {points} of {of}"),
    "bar-desc": _("可能范围 {bounds}。", "Possible range {bounds}."),
    "indicators": _("指标得分与依据", "Indicators and what they rest on"),
    "indicators-caption": _("全部指标一览：测算值、得分和状态", "All indicators: measure, score and outcome"),
    "indicators-none": _("没有指标结果。", "There are no results for indicators."),
    "not-scored": _("未评分", "not scored"),
    "n-a-short": _("不计", "left out"),
    "sum": _("指标合计", "Sum of the indicators"),
    "bonus": _("加分", "Bonus"),
    "deduction": _("扣分", "Deduction"),
    "sum-note": _(
        "不适用的指标不计入。总分按 {of} 分制，含加分、扣分，上限 {ceiling} 分。",
        "Indicators that don't apply are left out. The total is on a scale of {of}, with bonuses and deductions,"
        " {ceiling} at most.",
    ),
    "expert": _("专家评分", "Expert score"),
    "baseline": _("基线", "Baseline"),
    "target": _("目标", "Target"),
    "no-value": _("证据没有给出数值", "the evidence gives no value"),
    "details-evidence": _("定义与证据", "Definition and evidence"),
    "definition": _("测算值定义", "Definition"),
    "computed-by": _("计算者", "Computed by"),
    "plugin-version": _("插件 {plugin} {version}", "plugin {plugin} {version}"),
    "from-tables": _("所需证据表", "Evidence tables"),
    "derived": _("由以下测算值合成", "Computed from these measures"),
    "cells": _("单元格", "Cells"),
    "keys": _("字段", "Fields"),
    "sheet": _("工作表", "Sheet"),
    "rows-used": _("所用行数", "Rows used"),
    "hash": _("SHA-256", "SHA-256"),
    "extract": _("{label}：读入的原文", "{label}: as it was read"),
    "extract-partial": _("全表 {total} 行，此处为 {shown} 行", "{shown} of the table's {total} rows"),
    "extract-row": _("行", "Row"),
    "extract-used": _("计算所用", "used in the figure"),
    "no-evidence": _("没有证据：没有可以追溯的单元格。", "No evidence: there are no cells to go back to."),
    "other-measures": _("其他测算值", "Other measures"),
    "other-measures-note": _(
        "由证据算出、但不直接计分的测算值。", "Computed from the evidence, but not scored by themselves."
    ),
    "other-extracts": _("其他证据表", "Other evidence tables"),
    "long-text": _("展开全文（{n} 字）", "show all {n} characters"),
    # --- gates and adjustments
    "adjustments": _("门槛、加分与扣分", "Gates, bonuses and deductions"),
    "adjustments-caption": _("加分与扣分", "Bonuses and deductions"),
    "adjustments-none": _("没有加分项和扣分项。", "There are no bonuses and no deductions."),
    "gates-caption": _("门槛及其状态", "Gates and their state"),
    "gates-none": _("没有门槛。", "There are no gates."),
    "gate": _("门槛", "Gate"),
    "kind": _("类别", "Kind"),
    "state": _("状态", "State"),
    "effect": _("触发的后果", "What it does"),
    "evidence": _("证据", "Evidence"),
    "item": _("项目", "Item"),
    # --- submission and facts
    "submission": _("提交的材料", "What was submitted"),
    "submitted-by": _("提交单位", "Submitted by"),
    "contact-office": _("联系部门", "Contact office"),
    "submitted-on": _("提交日期", "Submitted on"),
    "no-date": _("未注明", "not given"),
    "tables-empty": _("声明“无”的证据表", "Tables declared «nothing to report»"),
    "facts": _("来源中的说法", "What the sources say"),
    "facts-note": _(
        "引自来源的原话，及其能否作为评分依据。", "Quoted from the sources, and whether it may be a basis of points."
    ),
    "facts-none": _("没有引自来源的说法。", "Nothing is quoted from a source."),
    "qualifier": _("说法的确切程度", "How it is said"),
    "why": _("理由", "Why"),
    # --- findings
    "findings": _("数据问题", "Findings"),
    "findings-note": _(
        "检查材料时发现的问题；没有一处被默默略过。",
        "What was found when the material was checked; nothing was passed over.",
    ),
    "findings-none": _("没有发现问题。", "Nothing was found."),
    "findings-all": _("全轮共有：", "In the whole round:"),
    "findings-elsewhere": _(
        "各试点材料中的问题列在各自的报告里；下面是不属于某个试点的。",
        "What was found in a pilot's material is in its own report; below is what belongs to no pilot.",
    ),
    "findings-list": _("逐条列出（{n}）", "List them ({n})"),
    "findings-count": _("{severity} {n}", "{severity}: {n}"),
    "hint": _("怎么办", "What to do"),
    # --- method, verification, reading
    "method": _("评价办法", "Method"),
    "method-line": _("{label}，{id} 第 {version} 版", "{label}, {id}, version {version}"),
    "method-files": _("评价办法的文件及其 SHA-256", "Files of the method and their SHA-256"),
    "method-bands": _("等级", "Grades"),
    "method-from": _("总分下限", "Total from"),
    "method-dimensions": _("一级指标及其分值", "Dimensions and their points"),
    "method-indicators": _("全部指标、规则和依据（{n}）", "All indicators, rules and bases ({n})"),
    "method-missing-zero": _("缺证据的指标按 0 分计。", "An indicator without evidence scores 0."),
    "method-missing-exclude": _(
        "缺证据的指标不计入得分，其分值也不计入满分。",
        "An indicator without evidence is left out, and its points with it.",
    ),
    "method-caps": _(
        "加分最多 {bonus} 分，扣分最多 {deduction} 分，总分最高 {ceiling} 分。",
        "Bonuses count up to {bonus}, deductions up to {deduction}, the total up to {ceiling} points.",
    ),
    "method-min-cell": _("少于 {n} 的人数和人次不予显示。", "Numbers of people below {n} are not shown."),
    "common-indicators": _("共性", "Common"),
    "sources": _("引用的来源", "Sources cited"),
    "sources-none": _("没有引用来源。", "No source is cited."),
    "verify": _("如何核验", "How to check this report"),
    "verify-note": _(
        "报告里的每个数都出自评价档案 record.json。拿到本轮的文件夹，任何人都可以重算：",
        "Every figure here comes from the record, record.json. Anyone who has the round's folder can check it:",
    ),
    "verify-folder": _("轮次目录", "FOLDER"),
    "verify-verify": _("核对档案所记文件的 SHA-256", "checks the SHA-256 of every file that the record names"),
    "verify-replay": _("从证据重新计算，并与档案逐项比较", "computes everything again from the evidence and compares"),
    "verify-explain": _("把一项得分追溯到单元格", "walks one score back to its cells"),
    "inputs": _("本轮全部输入文件（{n}）", "All input files of the round ({n})"),
    "inputs-caption": _("输入文件及其 SHA-256", "Input files and their SHA-256"),
    "limits": _("本工具不做什么", "What this tool does not do"),
    "limits-text": _(
        "它依据汇总数据评价单位和项目。它不对任何个人打分、排名或画像，也不评价任何人的言论；以个人为记录的表不能"
        "声明，含身份证号或手机号的单元格拒收。",
        "It assesses organisations and programmes by aggregate figures. It never scores, ranks or profiles"
        " people, nor what they say: a table whose rows are persons can't be declared, and cells with an ID or"
        " mobile number are refused.",
    ),
    "read": _("怎样读这份报告", "How to read this report"),
    "read-conservative": _("保守得分", "Conservative score"),
    "read-conservative-zero": _(
        "得分只算有证据证明的部分：缺证据的指标按 0 分计。补齐材料后，得分会落在下限与上限之间。",
        "The score counts only what evidence proves: an indicator without evidence scores 0. With the missing"
        " evidence it would lie between the bounds.",
    ),
    "read-conservative-exclude": _(
        "缺证据的指标不计入得分和满分，因此要连同证据覆盖率一起看。",
        "Indicators without evidence are left out of the score, so read it together with the coverage.",
    ),
    "read-bounds": _(
        "下限和上限说明：约数（如“1600多”介于 1600 与 1700 之间）取不同的值、缺失的材料补齐之后，得分最低和最高会"
        "是多少。范围越窄，结论越稳。它不是统计学上的置信区间。",
        "The lowest and highest score that approximate figures (1600多, «1,600-odd», lies between 1,600 and"
        " 1,700) and missing evidence allow. The narrower, the firmer. It is not a confidence interval.",
    ),
    "read-coverage": _(
        "有证据的指标的分值 ÷ 适用的指标的分值。低覆盖率下的高分和低分都要谨慎看待。",
        "Points of the indicators with evidence ÷ points of the indicators that apply. With low coverage,"
        " neither a high nor a low score says much.",
    ),
    "read-outcomes": _(
        "每项指标只有四种结果：已评分；缺证据；不适用（写明原因，不计入满分）；出错（材料或插件有故障）。",
        "An indicator ends in one of four ways: scored; evidence missing; not applicable (with a reason, and"
        " left out of the points); error (a fault in the evidence or the plugin).",
    ),
    "read-basis": _(
        "标有来源代码（如 S7）的规则出自所引文件；标“示例”的至少有一部分没有来源支持，正式使用前须由主管单位核定。",
        "A rule with source codes (such as S7) comes from the document cited. One marked «Illustrative» is"
        " supported by no source, at least in part, and must be settled by the authority in charge before real"
        " use.",
    ),
    "read-ranks": _("名次及其范围", "Ranks and their range"),
    "read-ranks-text": _(
        "名次按得分排列；名次可能范围是上下限所允许的最好和最差名次。两个试点的范围重叠时，谁先谁后并不确定。",
        "Ranks follow the scores; the possible ranks are the best and the worst that the bounds allow. Where two"
        " pilots' ranges overlap, their order is not certain.",
    ),
    # --- comparison page
    "filter": _("筛选试点", "Choose pilots"),
    "filter-all": _("全部", "All"),
    "filter-note": _(
        "筛选只影响显示，名次仍是全部参加比较者之间的名次；打印时列出全部。",
        "Filtering only hides rows: ranks stay those among all that are compared, and a printout lists every pilot.",
    ),
    "filter-empty": _("没有符合条件的试点。", "No pilot matches."),
    "overview": _("全部试点", "All pilots"),
    "overview-caption": _(
        "全部试点的等级、总分和证据覆盖率，按基地类型分组；不同类型的总分不可比",
        "Grade, total and coverage of all pilots, by base type; totals of different types can't be compared",
    ),
    "overview-lead": _(
        "本轮评价 {n} 个试点、{types} 种基地类型。", "This round assesses {n} pilots of {types} base types."
    ),
    "overview-standings": _("{standing} {n} 个", "{standing}: {n}"),
    "across": _("跨类型比较：共性指标", "Across base types: the common indicators"),
    "within": _("类型内比较：全部指标", "Within a base type: all indicators"),
    "within-note": _(
        "指标相同的试点之间才比较总分，因此每种基地类型各排各的。",
        "Totals are compared only between pilots with the same indicators, so each base type has a ranking of its own.",
    ),
    "ranking-caption": _("{label}：得分、可能范围和名次", "{label}: score, possible range and rank"),
    "interval-title": _("{name}：{points}，可能范围 {bounds}", "{name}: {points}, possible range {bounds}"),
    "interval-desc": _("标尺从 0 到 {of}。", "On a scale from 0 to {of}."),
    "axis-title": _("标尺 0 至 {of} 分", "Scale from 0 to {of} points"),
    "chart-key-dot": _("圆点是得分，横线是可能范围。", "Dot: the score. Line: its possible range."),
    "order-certain": _("各试点的名次范围互不重叠，次序确定。", "No possible ranks overlap: the order is certain."),
    "order-uncertain": _(
        "{n} 个试点的名次范围与他人重叠（以 ≈ 标出），它们之间的先后并不确定。",
        "The possible ranks of {n} pilots overlap with others' (marked ≈): the order between those is not certain.",
    ),
    "order-single": _("只有一个试点，不存在先后。", "There is only one pilot, and so no order."),
    "ranking-none": _("没有可以比较的试点。", "There is no pilot to compare."),
    "rank-unsure": _("先后不确定", "order not certain"),
    "left-out": _("未参加比较", "Left out"),
    "profile": _("一级指标轮廓", "Profile by dimension"),
    "profile-caption": _(
        "各试点在每个一级指标上的得分；框长为满分，深色为得分",
        "Each pilot's score in each dimension; frame: points available, dark: points scored",
    ),
    "profile-note": _(
        "一级指标含各类型自己的指标，宜在同一类型内比较。",
        "A dimension holds indicators of the base type's own: compare within a type.",
    ),
    "plugins": _("插件状态", "State of the plugins"),
    "plugins-caption": _("各基地类型由哪个插件计算", "Which plugin computes which base type"),
    "plugin": _("插件", "Plugin"),
    "version": _("版本", "Version"),
    "cause": _("原因", "Cause"),
    "round-findings": _("本轮的数据问题", "Findings of the round"),
    "software-libraries": _("所用程序库", "Libraries"),
}


def word(key: str, lang: Lang, **params: object) -> str:
    """A word of the interface, filled. Raises KeyError for a key or parameter that the catalogue doesn't know."""
    return WORDS[key].in_(lang).format_map(params)

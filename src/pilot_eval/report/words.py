"""The words of the reports in both languages; the names of a round's own things are in its record."""

from typing import Final

from pilot_eval.text import Lang, Words


def _(zh: str, en: str) -> Words:
    return Words(zh=zh, en=en)


WORDS: Final[dict[str, Words]] = {
    # --- the frame of every page
    "skip": _("跳到正文", "Skip to content"),
    "language": _("语言", "Language"),
    "contents": _("本页内容", "On this page"),
    "where": _("当前位置", "You are here"),
    "all-pilots": _("全部试点与比较", "All pilots and comparison"),
    "notice": _("重要提示", "Please note"),
    "previous": _("上一个试点", "Previous pilot"),
    "next": _("下一个试点", "Next pilot"),
    "other-pilots": _("其他试点", "Other pilots"),
    "period": _("评价期间", "Period assessed"),
    "period-span": _("{start} 至 {end}", "{start} to {end}"),
    "made-by": _(
        "本报告由评价档案生成，不含生成时间：档案相同，报告就相同。pilot-eval {version} · {format}",
        "Rendered from the record without a timestamp: the same record always gives the same report. pilot-eval"
        " {version} · {format}",
    ),
    "report-kind": _("试点评价报告", "Pilot report"),
    "comparison-kind": _("试点比较报告", "Pilot comparison"),
    # --- terms
    "pilot": _("试点", "Pilot"),
    "base-type": _("基地类型", "Base type"),
    "tier": _("层级", "Tier"),
    "pilot-basis": _("试点认定依据", "Basis of pilot status"),
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
    "basis": _("规则依据", "Basis"),
    "points": _("分值", "Points"),
    "reason": _("原因", "Reason"),
    "review": _("评审意见", "Reviewer's comment"),
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
    # --- outcomes, gates, bases
    "outcome-scored": _("已评分", "Scored"),
    "outcome-missing": _("缺证据", "Evidence missing"),
    "outcome-not_applicable": _("不适用", "Not applicable"),
    "outcome-error": _("出错", "Error"),
    "gate-veto": _("一票否决", "Veto"),
    "gate-eligibility": _("资格门槛", "Eligibility"),
    "gate-clear": _("未触发", "Not triggered"),
    "gate-triggered": _("已触发", "Triggered"),
    "gate-unknown": _("无法判断", "Cannot be determined"),
    "gate-uncertain": _("按可能范围未必如此", "Not certain within the possible range"),
    "only-if": _("计入的条件", "Counts only if"),
    "illustrative": _("示例", "Illustrative"),
    "sourced": _("有来源", "Sourced"),
    "severity-error": _("错误", "Error"),
    "severity-warning": _("提醒", "Warning"),
    "severity-note": _("提示", "Note"),
    "use-evidence": _("作为证据", "Evidence"),
    "use-context": _("仅作背景", "Context only"),
    "use-excluded": _("不予采用", "Excluded"),
    "state-ok": _("正常", "OK"),
    "state-failed": _("故障", "Failed"),
    "state-absent": _("未安装", "Not installed"),
    # --- numbers
    "between": _("介于 {low} 与 {high} 之间", "between {low} and {high}"),
    "at-least": _("不低于 {low}，上限未知", "at least {low}; upper bound unknown"),
    "fewer-than": _("少于 {n}", "fewer than {n}"),
    "not-shown": _("不显示", "not shown"),
    "level": _("{n} 级", "level {n}"),
    # --- pilot page: at a glance
    "glance": _("概览", "Summary"),
    "lead-graded": _(
        "总分 {total} 分（满分 {of} 分），等级为“{grade}”。", "{total} out of {of} points; grade: {grade}."
    ),
    "lead-withheld": _(
        "总分 {total} 分（满分 {of} 分），但暂不定级。", "{total} out of {of} points, but the grade is withheld."
    ),
    "lead-no-score": _("没有得分，暂不定级。", "No score; the grade is withheld."),
    "lead-error": _("因出错无法评价，没有得分。", "An error prevented the assessment; there is no score."),
    "lead-error-score": _(
        "材料或插件有错误，改正之前不定级；算出的 {total} 分（满分 {of} 分）仅供核对。",
        "The evidence or the plugin has an error; no grade is given until it is fixed. The {total} out of {of} points"
        " computed are for checking only.",
    ),
    "lead-not_submitted": _(
        "未收到材料，无法评价。没有证据，不等于没有开展工作。",
        "Nothing was submitted, so nothing could be assessed. No evidence does not mean no work.",
    ),
    "lead-sure": _("在证据允许的范围内，总分都是 {low} 分。", "Whatever the evidence allows, the total is {low}."),
    "lead-range": _(
        "由于约数或材料缺失，总分可能在 {low} 至 {high} 分之间。",
        "Because of approximate figures or missing evidence, the total could be anywhere from {low} to {high}.",
    ),
    "lead-grades": _("相应地，等级可能从“{low}”到“{high}”。", "The grade could then be anywhere from {low} to {high}."),
    "lead-same-grade": _("在此范围内等级不变。", "The grade is the same throughout this range."),
    "grade-reason": _("定级说明", "Reason for the grade"),
    "grade-may-be": _("可能为 {low} 至 {high}", "could be {low} to {high}"),
    "common-score": _("共性指标得分", "Common indicators"),
    "common-note": _("各类型共有的指标", "indicators that every type has"),
    "total-chart": _("总分在等级标尺上的位置", "Total on the grade scale"),
    "total-chart-desc": _(
        "从 0 到 {of} 的标尺，分为以下等级：{bands}。总分 {total}，可能范围 {bounds}。",
        "Scale from 0 to {of}, divided into grades: {bands}. Total {total}, possible range {bounds}.",
    ),
    "band-from": _("{label} {start} 分起", "{label} from {start}"),
    "chart-key-total": _(
        "圆点为总分，横线为可能范围，着色区段为所得等级。", "Dot: total. Line: possible range. Coloured band: grade."
    ),
    "total-table": _("总分及其上下限对应的等级", "Total, bounds and the grade of each"),
    "low": _("下限", "Lower bound"),
    "high": _("上限", "Upper bound"),
    "comparable": _("可比范围", "Comparability"),
    "comparable-with": _("比较范围", "Compared with"),
    "rank": _("名次", "Rank"),
    "rank-range": _("名次可能范围", "Possible ranks"),
    "rank-of": _("第 {rank} 名，共 {n} 个", "{rank} of {n}"),
    "rank-of-tied": _("并列第 {rank} 名，共 {n} 个", "tied at {rank} of {n}"),
    "rank-tied": _("并列第 {rank}", "tied at {rank}"),
    "comparable-note": _(
        "不同基地类型的指标不同，总分不可比；共性指标可比。",
        "Base types have different indicators, so totals cannot be compared across types; common indicators can.",
    ),
    "illustrative-what": _("示例性内容", "Illustrative parts"),
    "illustrative-method": _(
        "评价办法本身（一级指标、权重、等级）为示例：{note}",
        "The method itself (dimensions, weights, grades) is illustrative: {note}",
    ),
    "illustrative-method-plain": _(
        "评价办法本身（一级指标、权重、等级）为示例，没有来源支持。",
        "The method itself (dimensions, weights, grades) is illustrative; no source supports it.",
    ),
    "illustrative-indicators": _(
        "{n} 项指标的评分规则至少有一部分没有来源支持，仅为示例：{codes}",
        "The rules of {n} indicators are illustrative; each has a part that no source supports: {codes}",
    ),
    "illustrative-all": _(
        "全部 {n} 项指标的评分规则都至少有一部分没有来源支持，仅为示例。",
        "The rules of all {n} indicators are illustrative; each has a part that no source supports.",
    ),
    "illustrative-adjustments": _(
        "示例性的门槛、加分和扣分：{codes}", "Illustrative gates, bonuses and deductions: {codes}"
    ),
    "illustrative-none": _("本页没有示例性规则。", "No rule on this page is illustrative."),
    # --- dimensions and indicators
    "dimensions": _("一级指标得分", "Scores by dimension"),
    "dimension-none": _("直接计入总分的指标", "Counted directly in the total"),
    "dimensions-caption": _(
        "各一级指标的得分、可能范围和证据覆盖率", "Score, possible range and coverage by dimension"
    ),
    "chart": _("图", "Chart"),
    "chart-key-bar": _(
        "外框为满分，深色为得分，横线为可能范围；同一图中的长度可直接比较。",
        "Frame: points available. Dark bar: score. Line: possible range. Lengths are comparable within one chart.",
    ),
    "bar-title": _("{name}：{points} / {of}", "{name}: {points} of {of}"),
    "bar-desc": _("可能范围 {bounds}。", "Possible range {bounds}."),
    "indicators": _("指标得分与依据", "Indicators and evidence"),
    "indicators-caption": _("全部指标一览：测算值、得分和状态", "All indicators: measure, score and outcome"),
    "indicators-none": _("没有指标结果。", "No indicator results."),
    "not-scored": _("未评分", "not scored"),
    "n-a-short": _("不计", "not counted"),
    "sum": _("指标合计", "Indicator total"),
    "bonus": _("加分", "Bonus"),
    "deduction": _("扣分", "Deduction"),
    "all-together": _("总分的合成", "How the total is made"),
    "too-little-data": _("有证据的分值太少，未评分", "not scored: too little of it has evidence"),
    "sum-note": _(
        "不适用的指标不计入。总分折算为 {of} 分制，含加分和扣分，最高 {ceiling} 分。",
        "Indicators that do not apply are not counted. The total is scaled to {of} points, includes bonuses and"
        " deductions, and is at most {ceiling}.",
    ),
    "expert": _("专家评分", "Expert score"),
    "by-experts": _("由专家评分，没有测算值", "Scored by experts; there is no measure"),
    "level-of": _("等次", "Level"),
    "growth": _("比上一期增长", "Growth on the last figure"),
    "peers": _("同组比较", "Compared with peers"),
    "levels": _("各等次的含义", "What the levels mean"),
    "reviewed-by": _("评审", "Reviewed by"),
    "forgone": _(
        "定为不适用，但有证据：按规则可得 {points} 分",
        "set to not applicable, but there is evidence: the rule gives {points} points",
    ),
    "baseline": _("基线", "Baseline"),
    "target": _("目标", "Target"),
    "reached": _("完成情况", "Reached"),
    "no-value": _("证据未给出数值", "no value in the evidence"),
    "details-evidence": _("定义与证据", "Definition and evidence"),
    "definition": _("测算口径", "Definition"),
    "computed-by": _("计算程序", "Computed by"),
    "plugin-version": _("插件 {plugin} {version}", "plugin {plugin} {version}"),
    "from-tables": _("所需证据表", "Evidence tables required"),
    "derived": _("由以下测算值计算得出：", "Computed from these measures:"),
    "cells": _("单元格", "Cells"),
    "keys": _("字段", "Fields"),
    "sheet": _("工作表", "Sheet"),
    "rows-used": _("所用行数", "Rows used"),
    "hash": _("SHA-256", "SHA-256"),
    "extract": _("{label}：原文摘录", "{label}: as read"),
    "extract-partial": _("全表共 {total} 行，此处列出 {shown} 行", "{shown} of {total} rows in the table"),
    "extract-row": _("行", "Row"),
    "extract-used": _("计算所用", "used in the calculation"),
    "not-counted-empty": _(
        "“{columns}”为空、未计入的记录：{n} 条", "Records not counted because “{columns}” is empty: {n}"
    ),
    "not-counted-undefined": _(
        "算不出数值（如除数为 0）、未计入的记录：{n} 条",
        "Records not counted because no value can be computed, as in a division by 0: {n}",
    ),
    "not-counted-condition": _(
        "不符合条件、未计入的记录：{n} 条", "Records not counted because they do not meet the condition: {n}"
    ),
    "rows": _("第 {rows} 行", "rows {rows}"),
    "no-evidence": _("没有可追溯的单元格。", "There are no cells to trace back to."),
    "other-measures": _("其他测算值", "Other measures"),
    "other-measures-note": _("由证据算出但不直接计分的测算值。", "Computed from the evidence but not scored directly."),
    "other-extracts": _("其他证据表", "Other evidence tables"),
    "long-text": _("展开全文（{n} 字）", "show all {n} characters"),
    # --- gates and adjustments
    "adjustments": _("门槛、加分与扣分", "Gates, bonuses and deductions"),
    "adjustments-caption": _("加分与扣分", "Bonuses and deductions"),
    "adjustments-none": _("没有加分项和扣分项。", "No bonuses or deductions."),
    "gates-caption": _("门槛及其状态", "Gates and their status"),
    "gates-none": _("没有门槛。", "No gates."),
    "gate": _("门槛", "Gate"),
    "kind": _("类别", "Kind"),
    "state": _("状态", "Status"),
    "effect": _("触发后果", "Effect if triggered"),
    "evidence": _("证据", "Evidence"),
    "item": _("项目", "Item"),
    # --- submission and facts
    "submission": _("提交的材料", "Submission"),
    "submitted-by": _("提交单位", "Submitted by"),
    "contact-office": _("联系部门", "Contact office"),
    "submitted-on": _("提交日期", "Submitted on"),
    "no-date": _("未注明", "not given"),
    "tables-empty": _("声明“无”的证据表", "Tables declared “nothing to report”"),
    "facts": _("来源中的陈述", "Statements in the sources"),
    "facts-note": _(
        "摘自来源的原文，并注明能否作为评分依据。", "Quotes from the sources, and whether each may be used for scoring."
    ),
    "facts-none": _("没有摘自来源的陈述。", "No statements are quoted from sources."),
    "qualifier": _("确切程度", "Precision"),
    "why": _("理由", "Reason"),
    # --- findings
    "findings": _("数据问题", "Findings"),
    "findings-note": _(
        "检查材料时发现的全部问题，一项不漏。", "Everything found while checking the submission; nothing is left out."
    ),
    "findings-none": _("没有发现问题。", "No findings."),
    "findings-all": _("本轮次共有：", "In the whole round:"),
    "findings-elsewhere": _(
        "各试点材料中的问题列在各自的报告里；以下问题不属于任何试点。",
        "Findings about a pilot's submission are in that pilot's report; those below belong to no pilot.",
    ),
    "findings-list": _("逐条查看（{n}）", "Show all ({n})"),
    "findings-count": _("{severity} {n}", "{severity}: {n}"),
    "hint": _("怎么办", "What to do"),
    # --- method, verification, reading
    "method": _("评价办法", "Method"),
    "method-line": _("{label}，{id} 第 {version} 版", "{label}, {id}, version {version}"),
    "method-files": _("评价办法的文件及其 SHA-256", "Method files and their SHA-256"),
    "method-bands": _("等级", "Grades"),
    "method-from": _("总分下限", "Minimum total"),
    "method-dimensions": _("一级指标及其分值", "Dimensions and their points"),
    "method-indicators": _("全部指标、规则和依据（{n}）", "All indicators with rule and basis ({n})"),
    "method-missing-zero": _("缺证据的指标按 0 分计。", "An indicator without evidence scores 0."),
    "method-missing-exclude": _(
        "缺证据的指标不计入得分，其分值也不计入满分。",
        "An indicator without evidence is left out of both the score and the points available.",
    ),
    "method-caps": _(
        "加分最多 {bonus} 分，扣分最多 {deduction} 分，总分最高 {ceiling} 分。",
        "Bonuses are capped at {bonus} points, deductions at {deduction} and the total at {ceiling}.",
    ),
    "hidden-why": _(
        "有的人数、人次小于 {n}，写作“少于 {n}”；能推算出它们的其他数字写作“不显示”，问题清单里的数字写作“□”，"
        "以免认出个人。得分是对单位的评价，照常公布：按规则倒推，仍可能缩小这些数的范围。",
        "Some counts of people are below {n}: they read “fewer than {n}”, other figures that would tell them "
        "“not shown”, and numbers in the list of findings “□”, so that nobody can be recognised. Points assess the "
        "organisation and are published all the same: worked backwards through the rules, they may narrow these "
        "counts.",
    ),
    "method-min-cell": _(
        "小于 {n} 的人数和人次不显示具体数字；能推算出它们的其他数字也不显示。",
        "Counts of people below {n} are not shown, nor what they could be worked out from.",
    ),
    "common-indicators": _("共性", "Common"),
    "sources": _("引用的来源", "Sources cited"),
    "sources-none": _("没有引用来源。", "No sources are cited."),
    "verify": _("如何核验本报告", "How to verify this report"),
    "verify-note": _(
        "报告中的每个数字都出自评价档案 record.json。任何人取得本轮次的目录，都可以核验和重算：",
        "Every figure in this report comes from the record, record.json. Anyone with the round's folder can verify it:",
    ),
    "verify-folder": _("轮次目录", "FOLDER"),
    "verify-verify": _("核对档案所列文件的 SHA-256", "checks the SHA-256 of every file listed in the record"),
    "verify-replay": _(
        "从证据重新计算，并与档案逐项比较", "recomputes everything from the evidence and compares it with the record"
    ),
    "verify-explain": _("把一项得分追溯到单元格", "traces one score back to its cells"),
    "inputs": _("本轮次全部输入文件（{n}）", "All input files of the round ({n})"),
    "inputs-caption": _("输入文件及其 SHA-256", "Input files and their SHA-256"),
    "limits": _("本工具不做什么", "What this tool does not do"),
    "limits-text": _(
        "本工具依据汇总数据评价单位和项目，不对任何个人打分、排名或画像，也不评价任何人的言论；不允许声明以个人为记录"
        "的表，含身份证号的单元格一律拒收，疑似手机号会提醒并遮盖。",
        "This tool assesses organisations and programmes by aggregate figures. It never scores, ranks or profiles"
        " people, nor judges what they say: a table whose records are people cannot be declared, cells that hold an ID"
        " number are rejected, and possible mobile numbers are warned about and masked.",
    ),
    "read": _("如何阅读本报告", "How to read this report"),
    "read-conservative": _("保守得分", "Conservative score"),
    "read-conservative-zero": _(
        "只有证据证明的部分计分：缺证据的指标按 0 分计。补齐材料后，得分会落在下限与上限之间。",
        "Only what the evidence proves is scored: an indicator without evidence scores 0. With the missing evidence"
        " supplied, the score would lie between the bounds.",
    ),
    "read-conservative-exclude": _(
        "缺证据的指标不计入得分和满分，因此应结合证据覆盖率来看。",
        "Indicators without evidence are left out of both the score and the points available, so read the score"
        " together with the coverage.",
    ),
    "read-bounds": _(
        "约数（如“1600多”介于 1600 与 1700 之间）取不同的值、缺失的材料补齐后，得分可能的最低值和最高值。范围越窄，结"
        "论越可靠。它不是统计学上的置信区间。",
        "The lowest and highest scores that approximate figures (“1600多”, 1,600-odd, lies between 1,600 and 1,700)"
        " and missing evidence allow. The narrower the range, the firmer the result. It is not a confidence interval.",
    ),
    "read-coverage": _(
        "有证据的指标的分值 ÷ 适用的指标的分值。覆盖率低时，无论得分高低都应谨慎看待。",
        "Points of the indicators with evidence ÷ points of the indicators that apply. With low coverage, treat any"
        " score, high or low, with caution.",
    ),
    "read-outcomes": _(
        "每项指标只有四种评分状态：已评分；缺证据；不适用（写明原因，不计入满分）；出错（材料或插件有错误）。",
        "Each indicator has one of four outcomes: scored; evidence missing; not applicable (with a reason, and left"
        " out of the points available); error (in the evidence or the plugin).",
    ),
    "read-basis": _(
        "标有来源代码（如 S7）的规则出自所引文件；标“示例”的至少有一部分没有来源支持，正式使用前须由主管单位核定。",
        "A rule with source codes (such as S7) comes from the document cited. A rule marked “Illustrative” has no"
        " source for at least part of it; the competent authority must approve it before actual use.",
    ),
    "read-ranks": _("名次及其范围", "Ranks and their range"),
    "read-ranks-text": _(
        "名次按得分排列；名次可能范围是上下限所允许的最好和最差名次。得分相同的并列；两个试点的范围重叠时，先后顺序不确定。",
        "Ranks follow the scores; the possible ranks are the best and worst that the bounds allow. Equal scores are"
        " tied; where the ranges of two pilots overlap, their order is not certain.",
    ),
    # --- comparison page
    "filter": _("筛选试点", "Filter pilots"),
    "filter-all": _("全部", "All"),
    "filter-note": _(
        "筛选只影响显示：名次仍按全部参加比较的试点排列，打印时列出全部试点。",
        "Filtering only hides rows: ranks are still among all pilots compared, and a printout lists every pilot.",
    ),
    "filter-empty": _("没有符合条件的试点。", "No pilots match."),
    "overview": _("全部试点", "All pilots"),
    "overview-caption": _(
        "全部试点的等级、总分和证据覆盖率，按基地类型分组；不同类型的总分不可比",
        "Grade, total and coverage of all pilots, by base type; totals cannot be compared across types",
    ),
    "overview-lead": _(
        "本轮次评价 {n} 个试点，涉及 {types} 种基地类型。", "Pilots assessed in this round: {n}; base types: {types}."
    ),
    "overview-standings": _("{standing} {n} 个", "{standing}: {n}"),
    "across": _("跨类型比较：共性指标", "Across base types: common indicators"),
    "within": _("类型内比较：全部指标", "Within base types: all indicators"),
    "within-note": _(
        "只有指标相同的试点才比较总分，因此按基地类型分别排名。",
        "Totals are compared only between pilots with the same indicators, so each base type is ranked separately.",
    ),
    "ranking-caption": _("{label}：得分、可能范围和名次", "{label}: score, possible range and rank"),
    "interval-title": _("{name}：{points}，可能范围 {bounds}", "{name}: {points}, possible range {bounds}"),
    "interval-desc": _("标尺从 0 到 {of}。", "Scale from 0 to {of}."),
    "axis-title": _("标尺 0 至 {of} 分", "Scale from 0 to {of} points"),
    "chart-key-dot": _("圆点为得分，横线为可能范围。", "Dot: score. Line: possible range."),
    "order-certain": _(
        "各试点的名次范围互不重叠，先后顺序确定。", "No possible ranks overlap, so the order is certain."
    ),
    "order-uncertain": _(
        "{n} 个试点的名次范围与其他试点重叠（以 ≈ 标出），先后顺序不确定。",
        "The possible ranks of {n} pilots overlap with those of others (marked ≈), so their order is not certain.",
    ),
    "order-tied": _(
        "{n} 个试点得分与其他试点相同，名次并列，不分先后。",
        "{n} pilots have the same score as others: they are tied, in no order.",
    ),
    "order-single": _("只有一个试点，没有先后之分。", "There is only one pilot, so there is no order."),
    "ranking-none": _("没有可以比较的试点。", "No pilots to compare."),
    "rank-unsure": _("先后顺序不确定", "order not certain"),
    "left-out": _("未参加比较", "Not compared"),
    "profile": _("各一级指标得分", "Scores by dimension"),
    "profile-caption": _(
        "各试点在每个一级指标上的得分；外框为满分，深色为得分",
        "Each pilot's score in each dimension. Frame: points available. Dark bar: score",
    ),
    "profile-note": _(
        "一级指标包含各类型特有的指标，只宜在同一类型内比较。",
        "Dimensions include indicators specific to a base type, so compare them only within a type.",
    ),
    "plugins": _("插件状态", "Plugin status"),
    "plugins-caption": _("各基地类型的计算插件", "The plugin that computes each base type"),
    "plugin": _("插件", "Plugin"),
    "version": _("版本", "Version"),
    "cause": _("原因", "Cause"),
    "round-findings": _("本轮次的数据问题", "Findings of the round"),
    "software-libraries": _("所用程序库", "Libraries used"),
}


def word(key: str, lang: Lang, **params: object) -> str:
    """A word or sentence with its parameters filled in. Raises KeyError for an unknown key or a missing parameter."""
    return WORDS[key].in_(lang).format_map(params)


def mid_word(key: str) -> Words:
    """Return a word of the reports for the middle of a sentence."""
    zh, en = WORDS[key].zh, WORDS[key].en
    return Words(zh=zh, en=en[:1].lower() + en[1:])

"""Messages of checks: a base type's own checks, outlying measures, and the number of findings left out."""

from pilot_eval.messages.entry import Entry, error, note, warning

DIGITS = ("核对单位和数位", "check the unit and the digits")

SEND_OR_DECLARE = (
    "补交；确实没有发生的，写进填报信息的“本期无记录的表”",
    "send it; if nothing occurred, name it under “Nothing to report in” in the submission information",
)

MESSAGES: dict[str, Entry] = {
    "check-failed": error("{problem}", "{problem}"),
    "check-doubtful": warning("{problem}", "{problem}"),
    "measure-unlike-peers": warning(
        "{measure}为 {value}，同类试点的中位数是 {median}",
        "{measure}: {value}; the median of similar pilots is {median}",
        *DIGITS,
    ),
    "measure-unlike-before": warning(
        "{measure}为 {value}，上一轮是 {before}", "{measure}: {value}; the previous round had {before}", *DIGITS
    ),
    "measure-none": warning(
        "{measure}无法得出：{table}里的数算不出来，{why}",
        "no figure for {measure} from {table}: {why}",
        "核对这些数；若属实，由评审组决定是否不适用",
        "check the numbers; if they are right, the panel decides whether it applies",
    ),
    "measure-too-few": warning(
        "{measure}为 {value}，不足 {min}：{items}（{points} 分）{means}",
        "{measure}: {value}, below {min}; {items} ({points} points): {means}",
        "还有的，补报；否则维持现状，报告会写明原因",
        "submit the rest if there is more; else leave it: the report gives this reason",
    ),
    "table-missing": warning(
        "没有提交“{table}”，也没有声明本期无记录：涉及{items}",
        "“{table}” was neither sent nor declared empty; on it hang {items}",
        *SEND_OR_DECLARE,
    ),
    "table-missing-adverse": error(
        "没有提交“{table}”，也没有声明本期无记录：涉及{items}，补齐之前不定等级",
        "“{table}” was neither sent nor declared empty; on it hang {items}, and there is no grade until then",
        *SEND_OR_DECLARE,
    ),
    "table-empty-panel": warning(
        "已声明没有{table}：{items}（{points} 分）由评审组决定",
        "declared: nothing in {table}; the panel decides on {items} ({points} points)",
        "不适用的，写进评审意见的 not_applicable；在此之前按缺证据处理",
        "if it does not apply, write so under not_applicable in the review; until then it counts as missing",
    ),
    "table-empty": note(
        "已声明没有{table}：{items}（{points} 分）{means}",
        "declared: nothing in {table}; {items} ({points} points): {means}",
    ),
    "rows-not-counted": warning(
        "“{columns}”为空，未计入“{measure}”：{rows}，共 {count} 条记录{amount}",
        "“{columns}” is empty: not counted in “{measure}” ({rows}; {count} in all{amount})",
        "应计入的，补填；确实没有的，不用处理",
        "fill it in where they should count; otherwise leave it",
    ),
    "rows-without-value": warning(
        "算不出数值（如除数为 0），未计入“{measure}”：{rows}，共 {count} 条记录{amount}",
        "no value can be computed (as in a division by 0): not counted in “{measure}” ({rows}; {count} in all{amount})",
        "核对这些行的数字",
        "check the numbers in these rows",
    ),
    "rows-by-reading": warning(
        "“{columns}”没有写到日，或是约数，是否计入“{measure}”全看怎样读取：{rows}，共 {count} 条记录；"
        "日期现读作所写时段的第一天",
        "“{columns}” is not given to the day, or is approximate; how it is read decides what counts in “{measure}”:"
        " {rows}; {count} in all (a partial date was read as its first day)",
        "填写具体的日期或数字",
        "enter the exact day or number",
    ),
    "goal-turned": error(
        "指标{item}的基线 {baseline} 和目标 {target} 与评分规则的方向不一致",
        "the baseline {baseline} and the target {target} of {item} go another way than its rule",
        "更正数据表中的基线或目标",
        "correct the baseline or the target in the table",
    ),
    "findings-more": note("另有 {count} 处同类问题未逐一列出", "{count} more of the same kind are not listed"),
}

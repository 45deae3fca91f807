"""Messages of checks: a base type's own checks, outlying measures, and the number of findings left out."""

from pilot_eval.messages.entry import Entry, error, note, warning

DIGITS = ("核对单位和数位", "check the unit and the digits")

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
    "findings-more": note("另有 {count} 处同类问题未逐一列出", "{count} more of the same kind are not listed"),
}

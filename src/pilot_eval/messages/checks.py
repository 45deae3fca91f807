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
    "findings-more": note("另有 {count} 处同类问题未逐一列出", "{count} more of the same kind are not listed"),
}

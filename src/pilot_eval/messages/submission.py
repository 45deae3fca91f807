"""Messages about a pilot's submission: who submits, for which period, and what is declared."""

from pilot_eval.messages.entry import Entry, error, warning

MESSAGES: dict[str, Entry] = {
    "submission-none": warning(
        "没有提交材料", "nothing was submitted", "催交，或在报告中说明", "ask for it, or mention it in the report"
    ),
    "submission-unread": warning(
        "材料未读取：该基地类型的插件无法使用",
        "the submission was not read: the plugin of its base type cannot be used",
        "修复插件后重新检查",
        "fix the plugin and check again",
    ),
    "submission-unknown-pilot": error(
        "目录“{name}”不对应任何试点", "the folder “{name}” belongs to no pilot", "{suggestion}", "{suggestion}"
    ),
    "submission-no-info": error(
        "缺少填报信息（submission.yaml，或名为“填报信息”的工作表或表格文件）",
        "no submission information (submission.yaml, or a sheet or table file named “填报信息”)",
        "用 pilot-eval template 生成空表",
        "create a blank form with pilot-eval template",
    ),
    "submission-two-infos": error(
        "填报信息重复，另一份在“{first}”",
        "duplicate submission information; the other is “{first}”",
        "只保留一份",
        "keep one",
    ),
    "submission-unknown-key": error("无法识别的项目“{key}”", "unknown item “{key}”", "{suggestion}", "{suggestion}"),
    "submission-missing-key": error("缺少“{key}”", "“{key}” is missing", "补填", "fill it in"),
    "submission-key-twice": error(
        "“{key}”填写了两次，内容不同", "“{key}” is answered twice with different values", "只填一处", "answer it once"
    ),
    "submission-wrong-value": error(
        "“{key}”的值无效：“{value}”", "invalid value for “{key}”: “{value}”", "{expected}", "{expected}"
    ),
    "submission-wrong-pilot": error(
        "填报的试点编号是“{given}”，所在目录却是“{expected}”",
        "the pilot given is “{given}”, but the folder is “{expected}”",
        "更正编号，或移到对应的目录",
        "correct it, or move the file to the right folder",
    ),
    "submission-period": error(
        "填报期间 {given} 与本轮评价期间 {expected} 不一致",
        "the period {given} does not match the round's period {expected}",
        "更正期间",
        "correct it",
    ),
    "submission-late": warning(
        "填报日期 {day} 晚于截止日期 {deadline}",
        "submitted on {day}, after the deadline {deadline}",
        "核对日期；确属迟交的，由评审组决定如何处理",
        "check the date; if it is late, the panel decides what follows",
    ),
    "submission-early": warning(
        "填报日期 {day} 早于评价期末 {last}，期末以前的情况可能没有报全",
        "submitted on {day}, before the period's end {last}: what came after is missing",
        "核对日期，或补报",
        "check the date, or submit the rest",
    ),
    "submission-date": warning(
        "填报日期 {day} 与评价期间 {first} – {last} 相差太远",
        "the day of submission {day} is far from the period {first} – {last}",
        "核对年份",
        "check the year",
    ),
    "submission-undated": warning(
        "没有填报日期，无从核对是否在截止日期 {deadline} 以前",
        "no day of submission, so it can't be compared with the deadline {deadline}",
        "补填",
        "fill it in",
    ),
    "submission-not-empty": error(
        "表“{table}”已声明本期无记录，却提交了记录",
        "the table “{table}” is declared to have nothing to report, but has records",
        "更正其中之一",
        "correct one of them",
    ),
    "submission-unused-file": warning(
        "该文件未使用",
        "this file was not used",
        "改名为证据表的名称，或在记录中作为附件引用",
        "name it after an evidence table, or refer to it as an attachment",
    ),
}

"""Messages about an evaluation round: its folder, the import of files, and expert reviews."""

from pilot_eval.messages.entry import Entry, error, warning

MESSAGES: dict[str, Entry] = {
    "round-not-found": error(
        "{folder} 不是评价轮次目录（没有 round.yaml）",
        "{folder} is not a round (it has no round.yaml)",
        "用 pilot-eval new 新建",
        "create one with pilot-eval new",
    ),
    "round-exists": error(
        "{folder} 已存在且不为空", "{folder} exists and is not empty", "换一个目录名", "choose another name"
    ),
    "round-locked": error(
        "另一个进程正在使用该轮次", "another process is using this round", "稍后再试", "try again later"
    ),
    "round-no-lock": error(
        "这里应是程序自己的空文件，却是目录、链接或其他",
        "a folder, a link or something else stands where this program keeps an empty file of its own",
        "删除它",
        "delete it",
    ),
    "round-read-only": error(
        "不能在轮次目录中写入：{cause}",
        "the round's folder cannot be written: {cause}",
        "取得该目录的写权限，或把轮次复制到自己的目录",
        "get permission to write there, or copy the round to a folder of your own",
    ),
    "results-left": warning(
        "评价中断后留下的目录，属于用户 {owner}，无权删除；不影响本次结果",
        "a run that was interrupted left this folder; it belongs to the user {owner} and cannot be removed from here."
        " The results are not affected",
        "请该用户或管理员删除",
        "ask that user or an administrator to delete it",
    ),
    "round-no-previous": error(
        "找不到上一轮的评价档案 {path}",
        "the previous round's evaluation record {path} was not found",
        "更正 previous",
        "correct previous",
    ),
    "round-no-results": error(
        "还没有评价结果", "there are no results yet", "先运行 pilot-eval assess", "run pilot-eval assess first"
    ),
    "import-exists": error(
        "已有内容不同的同名文件，没有用“{source}”覆盖",
        "a different file of that name exists; it was not overwritten with “{source}”",
        "若是更正件，用 --replace 导入：原文件移入 archive，不会丢失；不要改名，否则两份会重复计入",
        "if it corrects that file, import it with --replace: the older one goes to the folder archive, and isn't lost;"
        " do not rename it, or both would count",
    ),
    "import-corrects": error(
        "看来是“{name}”的更正件，没有收下，以免两份重复计入",
        "it looks like a correction of “{name}”; it was not taken in, or both would count",
        "用 --replace 替换原文件；若是另一部分，改成能看出区别的名称",
        "replace the older file with --replace; if it is another part, give it a name that says so",
    ),
    "import-which": error(
        "看不出更正的是哪个文件：{names}",
        "it can't be told which of these it corrects: {names}",
        "改成与被更正的文件相同的名称再导入",
        "give it the name of the file that it corrects, and import it again",
    ),
    "import-loses": error(
        "被更正的“{name}”还含有{tables}，收到的文件都没有：没有替换，以免丢失",
        "“{name}”, which it would replace, holds {tables} too, and no file received does: it was not replaced",
        "请填报单位发来含全部表的更正件；确实作废的表，手工移走原文件",
        "ask for a correction with all tables; if the others are void, move the older file away by hand",
    ),
    "import-late": error(
        "收到日期 {day} 晚于截止日期 {deadline}，没有收下",
        "received on {day}, after the deadline {deadline}; it was not taken in",
        "收下须写明理由：--reason；日期不对的，用 --received 更正",
        "to take it in, give a reason: --reason; if the day is wrong, correct it with --received",
    ),
    "import-map": error(
        "映射文件应为“文件: 试点编号”（或 skip）",
        "the mapping should be “file: pilot” (or skip)",
        "{suggestion}",
        "{suggestion}",
    ),
    "review-unknown": error("找不到{what} {name}", "there is no {what} {name}", "{suggestion}", "{suggestion}"),
    "review-wrong": error(
        "{key} 的值无效：{value}", "invalid value for {key}: {value}", "应为 {expected}", "it should be {expected}"
    ),
    "review-unused": error(
        "没有使用该文件：它不是 reviews 目录下的评审文件（试点编号.yaml）",
        "this file is not used: it is not a review in the folder reviews (<pilot>.yaml)",
        "{todo}",
        "{todo}",
    ),
    "review-misnamed": error(
        "文件名是“{file}”，评审的试点却是“{pilot}”",
        "the file is named “{file}”, but the pilot reviewed is “{pilot}”",
        "更正试点编号，或把文件改名为 {pilot}.yaml",
        "correct the pilot, or rename the file {pilot}.yaml",
    ),
    "review-twice": error(
        "试点 {pilot} 有两份评审意见，另一份是“{first}”",
        "the pilot {pilot} has two reviews; the other is “{first}”",
        "合并为一份",
        "merge them into one",
    ),
    "review-not-rated": error(
        "{item}由证据计算，不由专家评分",
        "{item} is computed from evidence, not scored by experts",
        "删去该项；证据有误的，请填报单位更正材料",
        "remove it; if the evidence is wrong, have the organisation correct it",
    ),
    "review-not-exempt": error(
        "{item}是加分项或扣分项，不能定为不适用",
        "{item} is a bonus or a deduction and cannot be set to not applicable",
        "删去该项",
        "remove it",
    ),
    "review-both": error(
        "{item}既有评分，又定为不适用",
        "{item} is both scored and set to not applicable",
        "删去其中之一",
        "remove one of them",
    ),
    "review-other-type": error(
        "{item}是基地类型 {base_type} 的指标，该试点的类型是 {own}",
        "{item} is an indicator of the base type {base_type}; this pilot's type is {own}",
        "{suggestion}",
        "{suggestion}",
    ),
    "review-against-evidence": warning(
        "{item}定为不适用，但有证据：按规则可得 {points} 分",
        "{item} is set to not applicable, but has evidence: the rule gives {points} points",
        "核对指标编号和理由",
        "check the indicator's id and the reason",
    ),
}

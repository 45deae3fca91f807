"""Messages about an evaluation round: its folder, the import of files, and expert reviews."""

from pilot_eval.messages.entry import Entry, error

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
        "若是更正件，先移走原文件再导入；不要改名，否则两份会重复计入",
        "if it corrects that file, move the existing one away first; do not rename it, or both would count",
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
}

"""Messages about pilots' plans: the files, their lines, and what was reached of them."""

from pilot_eval.messages.entry import Entry, error, warning

MESSAGES: dict[str, Entry] = {
    "plan-none": error(
        "试点 {pilot} 没有绩效目标表，{dimensions}由各试点自带指标",
        "the pilot {pilot} has no plan, and brings its own indicators to {dimensions}",
        "放入 plans/{pilot}.xlsx（或 .csv、.yaml）",
        "put it into plans/{pilot}.xlsx (or .csv, .yaml)",
    ),
    "plan-unknown": error("找不到{what} {name}", "there is no {what} {name}", "{suggestion}", "{suggestion}"),
    "plan-unused": error(
        "没有使用该文件：它不是 plans 目录下所需的绩效目标表（试点编号.xlsx 等）",
        "this file is not used: it is no plan that the round needs in the folder plans (<pilot>.xlsx or the like)",
        "{todo}",
        "{todo}",
    ),
    "plan-twice": error(
        "试点 {pilot} 有两份绩效目标表，另一份是“{first}”",
        "the pilot {pilot} has two plans; the other is “{first}”",
        "只留一份",
        "leave one of them",
    ),
    "plan-misnamed": error(
        "文件名是“{file}”，绩效目标表的试点却是“{pilot}”",
        "the file is named “{file}”, but the plan's pilot is “{pilot}”",
        "更正试点编号，或改文件名",
        "correct the pilot, or rename the file",
    ),
    "plan-line-twice": error(
        "指标“{name}”重复，另一处是 {first}",
        "the indicator “{name}” is there twice, also at {first}",
        "指标名称须各不相同",
        "give each indicator a name of its own",
    ),
    "plan-name-taken": error(
        "指标不能叫“{name}”：评价办法已用作编号",
        "an indicator cannot be called “{name}”, which is an id of the method",
        "换一个名称",
        "choose another name",
    ),
    "plan-missing": error("没有写{key}", "the {key} is missing", "{suggestion}", "{suggestion}"),
    "plan-wrong": error(
        "{key}无效：“{value}”", "invalid {key}: “{value}”", "应为{expected}", "it should be {expected}"
    ),
    "plan-points": error(
        "{dimension}各指标的分值合计 {total}，应为 {expected}",
        "the points of the indicators in {dimension} add up to {total}; it is worth {expected}",
        "调整分值",
        "adjust the points",
    ),
    "plan-result-unknown": error(
        "绩效目标表没有指标“{name}”", "the plan has no indicator “{name}”", "{suggestion}", "{suggestion}"
    ),
    "plan-result-unreadable": error(
        "“{name}”的实际完成值“{value}”无法读取（年度指标值 {target}）",
        "the actual figure “{value}” of “{name}” cannot be read (target {target})",
        "填{expected}",
        "enter {expected}",
    ),
    "plan-result-share": warning(
        "“{name}”的实际完成值为 {value}，年度指标值是 {target}，可能填成了比例",
        "the actual figure of “{name}” is {value} and its target {target}: it may be a share",
        "百分数写成 97.5%",
        "write percentages like 97.5%",
    ),
    "plan-result-target": warning(
        "“{name}”的年度指标值写成“{value}”，与绩效目标表的“{target}”不同；以绩效目标表为准",
        "the target of “{name}” is written “{value}”, unlike “{target}” in the plan, which counts",
        "核对；年度指标值事先商定，填报时不改",
        "check it: targets are agreed beforehand and are not changed in the submission",
    ),
    "plan-result-measured": warning(
        "“{name}”按测算值 {measure} 计算，没有采用填报的数",
        "“{name}” is computed as the measure {measure}; the figure that was entered is not used",
        "留空即可；两数不同的，核对证据表",
        "leave it blank; if the two differ, check the evidence tables",
    ),
    "plan-result-missing": warning(
        "没有实际完成值：{items}，共 {points} 分",
        "no actual figure: {items}, {points} points",
        "填入“绩效目标完成情况”",
        "enter it in “Plan results”",
    ),
}

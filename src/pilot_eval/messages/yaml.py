"""Messages about YAML files: their syntax, keys and values."""

from pilot_eval.messages.entry import Entry, error

MESSAGES: dict[str, Entry] = {
    "yaml-syntax": error(
        "YAML 语法错误：{problem}",
        "invalid YAML: {problem}",
        "{slip}",
        "{slip}",
    ),
    "yaml-documents": error(
        "一个文件只能包含一个 YAML 文档",
        "a file can hold only one YAML document",
        "删除多余的 ---",
        "remove the extra ---",
    ),
    "yaml-alias": error(
        "不支持 YAML 锚点、别名和合并键",
        "YAML anchors, aliases and merge keys are not supported",
        "直接写出完整内容",
        "write the content out in full",
    ),
    "yaml-tag": error("不支持 YAML 标签 {tag}", "the YAML tag {tag} is not supported", "删除该标签", "remove the tag"),
    "yaml-too-deep": error(
        "嵌套过深或内容过多（最多 {depth} 层、{nodes} 个值）",
        "nested too deeply or too large (at most {depth} levels and {nodes} values)",
    ),
    "yaml-duplicate-key": error(
        "键“{key}”重复，首次出现在第 {first} 行",
        "duplicate key “{key}”, first used on line {first}",
        "删除其中一个",
        "remove one of them",
    ),
    "yaml-number": error("{value} 不是有限的数字", "{value} is not a finite number"),
    "yaml-key": error("键必须是文本", "a key must be text"),
    "yaml-not-a-mapping": error("文件应由“键: 值”组成", "the file should consist of “key: value” pairs"),
    "yaml-unknown-key": error("无法识别的键“{key}”", "unknown key “{key}”", "{suggestion}", "{suggestion}"),
    "yaml-missing-key": error("缺少必填的键 {key}", "the required key {key} is missing", "补上该键", "add it"),
    "yaml-not-allowed": error("{key} 不能是 {value}", "{key} cannot be {value}", "{suggestion}", "{suggestion}"),
    "yaml-inconsistent": error("内容前后不一致：{problem}", "inconsistent values: {problem}"),
    "yaml-wrong-value": error(
        "{key} 的值无效：{value}（{problem}）",
        "invalid value for {key}: {value} ({problem})",
        "{suggestion}",
        "{suggestion}",
    ),
}

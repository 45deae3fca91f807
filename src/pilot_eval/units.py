"""Units that measures and indicators may use, and how each is shown."""

from pilot_eval.text import Text, both

UNITS: dict[str, Text] = {
    "%": both("%"),
    "项": Text(zh="项", en="items"),
    "月": Text(zh="月", en="months"),
    "场": Text(zh="场", en="events"),
    "个": Text(zh="个", en="units"),
    "家": Text(zh="家", en="organisations"),
    "人": Text(zh="人", en="persons"),
    "人次": Text(zh="人次", en="contacts"),
    "期": Text(zh="期", en="issues"),
    "件": Text(zh="件", en="pieces"),
    "份": Text(zh="份", en="answers"),
    "次": Text(zh="次", en="times"),
    "级": Text(zh="级", en="level"),
    "A": Text(zh="A", en="A"),
    "是/否": Text(zh="是/否", en="yes/no"),
    "㎡": both("㎡"),
    "㎡/百户": Text(zh="㎡/百户", en="㎡ per 100 households"),
    "人/万人": Text(zh="人/万人", en="persons per 10,000"),
    "元": Text(zh="元", en="CNY"),
    "万元": Text(zh="万元", en="10,000 CNY"),
    "户": Text(zh="户", en="households"),
    "天": Text(zh="天", en="days"),
    "分": Text(zh="分", en="points"),
}

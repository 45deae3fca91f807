"""Units that measures and indicators may use, and how each is shown."""

from pilot_eval.text import Words, both

UNITS: dict[str, Words] = {
    "%": both("%"),
    "项": Words(zh="项", en="items"),
    "月": Words(zh="月", en="months"),
    "场": Words(zh="场", en="events"),
    "个": Words(zh="个", en="units"),
    "家": Words(zh="家", en="organisations"),
    "人": Words(zh="人", en="persons"),
    "人次": Words(zh="人次", en="contacts"),
    "期": Words(zh="期", en="issues"),
    "件": Words(zh="件", en="pieces"),
    "份": Words(zh="份", en="answers"),
    "次": Words(zh="次", en="times"),
    "级": Words(zh="级", en="level"),
    "A": Words(zh="A", en="A"),
    "是/否": Words(zh="是/否", en="yes/no"),
    "㎡": both("㎡"),
    "㎡/百户": Words(zh="㎡/百户", en="㎡ per 100 households"),
    "人/万人": Words(zh="人/万人", en="persons per 10,000"),
    "元": Words(zh="元", en="CNY"),
    "万元": Words(zh="万元", en="10,000 CNY"),
    "户": Words(zh="户", en="households"),
    "天": Words(zh="天", en="days"),
    "分": Words(zh="分", en="points"),
}

COUNTED = frozenset({"项", "场", "个", "家", "人", "人次", "期", "件", "份", "次", "户"})
"""Units of what comes in wholes: 1.2 of them is a mistake, or means 12,000."""

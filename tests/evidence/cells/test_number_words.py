"""The words of numbers, each of them: units of things, money and areas, qualifiers, numerals, formats."""

from decimal import Decimal

import pytest

from pilot_eval.evidence.cells.cell import WordedNumber
from pilot_eval.evidence.cells.numbers import affixes, chinese_numeral, magnitude_of, read_number, unit_factor
from pilot_eval.frames import UNBOUNDED
from pilot_eval.model import Qualifier
from pilot_eval.units import UNITS
from tests.support.spelling import reading

OF_THINGS = (
    "人次", "场次", "户次", "件次", "人", "名", "位", "个", "家", "户", "次", "场", "期", "件", "份", "项", "条",
    "篇", "处", "间", "所", "座", "栋", "支", "套", "本",
)  # fmt: skip
OF_TIME_AND_RANK = ("个月", "月", "天", "日", "分", "级")
THINGS = ("项", "场", "个", "家", "人", "人次", "期", "件", "份", "次", "户")
"""Units of columns that count things."""
OTHER = ("月", "天", "分", "级", "元", "万元", "㎡", "%", "A")
MONEY = ("元", "元整", "元正", "人民币", "块", "块钱")
AREAS = {
    **dict.fromkeys(("m2", "M2", "㎡", "平方米", "平米", "平方", "平"), 12),
    **dict.fromkeys(("平方公里", "平方千米", "km2"), 12_000_000),
    "亩": 8000,
    "公顷": 120_000,
}


@pytest.mark.parametrize("word", OF_THINGS)
def test_what_counts_things_fits_columns_that_count_things(word: str) -> None:
    for unit in (None, word, *THINGS):
        assert reading(lambda unit=unit: read_number(f"12{word}", unit)) == (12, 12, 12), unit
    for unit in {*OTHER} - {word}:
        assert reading(lambda unit=unit: read_number(f"12{word}", unit)) == "cell-unit", unit


@pytest.mark.parametrize("word", OF_TIME_AND_RANK)
def test_time_and_rank_count_nothing_else(word: str) -> None:
    own = {None, word, {"个月": "月", "日": "天"}.get(word, word)}
    for unit in (None, word, *THINGS, *OTHER):
        expected = (3, 3, 3) if unit in own else "cell-unit"
        assert reading(lambda unit=unit: read_number(f"3{word}", unit)) == expected, unit


@pytest.mark.parametrize("word", MONEY)
def test_money_fits_columns_of_money(word: str) -> None:
    for cell in (f"12{word}", f"12({word})", f"十二{word}", f"12.0{word}"):
        assert reading(lambda cell=cell: read_number(cell, "元")) == (12, 12, 12), cell
        assert reading(lambda cell=cell: read_number(cell, "万元")) == (0.0012, 0.0012, 0.0012), cell
    assert reading(lambda: read_number(f"12{word}", "人")) == "cell-unit"
    assert reading(lambda: read_number(f"12{word}")) == "cell-unit-none"
    assert reading(lambda: read_number("12", "元", word)) == (12, 12, 12)
    wanted = ((word, "元"), (f"万{word}", "元"), (word, "㎡"))
    assert [unit_factor(said, unit, UNITS) for said, unit in wanted] == [1, 10_000, None]


@pytest.mark.parametrize(("word", "metres"), AREAS.items())
def test_areas_fit_a_column_of_square_metres(word: str, metres: float) -> None:
    assert reading(lambda: read_number(f"12{word}", "㎡")) == (metres, metres, metres)
    assert reading(lambda: read_number(f"12({word})", "㎡")) == (metres, metres, metres)
    assert reading(lambda: read_number("12", "㎡", word)) == (metres, metres, metres)
    assert reading(lambda: read_number(f"12{word}", "元")) == "cell-unit"
    assert affixes("", f"{word}（毛）") == ("", word.replace("㎡", "m2"))


FROM_300 = {
    ("超", "突破", "大于", "高于", "多于", "超过", "逾", "不少于", "不低于", "至少", "上", "≥", ">=", ">"): (
        Qualifier.AT_LEAST, 300, UNBOUNDED
    ),
    ("不足", "小于", "低于", "不高于", "不多于", "不超过", "不到", "少于", "最多", "≤", "<=", "<"): (
        Qualifier.AT_MOST, 0, 300
    ),
    ("大约", "约", "≈", "~"): (Qualifier.ABOUT, 270, 330),
    ("将近", "接近", "近"): (Qualifier.NEARLY, 270, 300),
}  # fmt: skip
TO_300 = {
    ("及以上", "以上", "+"): (Qualifier.AT_LEAST, 300, UNBOUNDED),
    ("以下", "以内"): (Qualifier.AT_MOST, 0, 300),
    ("左右", "上下"): (Qualifier.ABOUT, 270, 330),
    ("多", "余"): (Qualifier.MORE_THAN, 300, 400),
}
WORDED = [
    *[(f"{word}{{}}", word, meant) for words, meant in FROM_300.items() for word in words],
    *[(f"{{}}{word}", word, meant) for words, meant in TO_300.items() for word in words],
]


@pytest.mark.parametrize(("pattern", "word", "meant"), WORDED)
def test_every_qualifier_gives_bounds(pattern: str, word: str, meant: tuple[Qualifier, float, float]) -> None:
    in_brackets = pattern.replace(word, f"({word})")
    cells = [each.format(number) for each in (pattern, in_brackets) for number in ("300", "300人", "三百", "3百")]
    if pattern.startswith("{"):
        cells.append(f"300{word}人")
    for cell in {*cells} - {"(上)300", "(上)300人"}:
        read = read_number(cell, "人")
        assert (read.qualifier, read.value, read.low, read.high) == (meant[0], 300, meant[1], meant[2]), cell
    assert reading(lambda: read_number(word, "人")) == "cell-number"
    assert reading(lambda: read_number(f"约{pattern.format(300)}左右", "人")) == "cell-number"


@pytest.mark.parametrize(
    ("formal", "meant"),
    [
        ("壹贰叁肆伍陆柒捌玖", 123_456_789),
        ("贳貳叄參弍陸兩", None),
        *[(each, 2) for each in "贰貳弍"],
        *[(each, 3) for each in "叁參"],
        *[(each, 6) for each in "陆陸"],
        ("壹拾", 10), ("壹佰", 100), ("壹仟", 1000), ("壹萬", 10_000), ("壹億", 10**8), ("廿一", 21), ("卅一", 31),
        ("兩百", 200), ("一○二", 102), ("一〇二", 102), ("零", 0), ("两千", 2000),
    ],
)  # fmt: skip
def test_numerals_of_accountants_are_numerals(formal: str, meant: float | None) -> None:
    said = reading(lambda: read_number(f"{formal}元整", "元"))
    assert said == ("cell-number" if meant is None else (meant, meant, meant))
    for yuan in "圆圓":
        assert reading(lambda yuan=yuan: read_number(f"{formal}{yuan}整", "元")) == said


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        *zip("零〇一二两三四五六七八九十百千万亿", (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9, 10, 100, 1000, 10**4, 10**8),
             strict=True),
        ("二〇一八", 2018), ("十二", 12), ("二十", 20), ("一百零二", 102), ("一百二", 120), ("一百二十", 120),
        ("三千零五", 3005), ("三千五", 3500), ("一万二", 12_000), ("一万零二", 10_002), ("1万2千", 12_000),
        ("一千一百十一", 1111), ("百二十", 120), ("十万", 100_000), ("一千万", 10**7),
        ("三亿零五", 300_000_005), ("九千九百九十九万九千九百九十九", 99_999_999),
        ("1万2", None), ("一千百", None), ("一千百五", None), ("一万千二百", None), ("二十千", None), ("十十", None),
        ("一百百", None), ("一百一百", None), ("一十百", None), ("十二百", None),
        ("10百", None), ("一亿亿", None), ("一百零零二", None), ("二十二三", None),
        ("一百万", 10**6), ("9百", 900), ("九" * 30, int("9" * 30)), ("九" * 31, None), ("", None), ("个", None),
        ("²", None), ("一百零", None),
    ],
)  # fmt: skip
def test_a_numeral_is_a_whole_number_or_none(text: str, meant: int | None) -> None:
    assert chinese_numeral(text) == meant


@pytest.mark.parametrize(
    ("said", "unit", "factor"),
    [
        ("元", "元", 1), ("万元", "元", 10_000), ("百万元", "元", 10**6), ("亿元", "万元", 10_000),
        ("元", "万元", Decimal("0.0001")),
        ("单位：万元", "元", 10_000), ("单位 万元", "元", 10_000), ("人民币万元", "元", 10_000), ("人民币", "元", 1),
        ("万", "元", 10_000), ("万", "万元", 1), ("百", None, None), ("千", "人", 1000), ("亿", "万元", 10_000),
        ("万", "㎡", 10_000),
        ("十", "元", "KeyError"), ("十元", "元", 10), ("万人次", "人次", 10_000), ("万人次", "元", None),
        ("亩", "㎡", Decimal(2000) / 3),
        ("万亩", "㎡", Decimal(20_000_000) / 3), ("%", "%", 1), ("‰", "%", None), ("A", "A", 1), ("a", "A", 1),
        ("家", None, 1), ("美元", "元", "KeyError"), ("", "元", "KeyError"), ("2018年", "元", "KeyError"),
    ],
)  # fmt: skip
def test_a_unit_in_a_header_has_a_factor(said: str, unit: str | None, factor: object) -> None:
    if factor == "KeyError":
        with pytest.raises(KeyError):
            unit_factor(said, unit, UNITS)
    else:
        assert unit_factor(said, unit, UNITS) == factor


NO_UNITS = ("美元", "港元", "港币", "欧元", "日元", "英镑", "公斤", "千克", "吨", "小时", "分钟", "公里", "千米")


@pytest.mark.parametrize("word", NO_UNITS)
def test_a_number_in_a_unit_that_no_column_has_fits_none(word: str) -> None:
    assert affixes("", word) == ("", word)
    for unit in (None, *THINGS, *OTHER):
        assert isinstance(reading(lambda unit=unit: read_number(f"12{word}", unit)), str), unit


@pytest.mark.parametrize(
    ("before", "after", "kept"),
    [
        ("约", "", ("约", "")), ("", "多", ("", "多")), ("", "余家", ("", "余家")), ("", "万元", ("", "万元")),
        ("", "多万元以上", ("", "多万元以上")), ("", "万余元", ("", "万余元")), ("", "％", ("", "%")), ("约", "家",
        ("约", "家")),
        ("", "家（含分店）", ("", "家")), ("", "(万元)", ("", "万元")), ("", " 万 元 ", ("", "万元")),
        ("万元", "", ("", "万元")), ("元", "", ("", "元")), ("万元", "整", ("", "")), ("亿", "", ("", "")),
        ("第", "号", ("", "")), ("JY-", "", ("", "")), ("", "号楼", ("", "")), ("", "块砖", ("", "")), ("", "平台", ("",
        "")),
        ("", "万科", ("", "万科")), ("", "元/月", ("", "元/月")), ("", "亩地", ("", "亩地")), ("", "%点", ("", "%点")),
        ("", "‰点", ("", "‰点")), ("近似", "", ("", "")), ("", "", ("", "")),
    ],
)  # fmt: skip
def test_a_number_format_keeps_what_bears_on_the_value(before: str, after: str, kept: tuple[str, str]) -> None:
    assert affixes(before, after) == kept


@pytest.mark.parametrize(
    ("unit", "times", "rest"),
    [("元", 1, "元"), ("万元", 10_000, "元"), ("百万元", 10**6, "元"), ("千", 1000, ""), ("十", 10, ""),
    ("亿人次", 10**8, "人次")],
)  # fmt: skip
def test_a_unit_has_a_magnitude(unit: str, times: int, rest: str) -> None:
    assert magnitude_of(unit) == (times, rest)


class AsStored:
    """A picture of a number that shows it as it is."""

    def shown(self, value: float, /) -> str:
        return f"{value:g}"


@pytest.mark.parametrize(
    ("shown", "bare", "unit", "header", "meant"),
    [
        ("12.5万", True, "万元", None, (12.5, 12.5, 12.5)),
        ("12.5万", True, "元", "万元", (125_000, 125_000, 125_000)),
        ("12.5万", False, "万元", None, "cell-unit"),
        ("12.5万", True, "元", None, (125_000, 124_500, 125_500)),
        ("1.2亿", True, "万元", None, (12_000, 11_500, 12_500)),
        ("12.5万", True, "人", None, (125_000, 124_500, 125_500)),
        ("约12家", False, "个", None, (12, 10.8, 13.2)),
    ],
)
def test_a_number_is_read_with_the_wording_of_its_format(
    shown: str, bare: bool, unit: str, header: str | None, meant: object
) -> None:
    cell = WordedNumber(shown, 125_000, AsStored(), bare=bare)
    assert reading(lambda: read_number(cell, unit, header)) == meant
    if not isinstance(meant, str):
        assert not read_number(cell, unit, header).converted

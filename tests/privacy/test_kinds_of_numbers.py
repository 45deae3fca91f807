"""Each kind of number and address is told from those that look like it, and is masked but for its ends."""

import pytest

from pilot_eval.privacy.numbers import REFUSED, in_number, masked, said_sightings, shown_name, shown_text, sightings

MOBILE = "13800138000"
ID = "110101198001020016"


def found(text: str) -> list[str]:
    """What is found, such as `cell-mobile 13800138000`."""
    return [f"{each.code} {text[each.start : each.end]}" for each in sightings(text)]


def grouped(sizes: tuple[int, ...], between: str) -> str:
    ends = [sum(sizes[: at + 1]) for at in range(len(sizes))]
    return between.join(MOBILE[end - size : end] for size, end in zip(sizes, ends, strict=True))


USUAL = [(11,), (3, 4, 4), (3, 8), (7, 4), (3, 3, 5), (4, 4, 3), (3, 4, 2, 2), (3, 2, 2, 2, 2), (1,) * 11]
UNUSUAL = [(1, 10), (2, 9), (4, 7), (5, 6), (6, 5), (3, 5, 3), (3, 2, 2, 4), (4, 3, 4), (3, 4, 3, 1), (2,) * 5 + (1,)]


@pytest.mark.parametrize("sizes", USUAL)
def test_a_mobile_number_is_grouped_as_people_write_it(sizes: tuple[int, ...]) -> None:
    number = grouped(sizes, "-")
    assert found(f"电话 {number}") == [f"cell-mobile {number}"]
    assert found(f"+86 {number}") == [f"cell-mobile +86 {number}"]
    assert found(f"共 {number} 项") == [f"cell-mobile-like {number}"]


@pytest.mark.parametrize("sizes", UNUSUAL)
def test_another_grouping_counts_behind_a_word_for_telephones_and_alone(sizes: tuple[int, ...]) -> None:
    number = grouped(sizes, "-")
    assert found(f"电话 {number}") == [f"cell-mobile {number}"]
    assert found(number) == [f"cell-mobile-like {number}"]
    assert found(f"共 {number} 项") == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("电话 13,800,138,000", []), ("电话 1,380,013,8000", ["cell-mobile-like 1,380,013,8000"]),
        ("13,800,138,000", []), ("13 800 138 000", []), ("1380-013-1999-1", []),
        ("13800138000元", []), ("13800138000 万", []), ("订单13800138000", []),
        ("订单 138 0013 8000", []), ("2018-138-0013-8000", []), ("138-0013-8000-2018", []),
        ("2018-13800138000", [f"cell-mobile-like {MOBILE}"]), ("13800138000-1", [f"cell-mobile-like {MOBILE}"]),
        ("共 138-0013 8000", ["cell-mobile-like 138-0013 8000"]), ("共 138-001 38000 项", []),
        ("共 138 001 38000 项", ["cell-mobile-like 138 001 38000"]), ("共 154 001 38000 项", []),
        ("共154-0013-8000项", ["cell-mobile-like 154-0013-8000"]),
        ("共15400138000项", ["cell-mobile-like 15400138000"]),
        ("电话接听 15-18 2018-1-12", ["cell-mobile-like 15-18 2018-1-12"]),
        ("152★3861★7342 次", ["cell-mobile-like 152★3861★7342"]),
        ("138-0013-8000-1", ["cell-mobile-like 138-0013-8000"]),
        ("1 3 8 0013 8000 1", ["cell-mobile-like 1 3 8 0013 8000"]),
        ("13O-OOl3-8000", ["cell-mobile 13O-OOl3-8000"]), ("XO13800138OO0", []),
        ("幺三八洞洞幺三八洞洞洞", ["cell-mobile-like 幺三八洞洞幺三八洞洞洞"]),
        ("一三八零零一三八零零零", ["cell-mobile-like 一三八零零一三八零零零"]),
        ("电话13800138000、13900139000", [f"cell-mobile {MOBILE}", "cell-mobile-like 13900139000"]),
        (f"电话13800138000{'甲' * 50}", [f"cell-mobile {MOBILE}"]),
        ("共138-0013-8000/139-0013-9000项",
         ["cell-mobile-like 138-0013-8000", "cell-mobile-like 139-0013-9000"]),
        ("共154-0013-8000/139-0013-9000项", ["cell-mobile-like 139-0013-9000"]),
        ("共 138-0013-8000-1 项", ["cell-mobile-like 138-0013-8000"]), ("共 5-138-0013-8000-1 项", []),
        ("共 1-3 8-0 0-1 3-8 0-0 0 项", ["cell-mobile-like 1-3 8-0 0-1 3-8 0-0 0"]),
        (f"1    {'     '.join('3800138000')}", [f"cell-mobile-like 1    {'     '.join('3800138000')}"]),
        ("     ".join(MOBILE), []),
        # behind a point, and behind the number of a list's item
        ("0.13800138000", []), ("共31.13800138000", []), (".13800138000", [f"cell-mobile-like {MOBILE}"]),
        ("30.13800138000", [f"cell-mobile-like {MOBILE}"]), ("共 9.13800138000", [f"cell-mobile-like {MOBILE}"]),
        ("甲.13800138000", [f"cell-mobile-like {MOBILE}"]),
        ("共0.110101800102001", []), ("共1.110101800102001", ["cell-identity-like 110101800102001"]),
        ("共110101,800102,001", []),
        # digits of other scripts and forms, with marks on them, and signs that are no digits
        ("١٣٨٠٠١٣٨٠٠٠", ["cell-mobile-like ١٣٨٠٠١٣٨٠٠٠"]), ("①③⑧⓪⓪①③⑧⓪⓪⓪", ["cell-mobile-like ①③⑧⓪⓪①③⑧⓪⓪⓪"]),
        ("13800138⑩0", []), ("13800138½00", []),
        *((f"138{mark}0013{mark}8000", [f"cell-mobile 138{mark}0013{mark}8000"])
          for mark in ("´", "\u0301", "\u20dd")),
        ("联系138一0013一8000", ["cell-mobile 138一0013一8000"]), ("联系138ー0013ー8000", []),
        ("llOlOll98OO1020016", []), ("llOlOll98O01020016", ["cell-identity llOlOll98O01020016"]),
        # without anything between them, and as programs write large numbers
        ("13800138000110101198001020016", [f"cell-mobile-like {MOBILE}", f"cell-identity {ID}"]),
        (f"{ID}13800138000", [f"cell-identity {ID}", f"cell-mobile-like {MOBILE}"]),
        ("1380013800013900139000", [f"cell-mobile-like {MOBILE}", "cell-mobile-like 13900139000"]),
        ("1380013800015400138000", []), ("13800119800102001013800138000", []),
        ("1.380013805E+10", ["cell-mobile-like 1.380013805E+10"]), ("1.540013805E+10", []),
        ("13800138000 110101198001020016", [f"cell-mobile-like {MOBILE}", f"cell-identity {ID}"]),
        ("11010119800102018×", ["cell-identity 11010119800102018×"]),
        # addresses
        ("a@b.cn", ["cell-email a@b.cn"]), ("li.si@zz.gov.cn", ["cell-email li.si@zz.gov.cn"]), ("a@b", []),
        ("office@zz.gov.cn", ["mailbox office@zz.gov.cn"]),
        ("Office (at) zz.gov.cn", ["mailbox Office (at) zz.gov.cn"]),
        ("hr[at]a.com", ["mailbox hr[at]a.com"]),
        ("zhang at 163.com", ["cell-email zhang at 163.com"]), ("look at example.com", []),
        ("zhang#qq.com", ["cell-email zhang#qq.com"]), ("a at b dot cn", ["cell-email a at b dot cn"]),
        ('"zhang"@b。cn', ['cell-email zhang"@b。cn']), ("zhang(a)b[dot]cn", ["cell-email zhang(a)b[dot]cn"]),
        ("甲#2018.txt", []), ("发至 a@b.cn. 另附表", ["cell-email a@b.cn"]),
        # chat
        ("微信/QQ：lisi2018", ["cell-chat lisi2018"]), ("扣扣 123456789", ["cell-chat 123456789"]),
        ("加V：lisi2018", ["cell-chat lisi2018"]), ("QQ群 123456789", []), ("加微课程 lisi2018", []),
        ("wxid_abc123", ["cell-chat wxid_abc123"]), ("微信号：lisi_2018", ["cell-chat lisi_2018"]), ("微信：abc", []),
        ("微信 lisi2018", ["cell-chat lisi2018"]), ("微信 lisiwang", []), ("微信 12345678", []),
        ("微信号 12345678", ["cell-chat 12345678"]),
        ("QQ：12345", ["cell-chat 12345"]), ("QQ 123456 人", []), ("QQ1234", []), ("qq号98765", ["cell-chat 98765"]),
        # identity documents
        ("身份证110101800102001", ["cell-identity 110101800102001"]),
        ("会计 110101800102001", ["cell-identity-like 110101800102001"]), ("订单110101800102001", []),
        ("身份证 订单110101800102001", ["cell-identity 110101800102001"]), ("110101801302001", []),
        ("身份证110101198001020014", ["cell-identity-like 110101198001020014"]), ("110101198001020014", []),
        ("身份证991301198013020014", []), ("ABC1101018001020", []),
        ("DEU410180010299", ["cell-identity-like DEU410180010299"]), ("DEU410180130299", []),
        # passports and permits
        ("护照 12345678", ["cell-passport-like 12345678"]), ("12345678", []), ("E20180102", []), ("E20181302", []),
            ("护照E20180102", ["cell-passport-like E20180102"]),
        ("合同E12345678", []), ("护照合同E12345678", ["cell-passport-like E12345678"]),
        ("H1234567801", []), ("通行证H1234567801", ["cell-passport-like H1234567801"]),
        ("通行证 H123456", ["cell-passport-like H123456"]),
        # cards
        ("4111111111111111", ["cell-card-like 4111111111111111"]), ("4111111111111112", []),
        ("订单 6222021234567894", []), ("卡号 订单6222021234567894", ["cell-card-like 6222021234567894"]),
        ("订单 6222 0212 3456 7894", ["cell-card-like 6222 0212 3456 7894"]), ("6011000990139424", []),
        ("卡号 6011000990139424", ["cell-card-like 6011000990139424"]),
        ("6011 0009 9013 9424", ["cell-card-like 6011 0009 9013 9424"]),
    ],
)  # fmt: skip
def test_what_a_number_or_an_address_is(text: str, said: list[str]) -> None:
    assert found(text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1.1010119800102E+17", ["cell-identity"]), ("1.10101198001020000E+17", ["cell-identity"]),
        ("1.1010119809902E+17", []),  # no day
        ("9.9010120150102E+17", []), ("9.9010119800102E+17", ["cell-identity"]),  # no region, but a day long ago
    ],
)  # fmt: skip
def test_what_a_table_wrote_shortened_is_an_id_number_by_its_region_and_its_day(text: str, said: list[str]) -> None:
    assert [each.code for each in sightings(text)] == said


def test_the_first_word_of_a_text_counts() -> None:
    assert found("电话13800138000") == [f"cell-mobile {MOBILE}"]
    assert found("话13800138000") == [f"cell-mobile-like {MOBILE}"]


def test_what_is_certain_is_refused_and_a_mailbox_of_an_office_is_not_said() -> None:
    assert {"cell-identity", "cell-mobile"} == REFUSED
    assert [each.code for each in said_sightings("office@zz.gov.cn a@b.cn")] == ["cell-email"]
    assert shown_name("office@zz.gov.cn") == "off***********cn"


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("QQ:12345", "QQ:1***5"), ("QQ:12345678", "QQ:1******8"), ("QQ:123456789", "QQ:123****89"),
        ("甲 a@b.cn 乙", "甲 a****n 乙"), ("ab@c.com 与 13800138000", "a******m 与 138******00"),
        ("a@b.cn、110101198001020016", "a****n、110*************16"),
    ],
)  # fmt: skip
def test_of_what_is_masked_the_ends_are_shown(text: str, hidden: str) -> None:
    assert masked(text) == hidden
    assert shown_name(text) == hidden


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("110101198001020000110101198001020000", "110101198001020000110101198001020000"),
        ("13800138000 110101198001020000", "138******00 110*************00"),
        ("110101198001020000 13800138000", "110*************00 138******00"),
        ("110101198001020016 110101198001020000", "110*************16 110*************00"),
        ("第110101198001020000号", "第110*************00号"),
        ("第123456789012345678号", "第123456789012345678号"),
    ],
)
def test_numbers_that_have_lost_their_last_digits_are_masked_beside_others(text: str, hidden: str) -> None:
    assert shown_name(text) == hidden


OFFICES = """
abuse admin bangongshi bgs billing contact enquiries enquiry feedback finance
git gov hello help hr info jobs lianxi mail marketing
media news no-reply noreply office postmaster press public sales secretariat
security service services support team wangzhan webadmin webmaster xinxi xxgk
zhaopin
"""


@pytest.mark.parametrize("name", OFFICES.split())
def test_a_mailbox_of_an_office_is_nobodys(name: str) -> None:
    assert found(f"{name}@zz.gov.cn") == [f"mailbox {name}@zz.gov.cn"]
    assert found(f"{name}.li@zz.gov.cn") == [f"cell-email {name}.li@zz.gov.cn"]


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (110101198001020000.0, "cell-identity"), (110101198013020000.0, None), (990101201501020000.0, None),
        (11010119800102000.0, None), (1101011980010200000.0, None), (13800138000.0, "cell-mobile-like"), (12.5, None),
    ],
)  # fmt: skip
def test_of_a_large_number_the_digits_that_are_kept_count(number: float, code: str | None) -> None:
    assert in_number(number) == ([(code, 0, len(str(int(number))))] if code else [])


def test_the_beginning_of_a_text_is_masked_before_it_is_cut() -> None:
    assert shown_text("甲" * 100) == "甲" * 60
    assert shown_text("甲" * 50 + "   ".join(ID)) == "甲" * 50 + "1  " + "*" * 7
    assert shown_text("甲" * 50 + ID, 54) == "甲" * 50 + "110*"

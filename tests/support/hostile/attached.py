"""Hostile attachments."""

from tests.support.hostile.books import xlsx
from tests.support.hostile.listing import HUGE, several
from tests.support.hostile.other_kinds import PNG
from tests.support.hostile.zips import deflated

several("notes.txt", "cell-identity", text_of_id_numbers=lambda: b"11010119900307803X " * 50_000)
several("notes.txt", "cell-mobile-like", read=True, text_of_mobile_numbers=lambda: b"13800138000 " * 100_000)
several("notes.txt", "cell-card-like", read=True, text_of_cards=lambda: b"4111111111111111 " * 50_000)
several(
    "notes.txt", "submission-unused-file", read=True,
    text_of_digits=lambda: b"1" * (5 * HUGE),
    text_of_one_line=lambda: b"a" * (6 * HUGE),
    text_that_grows=lambda: "\ufdfa".encode() * 100_000,
)  # fmt: skip
several(
    "picture.png", "submission-unused-file", read=True,
    png_of_169_megapixels=lambda: PNG + deflated(bytes(10_000)),
    jpg_and_workbook=lambda: b"\xff\xd8\xff\xe0\0\x10JFIF\0" + bytes(40) + xlsx(),
)  # fmt: skip

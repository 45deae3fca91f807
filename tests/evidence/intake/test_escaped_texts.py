"""What texts show to their readers: without their markup, and with their escapes resolved."""

import pytest

from pilot_eval.evidence.intake.escaped_texts import lines_of_rtf, shown_of_line


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("138", []), ("<b>1</b>38<!-- x --><SPAN lang=zh>00</SPAN>", ["13800"]), ("13<td>8</td>", ["13\n8\n"]),
        ("&#49;38 &amp;", ["138 &"]), ("1 &lt; 2", ["1 < 2"]), ("1 < 2", ["1 < 2"]),
        ('<a title="&#49;38" href="1">1</a>', ["1", '<a title="138" href="1">']),
        ('<td title="&#49;">1</td>', ["\n1\n", '<td title="1">']),
        (r"\u0031\u7532", ["1甲"]), ("%31%3a", ["1:"]), ("%e7 31%", []), ("=31=3D", ["1="]), ("=e7 =", []),
        ("%31=32&#51;", ["%31=323", "1=32&#51;", "%312&#51;"]),
    ],
)  # fmt: skip
def test_a_line_is_read_as_it_stands_and_as_it_shows(line: str, shown: list[str]) -> None:
    assert list(shown_of_line(line)) == [line, *shown]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (r"{\rtf1\ansi 138}", ["138"]), ("{\\rtf1 1\r\n3\n8}", ["138"]), (r"1{\b 3}\b0 8\fs-2 0", ["1380"]),
        (r"1\par 3\line 8\cell 0\row\pard 1\tab 3\sect\page 8", ["1", "3", "8", "0", "", "1", "3", "", "8"]),
        (r"1\parole 3", ["13"]), (r"\*\x 1", ["1"]),
        (r"\'bc\'d7\'d2\'d2", ["甲乙"]), (r"\'ff1", ["\ufffd1"]),
        (r"\u30002?1\u-10179?\u-8704?", ["甲1😀"]), (r"\u-1?1", ["\uffff1"]), (r"\u-8704?1", ["\ufffd1"]),
        (r"1\~3\-8\_0\:0\|1", ["1 38-001"]), ("1" + "0f" * 32 + "3", [" "]),
        ("x" + "0f" * 31 + "g", ["x" + "0f" * 31 + "g"]),
    ],
)  # fmt: skip
def test_rich_text_is_read_as_it_shows(text: str, lines: list[str]) -> None:
    assert list(lines_of_rtf(text)) == lines

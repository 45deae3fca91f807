"""Hostile web pages that are named XLS."""

# ruff: noqa: E501

from collections.abc import Callable

from tests.support.hostile.listing import HEADER, ROW, several


def html(rows: str) -> bytes:
    return f"<html><meta charset='utf-8'><table>{rows}</table></html>".encode()


TR = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>" for cells in (HEADER, ROW))
several(
    "events.xls", "sheet-too-large",
    html_wide_spans=lambda: html("<tr>" + "<td colspan=1000000000>x</td>" * 3 + "</tr>"),
    html_spans_to_skip=lambda: html("<tr><td rowspan=999999 colspan=499>x</td></tr>" + "<tr><td>" * 200_000),
    html_many_tables=lambda: b"<html>" + b"<table><tr><td>a</td></tr></table>" * 300,
    html_far_row=lambda: html(TR + "<tr>" * 2_000_001 + "<td>x</td>"),
    html_tags=lambda: b"<html>" + b"<a" * 4_000_001,
)  # fmt: skip
several(
    "events.xls", "file-extension", read=True,
    html_blanks_in_a_span=lambda: html(TR.replace("<td>", f"<td colspan={' ' * 300_000}x>", 1)),
    html_script=lambda: html("<script><table><tr><td>x</td></tr></table></script>" + TR),
    html_number_of_5000_digits=lambda: html(TR.replace("讲座", f"讲&#{'1' * 5000};")),
    html_template=lambda: html(f"{TR}<template><template></template><tr>{HIDDEN_TR}</tr></template>"),
    html_entities=lambda: html(TR.replace("讲座", "&#35762;&#x5EA7;&#0;&#xD800;&#99999999999;")),
)  # fmt: skip


def _html_with(cell: str) -> Callable[[], bytes]:
    """The table, with something else in D2."""
    return lambda: html(TR.replace("<td>10</td>", f"<td>{cell}</td>"))


several(
    "events.xls", "cell-number", "D2",
    html_blocks=_html_with("<div>12</div><div>34</div>"), html_paragraphs=_html_with("<p>12<p>34"),
    html_rule=_html_with("12<hr>34"), html_list=_html_with("<li>1<li>2"),
    html_choice=_html_with("<select><option>1<option>2</select>"),
    html_table_in_a_cell=_html_with("10<table><tr><td>99</td></tr></table>"),
)  # fmt: skip
several(
    "events.xls", "cell-damaged", "D2",
    html_exponent=_html_with("12<sup>3</sup>"), html_struck_out=_html_with("<del>12</del>34"),
    html_hidden_digit=_html_with('<span style="display:none">9</span>10'), html_field=_html_with('10<input value="99">'),
    html_hidden_attribute=_html_with("<b hidden>9</b>10"), html_all_struck_out=_html_with("<s>12</s>"),
)  # fmt: skip
HIDDEN_TR = "".join(f"<td>{cell}</td>" for cell in ("2018-05-05", *ROW[1:]))
several(
    "events.xls", "rows-hidden", ":3", read=True,
    html_hidden_row=lambda: html(f'{TR}<tr class="x" style="height:0; DISPLAY : none">{HIDDEN_TR}</tr>'),
    html_row_with_hidden=lambda: html(f"{TR}<tr hidden>{HIDDEN_TR}</tr>"),
    html_hidden_body=lambda: html(f"<tbody>{TR}</tbody><tbody hidden='hidden'><tr>{HIDDEN_TR}</tr></tbody>"),
)  # fmt: skip
several(
    "events.xls", "columns-hidden", "D", read=True,
    html_hidden_cell=lambda: html(TR.replace("<td>10", "<td style='display:none'>10")),
)  # fmt: skip
several(
    "events.xls", "file-cut-short",
    html_cut=lambda: html(TR)[:-40], html_comment=lambda: html(TR.replace("<td>", "<!-- <td>", 1)),
    html_deep=lambda: b"<html>" + b"<table><tr><td>" * 50_000,
)  # fmt: skip
several(
    "events.xls", "sheet-too-large", large=True,
    html_tall_spans=lambda: html(TR + "<tr>" + "<td rowspan=900000 colspan=500></td>" * 100_002 + "</tr>"),
)  # fmt: skip
several("events.xls", "file-kind", html_without_table=lambda: b"<html>" + b"<p>hello</p>" * 1000)

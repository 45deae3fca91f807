"""Records whose remark, or whose title in brackets, says that they didn't take place, aren't complete or don't hold."""

import polars as pl

from pilot_eval.errors import finding
from pilot_eval.evidence.tables.across_rows import AT, MOST, Found, Frames, Source, with_count
from pilot_eval.evidence.tables.layout import Layout
from pilot_eval.frames import ROW, SOURCE
from pilot_eval.plugin.tables import NUMBER_KINDS, Kind
from pilot_eval.privacy.numbers import shown_text

_VOID = (
    "(?:取消|作废|注销|撤销|撤回|解散|停办|终止|退回"
    "|未能?(?:如期|正式)?(?:举办|举行|召开|开展|实施|出版|刊印|发布|印发|通过|获批|批准|启用|投用|签约|成立|授予)"
    "|规划中|拟建|未(?:建成?|开工|完工|竣工|使用|开放)|暂停(?:使用|开放)?|拆除|停用|关停|搬离|撤并|重复(?:填报|登记|计算)?"
    "|(?:申报|推荐|评审|审批|报批|筹备|筹建|建设|在建|编制|起草|洽谈|计划)中|在建|待(?:定|批|审|审批|发布|出版|签)"
    "|草案|草稿|(?:征求意见|送审|讨论)稿"
    "|cancell?ed|withdrawn|dissolved|draft|planned|(?:not (?:yet )?|un)(?:held|published|issued|approved|complete[d]?))"
)
_SAYS_SO = rf"(?i)^(?:.{{0,12}}[^未不没])?{_VOID}了?[。.!！]?$"
_NOT_MEANT = (
    "(?:示例|示意|样例|举例|例子?|测试|试填|同上|合并|筹[备建]|预[估测]|[估测]算|暂估|example|sample|test|x{2,})"
)
_IN_BRACKETS = (
    rf"(?i)[（(\[【].{{0,4}}(?:{_VOID}|{_NOT_MEANT})[）)\]】]$"
    rf"|^(?:[（(\[【]{_NOT_MEANT}[）)\]】]|{_NOT_MEANT}(?:[:：]|(?:数据|行)?[0-9]*$))"
)


def check_voided(frames: Frames, sources: list[Source]) -> Found:
    """Return the findings about such rows that are counted all the same.

    A flag that is false, or a day that isn't filled in, may say so already: 是否落实 in a table of agreed items.
    """
    found: Found = []
    for layout, frame, _ in frames.values():
        rows = _void(layout, frame)
        said = [
            finding("row-perhaps-void", sources[source].place(row, name), value=shown_text(text, 30))
            for source, row, name, text in rows[:MOST]
        ]
        found += [(layout.id, each) for each in with_count(said, len(rows), sources[rows[0][0]] if rows else None)]
    return found


def _void(layout: Layout, frame: pl.DataFrame) -> list[tuple[int, int, str, str]]:
    """Return the source, the row, the column and the text of each."""
    required = {column.kind for column in layout.required}
    open_ = [pl.col(each.name).is_null() for each in layout.columns if each.kind is Kind.DATE and each.optional]
    if required.isdisjoint(NUMBER_KINDS):
        open_ += [~pl.col(each.name) for each in layout.required if each.kind is Kind.FLAG]
    rows = frame.filter(~pl.any_horizontal(open_).fill_null(False)) if open_ else frame
    titles = [column.name for column in layout.required if column.kind is Kind.TEXT][:1]
    found: dict[int, tuple[int, int, str, str]] = {}
    for name, pattern in (*((each, _IN_BRACKETS) for each in titles), ("note", _SAYS_SO)):
        said = pl.col(name).str.strip_chars()
        for at, source, row, text in rows.filter(said.str.contains(pattern)).select(AT, SOURCE, ROW, name).iter_rows():
            found.setdefault(at, (source, row, name, text))
    return [each for _, each in sorted(found.items())]

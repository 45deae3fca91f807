"""Records whose remark, or whose title in brackets, says that they didn't take place, aren't complete or don't hold."""

import re
from collections.abc import Iterator

import polars as pl

from pilot_eval.errors import finding
from pilot_eval.evidence.tables.across_rows import AT, BLOCK, MOST, Found, Frames, Source, with_count
from pilot_eval.evidence.tables.layout import Layout
from pilot_eval.frames import ROW, SOURCE
from pilot_eval.plugin.tables import NUMBER_KINDS, Kind
from pilot_eval.privacy.numbers import shown_text

_VOID = (
    "(?:取消|作废|注销|撤销|撤回|解散|停办|终止|退回"
    "|未能?(?:如期|正式)?(?:举办|举行|召开|开展|实施|出版|刊印|发布|印发|通过|获批|批准|印刷?|出刊|办成?|发出|启用|投用|签约|成立|授予)"
    "|规划中|拟建|未(?:建成?|开工|完工|竣工|使用|开放)|暂停(?:使用|开放)?|拆除|(?:已|被)拆迁?|停用|关停|搬离|撤并|重复(?:填报|登记|计算)?"
    "|(?:申报|推荐|评审|审批|报批|筹备|筹建|建设|在建|编制|起草|洽谈|计划)中|在建|待(?:定|批|审|审批|发布|出版|签)"
    "|不计入?(?:本表|总数|在内)?|不再.{1,6}|停止(?:活动|运[营行]|使用|服务)"
    "|非[本我](?:社区|单位|园区?|街道|会|院|校)(?:所有)?"
    "|(?:统计|登记|数[据字])?有误|应(?:予|当)?(?:删除|剔除|扣除|核减)|(?:与|和|同)?.{0,8}(?:同一|重复的?)[场次条项个家件]"
    "|草案|草稿|(?:征求意见|送审|讨论)稿"
    "|cancell?ed|withdrawn|dissolved|draft|planned|(?:not (?:yet )?|un)(?:held|published|issued|approved|complete[d]?))"
)
_SAYS_SO = rf"(?i)^(?:.{{0,12}}[^未不没])?{_VOID}了?[。.!！]?$"
_GIVEN_AWAY = r"(?:转让|(?:改|挪|移)[作为].{1,6}|他用|(?:移交|划[转归]|交还).{0,6})"
_LET = r"(?:(?:对外)?出租(?:他用)?|租出|转租|租赁?给.{1,8}|[出外]借|借[给出].{1,8}|(?:对外|整体)?承包(?:给|经营).{0,8})"
"""What says that a place, though counted, isn't at hand; what is there to be let is let."""
_COUNTED_IN = r"^\s*(?:已|均)?(?:包?含|包括|统计|合并|计|列|并)[在入于进到]+(.{1,20}?)(?:之?[内中])?[。.]?\s*$"
_ANOTHER_ROW = "[上下](?:面|述|一?[行条项表])|前(?:述|一?[行条项])|第[0-9一二三四五六七八九十]+[行条项]"
_NOT_MEANT = (
    "(?:示例|示意|样例|举例|例子?|测试|试填|同上|合并|筹[备建]|预[估测]|[估测]算|暂估|example|sample|test|x{2,})"
)
_LEFT_BLANK = (
    r"(?i)(?:^|[^a-zｘ])[xｘ]{2,}(?:[^a-zｘ]|$)|[×○〇□＿_]{2,}"
    r"|^[*＊]{2,}[^*＊0-9\s]|…{2,}|\.{4,}|某某|第[xｘ×○□＿_]+[期届次号条]"
)
"""A name with signs where the form leaves something to be filled in: XX图书室."""
_AS_EXAMPLE = "^(?:(?:填[写报表]|参考|此[行条项]为?|本[行条项]为?)?(?:示例|样例|范例|举例))[。.]?$"
_EXAMPLE = "^(?:样[例本]|示例|范例)"
_IN_BRACKETS = (
    rf"(?i)[（(\[【].{{0,4}}(?:{_VOID}|{_NOT_MEANT})[）)\]】]$|{_LEFT_BLANK}"
    rf"|^(?:[（(\[【]{_NOT_MEANT}[）)\]】]|(?:如|{_NOT_MEANT})(?:[:：]|(?:数据|行)?[0-9]*$))"
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
    counted = frame.filter(~pl.any_horizontal(open_).fill_null(False)) if open_ else frame
    titles = [column.name for column in layout.required if column.kind is Kind.TEXT][:1]
    labels = {column.name: column.label.zh for column in layout.columns}
    found: dict[int, tuple[int, int, str, str]] = {}
    asked = [*((each, _IN_BRACKETS) for each in titles), ("note", _SAYS_SO), ("note", _AS_EXAMPLE)]
    if any(column.stock for column in layout.columns):
        let = any("租" in column.label.zh for column in layout.columns)
        gone = f"(?:现?已|现)?{_GIVEN_AWAY if let else f'(?:{_GIVEN_AWAY}|{_LET})'}"
        asked += [*((each, rf"[（(\[【]{gone}[）)\]】]$") for each in titles), ("note", f"^{gone}$")]
    asked += [(each, rf"^[（(\[【<《]?{re.escape(labels[each])}[）)\]】>》]?$") for each in titles]
    first = pl.int_range(pl.len()).over(BLOCK) == 0
    for name, pattern in (*asked, *((each, _EXAMPLE) for each in titles)):
        said = pl.col(name).str.strip_chars()
        rows = counted.filter(first) if pattern is _EXAMPLE else counted
        for at, source, row, text in rows.filter(said.str.contains(pattern)).select(AT, SOURCE, ROW, name).iter_rows():
            found.setdefault(at, (source, row, name, text))
    found |= {at: each for at, each in _counted_elsewhere(counted, titles) if at not in found}
    return [each for _, each in sorted(found.items())]


def _counted_elsewhere(rows: pl.DataFrame, titles: list[str]) -> Iterator[tuple[int, tuple[int, int, str, str]]]:
    """Yield the rows whose remark says that they are counted with another, which it names or points to."""
    said = rows.filter(pl.col("note").str.contains(_COUNTED_IN))
    names = set(rows[titles[0]].to_list()) if titles and said.height else set()
    for at, source, row, note in said.select(AT, SOURCE, ROW, "note").iter_rows():
        match = re.match(_COUNTED_IN, note)
        if match and (match[1] in names or re.match(_ANOTHER_ROW, match[1])):
            yield at, (source, row, "note", note)

"""Makes a method of one table of figures: a row per pilot, a column per measure; all of it illustrative."""

import json
import re
import shutil
import tempfile
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from pilot_eval.errors import EvidenceError
from pilot_eval.evidence.intake.outline import ColumnOutline, Outline, OutlineTask
from pilot_eval.evidence.intake.workers import Workers
from pilot_eval.evidence.readers.limits import Limits
from pilot_eval.evidence.tables.header_cells import as_one_name, header_key
from pilot_eval.method.given import BASE_TYPE, GivenMeasure, GivenType, faults_of_measures
from pilot_eval.registry import Registry
from pilot_eval.text import LETTERS

FULL = 100


def outlined(path: Path, registry: Registry) -> Outline:
    """Return what a table of figures holds, read in a child process. Raises EvidenceError with all that is wrong."""
    keys = frozenset(header_key(each) for each in GivenType(base_type=BASE_TYPE, measures=()).key_words)
    workers = Workers()
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch) / "outline.json"
        try:
            failure = workers.mine().run(OutlineTask(path, path.name, keys, Limits(), out, registry.readers))
        finally:
            workers.close()
        if failure is not None:
            raise EvidenceError([failure])
        outline = Outline.model_validate_json(out.read_bytes())
    if outline.findings:
        raise EvidenceError(outline.findings)
    return outline


def write_illustration(outline: Outline, folder: Path, name: str, taken: Collection[str]) -> None:
    """Write a method for a table: every column of numbers is a measure and an indicator, all of the same weight.

    name: what the method is called. taken: ids that no measure may have.
    """
    measures = measures_from(outline, taken)
    folder.mkdir(parents=True)
    (folder / "method.yaml").write_text(_METHOD.format(zh=_quoted(name), full=FULL), "utf-8")
    (folder / f"{BASE_TYPE}.yaml").write_text("\n".join(_type_lines(outline, measures)) + "\n", "utf-8")
    (folder / "pilots.yaml").write_text("\n".join(_pilot_lines(outline.names)) + "\n", "utf-8")


def copy_table(path: Path, submissions: Path) -> None:
    """Put the table where the figures of all pilots are submitted."""
    (submissions / BASE_TYPE).mkdir(parents=True, exist_ok=True)
    shutil.copyfile(path, submissions / BASE_TYPE / path.name)


def measures_from(outline: Outline, taken: Collection[str]) -> list[GivenMeasure]:
    """Return a measure for each column of numbers; a column of another one's last figure or target belongs to that."""
    made: list[GivenMeasure] = []
    for column in (each for each in outline.columns if each.numbers):
        if (at := _whose(column, made)) is not None:
            index, kind = at
            made[index] = made[index].model_copy(update={kind: ()})
            continue
        used = {each.id for given in made for each in GivenType(base_type=BASE_TYPE, measures=(given,)).columns}
        made.append(_measure(column, {*taken, *used}))
    return made


def _whose(column: ColumnOutline, made: Sequence[GivenMeasure]) -> tuple[int, str] | None:
    """Return the measure whose last figure, baseline or target a column holds, by its index and the kind."""
    for index, measure in enumerate(made):
        for kind in ("last", "baseline", "target"):
            asked = GivenType(base_type=BASE_TYPE, measures=(measure.model_copy(update={kind: ()}),))
            id_ = asked.beside(measure.id, kind)
            words = next((each.label.zh, each.label.en, *each.aliases) for each in asked.columns if each.id == id_)
            if as_one_name(column.name) in map(as_one_name, words):
                return index, kind
    return None


def _measure(column: ColumnOutline, taken: Collection[str]) -> GivenMeasure:
    """Return a measure whose id is made of its header, as far as an id can be."""
    said = re.sub(r"_{2,}", "_", re.sub(rf"[^{LETTERS}0-9]+", "_", column.name)).strip("_")[:30].strip("_") or "m"
    stem = said if re.match(f"[{LETTERS}]", said) else f"m_{said}"
    aliases = (column.header,) if column.header != column.name else ()
    for number in range(1, len(taken) + 3):
        id_ = stem if number == 1 else f"{stem}_{number}"
        made = GivenMeasure(id=id_, zh=column.name, unit=column.unit or "分", aliases=aliases)
        alone = GivenType(base_type=BASE_TYPE, measures=(made,))
        if not any(code == "method-measure-id" for _, code, _ in faults_of_measures(alone, dict.fromkeys(taken))):
            break
    return made


def pilot_ids(names: Sequence[str]) -> list[str]:
    """Return an id for each name: made of it where it is in Latin letters, else its number."""
    ids: dict[str, None] = {}
    for number, name in enumerate(names, start=1):
        slug = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:40].strip("-")
        fits = name.isascii() and re.match("[a-z]", slug) and slug not in ids and slug != BASE_TYPE
        ids[slug if fits else f"row-{number}"] = None
    return list(ids)


def _pilot_lines(names: Sequence[str]) -> Iterator[str]:
    yield "pilots:"
    for id_, name in zip(pilot_ids(names), names, strict=True):
        yield f"  - {{id: {id_}, zh: {_quoted(name)}, base_type: {BASE_TYPE}}}"


def _type_lines(outline: Outline, measures: Sequence[GivenMeasure]) -> Iterator[str]:
    yield f"base_type: {BASE_TYPE}"
    yield "zh: 单位"
    yield "en: Units"
    yield f"key: [{_quoted(outline.key)}]   # 写着单位名称的列 · the column with the names"
    yield "# unit 改成各列的单位，zh 可以另起名称 · correct the units; the names are yours to change"
    yield "measures:"
    for each in measures:
        more = "".join(f", {kind}: true" for kind in ("last", "baseline", "target") if getattr(each, kind) is not None)
        aliases = f", aliases: [{', '.join(map(_quoted, each.aliases))}]" if each.aliases else ""
        yield f"  - {{id: {each.id}, zh: {_quoted(each.zh)}, unit: {_quoted(each.unit)}{aliases}{more}}}"
    yield "# 越少越好的：direction: down, rule: {minmax: {best: lowest}} · for figures of which less is better"
    yield "indicators:"
    least = min(5, max(2, len(outline.names)))
    for number, each in enumerate(measures, start=1):
        rule = f"{{minmax: {{least: {least}}}}}"
        yield f"  - {{id: N{number}, measure: {each.id}, weight: 1, direction: up, rule: {rule},"
        yield "     basis: {kind: illustrative, zh: 等权、与同组比较均为示范, en: weights and comparison are examples}}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


_METHOD = """\
# 由一张数据表生成的评价办法，全部是示范：改好权重、方向和等级再用
# Made of one table, and an example all through: correct the weights, the directions and the grades before use
id: from-table
version: 0.1.0
zh: {zh}
basis: {{kind: illustrative}}
points: {full}
rounding: total
tiers: []
bases: []
grades:
  - {{id: assessed, zh: 已评, en: Assessed, min: 0}}
indicators: []
"""

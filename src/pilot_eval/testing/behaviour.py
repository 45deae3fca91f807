"""What a base type does with rows: each function tests one thing and reports what to fix."""

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import floor
from random import Random
from typing import Any, Literal

import openpyxl
import polars as pl

from pilot_eval.errors import Finding, Severity
from pilot_eval.evidence.forms.blank import Form, workbook
from pilot_eval.evidence.intake.gather import Gathered
from pilot_eval.evidence.intake.information import INFO_SHEET, LABELS
from pilot_eval.evidence.tables.layout import Layout
from pilot_eval.frames import PILOT, ROW, SOURCE, UNBOUNDED, declared_name, three
from pilot_eval.measures.engines import Engine
from pilot_eval.plugin.compiling import Measure
from pilot_eval.plugin.tables import INTERVAL_KINDS, ColumnSpec, Kind
from pilot_eval.testing.bench import PILOT_ID, Computed, Frames, Value, same_figure
from pilot_eval.testing.kit import Kit
from pilot_eval.testing.sample_rows import JUNK, ODD_TEXT, PERIOD, Made, Maker, Rows, extreme, written
from pilot_eval.text import Lang, Words

_KEYS = frozenset({PILOT, SOURCE, ROW})
_FILLED_IN = {
    "submitted_by": Words(zh="某单位", en="Some body"),
    "contact_office": Words(zh="办公室", en="Office"),
    "submitted_on": Words(zh="2019-01-10", en="2019-01-10"),
}


# --- processes

NOT_THERE = "not there"


def elsewhere(kit: Kit) -> Iterator[str]:
    """Loaded in two other processes, the plugin is the same, leaves nothing, and changes nothing that others share."""
    yield from (each.line("en") for each in kit.verdict.findings)
    if not kit.verdict.findings and kit.base_type.id not in kit.verdict.base_types:
        yield NOT_THERE


# --- forms


def form_round_trip(kit: Kit, lang: Lang) -> Iterator[str]:
    """A form that is filled in is read back with the same values."""
    statements = tuple(kit.bench.statements)
    form = Form(PILOT_ID, Words(zh="试点", en="Pilot"), PERIOD, statements, kit.layouts)
    book = openpyxl.load_workbook(io.BytesIO(workbook(form, lang)))
    made = Maker(kit.layouts, lang).tables(12)
    folder = kit.bench.folder()
    _fill_information(book[INFO_SHEET.in_(lang)], kit, lang)
    for layout, sheet in zip(kit.layouts, book.worksheets[1:], strict=False):
        for row, cells in enumerate(made[layout.id], start=3):  # the header and the example are above
            for column, spec in enumerate(layout.columns, start=1):
                sheet.cell(row, column).value = cells[spec.name].written
        kit.bench.attach(folder, layout.id, written(made[layout.id]))
    book.save(folder / "form.xlsx")
    taken = kit.bench.take_in(folder)
    yield from _errors(taken.intake.findings)
    frames = kit.bench.frames(taken)
    for layout in kit.layouts:
        if layout.id in frames:
            yield from _cell_differences(layout, made[layout.id], frames[layout.id])


def _fill_information(sheet: Any, kit: Kit, lang: Lang) -> None:
    words = {LABELS[key].in_(lang): answer.in_(lang) for key, answer in _FILLED_IN.items()}
    yes_no = {"zh": ("否", "是"), "en": ("no", "yes")}[lang]
    words |= {each.label.in_(lang): yes_no[answer] for each, answer in kit.bench.statements.items()}
    for row in sheet.iter_rows(min_row=2):
        if row[0].value in words:
            row[1].value = words[row[0].value]


def _cell_differences(layout: Layout, made: Rows, frame: pl.DataFrame) -> Iterator[str]:
    """Report cells that were read differently from how they were written; the first of each column."""
    if frame.height != len(made):
        yield f"{layout.id}: {len(made)} rows were written, but {frame.height} were read"
        return
    for column in layout.columns:
        for at, value in enumerate(frame.get_column(column.name)):
            cell = made[at][column.name]
            if value != cell.read:
                where = f"{layout.id}.{column.name}"
                yield f"{where}: “{cell.written}” was written for {cell.read!r} but read as {value!r}"
                break


def _errors(findings: Iterable[Finding]) -> Iterator[str]:
    for each in findings:
        if each.severity is Severity.ERROR:
            yield f"{each.line('en')} [{each.code}]"


# --- figures


def _refused(computed: Computed) -> Iterator[str]:
    for each in computed.faults.values():
        yield each.line("en")


def _unsound(kit: Kit, variants: Mapping[str, Frames], engine: Engine | None = None) -> Iterator[str]:
    """Report measures that can't be computed, or whose value and bounds contradict each other."""
    computed = kit.bench.compute(variants, engine=engine)
    yield from _refused(computed)
    for variant, values in computed.values.items():
        for name, value in values.items():
            fault = value.fault()
            if fault:
                yield f"{name} ({variant}): {fault}"


def valid(kit: Kit) -> Iterator[str]:
    """Rows in which every cell is filled in give every measure a value."""
    yield from _errors(kit.taken.intake.findings)
    computed = kit.bench.compute({"valid": kit.frames})
    yield from _refused(computed)
    for name, value in computed.values["valid"].items():
        if value.value is None:
            yield f"{name} has no value though every cell is filled in: a division by 0, or a condition never met?"
        elif value.fault():
            yield f"{name}: {value.fault()}"


def checks(kit: Kit) -> Iterator[str]:
    """Each check of rows lets some rows pass."""
    for name, refused in kit.refused.items():
        check = kit.compiled.checks[name]
        frame = kit.candidates[1][check.table or ""]
        if frame.height and len(refused) == frame.height:
            yield f"the check {name} rejects every row: is its condition reversed? It states what valid rows satisfy"


def nothing(kit: Kit) -> Iterator[str]:
    """A submission with nothing to report is not an error, and gives sound figures."""
    taken = kit.bench.with_checks(kit.bench.submit({layout.id: [] for layout in kit.layouts}))
    for problem in _errors(taken.intake.findings):
        yield f"with nothing to report: {problem}"
    yield from _unsound(kit, {"nothing to report": kit.bench.frames(taken)})


def one_row(kit: Kit) -> Iterator[str]:
    """Tables of a single row."""
    variants = {
        f"row {at + 1}": {table: frame.slice(at % max(1, frame.height), 1) for table, frame in kit.frames.items()}
        for at in range(5)
    }
    yield from _unsound(kit, variants)


def empty_cells(kit: Kit) -> Iterator[str]:
    """Rows in which all cells, or every second one, are empty."""
    variants: dict[str, Frames] = {"all cells empty": _blanked(kit.frames, 1.0)}
    variants |= {f"half the cells empty, {turn}": _blanked(kit.frames, 0.5, turn) for turn in (1, 2)}
    yield from _unsound(kit, variants)


def _blanked(frames: Frames, share: float, seed: int = 0) -> dict[str, pl.DataFrame]:
    chance = Random(seed)  # noqa: S311
    blanked = {}
    for table, frame in frames.items():
        parts: dict[str, list[str]] = {}
        for name in frame.columns:
            if name not in _KEYS:
                parts.setdefault(declared_name(name), []).append(name)
        for names in parts.values():
            keep = pl.Series([chance.random() >= share for _ in range(frame.height)], dtype=pl.Boolean)
            frame = frame.with_columns(pl.when(keep).then(pl.col(name)).alias(name) for name in names)
        blanked[table] = frame
    return blanked


def hostile(kit: Kit) -> Iterator[str]:
    """Numbers at the edge of what columns accept, odd words, and junk in every cell."""
    taken = kit.bench.submit({layout.id: written(_edges(layout, kit.rows[layout.id])) for layout in kit.layouts})
    yield from _errors(taken.intake.findings)
    frames = kit.bench.frames(taken)
    yield from _unsound(kit, {"extreme numbers": frames})
    ordinary = kit.bench.compute({"valid": kit.frames}).values["valid"]
    for name, value in kit.bench.compute({"extreme": frames}).values["extreme"].items():
        if value.value is None and ordinary[name].value is not None:
            yield f"{name} has no value when numbers are large: look for products of sums, or a division by 0"
    junk = {
        layout.id: [
            {column.name: JUNK[(at + shift) % len(JUNK)] for shift, column in enumerate(layout.columns)}
            for at in range(len(JUNK))
        ]
        for layout in kit.layouts
    }
    for each in kit.bench.submit(junk).intake.findings:
        if each.severity is Severity.ERROR and each.place.file is None:
            yield f"junk in a cell gave an error without a place: {each.line('en')}"


def _edges(layout: Layout, rows: Rows) -> Rows:
    """Return the rows with extreme numbers and odd words where the columns allow them."""
    bound = {*layout.unique, *(column.name for column in layout.columns if column.refers)}
    made = []
    for at, row in enumerate(rows):
        row = dict(row)
        for shift, column in enumerate(layout.columns):
            number = extreme(column, at + shift)
            if column.name in bound or column.name == "note":
                continue
            if number is not None:
                row[column.name] = Made(number, number)
            elif column.kind is Kind.TEXT:
                odd = ODD_TEXT[(at + shift) % len(ODD_TEXT)]
                row[column.name] = Made(odd, odd)
        made.append(row)
    return made


def huge(kit: Kit, rows: int) -> Iterator[str]:
    """Tables of very many rows."""
    yield from _unsound(kit, {f"{rows:,} rows": {name: _grown(frame, rows) for name, frame in kit.frames.items()}})


def _grown(frame: pl.DataFrame, rows: int) -> pl.DataFrame:
    if not frame.height:
        return frame
    many = pl.concat([frame] * -(-rows // frame.height)).head(rows)
    return many.with_columns(pl.int_range(1, rows + 1).alias(ROW))


def order(kit: Kit) -> Iterator[str]:
    """The same rows in another order give the same figures."""
    chance = Random(7)  # noqa: S311
    shuffled = {table: chance.sample(rows[::-1], len(rows)) for table, rows in kit.rows.items()}
    yield from _changes(kit, {"shuffled": kit.bench.frames(_intake_of(kit, shuffled))})


def split(kit: Kit) -> Iterator[str]:
    """The same rows in three files give the same figures."""
    yield from _changes(kit, {"in 3 files": kit.bench.frames(_intake_of(kit, kit.rows, 3))})


def _intake_of(kit: Kit, tables: Mapping[str, Rows], parts: int = 1) -> Gathered:
    return kit.bench.submit({table: written(rows) for table, rows in tables.items()}, parts)


def _changes(kit: Kit, variants: Mapping[str, Frames]) -> Iterator[str]:
    """Report measures that a variant changes."""
    computed = kit.bench.compute({"first": kit.frames, **variants})
    first = computed.values["first"]
    for variant in variants:
        for name, value in computed.values[variant].items():
            if not _same_cells(value, first[name]):
                yield f"{name}: {first[name]}; with rows {variant}: {value}"


def _same_cells(one: Value, other: Value) -> bool:
    pairs = ((one.value, other.value), (one.low, other.low), (one.high, other.high))
    return all(same_figure(a, b) for a, b in pairs)


def engines(kit: Kit, known: Sequence[Engine]) -> Iterator[str]:
    """Every engine gives the same figures, to 1e-9."""
    variants = {
        "valid": kit.frames,
        "half empty": _blanked(kit.frames, 0.5, 3),
        "approximate": kit.approximated,
        "nothing": {table: frame.head(0) for table, frame in kit.frames.items()},
    }
    first, *others = known
    expected = kit.bench.compute(variants, engine=first)
    for engine in others:
        computed = kit.bench.compute(variants, engine=engine)
        for each in computed.faults.values():
            yield f"{engine.name}: {each.line('en')}"
        for variant, values in computed.values.items():
            for name, value in values.items():
                there = expected.values[variant].get(name)
                if there is not None and not _same_cells(value, there):
                    yield f"{name} ({variant}): {there} with {first.name}, {value} with {engine.name}"


# --- bounds


def bounds(kit: Kit) -> Iterator[str]:
    """Whatever an approximate number really is, the figure is within its bounds."""
    frames, free = {table: _passing(kit, table, frame) for table, frame in kit.approximated.items()}, kit.free
    orders = kit.compiled.orders
    chance = Random(11)  # noqa: S311
    pick = {"least": lambda: 0.0, "greatest": lambda: 1.0} | {f"draw {turn}": chance.random for turn in range(1, 7)}
    exact = {
        name: {t: _drawn(f, free[t], orders.get(t, ()), at) for t, f in frames.items()} for name, at in pick.items()
    }
    computed = kit.bench.compute({"approximate": frames, **exact})
    yield from _refused(computed)
    told: set[str] = set()
    for name, value in computed.values["approximate"].items():
        fault = value.fault()
        if fault:
            yield f"{name}: {fault}"
            continue
        for variant in exact:
            true = computed.values[variant][name].value
            if true is not None and value.value is not None and not value.holds(true) and name not in told:
                told.add(name)
                yield f"{name} is {value} with approximate numbers, but {true:.10g} with the {variant} they allow"


def _passing(kit: Kit, table: str, frame: pl.DataFrame) -> pl.DataFrame:
    """Return the rows that pass the checks without which the table isn't used."""
    strict = [each for each in kit.row_checks if each.table == table and not each.spec.warning]
    refused = {row for each in strict for row in kit.bench.refused(each, frame)}
    return frame.filter(~pl.col(ROW).is_in(list(refused)))


def _drawn(
    frame: pl.DataFrame, columns: Sequence[ColumnSpec], orders: Iterable[tuple[str, str]], pick: Any
) -> pl.DataFrame:
    """Return the table with each approximate cell replaced by one of the numbers it may be, parts within wholes."""
    given = frame
    for column in columns:
        values: list[float | None] = []
        for low, high in frame.select(*three(column.name)[1:]).iter_rows():
            if low is None or high is None:
                values.append(None)
                continue
            top = high if high < UNBOUNDED else low + 10 * (abs(low) + 1)
            value = low + pick() * (top - low)
            if column.kind is not Kind.NUMBER:
                value = floor(value) if floor(value) >= low else floor(value) + 1
            values.append(float(value))
        one = pl.Series(values, dtype=pl.Float64)
        frame = frame.with_columns(one.alias(each) for each in three(column.name))
    for part, whole in sorted(orders):
        least = given.get_column(three(part).low)
        for name, drawn in (
            (whole, pl.when(pl.col(part).is_not_null()).then(pl.max_horizontal(whole, least)).otherwise(whole)),
            (part, pl.when(pl.col(part).is_not_null()).then(pl.min_horizontal(part, whole))),
        ):
            frame = frame.with_columns(drawn.alias(each) for each in three(name))
    return frame


# --- monotone

Way = Literal["up", "down"]


def monotone(kit: Kit, declared: Mapping[str, Mapping[str, Way]]) -> Iterator[str]:
    """A measure moves as its author declares when a column's cells grow."""
    for name, columns in declared.items():
        if name not in kit.measures:
            yield f"monotone names {name}, which is not a measure of the base type"
            continue
        for column, way in columns.items():
            found = _column_named(kit, kit.compiled.measures[name], column)
            if found is None:
                yield f"monotone[{name!r}] names {column}, which is not a number, date or flag of its tables"
                continue
            yield from _moves(kit, name, *found, way)


def _column_named(kit: Kit, measure: Measure, name: str) -> tuple[str, ColumnSpec] | None:
    """Return a column of the measure's table, or `table.column` of the tables it is ultimately computed from."""
    tables = kit.compiled.tables_of(measure.spec.id)
    table, _, field = name.rpartition(".")
    for layout in kit.layouts:
        if layout.id in tables and table in ("", layout.id):
            for column in layout.columns:
                if column.name == field and column.kind in {*INTERVAL_KINDS, Kind.FLAG} - {Kind.PERIOD}:
                    return layout.id, column
    return None


def _moves(kit: Kit, name: str, table: str, column: ColumnSpec, way: Way) -> Iterator[str]:
    frame = kit.frames[table]
    variants = {
        f"row {at + 1}": {**kit.frames, table: _raised(frame, column, at)} for at in range(min(20, frame.height))
    }
    computed = kit.bench.compute({"first": kit.frames, **variants}, [name])
    first = computed.values["first"][name].value
    for variant in variants:
        now = computed.values[variant][name].value
        if first is None or now is None or same_figure(first, now):
            continue
        if (now > first) != (way == "up"):
            moved = f"with more in {variant} it goes from {first:g} to {now:g}"
            yield f"{name} is declared to go {way} with {table}.{column.name}; {moved}"
            return


def _raised(frame: pl.DataFrame, column: ColumnSpec, at: int) -> pl.DataFrame:
    here = pl.int_range(pl.len()) == at
    if column.kind is Kind.FLAG:
        return frame.with_columns(pl.when(here).then(True).otherwise(pl.col(column.name)).alias(column.name))
    step = 1.0 if column.kind is not Kind.NUMBER else 10.0
    moved = three(column.name)
    return frame.with_columns(pl.when(here).then(pl.col(n) + step).otherwise(pl.col(n)).alias(n) for n in moved)

"""The hooks that pilot-eval calls in plugins; each is called once, when the plugin is loaded."""

import pluggy

from pilot_eval.extensions import Exporter, Reader, Section
from pilot_eval.method.rules import Rule
from pilot_eval.plugin.base_type import BaseType

PROJECT = "pilot_eval"
PREFIX = "pilot_eval_"
"""The prefix of every hook's name."""

ENTRY_POINTS = "pilot_eval"
"""The entry point group in which a plugin's distribution names its module."""

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@hookspec
def pilot_eval_base_types() -> list[BaseType]:  # type: ignore[empty-body]
    """Return the base types that the plugin provides.

    Each id must be unique: if two plugins provide the same id, both are in error.

        @hookimpl
        def pilot_eval_base_types() -> list[BaseType]:
            return [village]
    """


@hookspec
def pilot_eval_rules() -> list[type[Rule]]:  # type: ignore[empty-body]
    """Return your own scoring rules; a method uses them like the built-in ones.

    A rule is a frozen pydantic model: its fields are its parameters, `kind` is its name in YAML, and `share` returns a
    narwhals expression from 0 to 1. It is pure: the same measure always gives the same share.

        class SquareRoot(Rule):
            kind = "square_root"
            full: float

            def share(self, x: Expr, given: Given) -> Expr:
                return (x.clip(0.0, None) / self.full).sqrt().clip(0.0, 1.0)

            def sentence(self, points: float) -> Words:
                return Words(zh=f"按平方根，{self.full:g} 得满分", en=f"square root, full at {self.full:g}")

        @hookimpl
        def pilot_eval_rules() -> list[type[Rule]]:
            return [SquareRoot]
    """


@hookspec
def pilot_eval_readers() -> list[Reader]:  # type: ignore[empty-body]
    """Return readers of other file formats; a suffix that pilot-eval reads itself can't be overridden.

    The function runs in the child process that opens submitted files, within its limits on time and memory.

        def read_bars(path: Path) -> list[Sheet]:
            lines = path.read_text("utf-8").splitlines()
            return [Sheet(name=None, rows=[line.split("|") for line in lines])]

        @hookimpl
        def pilot_eval_readers() -> list[Reader]:
            return [Reader(".bars", read_bars)]
    """


@hookspec
def pilot_eval_sections() -> list[Section]:  # type: ignore[empty-body]
    """Return your own sections for the reports: paragraphs and tables, made from the record alone.

    Sections are data; the report escapes and lays them out.

        def gaps_of(record: EvaluationRecord, pilot: Assessment) -> list[Words | Table]:
            count = sum(each.outcome == "missing" for each in pilot.indicators)
            return [Words(zh=f"{count} 项指标缺证据。", en=f"{count} indicators lack evidence.")]

        @hookimpl
        def pilot_eval_sections() -> list[Section]:
            return [Section("gaps", Words(zh="缺口", en="Gaps"), on_pilot=gaps_of)]
    """


@hookspec
def pilot_eval_exporters() -> list[Exporter]:  # type: ignore[empty-body]
    """Return exporters of results to other formats: `pilot-eval export ROUND totals`.

    The function takes the record and the language of the command, and returns the file's bytes.

        def totals(record: EvaluationRecord, lang: Lang) -> bytes:
            lines = [f"{a.pilot.id}: {a.total.points if a.total else '-'}" for a in record.assessments]
            return "\\n".join(lines).encode()

        @hookimpl
        def pilot_eval_exporters() -> list[Exporter]:
            return [Exporter("totals", ".txt", Words(zh="总分", en="Totals"), totals)]
    """

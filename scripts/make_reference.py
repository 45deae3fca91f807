"""Writes docs/plugins/reference.md from signatures and docstrings: `python scripts/make_reference.py`."""

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from enum import EnumType, StrEnum
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from pilot_eval import model, plugin
from pilot_eval.guard import PATIENCE
from pilot_eval.messages import CATALOGUE
from pilot_eval.method.rules import RULES, Rule
from pilot_eval.plugin import hooks
from pilot_eval.plugin.columns import Column
from pilot_eval.plugin.common import common
from pilot_eval.registry import ONLY
from pilot_eval.testing import BaseTypeContract
from pilot_eval.testing.cases import Bounded, Case
from pilot_eval.testing.contract import CHECKS
from pilot_eval.units import UNITS

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "plugins" / "reference.md"

HEAD = """\
# Reference

Everything that a plugin may import: `pilot_eval.plugin`, and `pilot_eval.testing` in its tests. What isn't here is
not public and may change with any release. The [tutorial](tutorial.md) shows it in use, the [recipes](recipes.md)
answer questions.

*Made by `scripts/make_reference.py` from signatures and docstrings; change those.*
"""

COLUMNS = ("Text", "Choice", "File", "Flag", "Number", "Count", "Date")
RESULTS = ("Figure", "Claim")
DECLARING = ("BaseType", "Record", "column", "Measures", "hookimpl", "API", "Event")
EXTENDING = ("Reader", "Sheet", "Section", "Table", "Exporter", "Words", "Lang")
SCORING = ("Rule", "Given", "Expr")
RECORD = ("EvaluationRecord", "Assessment", "Quantity")
"""Every public name stands in one of the six."""

OTHER = {
    "hookimpl": "Marks a function of the plugin's module as a hook: `@hookimpl`, without arguments.",
    "API": f"The newest version of the interface: {plugin.API}. A plugin states the version it was written for as a "
    "number, not by this name: `BaseType(…, api=2)`.",
    "Lang": 'The language of a report or an export: `"zh"` or `"en"`.',
    "Expr": "An expression of [narwhals](https://narwhals-dev.github.io/narwhals/), in which a rule is written: "
    "`x.clip(0.0, None)`, `(x / self.full).sqrt()`. The module is `narwhals.stable.v2`; conditions are its "
    "`when(…).then(…).otherwise(…)`.",
    "Event": "The common table of events, for measures of your own: `def consultations(e: Event) -> Figure`.",
}
"""Names whose own docstring is not ours, or that have none."""

OPERATORS = {
    "__add__": "a + b", "__sub__": "a - b", "__neg__": "-a", "__mul__": "a * b", "__truediv__": "a / b",
    "__eq__": "a == b", "__ne__": "a != b",
    "__gt__": "a > b", "__ge__": "a >= b", "__lt__": "a < b", "__le__": "a <= b",
    "__and__": "a & b", "__or__": "a | b", "__invert__": "~a",
}  # fmt: skip


def reference() -> str:
    """The whole page."""
    parts = [HEAD, _hooks(), _declaring(), _figures(), _extending(), _scoring(), _record(), _contract()]
    parts += [_common(), _units(), _commands(), _messages()]
    return "\n".join(parts)


def doc(what: object) -> str:
    """A docstring in Markdown: what is indented becomes a block of code, parameters become a list."""
    said = re.sub(r" ?provider: the plugin, filled in when it is loaded\.", "", inspect.getdoc(what) or "")
    lines = "\n\n".join(_listed(part, _names(what)) for part in said.split("\n\n")).splitlines()
    out: list[str] = []
    code = False
    for at, line in enumerate(lines):
        indented = line.startswith("    ") or (code and not line and any(lines[at + 1 :]) and _next(lines, at))
        if indented and not code:
            out.append("```python")
        if code and not indented:
            out.append("```")
        code = bool(indented)
        out.append(line[4:] if code else line)
    return "\n".join([*out, "```"] if code else out).replace("\n\n```\n", "\n```\n")


def _names(what: Any) -> set[str]:
    """The parameters that a docstring may explain."""
    if isinstance(what, type) and issubclass(what, BaseTypeContract):
        return set(inspect.get_annotations(what))
    return set(fields_of(what)) if callable(what) else set()


def _listed(part: str, names: set[str]) -> str:
    """A paragraph of `name: what it is.` as a list."""
    one = "|".join(sorted(names)) or "$"
    found = re.split(rf"(?:^|(?<=[.)] ))((?:{one})(?:, (?:{one}))*): ", " ".join(part.split()))
    if part.startswith("    ") or len(found) == 1:
        return part
    head, *pairs = found
    items = [
        f"- `{'`, `'.join(key.split(', '))}`: {text.strip()}" for key, text in zip(pairs[::2], pairs[1::2], strict=True)
    ]
    last, sep, rest = items[-1].partition(" Raises ")
    return "\n".join(
        [*([head.strip(), ""] if head.strip() else []), *items[:-1], last, *(["", f"Raises {rest}"] if sep else [])]
    )


def _next(lines: list[str], at: int) -> bool:
    """Whether the code goes on after an empty line."""
    return next((each.startswith("    ") for each in lines[at + 1 :] if each), False)


def signature(name: str, function: Callable[..., Any]) -> str:
    """How it is called, as it would be written."""
    made = inspect.signature(function)
    parameters = [each for each in made.parameters.values() if each.name not in ("self", "provider")]
    shown = str(made.replace(parameters=parameters, return_annotation=inspect.Signature.empty))
    shown = re.sub(r"\b(?:pilot_eval|collections|typing|pathlib|narwhals)\.[\w.]*?(?=\w+\b(?!\.))", "", shown)
    shown = re.sub(r"Annotated\[(\w+),.*?\)\]", r"\1", shown)
    shown = re.sub(r"(?<=: )'([^']*)'", r"\1", shown).replace("Literal['zh', 'en']", "Lang")
    return name + re.sub(r"\bText\b", "Words", shown)  # plugins know the phrase by that name


def members(cls: type) -> Iterator[tuple[str, Any]]:
    """The public methods and properties of a class of ours, inherited ones first."""
    seen: dict[str, Any] = {}
    for base in reversed(cls.__mro__):
        if base.__module__.startswith("pilot_eval"):
            seen |= {name: each for name, each in vars(base).items() if not name.startswith("_")}
    for name, each in seen.items():
        if inspect.isfunction(each) or isinstance(each, property):
            yield name, each


def _hooks() -> str:
    lines = ["## Hooks\n\nFunctions of the plugin's module, marked with `@hookimpl`; none takes arguments."]
    for name, function in vars(hooks).items():
        if name.startswith(hooks.PREFIX):
            lines.append(f"### {name}\n\n{doc(function)}")
    return "\n\n".join(lines) + "\n"


def _declaring() -> str:
    base = plugin.BaseType
    lines = ["## Declaring a base type"]
    lines.append(f"### BaseType\n\n`{signature('BaseType', base)}`\n\n{doc(base)}")
    for name in ("table", "measure", "check"):
        function = getattr(base, name)
        lines.append(f"### BaseType.{name}\n\n`@{signature(f'village.{name}', function)}`\n\n{doc(function)}")
    lines.append(f"### Record\n\n{doc(plugin.Record)}")
    lines.append("\n".join(_method(name, each) for name, each in members(plugin.Record)))
    lines.append(f"### column\n\n`{signature('column', plugin.column)}`\n\n{doc(plugin.column)}")
    lines.append(f"### Measures\n\n{doc(plugin.Measures)}")
    lines += [f"### {name}\n\n{OTHER[name]}" for name in ("Event", "hookimpl", "API")]
    return "\n\n".join(lines) + "\n"


def _method(name: str, function: Any) -> str:
    call = name if isinstance(function, property) else signature(name, function)
    return f"- `{call}` {' '.join(doc(function).split())}"


def _figures() -> str:
    lines = [
        "## Columns and figures",
        "What `c.contacts` is inside a measure or a check, and what can be done with it.",
    ]
    lines.append("What every kind of column can do:\n\n" + "\n".join(_method(*each) for each in members(Column)))
    for name in (*COLUMNS, *RESULTS):
        cls = getattr(plugin, name)
        said = doc(cls).split("\n\n`levels")[0]
        inherited = {key for base in cls.__mro__[1:] for key in vars(base)} if name in COLUMNS else set()
        own = [(key, each) for key, each in members(cls) if key not in inherited and key not in INNER]
        operators = [f"`{shown}`" for key, shown in OPERATORS.items() if _is_there(vars(cls).get(key))]
        parent = next((each.__name__ for each in cls.__mro__[1:] if each.__name__ in COLUMNS), None)
        kind = f" It can do all that a `{parent}` can." if parent else ""
        lines.append(f"### {name}\n\n{said}{kind}")
        if operators:
            lines.append(f"Operators: {' '.join(operators)}.")
        if own:
            lines.append("\n".join(_method(*each) for each in own))
    lines.append(
        "A figure compared with `<`, `<=`, `>` or `>=` is what a check of measures returns: "
        "`def enough(m: Measures) -> Claim: return m.served <= m.members`."
    )
    lines.append(
        "Columns, conditions, figures and claims have no truth value of their own: `and`, `or`, `not`, `if`, `in`, "
        "chained comparisons (`1 < s.x < 3`) and loops over them are refused when the plugin loads. Write `&` `|` `~` "
        "with each comparison in brackets, `.isin([…])`, `.then(…, otherwise=…)`."
    )
    return "\n\n".join(lines) + "\n"


def _is_there(operator: Any) -> bool:
    """Whether a class has an operator of its own, and not only to say that it has none."""
    return operator is not None and operator.__name__ != "refused"


INNER = {"whole", "doubtful"}
"""What the pipeline asks of a condition; not for authors."""


def _named(name: str) -> str:
    thing = getattr(plugin, name)
    if name in OTHER:
        return f"### {name}\n\n{OTHER[name]}"
    call = f"`{signature(name, thing)}`\n\n" if is_dataclass(thing) or name == "Words" else ""
    return f"### {name}\n\n{call}{doc(thing)}"


def _extending() -> str:
    said = (
        "Each is given what it needs and gives plain data: the program opens, lays out and writes, so that no plugin "
    )
    lines = ["## Readers, sections, exporters", f"{said}can break what the record promises."]
    lines += [_named(name) for name in EXTENDING]
    lines.insert(-1, "\n".join(_method(*each) for each in members(plugin.Words)))
    return "\n\n".join(lines) + "\n"


def _scoring() -> str:
    said = "A method names a rule by its kind: `rule: {linear: {from: 0, to: 12}}`. With pictures: "
    lines = ["## Scoring rules", f"{said}[the guide to methods](../methods.en.md)."]
    lines.append("| kind | parameters | share of the points |\n| --- | --- | --- |")
    for kind, rule in RULES.items():
        said = " ".join((inspect.getdoc(rule) or "").split("\n\n")[0].split())
        lines[-1] += f"\n| `{kind}` | {_parameters(rule)} | {said} |"
    lines.append("### Rules of your own")
    lines += [_named(name) for name in SCORING]
    lines.insert(-2, "\n".join(_method(*each) for each in members(Rule)))
    return "\n\n".join(lines) + "\n"


def _parameters(rule: type[Rule]) -> str:
    return ", ".join(f"`{each.alias or name}`" for name, each in rule.model_fields.items())


def _record() -> str:
    lines = ["## The record", "What sections and exporters read: frozen objects, filled from the result alone."]
    lines += [f"### {name}\n\n{_model(getattr(plugin, name))}" for name in RECORD]
    named = {getattr(plugin, name) for name in RECORD}
    others = [each for each in vars(model).values() if isinstance(each, type) and issubclass(each, BaseModel)]
    for each in others:
        if each.__module__ == model.__name__ and each not in named:
            lines.append(f"### {each.__name__}\n\n{_model(each)}")
    closed = [each for each in vars(model).values() if isinstance(each, EnumType) and each is not StrEnum]
    lines.append("### Closed lists\n\n" + "\n".join(f"- `{each.__name__}`: {_members(each)}" for each in closed))
    return "\n\n".join(lines) + "\n"


def _model(cls: type[BaseModel]) -> str:
    source = inspect.getsource(cls)
    notes = dict(re.findall(r"^    (\w+): [^#\n]*# (.*)$", source, re.MULTILINE))
    types = dict(re.findall(r"^    (\w+): ([^=#\n]+?)(?: = .*?)?(?:  #.*)?$", source, re.MULTILINE))
    types = {name: re.sub(r"\bText\b", "Words", shown) for name, shown in types.items()}
    rows = [f"- `{name}: {types[name].strip(chr(34))}`{_note(notes.get(name))}" for name in cls.model_fields]
    own = vars(cls).get("__doc__")
    head = f"{doc(cls)}\n\n" if own else ""
    return head if "\n- `" in head else head + "\n".join(rows)


def _members(cls: EnumType) -> str:
    return ", ".join(f"`{each.value}`" for each in cls)  # type: ignore[attr-defined]


def _note(words: str | None) -> str:
    return f" {words}" if words else ""


def _contract() -> str:
    lines = ["## The contract", doc(BaseTypeContract)]
    rows = [f"| `{name}` | {' '.join(doc(getattr(BaseTypeContract, name)).split())} |" for name in CHECKS]
    lines.append("\n".join(["| check | what must be true |", "| --- | --- |", *rows]))
    lines.append(
        f'{len(CHECKS)} checks. To leave one out, say why: `skips = {{"test_a_huge_table": "…"}}`; the summary shows '
        "it. A check that is taken out without a reason fails `test_every_check_ran`."
    )
    lines.append(f"### Cases\n\nA YAML list; each case is:\n\n{doc(Case)}\n\n{doc(Bounded)}")
    return "\n\n".join(lines) + "\n"


def _common() -> str:
    lines = ["## What every base type has", "Tables and measures that make pilots of different types comparable."]
    for table in common.tables.values():
        columns = ", ".join(f"`{each.name}` {each.label.zh}" for each in table.record.columns_.values())
        lines.append(f"- `{table.id}` {table.label.zh} ({table.doc.rstrip('.')}): {columns}")
    lines = [*lines[:2], "\n".join(lines[2:]), "| measure | unit | |\n| --- | --- | --- |"]
    for measure in common.measures.values():
        lines[-1] += f"\n| `{measure.id}` | {measure.unit} | {measure.doc.en} |"
    return "\n\n".join(lines) + "\n"


def _units() -> str:
    rows = " · ".join(f"`{name}` {text.en}" if text.en != name else f"`{name}`" for name, text in UNITS.items())
    return f"## Units\n\n{rows}\n"


def _commands() -> str:
    return f"""\
## Commands and settings

| | |
| --- | --- |
| `pilot-eval plugin new NAME --zh … --en … --into FOLDER` | write the package of a base type |
| `pilot-eval plugins` | every plugin: version, origin, state (`ok`, `old api`, `failed`, `off`), cause; `--json` |
| `pilot-eval plugins --measures` | each base type's measures and units |
| `pilot-eval new FOLDER --type FILE` | a round with one pilot, to try a base type with its YAML |
| `--only NAME,NAME` or `{ONLY}` | load these plugins alone |
| `--trace` | show each call of a hook and what it gave |
| `{PATIENCE}` | seconds that an import or a hook may take, 20 by default |
"""


def _messages() -> str:
    said = "What loading says of a plugin; each names the plugin, its package and version, file and line."
    lines = ["## Messages", said, "| code | message | what to do |\n| --- | --- | --- |"]
    for code, entry in CATALOGUE.items():
        if code.startswith("plugin-"):
            message, hint = (text.in_("en").replace("|", "\\|").replace("{{", "{").replace("}}", "}")
                             for text in (entry.message, entry.hint))  # fmt: skip
            lines[-1] += f"\n| `{code}` | {message} | {hint} |"
    return "\n\n".join(lines) + "\n"


def fields_of(thing: Any) -> list[str]:
    """The parameters of a public name: fields of a data class or model, or arguments."""
    if is_dataclass(thing):
        return [each.name for each in fields(thing)]
    if isinstance(thing, type) and issubclass(thing, BaseModel):
        return list(thing.model_fields)
    return [name for name in inspect.signature(thing).parameters if name != "self"]


if __name__ == "__main__":
    TARGET.write_text(reference(), "utf-8")
    print(TARGET)

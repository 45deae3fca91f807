"""The changes that `mutants.py` makes: what a slip of the author, or of the next one, could look like.

In: a module's source. Out: each change as the bytes that it replaces, with the line before and after.
"""

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

COMPARED = {"<=": "<", "<": "<=", ">=": ">", ">": ">=", "==": "!=", "!=": "==", "is not": "is", "is": "is not",
            "not in": "in", "in": "not in"}  # fmt: skip
CALCULATED = {ast.Add: ("+", "-"), ast.Sub: ("-", "+"), ast.Mult: ("*", "/"), ast.Div: ("/", "*")}
NAMES = {"min": "max", "max": "min", "low": "high", "high": "low", "minimum": "maximum", "maximum": "minimum",
         "all": "any", "any": "all", "ERROR": "WARNING", "WARNING": "NOTE"}  # fmt: skip
WORDS = frozenset(
    {"zh", "en", "help", "aliases", "definition_zh", "definition_en", "description", "strict", "include_url"}
)
"""Keyword arguments that are words for readers, or a guard against what can't be."""


@dataclass(frozen=True)
class Mutant:
    """One change: bytes `start` to `end` of a module become `new`."""

    module: str
    line: int
    start: int
    end: int
    new: bytes
    before: str = field(compare=False)  # the changed line's text
    after: str = field(compare=False)


def mutants_of(module: str, source: bytes) -> list[Mutant]:
    """Return every change of a module that can be made, in order."""
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    made: dict[Mutant, None] = {}
    for start, end, new in _Changes(source, starts).of(ast.parse(source)):
        text = source[:start] + new + source[end:]
        at = source.count(b"\n", 0, start)
        pairs = zip(source.splitlines()[at:], text.splitlines()[at:], strict=False)
        before, after = next((pair for pair in pairs if pair[0] != pair[1]), (b"", b""))
        change = Mutant(module, at + 1, start, end, new, before.decode().strip(), after.decode().strip())
        if source[start:end] != new:
            made[change] = None
    return sorted(made, key=lambda each: (each.start, each.end, each.new))


Change = tuple[int, int, bytes]


class _Changes:
    """The changes of one module, by the bytes that they replace."""

    def __init__(self, source: bytes, starts: Sequence[int]) -> None:
        self.source, self.starts = source, starts

    def of(self, node: ast.AST) -> Iterator[Change]:
        """Return the changes of a node and of all within it, except in annotations and words for readers."""
        if isinstance(node, (ast.Import, ast.ImportFrom, ast.JoinedStr)):
            return
        method = getattr(self, f"_{type(node).__name__.lower()}", None)
        if method is not None:
            yield from method(node)
        for name, value in ast.iter_fields(node):
            if name in ("annotation", "returns", "type_params"):
                continue
            for child in value if isinstance(value, list) else [value]:
                words = isinstance(child, ast.keyword) and child.arg in WORDS
                dataclass = name == "decorator_list" and "dataclass" in ast.unparse(child)
                if isinstance(child, ast.AST) and not words and not dataclass:
                    yield from self.of(child)

    def _span(self, node: ast.AST) -> tuple[int, int]:
        first, last = self.starts[node.lineno - 1], self.starts[node.end_lineno - 1]  # type: ignore[attr-defined]
        return first + node.col_offset, last + node.end_col_offset  # type: ignore[attr-defined]

    def _text(self, node: ast.AST) -> bytes:
        start, end = self._span(node)
        return self.source[start:end]

    def _between(self, one: ast.AST, other: ast.AST, sign: str, new: str) -> Iterator[Change]:
        """Replace an operator that stands between two operands."""
        start, end = self._span(one)[1], self._span(other)[0]
        pattern = re.compile(rb"\s+".join(re.escape(part.encode()) for part in sign.split()))
        found = pattern.search(self.source, start, end)
        if found:
            yield found.start(), found.end(), new.encode()

    def _compare(self, node: ast.Compare) -> Iterator[Change]:
        operands = [node.left, *node.comparators]
        signs = {ast.LtE: "<=", ast.Lt: "<", ast.GtE: ">=", ast.Gt: ">", ast.Eq: "==", ast.NotEq: "!=",
                 ast.Is: "is", ast.IsNot: "is not", ast.In: "in", ast.NotIn: "not in"}  # fmt: skip
        for one, operator, other in zip(operands, node.ops, node.comparators, strict=False):
            sign = signs[type(operator)]
            yield from self._between(one, other, sign, COMPARED[sign])
        for each in operands:
            yield from self._choice(each)

    def _boolop(self, node: ast.BoolOp) -> Iterator[Change]:
        signs = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
        for one, other in zip(node.values, node.values[1:], strict=False):
            yield from self._between(one, other, *signs)

    def _binop(self, node: ast.BinOp) -> Iterator[Change]:
        if type(node.op) in CALCULATED:
            yield from self._between(node.left, node.right, *CALCULATED[type(node.op)])

    def _unaryop(self, node: ast.UnaryOp) -> Iterator[Change]:
        if isinstance(node.op, (ast.Not, ast.Invert)):
            yield *self._span(node), self._text(node.operand)

    def _constant(self, node: ast.Constant) -> Iterator[Change]:
        if isinstance(node.value, bool):
            yield *self._span(node), str(not node.value).encode()
        elif isinstance(node.value, (int, float)):
            yield *self._span(node), str(_other(node.value)).encode()

    def _choice(self, node: ast.AST | None) -> Iterator[Change]:
        """Change an id: a word that is compared, or a key; not a sentence."""
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.fullmatch(r"\w+", node.value):
            yield *self._span(node), repr(f"{node.value}_other").encode()

    def _name(self, node: ast.Name) -> Iterator[Change]:
        if node.id in NAMES and isinstance(node.ctx, ast.Load):
            yield *self._span(node), NAMES[node.id].encode()

    def _attribute(self, node: ast.Attribute) -> Iterator[Change]:
        if node.attr in NAMES and isinstance(node.ctx, ast.Load):
            end = self._span(node)[1]
            yield end - len(node.attr), end, NAMES[node.attr].encode()

    def _call(self, node: ast.Call) -> Iterator[Change]:
        for each in node.keywords:
            if each.arg and each.arg not in WORDS and not isinstance(each.value, (ast.Name, ast.Attribute, ast.Call)):
                yield self._without(self._span(each))
            yield from self._choice(each.value) if each.arg == "name" else ()

    def _dict(self, node: ast.Dict) -> Iterator[Change]:
        for key, value in zip(node.keys, node.values, strict=True):
            if key is not None:
                yield self._without((self._span(key)[0], self._span(value)[1]))
                yield from self._choice(key)

    def _list(self, node: ast.List | ast.Set | ast.Tuple) -> Iterator[Change]:
        if isinstance(getattr(node, "ctx", None), ast.Store):
            return
        for each in node.elts:
            if len(node.elts) > 1:
                yield self._without(self._span(each))
            yield from self._choice(each)

    _set = _list

    def _tuple(self, node: ast.Tuple) -> Iterator[Change]:
        if all(isinstance(each, ast.Constant) for each in node.elts):
            yield from self._list(node)

    def _without(self, span: tuple[int, int]) -> Change:
        """Take out an argument or an element, with the comma after it."""
        comma = re.compile(rb"\s*,\s*").match(self.source, span[1])
        return span[0], comma.end() if comma else span[1], b""

    def _expr(self, node: ast.Expr) -> Iterator[Change]:
        if not isinstance(node.value, ast.Constant):  # a docstring
            yield *self._span(node), b"pass"

    def _augassign(self, node: ast.AugAssign) -> Iterator[Change]:
        yield *self._span(node), b"pass"

    def _continue(self, node: ast.stmt) -> Iterator[Change]:
        yield *self._span(node), b"pass"

    _break = _raise = _continue

    def _if(self, node: ast.If) -> Iterator[Change]:
        if not node.orelse and self.source[self._span(node)[0] :].startswith(b"if"):
            yield *self._span(node), b"pass"

    def _return(self, node: ast.Return) -> Iterator[Change]:
        if node.value is not None and not (isinstance(node.value, ast.Constant) and node.value.value in (None, False)):
            empty = {ast.List: b"[]", ast.ListComp: b"[]", ast.Tuple: b"()", ast.Dict: b"{}", ast.DictComp: b"{}"}
            yield *self._span(node.value), empty.get(type(node.value), b"None")


def _other(number: float) -> float:
    """Return another number that could have been meant: a switch turned, a threshold moved."""
    if number in (0, 1):
        return 1 - number
    if isinstance(number, float):
        return number * 2
    return 1 if number == 100 else number + 1 if number < 20 else number // 10

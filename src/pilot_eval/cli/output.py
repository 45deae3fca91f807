"""The output of commands: findings, JSON, progress, paths of the files written."""

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from pilot_eval.cli.language import LANG, say

if TYPE_CHECKING:
    from pilot_eval.api import Finding

_STYLES: dict[str, dict[str, Any]] = {"error": {"fg": "red"}, "warning": {"fg": "yellow"}, "note": {"dim": True}}
"""Most severe first."""


def show(findings: Iterable["Finding"], *, notes: bool = True) -> None:
    """Print findings to standard error, one per line, most severe first, then their number."""
    order = list(_STYLES)
    listed = sorted(findings, key=lambda each: order.index(each.severity.value))
    for each in listed:
        if notes or each.severity.value != "note":
            severity = click.style(each.severity.label.in_(LANG), **_STYLES[each.severity.value])
            click.echo(f"{severity} {each.line(LANG)} [{each.code}]", err=True)
    counts = [sum(each.severity.value == value for each in listed) for value in order]
    if listed:
        total = say("共 {} 个错误，{} 个提醒，{} 个提示", "errors: {}, warnings: {}, notes: {}")
        click.echo(total.format(*counts), err=True)


def conclude(findings: Sequence["Finding"], as_json: bool, fine: str) -> NoReturn:
    """Print the findings, and `fine` if they are notes alone or none; exit with 0 if so, else with 1."""
    wrong = any(each.severity.value != "note" for each in findings)
    if as_json:
        print_json(findings_json(findings))
    else:
        show(findings)
        if not wrong:
            click.echo(fine)
    sys.exit(1 if wrong else 0)


def print_json(data: Any) -> None:
    click.echo(json.dumps(data, ensure_ascii=False, indent=1))


def findings_json(findings: Iterable["Finding"]) -> list[Any]:
    return [each.model_dump(mode="json") for each in findings]


def write(target: Path, data: bytes) -> None:
    """Write a file, create its folder if needed, and print its path."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
    click.echo(str(target))


def progress() -> Callable[[str, int, int], None]:
    """Return a reporter that rewrites one line on a terminal, and prints nothing if output goes elsewhere."""
    words = {"check": say("读取材料", "reading submissions"), "assess": say("评分", "scoring")}
    terminal = sys.stderr.isatty()

    def report(step: str, done: int, total: int) -> None:
        if terminal:
            end = "\n" if done == total else ""
            click.echo(f"\r{words[step]} {done}/{total}{end}", nl=False, err=True)

    return report

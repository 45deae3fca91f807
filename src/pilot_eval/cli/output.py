"""What commands print: findings, JSON, progress, the paths of files that they wrote."""

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from pilot_eval.cli.language import LANG, say

if TYPE_CHECKING:
    from pilot_eval.api import Finding

_SEVERITIES = {
    "error": click.style(say("错误", "error"), fg="red"),
    "warning": click.style(say("提醒", "warning"), fg="yellow"),
    "note": click.style(say("提示", "note"), dim=True),
}
"""Gravest first."""


def show(findings: Iterable["Finding"], *, notes: bool = True) -> None:
    """Print findings on standard error, a line each, gravest first, then how many there are."""
    order = list(_SEVERITIES)
    listed = sorted(findings, key=lambda each: order.index(each.severity.value))
    for each in listed:
        if notes or each.severity.value != "note":
            click.echo(f"{_SEVERITIES[each.severity.value]} {each.line(LANG)} [{each.code}]", err=True)
    counts = [sum(each.severity.value == severity for each in listed) for severity in order]
    if listed:
        total = say("共 {} 个错误，{} 个提醒，{} 个提示", "{} errors, {} warnings, {} notes")
        click.echo(total.format(*counts), err=True)


def conclude(findings: Sequence["Finding"], as_json: bool, fine: str) -> NoReturn:
    """Print findings, or that all is well, and exit: 1 with findings, 0 without."""
    if as_json:
        print_json(findings_json(findings))
    elif findings:
        show(findings)
    else:
        click.echo(fine)
    sys.exit(1 if findings else 0)


def print_json(data: Any) -> None:
    click.echo(json.dumps(data, ensure_ascii=False, indent=1))


def findings_json(findings: Iterable["Finding"]) -> list[Any]:
    return [each.model_dump(mode="json") for each in findings]


def write(target: Path, data: bytes) -> None:
    """Write a file, and its folder if there is none; print where it is."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
    click.echo(str(target))


def progress() -> Callable[[str, int, int], None]:
    """A line that is rewritten on a terminal; nothing where the output goes elsewhere."""
    words = {"check": say("读取材料", "reading submissions"), "assess": say("评分", "scoring")}
    terminal = sys.stderr.isatty()

    def report(step: str, done: int, total: int) -> None:
        if terminal:
            end = "\n" if done == total else ""
            click.echo(f"\r{words[step]} {done}/{total}{end}", nl=False, err=True)

    return report

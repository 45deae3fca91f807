"""The evaluator's desk: `status`."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pilot_eval.cli.group import JSON, ROUND, main, open_round
from pilot_eval.cli.language import LANG, say
from pilot_eval.cli.output import print_json, progress, show

if TYPE_CHECKING:
    from pilot_eval.api import PilotStatus


@main.command(
    help=say(
        "各试点的进展：收到了什么，缺什么，错误和评分各等谁，下一步做什么",
        "Where each pilot stands: what has come, what is missing, who has to act, and what to do next",
    )
)
@ROUND
@click.option(
    "--pilot", "pilots", multiple=True, help=say("只看这个试点（可多次使用）", "this pilot only (may be repeated)")
)
@click.option(
    "--letters",
    "folder",
    type=click.Path(path_type=Path),
    help=say(
        "在此目录给有问题的单位各写一封信，并附带批注的副本",
        "write a letter to each organisation with something to correct, and annotated copies, to this folder",
    ),
)
@JSON
def status(round_folder: Path, pilots: tuple[str, ...], folder: Path | None, as_json: bool) -> None:
    from pilot_eval import api

    space = open_round(round_folder)
    desk = api.desk_of(space, pilots, progress())
    failures = api.write_letters(space, folder, LANG, pilots) if folder is not None else []
    if as_json:
        print_json(desk.model_dump(mode="json"))
    else:
        for each in desk.pilots:
            for line in _lines(each):
                click.echo(api.terminal_safe(line))
        show([*desk.others, *failures])
    sys.exit(1 if failures else 0)


def _lines(status: "PilotStatus") -> Iterator[str]:
    yield f"{status.pilot} {status.label.in_(LANG)} — {status.next.in_(LANG)}"
    came = [say(f"{status.files} 个文件", f"files: {status.files}")]
    if status.last_on:
        late = say("，逾期", ", late") if status.late else ""
        came.append(say(f"最近收到于 {status.last_on}{late}", f"last received on {status.last_on}{late}"))
    if status.by_hand:
        came.append(say(f"{status.by_hand} 个未经 import", f"not imported: {status.by_hand}"))
    if status.errors or status.warnings:
        came.append(
            say(
                f"{status.errors} 个错误、{status.warnings} 个提醒",
                f"errors: {status.errors}, warnings: {status.warnings}",
            )
        )
    yield "  " + say("；", "; ").join(came)
    for lack in status.missing:
        yield say("  缺：", "  missing: ") + lack.said.in_(LANG)
    for item in status.open_scores:
        yield say("  待评分：", "  to be scored: ") + f"{item.label.in_(LANG)} ({item.id}, {item.points:g})"

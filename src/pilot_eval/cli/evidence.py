"""Commands for submitted evidence: `check`, `import`."""

import dataclasses
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pilot_eval.cli.group import BY, JSON, ROUND, main, open_round
from pilot_eval.cli.language import LANG, say
from pilot_eval.cli.output import findings_json, print_json, progress, show

if TYPE_CHECKING:
    from pilot_eval.api import Change, Gathered, Received, Sorted, Workspace


@main.command(
    help=say(
        "检查提交材料，列出全部问题，不评分", "Check the submissions and list everything that is wrong; no scoring"
    )
)
@ROUND
@click.option(
    "--pilot", "pilots", multiple=True, help=say("只检查这个试点（可多次使用）", "this pilot only (may be repeated)")
)
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "json", "csv", "sarif"]),
    default="text",
    help=say("输出格式", "output format"),
)
@click.option(
    "--annotate",
    "folder",
    type=click.Path(path_type=Path),
    help=say("在此目录生成带批注的副本，可退回填报单位", "write annotated copies to this folder, to send back"),
)
@JSON
def check(round_folder: Path, pilots: tuple[str, ...], shape: str, folder: Path | None, as_json: bool) -> None:
    from pilot_eval import api

    space = open_round(round_folder)
    gathered = api.check(space, pilots, progress())
    findings = list(dict.fromkeys(each for pilot in gathered.values() for each in pilot.intake.findings))
    unsent = api.unsent(space, pilots)
    findings += [*unsent, *api.check_reviews(space, gathered, pilots), *space.troubles]
    if not pilots:
        findings += api.strays(space)
    if folder is not None:
        written, failures = api.annotate(space, gathered, folder, LANG)
        findings += failures
        for path in written:
            click.echo(str(path), err=True)
    if as_json or shape == "json":
        print_json(findings_json(findings))
    elif shape == "csv":
        sys.stdout.buffer.write(api.findings_csv(findings, LANG))
    elif shape == "sarif":
        print_json(api.findings_sarif(findings, LANG))
    else:
        show(findings)
        checked = len([name for name in gathered if name not in space.method.given])
        click.echo(say(f"已检查 {checked} 份提交材料", f"submissions checked: {checked}"))
        for line in _lacking(space, gathered, len(unsent)):
            click.echo(line)
    grave = any(each.severity is api.Severity.ERROR for each in findings)
    sys.exit(3 if space.troubles else 1 if grave else 0)


def _lacking(space: "Workspace", gathered: "Mapping[str, Gathered]", unsent: int) -> Iterator[str]:
    """Yield what is missing, a line for each pilot."""
    from pilot_eval import api

    if unsent:
        yield say(f"没有提交材料的试点：{unsent} 个", f"pilots that submitted nothing: {unsent}")
    found = {pilot: lacks for pilot, lacks in api.lacking(space, gathered).items() if lacks}
    if found:
        yield say(
            "缺少的证据表（没有提交，也没有声明本期无记录）：", "missing tables, neither sent nor declared empty:"
        )
    for pilot, lacks in found.items():
        tables = say("、", ", ").join(lack.table.in_(LANG) for lack in lacks)
        points = api.points_of(item for lack in lacks for item in lack.indicators)
        stakes = [say(f"{points:g} 分", f"{points:g} points")] if points else []
        stakes += [say("暂不定级", "no grade")] if any(lack.adverse for lack in lacks) else []
        yield f"  {pilot}: {tables}" + say("（{}）", " ({})").format(say("，", ", ").join(stakes))


@main.command(
    "import",
    help=say(
        "把收到的一批文件分到各试点的目录，并说明依据",
        "Sort a folder of files into the pilots' folders, with the reason for each",
    ),
)
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@ROUND
@click.option(
    "--map",
    "mapping",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help=say("映射文件（YAML）：文件: 试点编号，或 skip", "mapping file (YAML): file: pilot, or skip"),
)
@click.option(
    "--replace",
    is_flag=True,
    help=say(
        "更正件：被更正的文件移入 archive，并说明哪些表和数字变了",
        "corrections: what they replace goes to the folder archive; says which tables and figures change",
    ),
)
@click.option(
    "--received", type=click.DateTime(["%Y-%m-%d"]), help=say("收到日期（默认今天）", "day of receipt (default today)")
)
@click.option("--reason", default="", help=say("逾期仍收下的理由", "why files are taken in after the deadline"))
@BY
@click.option("--dry-run", is_flag=True, help=say("仅预览，不复制", "preview; copy nothing"))
@JSON
def import_(
    folder: Path,
    round_folder: Path,
    mapping: Path | None,
    replace: bool,
    received: datetime | None,
    reason: str,
    by: str,
    dry_run: bool,
    as_json: bool,
) -> None:
    from pilot_eval import api

    space = open_round(round_folder)
    given = api.read_mapping(mapping) if mapping else {}
    asking = sys.stdin.isatty() and not as_json
    decided = api.sort_folder(space, folder, given)
    unknown = _unmatched(decided, given)
    if unknown and asking:
        given |= _ask(unknown, [pilot.id for pilot in space.pilots()])
        decided = api.sort_folder(space, folder, given)
        unknown = _unmatched(decided, given)
    refused = [each.refused for each in decided if each.refused is not None]
    now = datetime.now().astimezone()
    how = api.Receiving(by, now, received.date() if received else now.date(), replace, reason)
    taken, findings = ([], []) if dry_run else api.receive(space, folder, decided, how)
    if asking and any(each.code in ("import-exists", "import-corrects") for each in findings) and not replace:
        show(findings)
        question = say(
            "这些是更正件，替换原文件（原文件移入 archive）？", "Are these corrections, to replace the older files?"
        )
        if click.confirm(question):
            more, findings = api.receive(space, folder, decided, dataclasses.replace(how, replace=True))
            taken = [*taken, *more]
    findings = [*refused, *findings]
    if as_json:
        files = [each.model_dump(mode="json") for each in decided]
        pilots = [each.model_dump(mode="json") for each in taken]
        print_json({"files": files, "received": pilots, "findings": findings_json(findings)})
    else:
        _say_sorted(space, decided)
        for each in taken:
            for line in _received_said(each):
                click.echo(api.terminal_safe(line))
        show(findings)
        _say_unmatched(unknown)
    sys.exit(1 if unknown or findings else 0)


def _say_sorted(space: "Workspace", decided: "Iterable[Sorted]") -> None:
    from pilot_eval import api

    base_types = {pilot.id: pilot.base_type for pilot in space.pilots()}
    for each in decided:
        known = space.compiled[base_types.get(each.pilot, each.pilot)].tables if each.pilot else {}
        held = say("、", ", ").join(known[table].label.in_(LANG) for table in each.tables)
        tables = say(f"（{held}）", f" ({held})") if held else ""
        line = f"{each.file} → {each.target or '—'}{tables}  {each.how.in_(LANG)}"
        click.echo(api.terminal_safe(line))


def _received_said(received: "Received") -> Iterator[str]:
    """Yield what corrections replaced and changed, and what had been received before, a line each."""
    known = [each for each in received.taken if each.same_as]
    if known:
        names = say("、", ", ").join(each.same_as or "" for each in known[:3]) + (" …" if len(known) > 3 else "")
        yield say(
            f"{received.pilot}：{len(known)} 个文件以前已收到，内容相同（{names}）",
            f"{received.pilot}: files received before, unchanged: {len(known)} ({names})",
        )
    for each in received.taken:
        for older in each.replaces:
            yield say(f"{each.target} 替换 {older}", f"{each.target} replaces {older}")
    for change in received.rows:
        yield _change_said(change) + say(" 行", " rows")
    for change in received.figures:
        yield _change_said(change)
    if any(each.replaces for each in received.taken) and not (received.rows or received.figures):
        yield say("  行数和测算值都没有变化", "  no number of rows and no figure changes")


def _change_said(change: "Change") -> str:
    before, after = ("—" if each is None else f"{each:,.12g}" for each in (change.before, change.after))
    return f"  {change.label.in_(LANG)}: {before} → {after}"


def _say_unmatched(unknown: Sequence[str]) -> None:
    from pilot_eval import api

    if unknown:
        title = say("没有匹配到试点的文件可写进映射文件：", "Files matched to no pilot can go into a mapping file:")
        click.echo(title, err=True)
    for file in unknown:
        click.echo(f"  {api.terminal_safe(json.dumps(file, ensure_ascii=False))}: skip", err=True)


def _unmatched(decided: Iterable["Sorted"], given: Mapping[str, str]) -> list[str]:
    """Return the files that neither their contents nor the mapping assign to a pilot."""
    return [each.file for each in decided if each.pilot is None and each.refused is None and each.file not in given]


def _ask(files: Sequence[str], pilots: Sequence[str]) -> dict[str, str]:
    """Ask for the pilot of each file; an empty answer skips it."""
    from pilot_eval import api

    choice = click.Choice([*pilots, "skip"])
    question = say("属于哪个试点（编号，或 skip）", "which pilot (id, or skip)")
    return {
        file: click.prompt(f"{api.terminal_safe(file)}: {question}", default="skip", type=choice, show_choices=False)
        for file in files
    }

"""The command line: arguments, progress, exit codes; everything else is in `api`."""

import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pilot_eval.errors import Finding, PilotEvalError, Severity, terminal_safe
from pilot_eval.text import LANGS, Lang

if TYPE_CHECKING:
    from pilot_eval.api import Workspace
    from pilot_eval.evidence.intake.inbox import Sorted


def _lang(arguments: Sequence[str]) -> Lang:
    """The language asked for: `--lang en`, else PILOT_EVAL_LANG, else Chinese."""
    asked = os.environ.get("PILOT_EVAL_LANG", "").lower()[:2]  # en_US, EN
    for at, argument in enumerate(arguments):
        if argument == "--lang":
            asked = "".join(arguments[at + 1 : at + 2])
        elif argument.startswith("--lang="):
            asked = argument.removeprefix("--lang=")
    return "en" if asked == "en" else "zh"


LANG: Lang = _lang(sys.argv[1:])


def say(zh: str, en: str) -> str:
    return zh if LANG == "zh" else en


HELP = say(
    """评价试点项目：从提交的证据到可比较、可核对的评分报告。

    \b
    退出码：0 完成 · 1 证据有问题 · 2 用法有误 · 3 评价办法或插件有问题""",
    """Evaluate pilot programmes: from submitted evidence to scored, comparable reports that anyone can check.

    \b
    Exit codes: 0 done · 1 problems in evidence · 2 usage · 3 problems in a method or plugin""",
)


class _Group(click.Group):
    """Turns findings into messages and exit codes; takes `--lang`, `--only` and `--trace` after a command as well."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        ours, rest, waiting = [], [], iter(args)
        for argument in waiting:
            if argument in ("--lang", "--only"):
                ours += [argument, *([value] if (value := next(waiting, None)) is not None else [])]
            elif argument == "--trace" or argument.startswith(("--lang=", "--only=")):
                ours.append(argument)
            else:
                rest.append(argument)
        return super().parse_args(ctx, [*ours, *rest])

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except PilotEvalError as error:
            show(error.findings)
            ctx.exit(error.exit_code)
        except OSError as error:
            from pilot_eval.errors import Place, finding

            show([finding("usage-file", Place(file=error.filename), cause=error.strerror or str(error))])
            ctx.exit(2)


@click.group(cls=_Group, help=HELP, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--lang",
    type=click.Choice(LANGS),
    default=LANG,
    help=say("界面语言（也可用 PILOT_EVAL_LANG 设定）", "language (or set PILOT_EVAL_LANG)"),
)
@click.version_option(
    package_name="pilot-eval", message="%(prog)s %(version)s", help=say("显示版本", "show the version")
)
@click.option(
    "--only",
    help=say(
        "只载入这些插件，用逗号分开（也可用 PILOT_EVAL_PLUGINS 设定）",
        "load these plugins only, parted by commas (or set PILOT_EVAL_PLUGINS)",
    ),
)
@click.option("--trace", is_flag=True, help=say("显示插件钩子的调用", "show the calls of the plugins' hooks"))
def main(lang: str, only: str | None, trace: bool) -> None:
    if only is not None:
        os.environ["PILOT_EVAL_PLUGINS"] = only
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]


_ROUND = click.argument("round_folder", metavar="ROUND", type=click.Path(path_type=Path))
_JSON = click.option("--json", "as_json", is_flag=True, help=say("以 JSON 输出", "print JSON"))


def show(findings: Iterable[Finding], *, notes: bool = True) -> None:
    """Findings on standard error, a line each, gravest first, then how many there are."""
    order = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}
    marks = {
        Severity.ERROR: click.style(say("错误", "error"), fg="red"),
        Severity.WARNING: click.style(say("提醒", "warning"), fg="yellow"),
        Severity.NOTE: click.style(say("说明", "note"), dim=True),
    }
    listed = sorted(findings, key=lambda each: order[each.severity])
    for each in listed:
        if notes or each.severity is not Severity.NOTE:
            click.echo(f"{marks[each.severity]} {each.line(LANG)} [{each.code}]", err=True)
    counts = [sum(each.severity is severity for each in listed) for severity in order]
    if listed:
        click.echo(
            say("合计 {} 处错误，{} 处提醒，{} 处说明", "{} errors, {} warnings, {} notes").format(*counts), err=True
        )


def _progress() -> Callable[[str, int, int], None]:
    """A line that is written over on a terminal; nothing where the output goes elsewhere."""
    words = {"check": say("读取材料", "reading submissions"), "assess": say("评分", "scoring")}
    terminal = sys.stderr.isatty()

    def progress(step: str, done: int, total: int) -> None:
        if terminal:
            end = "\n" if done == total else ""
            click.echo(f"\r{words[step]} {done}/{total}{end}", nl=False, err=True)

    return progress


def _write(target: Path, data: bytes) -> None:
    """Write a file, its folder too where there is none, and say where it lies."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
    click.echo(str(target))


def _out(data: Any) -> None:
    click.echo(json.dumps(data, ensure_ascii=False, indent=1))


def _as_json(findings: Iterable[Finding]) -> list[Any]:
    return [each.model_dump(mode="json") for each in findings]


def _open(folder: Path) -> "Workspace":
    from pilot_eval.api import open_round
    from pilot_eval.registry import discover

    return open_round(folder, discover(_trace()))


def _trace() -> Callable[[str], None] | None:
    """Where hook calls are told, with `--trace`."""
    asked = click.get_current_context().find_root().params["trace"]
    return (lambda line: click.echo(line, err=True)) if asked else None


@main.command(
    help=say(
        "新建评价轮次：设定、评价办法副本、每个试点的目录和空表",
        "Make a round: settings, a copy of the method, a folder and a form for each pilot",
    )
)
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--method", default="zhengzhou-2018", show_default=True, help=say("评价办法的编号或目录", "a method's id or folder")
)
@click.option(
    "--type",
    "own",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help=say(
        "试用自己的类型：它的指标 YAML；只登记一个试点", "try a base type of your own: its YAML; registers one pilot"
    ),
)
def new(folder: Path, method: str, own: Path | None) -> None:
    from pilot_eval.api import new_round
    from pilot_eval.registry import discover

    space = new_round(folder, method, LANG, discover(_trace()), own)
    count = len(space.pilots())
    click.echo(
        say(
            f"已建 {folder}（{count} 个试点）。\n"
            f"1. 在 {folder / 'round.yaml'} 里写明评价期间\n"
            f"2. 把 {folder / 'forms'} 里的空表发给各单位\n"
            f"3. 收回的表放进 {folder / 'submissions'} 下对应的目录\n"
            f"4. pilot-eval assess {folder}",
            f"Made {folder} ({count} pilots).\n"
            f"1. Write the period into {folder / 'round.yaml'}\n"
            f"2. Send out the forms in {folder / 'forms'}\n"
            f"3. Put what comes back into the pilot's folder under {folder / 'submissions'}\n"
            f"4. pilot-eval assess {folder}",
        )
    )
    show(space.troubles)
    sys.exit(3 if space.troubles else 0)


@main.command(
    help=say(
        "复制示例轮次：评价办法、15 个试点的提交材料、评审意见",
        "Copy the example round: its method, the submissions of 15 pilots, the reviews",
    )
)
@click.argument("folder", type=click.Path(path_type=Path))
def example(folder: Path) -> None:
    from pilot_eval.api import example_round

    example_round(folder)
    click.echo(say(f"已建 {folder}\n1. pilot-eval assess {folder}", f"Made {folder}\n1. pilot-eval assess {folder}"))


@main.command(help=say("生成某个试点的填报空表（XLSX）", "Write the form of a pilot (XLSX) to fill in"))
@_ROUND
@click.argument("pilot")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help=say("写到哪个文件（默认 PILOT.xlsx）", "where to write it (default PILOT.xlsx)"),
)
def template(round_folder: Path, pilot: str, output: Path | None) -> None:
    from pilot_eval.evidence.forms.blank import workbook

    space = _open(round_folder)
    _write(output or Path(f"{pilot}.xlsx"), workbook(space.form(space.pilots([pilot])[0]), LANG))


@main.command(
    help=say(
        "检查提交材料，列出全部问题，不评分", "Check the submissions and list everything that is wrong; no scoring"
    )
)
@_ROUND
@click.option("--pilot", "pilots", multiple=True, help=say("只查这些试点", "these pilots only"))
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "json", "csv", "sarif"]),
    default="text",
    help=say("输出格式", "how to print the findings"),
)
@click.option(
    "--annotate",
    "folder",
    type=click.Path(path_type=Path),
    help=say("把批注过的副本写进这个目录，可退回填报单位", "write annotated copies into this folder, to send back"),
)
@_JSON
def check(round_folder: Path, pilots: tuple[str, ...], shape: str, folder: Path | None, as_json: bool) -> None:
    from pilot_eval import __version__, api
    from pilot_eval.exports import findings as exported

    space = _open(round_folder)
    gathered = api.check(space, pilots, _progress())
    findings = [each for pilot in gathered.values() for each in pilot.intake.findings]
    findings += space.troubles
    if not pilots:
        findings += api.strays(space)
    if folder is not None:
        written, failures = api.annotate(space, gathered, folder, LANG)
        findings += failures
        for path in written:
            click.echo(str(path), err=True)
    if as_json or shape == "json":
        _out(_as_json(findings))
    elif shape == "csv":
        sys.stdout.buffer.write(exported.to_csv(findings, LANG))
    elif shape == "sarif":
        _out(exported.to_sarif(findings, __version__, LANG))
    else:
        show(findings)
        click.echo(say(f"检查了 {len(gathered)} 份材料", f"{len(gathered)} submissions checked"))
    grave = any(each.severity is Severity.ERROR for each in findings)
    sys.exit(3 if space.troubles else 1 if grave else 0)


@main.command(
    "import",
    help=say(
        "把收到的一批文件分到各试点的目录，并说明依据", "Sort a folder of files into the pilots' folders, and say why"
    ),
)
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@_ROUND
@click.option(
    "--map",
    "mapping",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help=say("映射文件（YAML）：文件: 试点编号，或 skip", "mapping file (YAML): file: pilot, or skip"),
)
@click.option("--dry-run", is_flag=True, help=say("只说明，不复制", "say it, copy nothing"))
@_JSON
def import_(folder: Path, round_folder: Path, mapping: Path | None, dry_run: bool, as_json: bool) -> None:
    from pilot_eval import api

    space = _open(round_folder)
    given = api.read_mapping(mapping) if mapping else {}
    decided = api.sort_folder(space, folder, given)
    unknown = _nobodys(decided, given)
    if unknown and sys.stdin.isatty() and not as_json:
        given |= _ask(unknown, [pilot.id for pilot in space.pilots()])
        decided = api.sort_folder(space, folder, given)
        unknown = _nobodys(decided, given)
    findings = [each.refused for each in decided if each.refused is not None]
    findings += [] if dry_run else api.place(space, folder, decided)
    if as_json:
        _out({"files": [each.model_dump(mode="json") for each in decided], "findings": _as_json(findings)})
    else:
        for each in decided:
            tables = f"（{', '.join(each.tables)}）" if each.tables else ""
            click.echo(terminal_safe(f"{each.file} → {each.target or '—'}{tables}  {each.how.in_(LANG)}"))
        show(findings)
        if unknown:
            click.echo(
                say("没有归属的文件可写进映射文件：", "Files that are nobody's can go into a mapping file:"), err=True
            )
            for file in unknown:
                click.echo(f"  {terminal_safe(json.dumps(file, ensure_ascii=False))}: skip", err=True)
    sys.exit(1 if unknown or findings else 0)


def _nobodys(decided: Iterable["Sorted"], given: Mapping[str, str]) -> list[str]:
    """The files of which nobody has said whose they are."""
    return [each.file for each in decided if each.pilot is None and each.refused is None and each.file not in given]


def _ask(files: Sequence[str], pilots: Sequence[str]) -> dict[str, str]:
    """Ask for the pilot of each file; an empty answer skips it."""
    return {
        file: click.prompt(
            terminal_safe(file), default="skip", type=click.Choice([*pilots, "skip"]), show_choices=False
        )
        for file in files
    }


@main.command(help=say("评价：读取材料、评分、生成报告，写入 results", "Assess: read, score, report, into results"))
@_ROUND
@_JSON
def assess(round_folder: Path, as_json: bool) -> None:
    from pilot_eval import api

    space = _open(round_folder)
    with space.round.locked():
        record = api.assess(space, progress=_progress())
        failed = api.publish(space.round, record, space.registry)
    labels = {band.id: band.label.in_(LANG) for band in record.method.bands}
    if as_json:
        rows = [each.model_dump(mode="json", include=_SUMMARY) for each in record.assessments]
        _out({"record": str(space.round.results / "record.json"), "assessments": rows})
    else:
        for each in record.assessments:
            grade = labels.get(each.grade or "") or _STANDINGS[each.standing.value]
            total = f"{each.total.points:6.2f} ({each.total.low:.2f}–{each.total.high:.2f})" if each.total else "     —"
            click.echo(f"{each.pilot.id:16} {grade:4} {total}  {each.pilot.label.in_(LANG)}")
        findings = [each for pilot in record.assessments for each in pilot.findings]
        ours = [each for each in record.findings if not each.code.startswith("plugin-")]
        show([*space.troubles, *ours, *findings, *failed], notes=False)  # troubles say where a plugin's file lies
        click.echo(say("报告：", "Reports: ") + str(space.round.results / LANG / "index.html"))
    sys.exit(3 if failed else api.exit_code(record))


_STANDINGS = {
    "graded": "",
    "withheld": say("不定级", "withheld"),
    "error": say("出错", "error"),
    "not_submitted": say("未提交", "nothing submitted"),
}
_SUMMARY: Any = {
    "pilot": {"id"}, "standing": True, "grade": True, "grade_low": True, "grade_high": True, "total": True,
    "common": True, "coverage": True,
}  # fmt: skip


@main.command(help=say("由评价档案重新生成报告（不重新评分）", "Render the reports again from the record (no scoring)"))
@_ROUND
@click.option("-o", "--output", type=click.Path(path_type=Path), help=say("写到另一个目录", "write to another folder"))
def report(round_folder: Path, output: Path | None) -> None:
    from pilot_eval import api
    from pilot_eval.registry import discover
    from pilot_eval.round import Round

    opened = Round.open(round_folder)
    record, registry = api.last_record(opened), discover(_trace())
    if output is None:
        with opened.locked():
            failed = api.publish(opened, record, registry)
        output = opened.results
    else:
        pages, failed = api.report_files(record, registry)
        for name, data in pages.items():
            path = output / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    show(failed)
    click.echo(str(output / LANG / "index.html"))
    sys.exit(3 if failed else 0)


@main.command(
    help=say(
        "把结果导出成别的格式（csv，及插件提供的）", "Write the results in another form (csv, and what plugins provide)"
    )
)
@_ROUND
@click.argument("form", metavar="FORM")
@click.option("-o", "--output", type=click.Path(path_type=Path), help=say("写到哪个文件", "where to write it"))
def export(round_folder: Path, form: str, output: Path | None) -> None:
    from pilot_eval import api
    from pilot_eval.registry import discover
    from pilot_eval.round import Round

    opened = Round.open(round_folder)
    suffix, data = api.export(api.last_record(opened), discover(_trace()), form, LANG)
    _write(output or Path(f"{opened.settings.id}-{form}{suffix}"), data)


@main.command(help=say("说明一个得分的来历，直到单元格", "Walk one score back to the cells it came from"))
@_ROUND
@click.argument("pilot")
@click.argument("indicator")
@_JSON
def explain(round_folder: Path, pilot: str, indicator: str, as_json: bool) -> None:
    from pilot_eval import api
    from pilot_eval.report.explanation import explanation, lines
    from pilot_eval.round import Round

    made = explanation(api.last_record(Round.open(round_folder)), pilot, indicator)
    if as_json:
        _out(made.model_dump(mode="json"))
    else:
        for line in lines(made, LANG):
            click.echo(line)


@main.command(
    help=say("从证据重算一遍，与评价档案比较", "Compute everything again from the evidence and compare with the record")
)
@_ROUND
@_JSON
def replay(round_folder: Path, as_json: bool) -> None:
    from pilot_eval import api

    findings = api.replay(_open(round_folder), progress=_progress())
    _conclude(findings, as_json, say("重算结果与档案一致", "computed again: the same as the record"))


@main.command(help=say("核对档案记载的每个文件的 SHA-256", "Check the SHA-256 of every file that the record names"))
@_ROUND
@_JSON
def verify(round_folder: Path, as_json: bool) -> None:
    from pilot_eval import api
    from pilot_eval.round import Round

    findings = api.verify(Round.open(round_folder))
    _conclude(findings, as_json, say("全部文件与档案一致", "every file is the one that the record names"))


def _conclude(findings: Sequence[Finding], as_json: bool, fine: str) -> None:
    if as_json:
        _out(_as_json(findings))
    elif findings:
        show(findings)
    else:
        click.echo(fine)
    sys.exit(1 if findings else 0)


@main.command(help=say("列出插件：版本、来源、状态、原因", "List the plugins: version, origin, state, cause"))
@click.option("--measures", is_flag=True, help=say("列出各类型的测算值和单位", "list each type's measures and units"))
@_JSON
def plugins(measures: bool, as_json: bool) -> None:
    from pilot_eval.registry import discover

    registry = discover(_trace())
    if measures:
        for base_type, compiled in registry.base_types.items():
            click.echo(f"{base_type} {compiled.label.in_(LANG)}")
            for name, measure in compiled.measures.items():
                click.echo(f"  {name:28} {measure.spec.unit:8} {measure.spec.label.in_(LANG)}")
    findings = [each for plugin in registry.plugins for each in (*plugin.findings, *plugin.notices)]
    if measures:
        show(findings)
    elif as_json:
        shown = ("name", "package", "version", "module", "state", "base_types", "provides")
        _out(
            [
                {**{name: getattr(p, name) for name in shown}, "findings": _as_json([*p.findings, *p.notices])}
                for p in registry.plugins
            ]
        )
    else:
        states = {
            "ok": say("正常", "ok"),
            "deprecated": say("接口过时", "old api"),
            "failed": say("有问题", "failed"),
            "off": say("未载入", "off"),
        }
        for each in registry.plugins:
            gives = ", ".join([*each.base_types, *each.provides]) or "—"
            click.echo(f"{each.name:14} {states[each.state]:6} {each.package} {each.version}  {each.module}  → {gives}")
        show(findings)
    sys.exit(0 if all(each.ok for each in registry.plugins) else 3)


@main.group(help=say("编写插件", "Write plugins"))
def plugin() -> None:
    pass


@plugin.command(
    "new",
    help=say(
        "新建一种基地类型的包：证据表、测算值、指标、测试，原样就能通过",
        "Write the package of a new base type: tables, measures, indicators and tests that pass as they are",
    ),
)
@click.argument("name")
@click.option(
    "--into",
    type=click.Path(path_type=Path, file_okay=False),
    default=".",
    help=say("写到哪个目录", "where to write it"),
)
@click.option("--zh", default="", help=say("中文名称，如 乡村", "Chinese name, such as 乡村"))
@click.option("--en", default="", help=say("英文名称，如 Villages", "English name, such as Villages"))
def plugin_new(name: str, into: Path, zh: str, en: str) -> None:
    from pilot_eval.errors import finding
    from pilot_eval.registry import discover
    from pilot_eval.scaffold.package import write_package

    target = write_package(name, into, zh, en)
    taken = discover(_trace()).status_of(name)
    if taken is not None:
        show([finding("scaffold-taken", name=name, plugin=taken.shown)])
    click.echo(
        say(
            f"已建 {target}\n"
            f'1. pip install -e "{target}[test]"\n'
            f"2. pytest {target}\n"
            f"3. 改 {target / 'src'} 里的证据表和测算值，{target / 'indicators'} 里的分值",
            f"Made {target}\n"
            f'1. pip install -e "{target}[test]"\n'
            f"2. pytest {target}\n"
            f"3. Change the tables and measures in {target / 'src'}, the points in {target / 'indicators'}",
        )
    )


@main.command(
    help=say(
        "指南：不写名称就列出全部，写名称就显示，-o 写进目录",
        "The guides: all by name, one by its NAME, or written into a folder with -o",
    )
)
@click.argument("name", required=False)
@click.option(
    "-o",
    "--output",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help=say(
        "把全部指南（Markdown）连同图片写进这个目录", "write all guides (Markdown) with their pictures into this folder"
    ),
)
def docs(name: str | None, folder: Path | None) -> None:
    from pilot_eval import api

    asked = api.guides() if name is None else [api.guide(name, LANG)]
    if folder is not None:
        api.write_guides(folder)
        for each in asked:
            click.echo(str(folder / each.file))
    elif name is None:
        for each in asked:
            click.echo(f"{each.name:20} {each.lang}  {each.title}")
    else:
        click.echo(asked[0].text, nl=False)


@main.command(
    help=say(
        "输出评价办法 YAML 的 JSON Schema，供编辑器校验和补全", "Print JSON Schema of the method's YAML, for editors"
    )
)
@click.argument("kind", type=click.Choice(["method", "base-type", "pilots"]), default="method")
@click.option(
    "--write",
    "folder",
    type=click.Path(path_type=Path),
    help=say("把三份都写进这个目录", "write all three into this folder"),
)
def schema(kind: str, folder: Path | None) -> None:
    from pilot_eval.method.schema import FILES, json_schema
    from pilot_eval.registry import discover

    rules = discover(_trace()).rules
    if folder is None:
        _out(json_schema(kind, rules))
        return
    folder.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        path = folder / f"{name}.schema.json"
        path.write_text(json.dumps(json_schema(name, rules), ensure_ascii=False, indent=1) + "\n", "utf-8")
        click.echo(str(path))

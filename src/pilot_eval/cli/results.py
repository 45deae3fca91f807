"""Commands that produce and show results: `assess`, `report`, `export`, `explain`."""

import sys
from pathlib import Path
from typing import Any

import click

from pilot_eval.cli.group import JSON, ROUND, discover, main, open_round
from pilot_eval.cli.language import LANG, say
from pilot_eval.cli.output import print_json, progress, show, write

_SUMMARY: Any = {
    "pilot": {"id"}, "standing": True, "grade": True, "grade_low": True, "grade_high": True, "total": True,
    "common": True, "coverage": True,
}  # fmt: skip


@main.command(help=say("评价：读取材料、评分、生成报告，写入 results", "Assess: read, score and report, into results"))
@ROUND
@JSON
def assess(round_folder: Path, as_json: bool) -> None:
    from pilot_eval import api

    space = open_round(round_folder)
    with space.round.locked():
        record = api.assess(space, progress=progress())
        failed = api.publish(space.round, record, space.registry)
    labels = {band.id: band.label.in_(LANG) for band in record.method.bands}
    places = record.method.decimals
    if as_json:
        rows = [each.model_dump(mode="json", include=_SUMMARY) for each in record.assessments]
        print_json({"record": str(space.round.results / "record.json"), "assessments": rows})
    else:
        for each in record.assessments:
            grade = labels.get(each.grade or "") or record.standings[each.standing].in_(LANG)
            ends = each.total and [f"{end:.{places}f}" for end in (each.total.points, each.total.low, each.total.high)]
            total = f"{ends[0]:>6} ({ends[1]}–{ends[2]})" if ends else "     —"
            click.echo(f"{each.pilot.id:16} {grade:4} {total}  {each.pilot.label.in_(LANG)}")
        findings = [each for pilot in record.assessments for each in pilot.findings]
        ours = [each for each in record.findings if not each.code.startswith("plugin-")]
        show([*space.troubles, *ours, *findings, *failed], notes=False)  # troubles include paths of plugins' files
        click.echo(say("报告：", "Reports: ") + str(space.round.results / LANG / "index.html"))
    sys.exit(api.exit_code(record, failed))


@main.command(help=say("由评价档案重新生成报告（不重新评分）", "Render the reports again from the record (no scoring)"))
@ROUND
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help=say("输出到另一个目录", "write to another folder")
)
def report(round_folder: Path, output: Path | None) -> None:
    from pilot_eval import api

    opened = api.Round.open(round_folder)
    registry = discover()
    if output is None:
        with opened.locked():  # a record that is replaced meanwhile must not come back
            failed = api.publish(opened, api.last_record(opened), registry)
        output = opened.results
    else:
        failed = api.write_reports(output, api.last_record(opened), registry)
    show(failed)
    click.echo(str(output / LANG / "index.html"))
    sys.exit(3 if any(each.code.startswith("plugin-") for each in failed) else 0)


@main.command(
    help=say("把结果导出成其他格式（csv，以及插件提供的格式）", "Export the results (csv, and the formats of plugins)")
)
@ROUND
@click.argument("form", metavar="FORM")
@click.option("-o", "--output", type=click.Path(path_type=Path), help=say("输出文件", "output file"))
def export(round_folder: Path, form: str, output: Path | None) -> None:
    from pilot_eval import api

    opened = api.Round.open(round_folder)
    suffix, data = api.export(api.last_record(opened), discover(), form, LANG)
    write(output or Path(f"{opened.settings.id}-{form}{suffix}"), data)


@main.command(
    help=say(
        "说明一项指标、加分、扣分、维度、门槛或总分（total）怎样得来，一直追溯到单元格",
        "Show what an indicator, a bonus, a deduction, a dimension, a gate or the total comes from, back to the cells",
    )
)
@ROUND
@click.argument("pilot")
@click.argument("item")
@JSON
def explain(round_folder: Path, pilot: str, item: str, as_json: bool) -> None:
    from pilot_eval import api

    made = api.explanation(api.last_record(api.Round.open(round_folder), only=[pilot]), pilot, item)
    if as_json:
        print_json(made.model_dump(mode="json"))
    else:
        for line in api.explanation_lines(made, LANG):
            click.echo(line)

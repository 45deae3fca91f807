"""Commands that start a round: `new`, `example`, `template`."""

import sys
from pathlib import Path

import click

from pilot_eval.cli.group import ROUND, discover, main, open_round
from pilot_eval.cli.language import LANG, say
from pilot_eval.cli.output import show, write


@main.command(
    help=say(
        "新建评价轮次：设置、评价办法副本、每个试点的目录和空表",
        "Create a round: settings, a copy of the method, a folder and a form for each pilot",
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
        "试用自己的基地类型：它的指标 YAML；只登记一个试点",
        "try your own base type: its YAML file; registers one pilot",
    ),
)
@click.option(
    "--from",
    "table",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help=say(
        "由一张数据表生成评价办法和名册：每个单位一行，每项数据一列",
        "make the method and the register of a table of figures: a row for each unit, a column for each figure",
    ),
)
def new(folder: Path, method: str, own: Path | None, table: Path | None) -> None:
    from pilot_eval import api

    space = api.new_round(folder, method, LANG, discover(), own, table)
    count = len(space.pilots())
    if table is not None:
        click.echo(
            say(
                f"已新建 {folder}（{count} 个单位）。\n"
                f"1. pilot-eval assess {folder}\n"
                f"2. 权重、方向、单位、等级都是示范，在 {folder / 'method'} 中改",
                f"Created {folder} ({count} units).\n"
                f"1. pilot-eval assess {folder}\n"
                f"2. Weights, directions, units and grades are examples: correct them in {folder / 'method'}",
            )
        )
        return
    click.echo(
        say(
            f"已新建 {folder}（{count} 个试点）。\n"
            f"1. 在 {folder / 'round.yaml'} 中填写评价期间\n"
            f"2. 把 {folder / 'forms'} 中的空表发给各单位\n"
            f"3. 把收回的表放进 {folder / 'submissions'} 下对应的目录\n"
            f"4. pilot-eval assess {folder}",
            f"Created {folder} ({count} pilots).\n"
            f"1. Enter the period in {folder / 'round.yaml'}\n"
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
    from pilot_eval import api

    api.example_round(folder)
    click.echo(
        say(
            f"已新建 {folder}\n下一步：pilot-eval assess {folder}",
            f"Created {folder}\nNext: pilot-eval assess {folder}",
        )
    )


@main.command(help=say("生成某个试点的填报空表（XLSX）", "Write a pilot's blank form (XLSX)"))
@ROUND
@click.argument("pilot")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help=say("输出文件（默认 PILOT.xlsx）", "output file (default PILOT.xlsx)"),
)
@click.option(
    "--review",
    is_flag=True,
    help=say("改为生成评审意见的空表（PILOT.yaml）", "write the blank form of its review instead (PILOT.yaml)"),
)
def template(round_folder: Path, pilot: str, output: Path | None, review: bool) -> None:
    from pilot_eval import api

    if review:
        write(output or Path(f"{pilot}.yaml"), api.review_form(open_round(round_folder), pilot, LANG))
        return
    write(output or Path(f"{pilot}.xlsx"), api.blank_form(open_round(round_folder), pilot, LANG))

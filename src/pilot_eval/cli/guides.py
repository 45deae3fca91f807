"""The command `docs`: the guides that come with pilot-eval."""

from pathlib import Path

import click

from pilot_eval.cli.group import main
from pilot_eval.cli.language import LANG, say


@main.command(
    help=say(
        "指南：不写名称列出全部，写名称显示该篇，-o 写到目录",
        "The guides: list all, show the one called NAME, or write them to a folder with -o",
    )
)
@click.argument("name", required=False)
@click.option(
    "-o",
    "--output",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help=say(
        "把全部指南（Markdown）连同图片写到这个目录", "write all guides (Markdown) with their pictures to this folder"
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

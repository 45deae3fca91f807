"""Commands for method owners: `schema`."""

from pathlib import Path

import click

from pilot_eval.cli.group import discover, main
from pilot_eval.cli.language import say
from pilot_eval.cli.output import print_json


@main.command(
    help=say(
        "输出评价办法 YAML 的 JSON Schema，供编辑器校验、补全；或评价档案的，供程序读取",
        "Print the JSON Schema of a method's YAML, for editors, or of the record, for programs that read it",
    )
)
@click.argument("kind", type=click.Choice(["method", "base-type", "pilots", "record", "record-part"]), default="method")
@click.option(
    "--write",
    "folder",
    type=click.Path(path_type=Path),
    help=say("把全部写进这个目录", "write them all to this folder"),
)
def schema(kind: str, folder: Path | None) -> None:
    from pilot_eval import api

    if folder is None:
        print_json(api.schema_of(kind, discover().rules))
        return
    for path in api.write_schemas(folder, discover().rules):
        click.echo(str(path))

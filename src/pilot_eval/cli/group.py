"""The command `pilot-eval` itself: options of every command, and exit codes for errors.

Nothing heavy is imported before a command runs: each command imports `pilot_eval.api` in its own body.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pilot_eval import __version__
from pilot_eval.cli.language import LANG, LANGS, say
from pilot_eval.cli.output import show

if TYPE_CHECKING:
    from pilot_eval.api import Registry, Workspace

HELP = say(
    """评价试点项目：从提交的证据到可比较、可核对的评分报告。

    \b
    退出码：0 完成 · 1 证据有问题 · 2 用法有误 · 3 评价办法或插件有问题""",
    """Evaluate pilot programmes: from submitted evidence to scored, comparable reports that anyone can check.

    \b
    Exit codes: 0 done · 1 problems in evidence · 2 usage · 3 problems in a method or plugin""",
)

ROUND = click.argument("round_folder", metavar="ROUND", type=click.Path(path_type=Path))
BY = click.option(
    "--by",
    envvar="PILOT_EVAL_BY",
    default="",
    help=say(
        "由谁操作，记入日志（也可用 PILOT_EVAL_BY 设置）", "who does this, for the journal (or set PILOT_EVAL_BY)"
    ),
)
JSON = click.option("--json", "as_json", is_flag=True, help=say("以 JSON 输出", "print JSON"))


class CommandGroup(click.Group):
    """Turns errors into messages and exit codes; accepts `--lang`, `--only` and `--trace` after a command as well."""

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
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise  # click exits quietly when the reader of the output has closed the pipe
        except Exception as error:
            from pilot_eval import api

            failure = api.failure_of(error)
            if failure is None:
                raise
            show(failure.findings)
            ctx.exit(failure.exit_code)


@click.group(
    cls=CommandGroup, help=HELP, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.option(
    "--lang",
    type=click.Choice(LANGS),
    default=LANG,
    help=say("界面语言（也可用 PILOT_EVAL_LANG 设置）", "language (or set PILOT_EVAL_LANG)"),
)
@click.version_option(
    __version__, prog_name="pilot-eval", message="%(prog)s %(version)s", help=say("显示版本", "show the version")
)
@click.option(
    "--only",
    help=say(
        "只加载这些插件，用逗号分隔（也可用 PILOT_EVAL_PLUGINS 设置）",
        "load only these plugins, comma-separated (or set PILOT_EVAL_PLUGINS)",
    ),
)
@click.option("--trace", is_flag=True, help=say("显示插件钩子的调用", "show calls of plugin hooks"))
def main(lang: str, only: str | None, trace: bool) -> None:
    if only is not None:
        os.environ["PILOT_EVAL_PLUGINS"] = only
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]


def open_round(folder: Path) -> "Workspace":
    from pilot_eval import api

    return api.open_round(folder, discover())


def discover(*, again: bool = False) -> "Registry":
    """Load the plugins; with `--trace`, print their hook calls; with `again`, try out even those that were harmless."""
    from pilot_eval import api

    return api.discover(_trace(), again=again)


def _trace() -> Callable[[str], None] | None:
    asked = click.get_current_context().find_root().params["trace"]
    return (lambda line: click.echo(line, err=True)) if asked else None

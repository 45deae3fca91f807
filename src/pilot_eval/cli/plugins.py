"""Commands for plugins: `plugins`, `plugin new`."""

import sys
from pathlib import Path

import click

from pilot_eval.cli.group import JSON, discover, main
from pilot_eval.cli.language import LANG, say
from pilot_eval.cli.output import findings_json, print_json, show

_STATES = {
    "ok": say("正常", "ok"),
    "deprecated": say("接口过时", "old api"),
    "failed": say("有问题", "failed"),
    "off": say("未加载", "off"),
}


@main.command(help=say("列出插件：版本、来源、状态、原因", "List the plugins: version, origin, state, cause"))
@click.option("--measures", is_flag=True, help=say("列出各类型的测算值和单位", "list each type's measures and units"))
@JSON
def plugins(measures: bool, as_json: bool) -> None:
    registry = discover(again=True)
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
        print_json(
            [
                {**{name: getattr(p, name) for name in shown}, "findings": findings_json([*p.findings, *p.notices])}
                for p in registry.plugins
            ]
        )
    else:
        for each in registry.plugins:
            gives = ", ".join([*each.base_types, *each.provides]) or "—"
            state = _STATES[each.state]
            click.echo(f"{each.name:14} {state:6} {each.package} {each.version}  {each.module}  → {gives}")
        show(findings)
    sys.exit(0 if all(each.ok for each in registry.plugins) else 3)


@main.group(help=say("编写插件", "Write plugins"))
def plugin() -> None:
    pass


@plugin.command(
    "new",
    help=say(
        "新建一种基地类型的包：证据表、测算值、指标和测试，测试无需修改即可通过",
        "Write the package of a new base type: tables, measures, indicators and tests that pass as they are",
    ),
)
@click.argument("name")
@click.option(
    "--into", type=click.Path(path_type=Path, file_okay=False), default=".", help=say("输出目录", "output folder")
)
@click.option("--zh", default="", help=say("中文名称，如 乡村", "Chinese name, such as 乡村"))
@click.option("--en", default="", help=say("英文名称，如 Villages", "English name, such as Villages"))
def plugin_new(name: str, into: Path, zh: str, en: str) -> None:
    from pilot_eval import api

    target, findings = api.new_plugin(name, into, zh, en, discover())
    show(findings)
    click.echo(
        say(
            f"已新建 {target}\n"
            f'1. pip install -e "{target}[test]"\n'
            f"2. pytest {target}\n"
            f"3. 修改 {target / 'src'} 中的证据表和测算值，{target / 'indicators'} 中的分值",
            f"Created {target}\n"
            f'1. pip install -e "{target}[test]"\n'
            f"2. pytest {target}\n"
            f"3. Change the tables and measures in {target / 'src'} and the points in {target / 'indicators'}",
        )
    )

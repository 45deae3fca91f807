"""Commands that verify results, `replay` and `verify`: exit code 0 if all holds, 1 if not, 2 if it can't be told."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from pilot_eval.cli.group import JSON, ROUND, main, open_round
from pilot_eval.cli.language import say
from pilot_eval.cli.output import conclude, findings_json, print_json, progress, show

if TYPE_CHECKING:
    from pilot_eval.api import Finding


@main.command(
    help=say("从证据重新计算，与评价档案比较", "Compute everything again from the evidence and compare with the record")
)
@ROUND
@JSON
def replay(round_folder: Path, as_json: bool) -> None:
    from pilot_eval import api

    fine = say("重算结果和页面与档案一致", "recomputed: figures and pages same as the record")
    _answer(lambda: api.replay(open_round(round_folder), progress=progress()), as_json, fine)


@main.command(help=say("核对档案中每个文件的 SHA-256", "Check the SHA-256 of every file that the record names"))
@ROUND
@JSON
def verify(round_folder: Path, as_json: bool) -> None:
    from pilot_eval import api

    fine = say("全部文件与档案一致", "every file matches the record")
    _answer(lambda: api.verify(api.Round.open(round_folder)), as_json, fine)


def _answer(ask: "Callable[[], list[Finding]]", as_json: bool, fine: str) -> NoReturn:
    from pilot_eval import api

    try:
        findings = ask()
    except Exception as error:
        failure = api.failure_of(error)
        if failure is None:
            raise
        if as_json:
            print_json(findings_json(failure.findings))
        else:
            show(failure.findings)
        sys.exit(2)
    conclude(findings if as_json else [_without_path(each) for each in findings], as_json, fine)


def _without_path(each: "Finding") -> "Finding":
    """Drop the path inside the record, which is for programs: the message says in words what it leads to."""
    return each.model_copy(update={"place": type(each.place)()}) if each.place.field else each

"""Commands that verify results: `replay`, `verify`."""

from pathlib import Path

from pilot_eval.cli.group import JSON, ROUND, main, open_round
from pilot_eval.cli.language import say
from pilot_eval.cli.output import conclude, progress


@main.command(
    help=say("从证据重新计算，与评价档案比较", "Compute everything again from the evidence and compare with the record")
)
@ROUND
@JSON
def replay(round_folder: Path, as_json: bool) -> None:
    from pilot_eval import api

    findings = api.replay(open_round(round_folder), progress=progress())
    conclude(findings, as_json, say("重算结果与档案一致", "recomputed: same as the record"))


@main.command(help=say("核对档案中每个文件的 SHA-256", "Check the SHA-256 of every file that the record names"))
@ROUND
@JSON
def verify(round_folder: Path, as_json: bool) -> None:
    from pilot_eval import api

    findings = api.verify(api.Round.open(round_folder))
    conclude(findings, as_json, say("全部文件与档案一致", "every file matches the record"))

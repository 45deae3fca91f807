"""The commands and settings that the guides show are run, in the order in which they stand there."""

import re
import shlex
import shutil
from pathlib import Path

import pytest

from pilot_eval import yamlfile
from pilot_eval.evidence.readers.limits import Limits
from pilot_eval.plans.given import PlanFile
from pilot_eval.review.files import ReviewFile
from pilot_eval.round import RoundFile
from tests.conftest import EXAMPLE, ROOT, Run

GUIDES = ["README.md", "docs/evaluators.md", "docs/evaluators.en.md"]


def blocks(guide: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", (ROOT / guide).read_text("utf-8"), re.MULTILINE | re.DOTALL)


@pytest.mark.docs
@pytest.mark.parametrize("guide", GUIDES)
def test_commands_run_as_they_are_written(guide: str, run: Run, tmp_path: Path) -> None:
    commands = [line for block in blocks(guide, "sh") for line in block.splitlines()]
    assert len(commands) >= 4
    for command in commands:
        program, *arguments = shlex.split(command)
        assert program == "pilot-eval"
        done = run(*arguments, cwd=tmp_path)
        assert done.returncode == 0, f"{command}\n{done.stderr}"
        submission = tmp_path / "my-round" / "submissions" / "park-1"
        if not any(submission.iterdir()):
            shutil.copytree(EXAMPLE / "submissions" / "park-1", submission, dirs_exist_ok=True)


@pytest.mark.parametrize("guide", GUIDES[1:])
def test_settings_shown_are_valid(guide: str) -> None:
    for block in blocks(guide, "yaml"):
        source = yamlfile.parse(block, guide)
        assert source.findings == []
        models = {"reviewed_by": ReviewFile, "lines": PlanFile}
        model = next((model for key, model in models.items() if key in source.data), RoundFile)
        model.model_validate(source.data)


DOCUMENTS = [str(path.relative_to(ROOT)) for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_lead_somewhere(document: str) -> None:
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", (ROOT / document).read_text("utf-8")):
        if "://" not in target:
            assert (ROOT / document).parent.joinpath(target).exists(), target


def test_every_limit_is_documented_with_its_default() -> None:
    guide = (ROOT / "docs" / "evaluators.md").read_text("utf-8")
    for name, field in Limits.model_fields.items():
        assert f"| `{name}` | {field.default:,} |" in guide, name

"""The guides that come with pilot-eval: names, languages, text."""

from pathlib import Path

import pytest

from pilot_eval.api import guide, guides, write_guides
from pilot_eval.errors import UsageError
from tests.conftest import ROOT, Run


def test_a_guide_has_the_same_name_in_each_language() -> None:
    files = {each.lang: each.file for each in guides() if each.name == "evaluators"}
    assert files == {"zh": "evaluators.md", "en": "evaluators.en.md"}


def test_a_guide_in_one_language_is_read_in_either() -> None:
    assert guide("plugins/tutorial", "zh") == guide("plugins/tutorial", "en")
    assert guide("plugins", "en").text == (ROOT / "docs" / "plugins" / "README.md").read_text("utf-8")


def test_a_name_that_is_not_there_gets_the_nearest() -> None:
    with pytest.raises(UsageError) as raised:
        guide("evaluator", "en")
    [finding] = raised.value.findings
    assert finding.hint.en == "did you mean “evaluators”?"


def test_every_guide_is_written_with_its_pictures(tmp_path: Path) -> None:
    write_guides(tmp_path / "guides")
    assert all((tmp_path / "guides" / each.file).is_file() for each in guides())
    assert (tmp_path / "guides" / "images" / "rules" / "linear.svg").is_file()


def test_the_command_lists_shows_and_writes(run: Run, tmp_path: Path) -> None:
    assert "evaluators           zh  评价人员指南\n" in run("docs").stdout
    assert run("docs", "evaluators", lang="zh").stdout == guide("evaluators", "zh").text
    done = run("docs", "evaluators", "--output", tmp_path)
    assert done.stdout == f"{tmp_path / 'evaluators.en.md'}\n"

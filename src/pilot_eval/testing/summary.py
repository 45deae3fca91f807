"""Reports at the end of a run how many checks of each contract ran, and lists those that were skipped."""

from collections.abc import Iterator
from typing import Any

import pytest

MARK = "pilot-eval contract"


class Summary:
    """A pytest plugin; the contract registers it with its run."""

    def __init__(self, checks: int) -> None:
        self.checks = checks  # in a contract

    def register(self, config: pytest.Config) -> None:
        """Register the summary with the run, once."""
        if not config.pluginmanager.has_plugin(MARK):
            config.pluginmanager.register(self, MARK)

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        contracts: dict[str, dict[str, dict[str, str]]] = {}
        for outcome in ("passed", "failed", "error", "skipped"):
            for report in terminalreporter.stats.get(outcome, ()):
                for contract, check in _marks(report):
                    ended = contracts.setdefault(contract, {}).setdefault(check, {})
                    ended[outcome] = report.longrepr[2] if outcome == "skipped" else ""
        for contract, checks in contracts.items():
            skipped = {check: ended["skipped"] for check, ended in checks.items() if set(ended) == {"skipped"}}
            terminalreporter.section(f"pilot-eval: {contract}")
            ran = len(checks) - len(skipped)
            terminalreporter.line(f"{ran} of {self.checks} checks ran, {len(skipped)} skipped")
            for check, reason in skipped.items():
                terminalreporter.line(f"  {check}: {reason.removeprefix('Skipped: ')}")


def _marks(report: Any) -> Iterator[tuple[str, str]]:
    """Yield the contract and the check that a report is about; nothing for the author's own tests."""
    for name, value in getattr(report, "user_properties", ()):
        if name == MARK:
            contract, _, check = str(value).partition(" ")
            yield contract, check

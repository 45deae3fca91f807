"""Fixtures of the tests of scoring."""

from tests.support.scoring.lab import lab

__all__ = ["lab"]

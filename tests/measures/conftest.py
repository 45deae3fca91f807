"""Fixtures of the tests of measures."""

from tests.support.scoring.lab import lab

__all__ = ["lab"]

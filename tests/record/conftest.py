"""Fixtures of the tests of records."""

from tests.support.scoring.lab import lab

__all__ = ["lab"]

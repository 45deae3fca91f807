"""Fixtures of the tests of records."""

from tests.scoring.conftest import lab

__all__ = ["lab"]

"""Fixtures of the tests of the kit."""

from tests.support.plugins.running import run_tests

__all__ = ["run_tests"]

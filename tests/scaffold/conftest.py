"""Fixtures of the tests of what is scaffolded."""

from tests.support.plugins.running import run_tests

__all__ = ["run_tests"]

"""Fixtures of the tests of the kit."""

from tests.kit.running import run_tests

__all__ = ["run_tests"]

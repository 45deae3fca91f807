"""Tests for authors of plugins: a contract that every base type must keep, and cases written in YAML.

In: a plugin's base type, its YAML and its cases.
Out: tests for pytest.
"""

from pilot_eval.testing.contract import BaseTypeContract

__all__ = ["BaseTypeContract"]

"""What the author of a plugin tests it with: a contract that every base type keeps, and cases written in YAML.

In: a plugin's base type, its YAML and its cases.
Out: tests for pytest.
"""

from pilot_eval.testing.contract import BaseTypeContract

__all__ = ["BaseTypeContract"]

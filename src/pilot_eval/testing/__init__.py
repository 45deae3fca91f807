"""What the author of a plugin tests it with: a contract that every base type keeps, and cases written in YAML."""

from pilot_eval.testing.contract import BaseTypeContract

__all__ = ["BaseTypeContract"]

"""pilot-eval: evaluates pilot programmes, from submitted evidence to scored, comparable reports."""

__version__ = "0.1.0"

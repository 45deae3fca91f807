"""Runs the command `pilot-eval` as `python -m pilot_eval`."""

from pilot_eval.cli import main

main(prog_name="pilot-eval")

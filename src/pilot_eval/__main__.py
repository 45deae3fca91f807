"""`python -m pilot_eval` is the command `pilot-eval`."""

from pilot_eval.cli import main

main(prog_name="pilot-eval")

"""pilot-eval: evaluates pilot programmes."""

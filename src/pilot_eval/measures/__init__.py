"""Tables to measures: engines, computing, lineage, checks."""

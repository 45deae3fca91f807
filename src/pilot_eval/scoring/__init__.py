"""From validated tables to points: one lazy pipeline, the same on every engine."""

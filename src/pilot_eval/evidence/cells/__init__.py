"""Text to values: what one cell holds."""

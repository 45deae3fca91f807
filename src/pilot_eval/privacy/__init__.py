"""What identifies a person: numbers, and words for persons."""

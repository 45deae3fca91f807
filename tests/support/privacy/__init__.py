"""Numbers that identify a person, in many spellings and places, and numbers that look like them and are harmless."""

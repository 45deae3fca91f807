"""From submitted files to validated tables."""

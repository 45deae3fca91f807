"""The results and findings as files for other programs."""

"""What is comparable, and ranks."""

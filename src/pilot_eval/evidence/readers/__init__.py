"""One module for each kind of file that can hold tables; `evidence/grids.py` chooses by content."""

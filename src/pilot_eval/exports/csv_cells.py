"""Cells of CSV files that a spreadsheet opens as text."""


def harmless(cell: str) -> str:
    """Text that a spreadsheet won't take for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) else cell

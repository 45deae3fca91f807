"""CSV cells that a spreadsheet reads as text."""


def escape_formula(cell: str) -> str:
    """Return text that a spreadsheet won't interpret as a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) else cell

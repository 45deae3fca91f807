"""Grid to validated table: header, units, rows, columns."""

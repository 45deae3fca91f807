"""Limits on what is read of a submission: a round's settings, with defaults that real submissions don't reach."""

from pydantic import Field

from pilot_eval.errors import Finding, Place, finding
from pilot_eval.text import Frozen


class Limits(Frozen):
    """Settings of the round (`limits:` in `round.yaml`). Input beyond a limit is refused with its place, never cut."""

    file_mb: float = Field(50, gt=0, description="Size of one submitted file, as it lies on disk.")
    # A million rows of five columns unpack to 200 to 275 MB. What a small file may unpack to is limited by its number
    # of tags (`Meter.markup`), which cost time, not by its bytes.
    unpacked_mb: float = Field(400, gt=0, description="Size of all that a workbook or an archive unpacks to.")
    ratio: float = Field(
        200, gt=1, description="How much smaller packing may make a part of over 10 MB; real sheets stay below 60."
    )
    parts: int = Field(5_000, gt=0, description="Files inside a workbook or an archive.")
    sheets: int = Field(200, gt=0, description="Sheets of a workbook, or tables of a JSON, YAML or HTML file.")
    rows: int = Field(
        2_000_000, gt=0, description="Rows of a sheet, down to the last that holds something; of a CSV, all."
    )
    columns: int = Field(500, gt=0, description="Columns of a sheet, up to the last that holds something.")
    cells: int = Field(20_000_000, gt=0, description="Cells that hold something, over all sheets of a file.")
    spread: float = Field(
        20,
        gt=1,
        description="How many times more cells than they hold a file's sheets of over 5 million may span.",
    )
    cell_chars: int = Field(32_767, gt=0, description="Characters of a cell; the default is Excel's own limit.")
    seconds: float = Field(60, gt=0, description="Time for one submission.")
    memory_mb: int = Field(2048, gt=0, description="Memory of the process that reads submissions.")


def too_large(size: int, shown: str, limits: Limits) -> Finding | None:
    """Return a finding if a file of `size` bytes exceeds the limit, else None."""
    if size <= limits.file_mb * 2**20:
        return None
    return finding("file-too-large", Place(file=shown), size=round(size / 2**20, 1), limit=f"{limits.file_mb:g}")

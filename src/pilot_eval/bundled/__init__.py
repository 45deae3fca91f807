"""Data shipped with the code: methods, guides, the example. In a checkout, they are at the root."""

from pathlib import Path

_HERE = Path(__file__).parent
_FOLDER = _HERE if (_HERE / "indicators").is_dir() else _HERE.parents[2]

METHODS = _FOLDER / "indicators"
GUIDES = _FOLDER / "docs"
EXAMPLE = _FOLDER / "examples" / "zhengzhou-2018"

"""What comes with pilot-eval beside its code: methods, guides, the example. A checkout has them at its root."""

from pathlib import Path

_HERE = Path(__file__).parent
_FOLDER = _HERE if (_HERE / "indicators").is_dir() else _HERE.parents[2]

METHODS = _FOLDER / "indicators"
GUIDES = _FOLDER / "docs"
EXAMPLE = _FOLDER / "examples" / "zhengzhou-2018"

"""The corpus of submissions: `python -m tests.support.corpus.whole FOLDER` writes every variant's files, to look at."""

import sys
from pathlib import Path

from tests.support.corpus import bad, good
from tests.support.corpus.variants import Variant

GOOD: tuple[Variant, ...] = good.VARIANTS
BAD: tuple[Variant, ...] = bad.VARIANTS


def write_all(folder: Path) -> int:
    """Write the files of every variant below `folder`; how many variants there are."""
    for kind, variants in {"good": GOOD, "bad": BAD}.items():
        for variant in variants:
            for name, data in variant.made().items():
                path = folder / kind / variant.id / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
            expected = "".join(f"{each}\n" for each in sorted(map(str, variant.said)))
            (folder / kind / f"{variant.id}.expected.txt").write_text(expected, "utf-8")
    return len(GOOD) + len(BAD)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("python -m tests.support.corpus.whole FOLDER")
    sys.stdout.write(f"{write_all(Path(sys.argv[1]))} variants\n")

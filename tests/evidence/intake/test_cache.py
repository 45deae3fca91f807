"""What was read is kept for a while."""

import os
import time
from pathlib import Path

from tests.conftest import Run


def test_intakes_that_no_run_uses_are_removed_in_time(run: Run, unread: Path) -> None:
    cache = unread / ".cache" / "evidence"
    run("check", unread, "--pilot", "online-2")
    (used,) = cache.iterdir()
    for name, days in (("0123", 8), ("intake-killed", 8), ("4567", 6)):
        (cache / name).mkdir()
        os.utime(cache / name, (0, time.time() - days * 86_400))
    os.utime(used, (0, 0))
    run("check", unread, "--pilot", "online-2")
    assert sorted(path.name for path in cache.iterdir()) == sorted(["4567", used.name])

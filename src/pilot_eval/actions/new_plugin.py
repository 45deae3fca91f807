"""New plugin: writes the package of a new base type."""

from pathlib import Path

from pilot_eval.errors import Finding, finding
from pilot_eval.registry import Registry
from pilot_eval.scaffold.package import write_package


def new_plugin(name: str, into: Path, zh: str, en: str, registry: Registry) -> tuple[Path, tuple[Finding, ...]]:
    """Write a package; return its path, and a warning if an installed plugin has the same name. Raises UsageError."""
    target = write_package(name, into, zh, en)
    taken = registry.status_of(name)
    return target, () if taken is None else (finding("scaffold-taken", name=name, plugin=taken.shown),)

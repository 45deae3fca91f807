"""Identifies the program that reads submissions: this package, the plugins, the libraries of both, Python."""

import hashlib
import re
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from importlib.util import find_spec
from pathlib import Path

import pilot_eval
from pilot_eval.evidence.readers.opening import Readers

_IF_PRESENT = ("defusedxml", "lxml", "numpy")
"""Libraries that those which read use where they are installed."""


@cache
def own_program() -> str:
    """Return a hash of the whole package, of Python's version and those of the libraries."""
    files = _hash_of(_source_files(Path(pilot_eval.__file__).parent))
    return hashlib.sha256(repr([files, sys.version, _libraries(["pilot-eval", *_IF_PRESENT])]).encode()).hexdigest()


@cache
def plugin_program(package: str, module: str) -> str:
    """Return a hash of a plugin: the files of its distribution and of its module's package, its libraries' versions."""
    files = {*_distributed_files(package), *_module_files(module)}
    return hashlib.sha256(repr([_hash_of(files), _libraries([package])]).encode()).hexdigest()


def reader_programs(readers: Readers) -> list[str]:
    """Return what identifies the functions of plugins that read files; they may be of a package beside the plugin."""
    made = []
    for suffix, reader in sorted(readers.items()):
        read = getattr(reader.read, "func", reader.read)
        at = f"{suffix} {read.__module__}.{read.__qualname__} {reader.provider}"
        made.append(f"{at} {_module_program(read.__module__)}")
    return made


@cache
def _module_program(module: str) -> str:
    return _hash_of(_module_files(module))


def _hash_of(files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(files):
        data = path.read_bytes()
        digest.update(f"{path.name} {len(data)} ".encode())
        digest.update(data)
    return digest.hexdigest()


def _source_files(folder: Path) -> Iterator[Path]:
    """Yield the files of a package, data too; what Python compiles follows from them."""
    for path in folder.rglob("*"):
        if path.suffix != ".pyc" and path.is_file():
            yield path


def _module_files(module: str) -> set[Path]:
    """Return the files of a module's outermost package: the module may call any of them."""
    spec = find_spec(module.partition(".")[0])
    folders = [Path(folder) for folder in (spec and spec.submodule_search_locations) or ()]
    if folders:
        return {path for folder in folders for path in _source_files(folder)}
    return {Path(spec.origin)} if spec is not None and spec.has_location and spec.origin else set()


def _distributed_files(package: str) -> Iterator[Path]:
    """Yield the files that an installed package brought, without those that describe it."""
    try:
        listed = distribution(package).files or []
    except PackageNotFoundError:
        return
    for each in listed:
        path = Path(str(each.locate()))
        if path.suffix != ".pyc" and ".dist-info/" not in path.as_posix() and path.is_file():
            yield path


def _libraries(packages: Iterable[str]) -> list[str]:
    """Return packages and all that they need, without their extras, with their versions."""
    found: dict[str, str] = {}
    waiting = list(packages)
    while waiting:
        name = re.sub(r"[-_.]+", "-", waiting.pop()).lower()
        if name in found:
            continue
        try:
            known = distribution(name)
        except PackageNotFoundError:
            found[name] = ""
            continue
        found[name] = known.version
        needed = (each for each in known.requires or () if "extra ==" not in each)
        waiting += [match[0] for each in needed if (match := re.match(r"[\w.-]+", each))]
    return sorted(f"{name} {version}" for name, version in found.items())

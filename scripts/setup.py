"""Sets up pilot-eval in `.venv`, from pinned versions with hashes: `python3 scripts/setup.py [run|dev]`.

Uses only the standard library, on Linux, macOS and Windows; `make` calls it.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
PROJECTS = [ROOT, *sorted(path.parent for path in (ROOT / "plugins").glob("*/pyproject.toml"))]


def main(kind: str) -> None:
    if not (3, 11) <= sys.version_info[:2] <= (3, 13):
        stop(f"需要 Python 3.11 至 3.13，当前是 {sys.version.split()[0]}", "Python 3.11 to 3.13 is needed")
    pinned = ROOT / "requirements" / f"{kind}.txt"
    stamp = VENV / f".{kind}"
    state = fingerprint(pinned)
    if stamp.is_file() and stamp.read_text() == state:
        return
    if not PYTHON.exists() or not works([str(PYTHON), "-m", "pip", "--version"]):
        make_venv()
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    run([*pip, "--require-hashes", "-r", str(pinned)])
    editable = [part for project in PROJECTS for part in ("-e", str(project))]
    run([*pip, "--no-deps", "--no-build-isolation", *editable])
    stamp.write_text(state)


def fingerprint(pinned: Path) -> str:
    """Return a hash that changes when the packages have to be reinstalled."""
    files = [pinned, *(project / "pyproject.toml" for project in PROJECTS)]
    digest = hashlib.sha256(f"{sys.version} {ROOT}".encode())
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def make_venv() -> None:
    shutil.rmtree(VENV, ignore_errors=True)
    if not has_ensurepip():
        package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        install = ["apt-get", "install", "-y", "-qq", package]
        if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
            run(["apt-get", "update", "-qq"])
            run(install)
        else:
            stop(f"缺少 {package}，请先运行：sudo {' '.join(install)}", f"install {package} first")
    run([sys.executable, "-m", "venv", str(VENV)])


def has_ensurepip() -> bool:
    """Return whether ensurepip is installed: Debian has a separate package for it."""
    return works([sys.executable, "-c", "import ensurepip, venv"])


def works(command: list[str]) -> bool:
    return subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0


def run(command: list[str]) -> None:
    done = subprocess.run(command, check=False)
    if done.returncode:
        stop(f"没有成功：{' '.join(command)}", f"failed: {' '.join(command)}")


def stop(zh: str, en: str) -> None:
    sys.exit(f"pilot-eval: {zh}\npilot-eval: {en}")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "run")

"""Say which files pip may install, by their checksums: lines for ``pip --require-hashes``.

    python scripts/pin_by_hash.py pip setuptools         these packages
    python scripts/pin_by_hash.py --report report.json   all that pip's report would install

The course itself has no line, nor has what lies beside the report already: PyTorch without CUDA.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

HASHES = Path(__file__).resolve().parents[1] / "hashes.txt"


def canonical(name: str) -> str:
    """Spell a package's name as an index does."""
    return re.sub(r"[-_.]+", "-", name).lower()


def known(text: str) -> dict[str, str]:
    """Map each name to its lines in the lock, without the marker of a platform."""
    entries = re.findall(r"^(\S+)==([^\s;]+)[^\\]*((?:\\\n +--hash=\S+ ?)+)", text, re.MULTILINE)
    return {canonical(name): f"{name}=={version} {rest}" for name, version, rest in entries}


def fetched(report: Path) -> dict[str, str]:
    """Map the name of each package that pip would fetch to its version."""
    beside = report.resolve().parent.as_uri()
    return {
        canonical(item["metadata"]["name"]): item["metadata"]["version"]
        for item in json.loads(report.read_text(encoding="utf-8"))["install"]
        if "dir_info" not in (source := item["download_info"])
        and not source["url"].startswith(f"{beside}/")
    }


def lines(names: dict[str, str | None], lock: dict[str, str]) -> list[str]:
    """List the lines of the lock for these packages, in any version where none is given."""
    found = []
    for name, version in names.items():
        line = lock.get(name, "")
        if not line or (version and f"=={version} " not in line):
            message = f"hashes.txt has no checksum of {name} {version or ''}".rstrip()
            raise SystemExit(f"{message}, which this computer needs")
        found.append(line)
    return found


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["--report", path]:
            wanted: dict[str, str | None] = {**fetched(Path(path))}
        case names:
            wanted = dict.fromkeys(names)
    print("\n".join(lines(wanted, known(HASHES.read_text(encoding="utf-8")))))

"""No file speaks of the machine it was written on, or of the hosts that packages came from.

A checkout works wherever it lies, and packages come from wherever pip, npm and apt are told to
look: an address in a file would go round that.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

LEFT_OUT = {".git", ".hypothesis", ".venv", "build", "node_modules", "__pycache__"}
TEXT = {"", ".py", ".md", ".js", ".mjs", ".cjs", ".css", ".json", ".sh", ".toml", ".txt", ".yml"}
TEXT |= {".ipynb", ".j2", ".mplstyle", ".cfg", ".lock"}

# written apart, so that this file does not speak of them
HOSTS = (
    *("py" + "pi.org", "python" + "hosted.org", "npm" + "js.org", "npm" + "js.com"),
    *("deb.de" + "bian.org", "anaconda" + ".org", "anaconda" + ".com"),
)
# folders of somebody's machine; Ada's are made up, in tests
FOLDERS = r"(?<![\w.*/:~])/(?:home/(?!ada/)\w+|Users/\w+|root|work|opt|mnt)/\w"
SPOKEN_OF = re.compile("|".join([*map(re.escape, HOSTS), FOLDERS]))


def spoken_of(text: str) -> list[str]:
    """Return the lines that name a host or a folder."""
    return [line.strip()[:120] for line in text.splitlines() if SPOKEN_OF.search(line)]


def files(root: Path) -> list[Path]:
    """List the files of the course that hold text."""
    found: list[Path] = []
    for path in sorted(root.iterdir()):
        if path.name in LEFT_OUT or path.name.endswith((".egg-info", "_cache")):
            continue
        if path.is_dir():
            found += files(path)
        elif path.suffix in TEXT:
            found.append(path)
    return found


def test_no_file_names_a_host_of_packages_or_a_folder_of_a_machine(root: Path) -> None:
    read = files(root)
    assert len(read) > 300
    faults = {
        str(path.relative_to(root)): lines
        for path in read
        if (lines := spoken_of(path.read_text(encoding="utf-8", errors="replace")))
    }
    assert faults == {}


@pytest.mark.parametrize(
    "line",
    [
        f'"resolved": "https://registry.{HOSTS[2]}/a/-/a-1.0.0.tgz"',
        f"--index-url https://{HOSTS[0]}/simple",
        "in /home/" + "grace/course/notebooks",
        'Path("/ro' + 'ot/course")',
        "/wo" + "rk/main",
    ],
)
def test_such_a_line_is_found(line: str) -> None:
    assert spoken_of(f"first\n{line}\n") == [line]


@pytest.mark.parametrize(
    "line",
    [
        "in /home/ada/engine.py",
        "make lab PYTHON=/path/to/python3",
        "https://example.org/home/page/1",
        "docs/work/x and ~/work/x",
        "see https://www.python.org/downloads/",
    ],
)
def test_another_line_is_not(line: str) -> None:
    assert spoken_of(line) == []

"""Join an explorer's ES modules into the one module that a notebook can load.

A notebook front end loads a widget's code as a single string, so an ``import`` of a sibling file
fails there without a word. The files stay real modules for the tests; here they are joined in
the order of their imports, with the imports and the word ``export`` taken out.
"""

from __future__ import annotations

import posixpath
import re
from pathlib import Path

HERE = Path(__file__).parents[1]

_IMPORT = re.compile(
    r"^import\s+(?:[^;]*?\s+from\s+)?[\"'](?P<path>[^\"']+)[\"'];?[ \t]*$", re.M | re.S
)
_EXPORT = re.compile(r"^export\s+(?=(?:async\s+)?(?:function|const|let|class)\b)", re.M)
_NAME = re.compile(
    r"^(?:async\s+)?(?:function\*?|const|let|class)\s+(?P<name>[A-Za-z_$][\w$]*)", re.M
)


def bundle(entry: str, folder: Path = HERE) -> str:
    """Source of one module that holds ``entry`` and every module it imports."""
    parts: dict[str, str] = {}
    _collect(entry, folder, parts, ())
    owners: dict[str, str] = {}
    for name, source in parts.items():
        for match in _NAME.finditer(source):
            other = owners.setdefault(match["name"], name)
            if other != name:
                raise ValueError(f"bundle: {match['name']} is defined in both {other} and {name}")
    return "\n".join(f"// {name}\n{source}" for name, source in parts.items())


def styles(*names: str, folder: Path = HERE) -> str:
    """Style sheets joined into one."""
    return "\n".join((folder / name).read_text(encoding="utf-8") for name in names)


def _collect(name: str, folder: Path, parts: dict[str, str], trail: tuple[str, ...]) -> None:
    if name in trail:
        raise ValueError(f"bundle: circular import {' -> '.join((*trail, name))}")
    if name in parts:
        return
    source = (folder / name).read_text(encoding="utf-8")
    for match in _IMPORT.finditer(source):
        path = match["path"]
        target = posixpath.normpath(posixpath.join(posixpath.dirname(name), path))
        if not path.startswith(("./", "../")) or target.startswith(".."):
            raise ValueError(
                f"bundle: {name} imports {path!r}; only files of the explorers can be joined"
            )
        _collect(target, folder, parts, (*trail, name))
    source = _EXPORT.sub("", _IMPORT.sub("", source)).strip()
    if name != _entry(trail, name):
        source = source.replace("export default", "// default export left out:", 1)
    parts[name] = source


def _entry(trail: tuple[str, ...], name: str) -> str:
    return trail[0] if trail else name

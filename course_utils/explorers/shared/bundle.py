"""Join an explorer's ES modules, and its style sheets, into what a notebook can load.

A notebook front end loads a widget's code as a single string, so an ``import`` of a sibling file
fails there without a word. The files stay real modules for the tests; here they are joined in
the order of their imports, with the imports and the word ``export`` taken out. Nobody lists the
style sheets: a module ``name.js`` brings the ``name.css`` beside it along, where there is one.
"""

from __future__ import annotations

import posixpath
import re
from pathlib import Path

HERE = Path(__file__).parents[1]

_IMPORT = re.compile(
    r"^import\s+(?:(?P<names>[^;]*?)\s+from\s+)?[\"'](?P<path>[^\"']+)[\"'];?[ \t]*$", re.M | re.S
)
_EXPORT = re.compile(r"^export\s+(?=(?:async\s+)?(?:function|const|let|class)\b)", re.M)
_NAME = re.compile(
    r"^(?:async\s+)?(?:function\*?|const|let|class)\s+(?P<name>[A-Za-z_$][\w$]*)", re.M
)


def bundle(entry: str, folder: Path = HERE) -> str:
    """Source of one module that holds ``entry`` and every module it imports."""
    parts = _modules(entry, folder)
    owners: dict[str, str] = {}
    for name, source in parts.items():
        for match in _NAME.finditer(source):
            other = owners.setdefault(match["name"], name)
            if other != name:
                raise ValueError(f"bundle: {match['name']} is defined in both {other} and {name}")
    return "\n".join(f"// {name}\n{source}" for name, source in parts.items())


def styles(entry: str, folder: Path = HERE) -> str:
    """Join the style sheets that lie beside ``entry`` and beside every module it imports."""
    sheets = [(folder / name).with_suffix(".css") for name in _modules(entry, folder)]
    return "\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets if sheet.exists())


def _modules(entry: str, folder: Path) -> dict[str, str]:
    """Read ``entry`` and all that it imports: what is joined of each, in the order of imports."""
    parts: dict[str, str] = {}
    _collect(entry, folder, parts, ())
    return parts


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
        if re.search(r"\bas\b", match["names"] or ""):
            raise ValueError(f"bundle: {name} renames what it imports from {path}")
        _collect(target, folder, parts, (*trail, name))
    source = _EXPORT.sub("", _IMPORT.sub("", source)).strip()
    if trail:  # only the entry has a default export in the end
        source = source.replace("export default", "// default export left out:", 1)
    parts[name] = source

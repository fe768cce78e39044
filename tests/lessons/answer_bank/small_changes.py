"""Wrong answers as small changes of a right one."""

from __future__ import annotations


def but(source: str, *changes: str) -> str:
    """Change a source text: old, new, old, new, …; every old text has to be there."""
    for old, new in zip(changes[::2], changes[1::2], strict=True):
        assert old in source, f"{old!r} is not in the answer:\n{source}"
        source = source.replace(old, new)
    return source

"""Stored outputs: what is kept of them, and what must never be stored.

A notebook is compared with a fresh run on another machine, so an output must hold nothing that
belongs to one machine or one run: no address in memory, no path on this disk, no live widget.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
ADDRESS = re.compile(r"\b0x[0-9a-fA-F]{6,}\b")


def clean_outputs(notebook: NotebookNode, root: Path) -> None:
    """Remove, in place, whatever belongs to this run or this machine from the outputs."""
    notebook.metadata.pop("widgets", None)
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        if cell.cell_type != "code":
            continue
        kept = []
        for output in cell.outputs:
            if "data" in output:
                output.data.pop(WIDGET_VIEW, None)
                output.metadata.pop(WIDGET_VIEW, None)
                if not output.data:
                    continue
            if output.output_type == "error":
                output.traceback = [_portable(row, root) for row in output.traceback]
            kept.append(output)
        cell.outputs = kept


def _portable(text: str, root: Path) -> str:
    """Shorten the paths in a traceback to the part that is the same on every machine."""
    text = text.replace(f"{root}/", "")
    if root.is_relative_to(Path.home()):
        text = text.replace(f"~/{root.relative_to(Path.home())}/", "")
    # Of Python's own library and of installed packages, only the part inside them stays.
    return re.sub(r"[~/][^\s:\x1b]*/lib/python3\.\d+/(?:site-packages/)?", "", text)


def output_texts(output: NotebookNode) -> Iterator[tuple[str, str]]:
    """Yield each text of an output with its kind, such as ``("stdout", "3")``; no pictures."""
    if output.output_type == "stream":
        yield output.name, _text(output.text)
    elif output.output_type == "error":
        yield "error", ANSI.sub("", "\n".join(output.traceback))
    else:
        for kind, data in output.data.items():
            if not kind.startswith("image/"):
                yield kind, _text(data)


def _text(data: Any) -> str:
    return "".join(data) if isinstance(data, list) else str(data)


def forbidden(cell: NotebookNode, root: Path) -> str:
    """Say what a code cell's stored outputs hold that they must not; empty if there is nothing."""
    may_raise = "raises-exception" in cell.metadata.get("tags", [])
    machine = {str(root), str(Path.home()), tempfile.gettempdir()} - {"/"}
    for output in cell.outputs:
        if output.output_type == "error" and not may_raise:
            return f"raised {output.ename}: {ANSI.sub('', str(output.evalue))}"
        if output.output_type == "stream" and output.name == "stderr":
            return f"wrote to stderr: {_text(output.text).strip()[:300]}"
        if WIDGET_VIEW in output.get("data", {}):
            return "stores a live widget view; a stored notebook keeps only its picture and text"
        for kind, text in output_texts(output):
            address = ADDRESS.search(text)
            if address:
                return f"{kind} holds {address.group()}, an address, which changes with every run"
            for path in machine:
                if f"{path}/" in text:
                    return f"{kind} holds {path}, a path on this machine"
    return ""

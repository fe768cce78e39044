"""Run a notebook in a fresh kernel; a cell that fails names its line in the source."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from course_utils.authoring.errors import AuthoringError
from course_utils.authoring.outputs import ANSI, clean_outputs, forbidden
from course_utils.authoring.render import KERNELSPEC, LANGUAGE_INFO, Rendered

SECONDS_PER_CELL = 120


def execute(
    rendered: Rendered,
    source: Path,
    root: Path,
    on_cell: Callable[[int, int], None] = lambda done, total: None,
) -> NotebookNode:
    """Execute every cell in `rendered`, in place, and keep the outputs that may be stored."""
    notebook, lines = rendered.notebook, rendered.lines
    at = 0

    def begin(cell: NotebookNode, cell_index: int) -> None:  # noqa: ARG001 - nbclient calls it by these names
        nonlocal at
        at = cell_index
        on_cell(cell_index, len(lines))

    client = NotebookClient(
        notebook,
        timeout=SECONDS_PER_CELL,
        kernel_name=KERNELSPEC["name"],
        resources={"metadata": {"path": str(root / "notebooks")}},
        record_timing=False,
        store_widget_state=False,
        coalesce_streams=True,
        # An author has no use for the kernel's own notes about its transport.
        extra_arguments=["--IPKernelApp.log_level=40"],
        on_cell_start=begin,
    )
    with tempfile.TemporaryDirectory(prefix="course-build-") as scratch:
        try:
            client.execute(env=kernel_environment(Path(scratch)))
        except CellExecutionError as error:
            raise _failed(notebook.cells[at], lines[at], source, error) from error
        except CellTimeoutError as error:
            raise AuthoringError(
                f"this cell ran for more than {SECONDS_PER_CELL} s", source, lines[at]
            ) from error
        except DeadKernelError as error:
            raise AuthoringError("the kernel died in this cell", source, lines[at]) from error
    clean_outputs(notebook, root)
    notebook.metadata["kernelspec"] = dict(KERNELSPEC)
    notebook.metadata["language_info"] = dict(LANGUAGE_INFO)
    for cell, line in zip(notebook.cells, lines, strict=True):
        fault = forbidden(cell, root) if cell.cell_type == "code" else ""
        if fault:
            raise AuthoringError(f"this cell {fault}", source, line)
    return notebook


def kernel_environment(scratch: Path) -> dict[str, str]:
    """Return the environment of a kernel that builds a lesson, with progress kept in `scratch`."""
    environment: dict[str, Any] = dict(os.environ)
    environment.update(
        COURSE_PROGRESS=str(scratch / "progress.json"),
        PYTHONHASHSEED="0",
        # Lines break at the same place whatever the terminal.
        COLUMNS="80",
        # A stored progress bar would stand still for ever.
        TQDM_DISABLE="1",
        # lesson 00 compares the versions of the notebooks on disk, which are not built yet
        COURSE_BUILD="1",
    )
    environment.pop("MPLBACKEND", None)
    return environment


def _failed(
    cell: NotebookNode, line: int, source: Path, error: CellExecutionError
) -> AuthoringError:
    traceback = ANSI.sub("", str(error.traceback))
    # "Cell In[7], line 3" is the row inside this cell
    row = re.search(rf"Cell In\[{cell.execution_count}\], line (\d+)", traceback)
    generated = bool(cell.metadata.get("course"))
    line = line + int(row.group(1)) - 1 if row and not generated else line
    # nbclient repeats the whole cell above the traceback; file and line are enough.
    traceback = traceback.rpartition("-" * 60)[2]
    tail = "\n".join(f"    {text}" for text in traceback.strip("-\n ").splitlines()[-25:])
    return AuthoringError(f"{error.ename}: {ANSI.sub('', error.evalue)}\n{tail}", source, line)

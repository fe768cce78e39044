"""Showing a message: rich in a notebook, as text anywhere else."""

from __future__ import annotations

import sys


def show_message(message: object) -> None:
    """Show a message where the learner is."""
    # IPython is never imported for this: where it runs, it has been imported.
    ipython = sys.modules.get("IPython")
    if ipython is not None and ipython.get_ipython() is not None:
        ipython.display.display(message)
    else:
        text = str(message)
        encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
        # A terminal that knows no `·` gets it as an escape, not an error.
        print(text.encode(encoding, "backslashreplace").decode(encoding))

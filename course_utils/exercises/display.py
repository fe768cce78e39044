"""Showing a message: rich in a notebook, as text anywhere else."""

from __future__ import annotations

import sys


def show_message(message: object) -> None:
    """Show a message where the learner is.

    Parameters
    ----------
    message : object
        Something with a text and, for notebooks, a ``_repr_mimebundle_``.

    Examples
    --------
    >>> show_message("hint 1 of 3: start with one output.")
    hint 1 of 3: start with one output.
    """
    # IPython is never imported for this: where it runs, it has been imported.
    ipython = sys.modules.get("IPython")
    if ipython is not None and ipython.get_ipython() is not None:
        ipython.display.display(message)
    else:
        print(message)

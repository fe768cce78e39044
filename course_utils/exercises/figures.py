"""Showing what an answer draws once, not once for every case."""

from __future__ import annotations

import contextlib
import sys
from collections import OrderedDict
from collections.abc import Iterator
from typing import Any


@contextlib.contextmanager
def hidden() -> Iterator[None]:
    """Keep figures and displays of a call from the notebook; the first call has shown them."""
    with _displays_hidden(), _figures_hidden():
        yield


@contextlib.contextmanager
def _displays_hidden() -> Iterator[None]:
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    if shell is None:
        yield
        return
    # IPython is never imported for this: where it runs, this part of it has been imported
    displaypub = sys.modules["IPython.core.displaypub"]
    publisher = shell.display_pub
    shell.display_pub = displaypub.CapturingDisplayPublisher()
    try:
        yield
    finally:
        shell.display_pub = publisher


@contextlib.contextmanager
def _figures_hidden() -> Iterator[None]:
    """Give the call a set of open figures of its own, and close it."""
    helpers: Any = sys.modules.get("matplotlib._pylab_helpers")
    if helpers is None:  # matplotlib has not been imported, so nothing is drawn with it
        yield
        return
    figures = helpers.Gcf.figs
    helpers.Gcf.figs = OrderedDict()
    try:
        yield
    finally:
        helpers.Gcf.destroy_all()
        helpers.Gcf.figs = figures

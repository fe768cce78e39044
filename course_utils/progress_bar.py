"""A progress bar for anything that takes more than two seconds."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

Item = TypeVar("Item")


def bars_are_hidden() -> bool:
    """
    Tell whether the environment variable ``TQDM_DISABLE`` asks for no progress bars.

    tqdm reads that variable itself, but not for its bars in notebooks, and a bar in a stored
    notebook would stand still for ever.

    Returns
    -------
    bool
        True if the variable is set to anything but 0 or the empty text.
    """
    return os.environ.get("TQDM_DISABLE", "") not in {"", "0"}


def progress_bar(items: Iterable[Item], description: str = "", **options: Any) -> Iterator[Item]:
    """
    Go through items and show how many are done: a bar in a notebook, a line in a terminal.

    Parameters
    ----------
    items : iterable
        What to go through.
    description : str, optional
        A word or two before the bar.
    **options
        Other options of ``tqdm``, such as ``total`` for items without a length.

    Yields
    ------
    item
        One item after another.

    Examples
    --------
    >>> list(progress_bar("abc", "letters"))
    ['a', 'b', 'c']
    """
    from tqdm.auto import tqdm

    yield from tqdm(items, desc=description, leave=False, disable=bars_are_hidden(), **options)

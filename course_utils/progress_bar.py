"""A progress bar for whatever takes more than two seconds."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

Item = TypeVar("Item")


def bars_are_hidden() -> bool:
    """
    Whether the environment asks for no progress bars, by ``TQDM_DISABLE``.

    tqdm's own reading of that variable does not reach its notebook bars, and a bar in a stored
    notebook would stand still for ever.

    Returns
    -------
    bool
        True where the variable is set to something other than 0 or nothing.

    Examples
    --------
    >>> bars_are_hidden() in (True, False)
    True
    """
    return os.environ.get("TQDM_DISABLE", "") not in {"", "0"}


def progress_bar(items: Iterable[Item], description: str = "", **options: Any) -> Iterator[Item]:
    """
    Go through items and show how far one is: a bar in a notebook, a line in a terminal.

    Parameters
    ----------
    items : iterable
        What is gone through.
    description : str, optional
        A word or two before the bar.
    **options
        Further options of ``tqdm``, such as ``total`` for items without a length.

    Yields
    ------
    item
        One after another.

    Examples
    --------
    >>> list(progress_bar("abc", "letters"))
    ['a', 'b', 'c']
    """
    from tqdm.auto import tqdm

    yield from tqdm(items, desc=description, leave=False, disable=bars_are_hidden(), **options)

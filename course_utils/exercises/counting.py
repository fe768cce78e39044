"""How many numbers a value holds, without touching them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

_DEEPEST = 64  # arrays have no more axes


def count_numbers(value: Any, most: int = 10_000_000) -> int:
    """Count the numbers in an array, or in nested tuples, lists and dicts.

    Lists can hold themselves, or one list twelve times over, and so on: beyond `most`, or too
    deep, the count is `most` and a little more.
    """
    count, layers = 0, [iter((value,))]
    while layers:
        if count > most or len(layers) > _DEEPEST:
            return most + 1
        for item in layers[-1]:
            if isinstance(item, np.ndarray):
                count += item.size
            elif isinstance(item, Mapping):
                layers.append(iter(item.values()))
                break
            elif isinstance(item, (list, tuple)):
                layers.append(iter(item))
                break
            else:
                count += 1
                if count > most:
                    break
        else:
            layers.pop()
    return count

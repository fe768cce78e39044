"""How many numbers a value holds, without touching them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np


def count_numbers(value: Any) -> int:
    """Count the numbers in an array, or in nested tuples, lists and dicts."""
    if isinstance(value, np.ndarray):
        return int(value.size)
    if isinstance(value, Mapping):
        return sum(count_numbers(item) for item in value.values())
    if isinstance(value, (list, tuple)):
        return sum(count_numbers(item) for item in value)
    return 1

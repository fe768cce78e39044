"""The ids of a notebook's cells: made from lesson and position, so that a rebuild keeps them."""

from __future__ import annotations

import re

_LONGEST_NAME = 56  # nbformat allows 64 characters in an id


def cell_id(lesson: str, position: int) -> str:
    """Return the id of the cell at `position`, counted from 0: ``01_convolution_sum-000``."""
    name = re.sub(r"[^a-zA-Z0-9_-]", "-", lesson)[:_LONGEST_NAME]
    return f"{name}-{position:03d}"

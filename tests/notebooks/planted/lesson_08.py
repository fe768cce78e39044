"""Errors for the checks of lesson 08: a number miscounted, a layer of another kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from course_utils.nn import models
from tests.notebooks.planting import Planted


def less_in(column: int) -> Callable[..., Any]:
    """Count one less in a column of what a function gives, row by row or in one row."""

    def wrong(real: Callable[..., Any]) -> Callable[..., Any]:
        def function(*arguments: Any) -> Any:
            found = np.array(real(*arguments))
            found[..., column] -= 1
            return [tuple(row) for row in found] if found.ndim == 2 else tuple(found)

        return function

    return wrong


def of_three(real: Callable[..., Any]) -> Callable[..., Any]:
    """Build every layer with windows of 3."""
    return lambda C, K, F, **options: real(C, K, min(F, 3), **options)


PLANTED = [
    Planted("8.1", "network_cost", less_in(0)),
    Planted("8.2", "network_cost", less_in(1)),
    Planted("8.3", "network_cost", less_in(2)),
    Planted("8.4", "sparse_parameters", lambda real: lambda *table: real(*table) - 1),
    Planted("8.5", "original", lambda _: models.lenet5(rng=None)),
    Planted("8.6", "own", lambda own: {**own, "c3": 2416}),
    Planted("8.7", "counted", lambda real: lambda entries: real(entries)[::-1]),
    Planted(
        "8.8",
        "course_utils.nn.Conv2d",
        lambda real: lambda C, K, F, groups, rng: real(C, K, F, rng=rng),
    ),
    Planted("8.9", "vgg_formula", less_in(0), since="formula, ledger"),
    Planted("8.10", "vgg_formula", less_in(1), since="formula, ledger"),
    Planted("8.11", "course_utils.ops.receptive_field", lambda real: lambda rows: real([*rows, 3])),
    Planted("8.12", "stack_and_single", lambda real: lambda C, n: real(C, n)[::-1]),
    Planted("8.13", "compose", lambda real: lambda u, v: real(u[..., ::-1], v)),
    Planted("8.14", "course_utils.nn.Conv2d", of_three),
    Planted("8.15", "fields_of", lambda real: lambda network: real(network)[:-1]),
]

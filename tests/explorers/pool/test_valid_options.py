"""What PoolExplorer's page offers, and what PyTorch refuses."""

from __future__ import annotations

import itertools

import pytest

from course_utils.explorers.pool.state import PoolState, with_changes
from course_utils.explorers.pool.valid_options import choices, problem


def test_choices_are_exactly_what_is_accepted() -> None:
    for changes in ({}, {"kernel_size": (3, 5), "padding": (1, 2)}, {"input_size": (2, 9)}):
        state = with_changes(PoolState(), changes)
        offered = choices(state)
        for name in ("input_size", "kernel_size", "stride", "padding", "shift"):
            rows, columns = getattr(state, name)
            for k in (0, 1):
                accepted = []
                for value in range(-6, 13):
                    try:
                        with_changes(state, {name: (value, columns) if k == 0 else (rows, value)})
                    except ValueError:
                        continue
                    accepted.append(value)
                assert offered[name][k] == accepted, name


def test_what_is_refused_is_what_pytorch_refuses() -> None:
    torch = pytest.importorskip("torch")
    for n, f, p in itertools.product((1, 2, 4), (1, 2, 3, 5), (0, 1, 2)):
        words = problem((n, 6), (f, 2), (p, 0))
        try:
            torch.nn.functional.max_pool2d(torch.zeros(1, 1, n, 6), (f, 2), 1, (p, 0))
        except RuntimeError:
            assert words
        else:
            assert not words

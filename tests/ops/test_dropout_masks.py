"""dropout: how often, how much, and that forward and backward share their mask."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from course_utils.ops import dropout, dropout_backward, dropout_mask


def test_keeps_the_mean_and_the_rate() -> None:
    y = dropout(np.ones(100_000), 0.3, generator=1)
    assert set(np.unique(y)) == {0.0, 1 / 0.7}
    assert abs((y == 0).mean() - 0.3) < 0.01
    assert abs(y.mean() - 1) < 0.01


def test_gradient_passes_the_same_mask() -> None:
    rng = np.random.default_rng(2)
    x, gy = rng.normal(size=(4, 5)), rng.normal(size=(4, 5))
    mask = dropout_mask((4, 5), 0.4, generator=7)
    np.testing.assert_array_equal(dropout(x, 0.4, generator=7), x * mask)
    np.testing.assert_array_equal(dropout_backward(gy, x, 0.4, generator=7), gy * mask)


def test_a_generator_moves_on_and_a_seed_does_not() -> None:
    x, generator = np.ones(50), np.random.default_rng(3)
    assert (dropout(x, generator=generator) != dropout(x, generator=generator)).any()
    np.testing.assert_array_equal(dropout(x, generator=3), dropout(x, generator=3))


def test_nothing_happens_outside_training() -> None:
    x = np.arange(4.0)
    y = dropout(x, 0.9, training=False, generator=0)
    np.testing.assert_array_equal(y, x)
    assert not np.shares_memory(x, y)
    np.testing.assert_array_equal(dropout_backward(x, x, 0.9, training=False, generator=0), x)


def test_ends_of_the_range_and_dtype() -> None:
    x = np.ones(10, np.float32)
    np.testing.assert_array_equal(dropout(x, 1.0, generator=0), np.zeros(10))
    np.testing.assert_array_equal(dropout(x, 0.0, generator=0), x)
    assert dropout(x, generator=0).dtype == np.float32


def test_refusals_say_what_is_wrong() -> None:
    nothing: Any = None
    with pytest.raises(ValueError, match=r"dropout: p is 1.5, expected a probability from 0 to 1"):
        dropout([1.0], 1.5, generator=0)
    with pytest.raises(
        TypeError, match=r"dropout: generator is None, expected a generator or a seed"
    ):
        dropout([1.0], generator=nothing)

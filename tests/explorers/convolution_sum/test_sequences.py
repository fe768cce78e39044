"""The signals and kernels offered by name."""

from __future__ import annotations

import numpy as np
import pytest

from course_utils.explorers.convolution_sum.sequences import KERNELS, SIGNALS, Sequence
from course_utils.explorers.shared.arrays import Array

ALL = {**{f"x {n}": s for n, s in SIGNALS.items()}, **{f"w {n}": s for n, s in KERNELS.items()}}


@pytest.mark.parametrize("made", ALL.values(), ids=ALL.keys())
def test_every_size_can_be_made(made: Sequence) -> None:
    for n in (made.smallest, made.size, 9):
        values = made.make(n)
        assert values.shape == (n,)
        assert values.dtype == np.float64
        assert np.isfinite(values).all()
        np.testing.assert_array_equal(values, made.make(n))  # the same at every call


@pytest.mark.parametrize("name", ["mean", "binomial", "identity", "delay"])
def test_these_kernels_keep_the_sum(name: str) -> None:
    for n in (1, 2, 5, 9):
        assert KERNELS[name].make(n).sum() == pytest.approx(1.0)


def test_the_bell_is_a_row_of_pascals_triangle() -> None:
    np.testing.assert_array_equal(KERNELS["binomial"].make(5) * 16, [1, 4, 6, 4, 1])


@pytest.mark.parametrize(
    ("made", "values"),
    [
        (SIGNALS["impulse"].make(4), [0, 1, 0, 0]),
        (SIGNALS["step"].make(6), [0, 0, 1, 1, 1, 1]),
        (SIGNALS["hills"].make(5), [0, 1, 3, 1, 0]),
        (SIGNALS["ramp"].make(3), [1, 2, 3]),
        (SIGNALS["wave"].make(5), [0, 0.71, 1, 0.71, 0]),
        (KERNELS["echo"].make(3), [1, 0.5, 0.25]),
        (KERNELS["delay"].make(3), [0, 0, 1]),
        (KERNELS["mean"].make(2), [0.5, 0.5]),
        (KERNELS["difference"].make(3), [1, -1, 0]),
    ],
)
def test_values_by_hand(made: Array, values: list[float]) -> None:
    assert made.tolist() == values

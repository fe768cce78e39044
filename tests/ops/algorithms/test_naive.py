"""The loops themselves, against sums that a person can check and against SciPy."""

from __future__ import annotations

import numpy as np
from scipy import signal

from course_utils.ops.algorithms import naive
from course_utils.ops.algorithms.problem import Problem


def test_a_convolution_by_hand() -> None:
    x = np.array([[[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]]])
    w = np.array([[[[1.0, 0.0], [0.0, -1.0]]]])
    p = Problem(1, 1, 2, 3, 1, 2, 2)
    np.testing.assert_array_equal(naive.forward(x, w, p), [[[[1 - 5, 2 - 6]]]])
    gy = np.array([[[[10.0, 100.0]]]])
    gx = [[[[10, 100, 0], [0, -10, -100]]]]
    np.testing.assert_array_equal(naive.grad_x(gy, w, p), gx)
    gw = [[[[10 * 1 + 100 * 2, 10 * 2 + 100 * 3], [10 * 4 + 100 * 5, 10 * 5 + 100 * 6]]]]
    np.testing.assert_array_equal(naive.grad_weight(gy, x, p), gw)


def test_a_sum_of_channels_is_scipy_s() -> None:
    rng = np.random.default_rng(4)
    x, w = rng.normal(size=(1, 3, 7, 9)), rng.normal(size=(1, 3, 2, 4))
    y = naive.forward(x, w, Problem(1, 3, 7, 9, 1, 2, 4))[0, 0]
    expected = sum(signal.correlate2d(x[0, c], w[0, c], "valid") for c in range(3))
    np.testing.assert_allclose(y, expected, atol=1e-12)

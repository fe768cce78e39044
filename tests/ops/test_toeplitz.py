"""The matrix times the signal is the convolution; its diagonals are constant."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import product
from typing import Any

import numpy as np
import pytest
import scipy.linalg
import torch

from course_utils.ops import conv2d, convolve, toeplitz_matrix
from course_utils.ops.convolve_correlate import Mode

RNG = np.random.default_rng(3)


def test_signal_by_hand() -> None:
    np.testing.assert_array_equal(
        toeplitz_matrix([1.0, 2.0], 3), [[1, 0, 0], [2, 1, 0], [0, 2, 1], [0, 0, 2]]
    )


def test_signal_against_scipy() -> None:
    w, n = RNG.normal(size=4), 6
    expected = scipy.linalg.toeplitz(np.r_[w, np.zeros(n - 1)], np.r_[w[0], np.zeros(n - 1)])
    np.testing.assert_array_equal(toeplitz_matrix(w, n), expected)


@pytest.mark.parametrize("mode", ["full", "same", "valid"])
def test_matrix_times_x_is_convolve(mode: Mode) -> None:
    x, w = RNG.normal(size=7), RNG.normal(size=3)
    np.testing.assert_allclose(toeplitz_matrix(w, 7, mode) @ x, convolve(x, w, mode), atol=1e-14)
    x, w = RNG.normal(size=(5, 4)), RNG.normal(size=(2, 3))
    A = toeplitz_matrix(w, (5, 4), mode)
    np.testing.assert_allclose(A @ x.ravel(), convolve(x, w, mode).ravel(), atol=1e-14)


@pytest.mark.parametrize(
    ("stride", "padding", "dilation"), list(product((1, 2), (0, (2, 1)), (1, (1, 2))))
)
def test_matrix_times_x_is_pytorch(stride: Any, padding: Any, dilation: Any) -> None:
    x, w = RNG.normal(size=(6, 7)), RNG.normal(size=(3, 2))
    A = toeplitz_matrix(w, (6, 7), stride=stride, padding=padding, dilation=dilation)
    y = torch.nn.functional.conv2d(
        torch.tensor(x)[None], torch.tensor(w)[None, None], None, stride, padding, dilation
    )
    np.testing.assert_allclose(A @ x.ravel(), y.numpy().ravel(), atol=1e-13)


def test_matrix_of_many_channels_in_groups() -> None:
    x, w = RNG.normal(size=(4, 5, 6)), RNG.normal(size=(6, 2, 3, 3))
    A = toeplitz_matrix(w, (5, 6), padding="same", groups=2)
    y = conv2d(x, w, padding="same", groups=2)
    np.testing.assert_allclose(A @ x.ravel(), y.ravel(), atol=1e-13)


def test_blocks_are_toeplitz_and_lie_on_diagonals() -> None:
    H, W = 4, 5
    A = toeplitz_matrix(RNG.normal(size=(3, 3)), (H, W), padding=1).reshape(H, W, H, W)
    for i, j in product(range(H - 1), repeat=2):
        np.testing.assert_array_equal(A[i, :, j, :], A[i + 1, :, j + 1, :])
        np.testing.assert_array_equal(A[i, :-1, j, :-1], A[i, 1:, j, 1:])


def test_dtype_is_kept() -> None:
    assert toeplitz_matrix(np.ones(2, np.float32), 3).dtype == np.float32


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: toeplitz_matrix(np.ones(2), (3, 3)), "n is (3, 3), expected one size"),
        (lambda: toeplitz_matrix(np.ones((2, 2)), 3), "n is 3, expected (H, W)"),
        (lambda: toeplitz_matrix(np.ones((1, 2, 2)), 3), "w is (1, 2, 2), expected (F,), (kH, kW)"),
        (lambda: toeplitz_matrix(np.ones(2), 3, stride=2), "stride, padding, dilation and groups"),
        (lambda: toeplitz_matrix(np.ones((1, 1, 2, 2)), (3, 3), "full"), "mode is 'full'"),
        (lambda: toeplitz_matrix(np.ones(2), 0), "n is 0, expected at least 1"),
    ],
)
def test_refusals_say_what_is_wrong(call: Callable[[], Any], message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(f"toeplitz_matrix: {message}")):
        call()

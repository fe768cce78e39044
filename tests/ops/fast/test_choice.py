"""Every algorithm by its name, and the one that auto takes: one and the same convolution."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from course_utils.ops import conv2d, conv2d_backward
from course_utils.ops.fast import choice
from tests.ops.algorithms.problems import relative_error


@pytest.mark.parametrize(
    "name", ["im2col", "mec", "fft", "winograd", "winograd4", "winograd_rows", "auto"]
)
@pytest.mark.parametrize("shape", [(9, 3, 20, 20), (40, 2, 9, 9), (1, 24, 30, 31), (2, 70, 90, 8)])
def test_blocks_of_images_and_rows(name: str, shape: tuple[int, int, int, int]) -> None:
    rng = np.random.default_rng(1)
    x, w = rng.normal(size=shape), rng.normal(size=(5, shape[1], 3, 3))
    gy = rng.normal(size=(shape[0], 5, *shape[2:]))
    y = conv2d(x, w, padding=1, algorithm=name)
    i = shape[0] - 1  # the last image alone
    alone = conv2d(x[i], w, padding=1, algorithm="im2col")
    np.testing.assert_allclose(y[i], alone, atol=1e-10)
    gx, gw, _ = conv2d_backward(gy, x, w, padding=1, algorithm=name)
    one = [conv2d_backward(gy[n], x[n], w, padding=1, algorithm="mec") for n in range(shape[0])]
    np.testing.assert_allclose(gx, [g[0] for g in one], atol=1e-10)
    np.testing.assert_allclose(gw, sum(g[1] for g in one), atol=1e-9)


@pytest.mark.parametrize("name", [*choice.ALGORITHMS, "auto"])
def test_arguments_may_be_views_and_are_left_alone(name: str) -> None:
    rng = np.random.default_rng(2)
    wide = rng.normal(size=(4, 9, 18, 3)).astype(np.float32)
    x = wide[::-1, ::-1, ::2].transpose(0, 3, 2, 1)  # negative strides, channels last
    w = np.asfortranarray(rng.normal(size=(2, 3, 3, 3)).astype(np.float32))
    gy = np.broadcast_to(np.float32(2), (4, 2, 7, 7))
    for a in (wide, w):
        a.setflags(write=False)
    before = x.copy(), w.copy()
    y = conv2d(x, w, algorithm=name)
    np.testing.assert_allclose(y, conv2d(x.copy(), w.copy(), algorithm="naive"), atol=1e-4)
    ours = conv2d_backward(gy, x, w, algorithm=name)
    plain = conv2d_backward(gy.copy(), x.copy(), w.copy(), algorithm="naive")
    for gradient, reference in zip(ours[:2], plain[:2], strict=True):
        np.testing.assert_allclose(gradient, reference, rtol=1e-4, atol=1e-4)
    np.testing.assert_array_equal(x, before[0])
    np.testing.assert_array_equal(w, before[1])


@pytest.mark.parametrize("name", [*choice.ALGORITHMS, "auto"])
def test_empty_batches_and_single_pixels(name: str) -> None:
    w = np.ones((2, 3, 3, 3))
    assert conv2d(np.zeros((0, 3, 5, 5)), w, algorithm=name).shape == (0, 2, 3, 3)
    gx, gw, _ = conv2d_backward(np.zeros((0, 2, 3, 3)), np.zeros((0, 3, 5, 5)), w, algorithm=name)
    assert gx.shape == (0, 3, 5, 5)
    np.testing.assert_array_equal(gw, np.zeros_like(w))
    y = conv2d(np.full((1, 3, 1, 1), 2.0), w, padding=1, algorithm=name)
    np.testing.assert_allclose(y, np.full((1, 2, 1, 1), 6.0), atol=1e-12)


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_a_spoilt_pixel_spoils_only_what_sees_it(value: float) -> None:
    rng = np.random.default_rng(3)
    x = rng.normal(size=(2, 96, 9, 9)).astype(np.float32)
    w = np.abs(rng.normal(size=(96, 96, 3, 3))).astype(np.float32)
    x[1, 5, 4, 4] = value
    y = conv2d(x, w, padding=1)
    spoilt = ~np.isfinite(y)
    assert spoilt[1, :, 3:6, 3:6].all()
    assert spoilt.sum() == 96 * 9


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_a_spoilt_pixel_spoils_only_the_weights_that_meet_it(value: float) -> None:
    rng = np.random.default_rng(10)
    x, gy = (rng.normal(size=(2, 16, 9, 9)).astype(np.float32) for _ in range(2))
    x[1, 5, 0, 0] = value  # a corner: with padding, four taps of nine meet it
    w = np.zeros((16, 16, 3, 3), np.float32)
    gw = conv2d_backward(gy, x, w, padding=1)[1]
    spoilt = ~np.isfinite(gw)
    assert spoilt[:, 5, :2, :2].all()
    assert spoilt.sum() == 16 * 4


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_auto_keeps_the_digits_of_float64(dtype: type[np.floating[Any]]) -> None:
    # in float64 one wants the digits: nothing that trades them for speed may be taken
    rng = np.random.default_rng(11)
    x, w = rng.normal(size=(2, 128, 14, 14)).astype(dtype), rng.normal(size=(128, 128, 3, 3))
    w = w.astype(dtype)
    exact = conv2d(x.astype(np.longdouble).astype(np.float64), w.astype(np.float64), padding=1)
    error = relative_error(conv2d(x, w, padding=1), exact)
    same = conv2d(x, w, padding=1, algorithm="mec")
    if dtype is np.float64:
        np.testing.assert_array_equal(conv2d(x, w, padding=1), same)
    assert error < 2e-6


def test_a_name_that_is_not_known() -> None:
    x, w = np.zeros((1, 1, 5, 5)), np.zeros((1, 1, 2, 2))
    with pytest.raises(
        ValueError, match=r"algorithm is 'fast', expected one of 'auto', 'naive', 'im"
    ):
        conv2d(x, w, algorithm="fast")

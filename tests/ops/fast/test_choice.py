"""Which algorithm a convolution takes, and what holds whichever it is."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from threadpoolctl import threadpool_info

from course_utils.ops import conv2d, conv2d_backward
from course_utils.ops.algorithms.problem import Problem
from course_utils.ops.arrays import Array
from course_utils.ops.fast import choice, winograd_rows

NAMES = ["auto", "naive", "im2col", "mec", "fft", "winograd", "winograd4", "winograd_rows"]
# batch, channels, height, width, filters
SHAPES = [(9, 3, 20, 20, 5), (40, 2, 9, 9, 24), (1, 24, 30, 31, 8), (2, 70, 90, 8, 24)]


def test_each_algorithm_has_its_name() -> None:
    assert ["auto", *choice.ALGORITHMS] == NAMES


@pytest.mark.parametrize("name", ["auto", "mec", "winograd_rows"])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_a_batch_is_its_images(
    name: str, dtype: npt.DTypeLike, shape: tuple[int, int, int, int, int]
) -> None:
    B, C, H, W, K = shape
    rng = np.random.default_rng(1)
    x, w, gy = (
        rng.normal(size=size).astype(dtype) for size in ((B, C, H, W), (K, C, 3, 3), (B, K, H, W))
    )
    y = conv2d(x, w, padding=1, algorithm=name)
    gx, gw, _ = conv2d_backward(gy, x, w, padding=1, algorithm=name)
    singly = [conv2d_backward(gy[b], x[b], w, padding=1, algorithm="im2col") for b in range(B)]
    alone = [conv2d(x[b], w, padding=1, algorithm="im2col") for b in range(B)]
    atol = 1e-3 if dtype == np.float32 else 1e-10
    np.testing.assert_allclose(y, alone, rtol=0, atol=atol)
    np.testing.assert_allclose(gx, [g[0] for g in singly], rtol=0, atol=atol)
    np.testing.assert_allclose(gw, sum(g[1] for g in singly), rtol=0, atol=4 * atol)


def test_auto_never_takes_winograd_in_float64() -> None:
    for k in range(1, 6):
        for C in (1, 8, 64, 512):
            p = Problem(16, C, 30, 30, C, k, k)
            for part in ("forward", "grad_x", "grad_weight"):
                assert choice.fastest(p, part, np.dtype(np.float64)) is not winograd_rows


def test_auto_takes_winograd_for_many_channels_in_float32() -> None:
    p = Problem(16, 64, 56, 56, 64, 3, 3, padding=((1, 1), (1, 1)))
    for part in ("forward", "grad_x", "grad_weight"):
        assert choice.fastest(p, part, np.dtype(np.float32)) is winograd_rows


@pytest.mark.parametrize("name", NAMES)
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


@pytest.mark.parametrize("name", NAMES)
def test_results_are_the_caller_s_own(name: str) -> None:
    rng = np.random.default_rng(4)
    x, w, gy = (rng.normal(size=s) for s in ((2, 3, 5, 5), (4, 3, 3, 3), (2, 4, 3, 3)))

    def results() -> list[Array]:
        y = conv2d(x, w, algorithm=name)
        gx, gw, _ = conv2d_backward(gy, x, w, algorithm=name)
        return [y, gx, gw]

    first = results()
    copies = [result.copy() for result in first]
    for result in results():  # which must not lie where those lie
        result[...] = 0
    for result, copy in zip(first, copies, strict=True):
        np.testing.assert_array_equal(result, copy)
        assert not any(np.shares_memory(result, argument) for argument in (x, w, gy))


@pytest.mark.parametrize("name", NAMES)
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
@pytest.mark.parametrize("channels", [2, 16])
def test_a_spoilt_pixel_spoils_only_the_weights_that_meet_it(value: float, channels: int) -> None:
    rng = np.random.default_rng(10)
    x, gy = (rng.normal(size=(2, channels, 9, 9)).astype(np.float32) for _ in range(2))
    x[1, 1, 0, 0] = value  # a corner: with padding, four taps of nine meet it
    w = np.zeros((channels, channels, 3, 3), np.float32)
    gw = conv2d_backward(gy, x, w, padding=1)[1]
    spoilt = ~np.isfinite(gw)
    assert spoilt[:, 1, :2, :2].all()
    assert spoilt.sum() == channels * 4


@pytest.mark.parametrize("name", NAMES)
def test_infinities_that_cancel_give_nan_without_a_warning(name: str) -> None:
    x = np.array([[[[np.inf, -np.inf, 1.0], [1.0, 1.0, 1.0], [1.0, 1.0, 1.0]]]])
    assert np.isnan(conv2d(x, np.ones((1, 1, 3, 3)), algorithm=name)).all()


@pytest.mark.parametrize("name", ["auto", "im2col", "fft", "winograd"])
def test_blas_has_its_threads_back(name: str) -> None:
    def blas_threads() -> list[int]:
        return [found["num_threads"] for found in threadpool_info() if found["user_api"] == "blas"]

    before = blas_threads()
    conv2d(np.ones((1, 2, 8, 8)), np.ones((3, 2, 3, 3)), algorithm=name)
    assert blas_threads() == before


def test_a_name_that_is_not_known() -> None:
    x, w = np.zeros((1, 1, 5, 5)), np.zeros((1, 1, 2, 2))
    with pytest.raises(
        ValueError, match=r"algorithm is 'fast', expected one of 'auto', 'naive', 'im"
    ):
        conv2d(x, w, algorithm="fast")
    with pytest.raises(ValueError, match=r"algorithm is 'fast', expected one of 'auto'"):
        conv2d(np.zeros((0, 1, 5, 5)), w, algorithm="fast")

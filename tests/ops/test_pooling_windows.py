"""What pools refuse, where their windows lie, and the border around their planes."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from course_utils.ops import avg_pool1d, avg_pool2d, max_pool1d, max_pool2d
from course_utils.ops.arrays import Array
from course_utils.ops.pooling_windows import Windows, read_pool

PLANE = np.arange(1.0, 31.0).reshape(1, 5, 6)


def read(x: Array, **options: Any) -> tuple[Array, Windows]:
    usual: dict[str, Any] = {"stride": None, "padding": 0, "dilation": 1, "ceil_mode": False}
    return read_pool("max_pool2d", 2, x, **{**usual, **options})


def test_images_become_planes_and_signals_planes_of_one_row() -> None:
    planes, windows = read(np.zeros((2, 3, 5, 6)), kernel_size=2)
    assert planes.shape == (2 * 3, 5, 6)
    assert windows.result_shape == (2, 3, 2, 3)
    planes, windows = read_pool("max_pool1d", 1, np.zeros((3, 8)), 2, None, 0, 1, False)
    assert planes.shape == (3, 1, 8)
    assert windows.kernel == windows.stride == (1, 2)
    assert windows.result_shape == (3, 4)


def test_border_is_of_the_value_asked_for() -> None:
    planes, windows = read(PLANE, kernel_size=3, stride=2, padding=1)
    padded = windows.pad(planes, -np.inf)
    # windows begin at −1, 1 and 3, and the last ends at 5: one row below, no column on the right
    assert padded.shape == (1, 7, 7)
    np.testing.assert_array_equal(padded[0, 1:6, 1:], PLANE[0])
    assert np.isneginf(padded[0, [0, 6]]).all()
    assert np.isneginf(padded[0, :, 0]).all()
    np.testing.assert_array_equal(windows.inside(padded), PLANE)


def test_taps_go_through_a_window_row_by_row() -> None:
    planes, windows = read(PLANE, kernel_size=2, stride=(3, 2), dilation=(2, 1))
    taps = list(windows.taps(windows.pad(planes, 0)))
    assert [place for place, _ in taps] == [(0, 0), (0, 1), (1, 0), (1, 1)]
    for (u, v), seen in taps:
        np.testing.assert_array_equal(seen, PLANE[:, 2 * u :: 3, v::2][:, :1, :3])


@pytest.mark.parametrize("stride", [1, 2, (2, 3), (3, 1)])
def test_phases_hold_what_taps_see_in_one_run(stride: Any) -> None:
    planes, windows = read(PLANE, kernel_size=(3, 2), stride=stride, dilation=(1, 2), padding=1)
    padded = windows.pad(planes, -np.inf)
    phases = np.array(windows.split(planes, -np.inf))
    high, wide = windows.phase_size
    for (phase, start), (_, seen) in zip(windows.phase_taps(), windows.taps(padded), strict=True):
        run = np.pad(phases[phase][0].ravel()[start:], (0, start)).reshape(1, high, wide)
        np.testing.assert_array_equal(windows.asked(run), seen)
    back = np.zeros_like(padded)
    windows.join(phases, back)
    np.testing.assert_array_equal(back, padded)


INTEGERS: dict[str, Any] = {"an int64": np.int64(2), "an array": np.array(2), "a pair": (2, 2)}


@pytest.mark.parametrize("kind", INTEGERS)
@pytest.mark.parametrize("pool", [max_pool2d, avg_pool2d])
def test_options_may_be_whole_numbers_of_numpy(pool: Callable[..., Array], kind: str) -> None:
    x, two = np.arange(25.0).reshape(1, 5, 5), INTEGERS[kind]
    expected = pool(x, 3, 2, 1)
    np.testing.assert_array_equal(pool(x, 3, two, np.int64(1)), expected)
    np.testing.assert_array_equal(pool(x, np.uint8(3), stride=two, padding=(1, 1)), expected)


@pytest.mark.parametrize("nothing", [None, (), []])
def test_without_a_stride_windows_lie_side_by_side(nothing: Any) -> None:
    np.testing.assert_array_equal(max_pool1d([[1.0, 2.0, 3.0, 4.0]], 2, nothing), [[2, 4]])


X = np.zeros((1, 2, 4, 4))
WRONG: list[tuple[Callable[[], Any], str]] = [
    (lambda: max_pool2d(X, 3, padding=2),
     "max_pool2d: padding is 2, expected at most half of kernel_size 3"),
    (lambda: max_pool2d(X, 5), "max_pool2d: kernel_size 5 with dilation 1 and padding 0 does not"),
    (lambda: max_pool2d(X, 0), "max_pool2d: kernel_size is 0, expected at least 1"),
    (lambda: max_pool2d(X, (2, 2, 2)), "kernel_size is (2, 2, 2), expected one whole number or 2"),
    (lambda: max_pool2d(X, 2, 0), "max_pool2d: stride is 0, expected at least 1"),
    (lambda: max_pool2d(X[0, 0], 2), "max_pool2d: x is (4, 4), expected (B, C, H, W) or (C, H, W)"),
    (lambda: max_pool2d(X[:, :0], 2), "x is (1, 0, 4, 4), expected at least one channel"),
    (lambda: max_pool1d(X[0, 0, 0], 2), "max_pool1d: x is (4,), expected (B, C, L) or (C, L)"),
    (lambda: avg_pool1d(X[0], (2, 2)), "kernel_size is (2, 2), expected one whole number"),
]  # fmt: skip


@pytest.mark.parametrize(("call", "message"), WRONG)
def test_refusals_say_what_is_wrong(call: Callable[[], Any], message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        call()


def test_ceil_mode_is_a_flag() -> None:
    wrong: Any = 1
    with pytest.raises(TypeError, match=r"max_pool2d: ceil_mode is 1, expected True or False"):
        max_pool2d(X, 2, ceil_mode=wrong)

"""Winograd by rows: the same convolution as the loops, its digits, and what it refuses."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_utils.ops import conv2d
from course_utils.ops.algorithms.problem import Problem
from course_utils.ops.fast import mec, sharing, small_products, winograd_rows
from course_utils.ops.fast.winograd_rows import by_blocks, by_places, steps
from tests.ops.algorithms.problems import arrays, check_against_loops, relative_error


@pytest.mark.parametrize("way", [by_blocks, by_places], ids=["by blocks", "by places"])
@settings(max_examples=80, deadline=None)
@given(
    more=st.tuples(*[st.integers(0, 9)] * 2),
    kernel=st.tuples(st.integers(2, 5), st.integers(1, 5)),
    sides=st.tuples(*[st.tuples(*[st.integers(-1, 4)] * 2)] * 2),
    B=st.integers(1, 3),
    channels=st.tuples(*[st.integers(1, 5)] * 2),
)
def test_the_same_as_the_loops(
    way: object,
    more: tuple[int, int],
    kernel: tuple[int, int],
    sides: tuple[tuple[int, int], tuple[int, int]],
    B: int,
    channels: tuple[int, int],
) -> None:
    H, W = (max(1, k - sum(s)) + n for k, s, n in zip(kernel, sides, more, strict=True))
    p = Problem(B, channels[0], H, W, channels[1], *kernel, padding=sides)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sharing, "NEAR", 2_000)  # so that there are several parts
        patch.setattr(winograd_rows, "_has_large_filters", lambda *_: way is by_places)
        check_against_loops(winograd_rows, p)


def test_large_filters_are_taken_place_by_place() -> None:
    p = Problem(2, 200, 9, 11, 300, 3, 3, padding=((1, 1), (0, 2)))
    x, w, gy = arrays(p)
    with pytest.MonkeyPatch.context() as patch:
        patch.delattr(by_blocks, "forward")
        patch.delattr(by_blocks, "grad_weight")
        y, gw = winograd_rows.forward(x, w, p), winograd_rows.grad_weight(gy, x, p)
    np.testing.assert_allclose(y, mec.forward(x, w, p), atol=1e-10)
    np.testing.assert_allclose(gw, mec.grad_weight(gy, x, p), atol=1e-10)


@pytest.mark.parametrize("small", [False, True], ids=["one product", "small products"])
def test_products_of_any_size(small: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(small_products, "_has_small_kernels", lambda: small)
    p = Problem(3, 64, 30, 31, 64, 3, 3, padding=((1, 1), (1, 1)))
    x, w, gy = arrays(p)
    np.testing.assert_allclose(winograd_rows.forward(x, w, p), mec.forward(x, w, p), atol=1e-10)
    gw = winograd_rows.grad_weight(gy, x, p)
    np.testing.assert_allclose(gw, mec.grad_weight(gy, x, p), atol=1e-9)


@pytest.mark.parametrize("r", [2, 3, 4, 5])
def test_the_matrices_filter_in_one_dimension(r: int) -> None:
    f = steps.matrices(r, np.dtype(np.float64))
    rng = np.random.default_rng(0)
    d, g = rng.normal(size=6), rng.normal(size=r)
    assert f.A_T.shape == (7 - r, 6)
    np.testing.assert_allclose(f.A_T @ ((f.G @ g) * (f.B_T @ d)), np.correlate(d, g), atol=1e-12)


@pytest.mark.parametrize("k", [3, 4, 5])
def test_the_digits_are_kept(k: int) -> None:
    p = Problem(2, 64, 16, 16, 64, k, k, padding=((1, 1), (1, 1)))
    x, w, gy = arrays(p, np.float32)
    x64, w64, gy64 = arrays(p, np.float32)
    x64, w64, gy64 = (a.astype(np.float64) for a in (x64, w64, gy64))
    for ours, plain, exact, times in (
        (winograd_rows.forward(x, w, p), mec.forward(x, w, p), mec.forward(x64, w64, p), 3.5),
        (winograd_rows.grad_x(gy, w, p), mec.grad_x(gy, w, p), mec.grad_x(gy64, w64, p), 3.5),
        (
            winograd_rows.grad_weight(gy, x, p),
            mec.grad_weight(gy, x, p),
            mec.grad_weight(gy64, x64, p),
            5,
        ),
    ):
        assert relative_error(ours, exact) < times * relative_error(plain, exact)


def test_refusals_say_what_is_wrong() -> None:
    x, w = np.zeros((1, 1, 5, 5)), np.zeros((1, 1, 2, 2))
    with pytest.raises(
        ValueError, match=r"winograd_rows: filters of 2 × 2 .*, expected 2 to 5 rows with stride 1"
    ):
        conv2d(x, w, stride=2, algorithm="winograd_rows")

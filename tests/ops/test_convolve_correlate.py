"""Convolution and correlation by hand, by their definition, and against NumPy and SciPy."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
import pytest
import scipy.signal
from hypothesis import given, settings
from hypothesis import strategies as st

from course_utils.ops import convolve, correlate
from course_utils.ops.arrays import Array
from course_utils.ops.convolve_correlate import Mode

MODES: tuple[Mode, ...] = ("full", "same", "valid")
Shape: TypeAlias = tuple[int, ...]


def test_convolve_by_hand() -> None:
    y = convolve([1.0, 2.0, 3.0], [1.0, 10.0])
    np.testing.assert_array_equal(y, [1, 2 + 10, 3 + 20, 30])


def test_correlate_by_hand() -> None:
    y = correlate([1.0, 2.0, 3.0], [1.0, 10.0])
    np.testing.assert_array_equal(y, [10, 1 + 20, 2 + 30, 3])


def test_convolve_picture_by_hand() -> None:
    y = convolve([[1.0, 2.0], [3.0, 4.0]], [[1.0, 10.0]])
    np.testing.assert_array_equal(y, [[1, 2 + 10, 20], [3, 4 + 30, 40]])


def test_convolve_is_its_definition() -> None:
    rng = np.random.default_rng(0)
    x, w = rng.normal(size=(5, 7)), rng.normal(size=(3, 2))
    y = np.zeros((5 + 3 - 1, 7 + 2 - 1))
    for i, j in np.ndindex(y.shape):
        for a, b in np.ndindex(w.shape):
            if 0 <= i - a < 5 and 0 <= j - b < 7:
                y[i, j] += x[i - a, j - b] * w[a, b]
    np.testing.assert_allclose(convolve(x, w), y, rtol=0, atol=1e-14)


@settings(max_examples=100, deadline=None)
@given(
    st.integers(0, 2**32 - 1),
    st.lists(st.tuples(st.integers(1, 9), st.integers(1, 9)), min_size=1, max_size=2),
    st.sampled_from(MODES),
)
def test_both_against_scipy(seed: int, sizes: list[tuple[int, int]], mode: Mode) -> None:
    rng = np.random.default_rng(seed)
    x, w = (rng.normal(size=[pair[i] for pair in sizes]) for i in (0, 1))
    if mode == "valid" and any(f > n for n, f in sizes):
        with pytest.raises(ValueError, match="does not fit into x"):
            convolve(x, w, mode)
        return
    for ours, theirs in [(convolve, scipy.signal.convolve), (correlate, scipy.signal.correlate)]:
        expected = theirs(x, w, mode, method="direct")
        np.testing.assert_allclose(ours(x, w, mode), expected, rtol=0, atol=1e-13)


@pytest.mark.parametrize("mode", MODES)
def test_signals_against_numpy(mode: Mode) -> None:
    rng = np.random.default_rng(1)
    x, w = rng.normal(size=12), rng.normal(size=4)
    np.testing.assert_allclose(convolve(x, w, mode), np.convolve(x, w, mode), atol=1e-14)
    # NumPy's correlate takes "same" one sample later than SciPy for an even kernel
    if mode != "same":
        np.testing.assert_allclose(correlate(x, w, mode), np.correlate(x, w, mode), atol=1e-14)


def test_dtypes_are_kept_and_integers_do_not_wrap() -> None:
    assert convolve(np.ones(3, np.float32), np.ones(2, np.float32)).dtype == np.float32
    assert convolve(np.ones((3, 3), np.float32), np.ones((2, 2), np.float32)).dtype == np.float32
    assert convolve(np.ones(3), np.ones(2, np.float32)).dtype == np.float64
    y = convolve(np.full(2, 200, np.uint8), np.array([100], np.uint8))
    np.testing.assert_array_equal(y, [20000.0, 20000.0])


LARGE: list[tuple[Shape, Shape]] = [((50, 60), (45, 47)), ((90, 100), (31, 8)), ((9000,), (2500,))]


@pytest.fixture
def spectra(monkeypatch: pytest.MonkeyPatch) -> list[Shape]:
    """Note the shape of each array whose spectrum is taken."""
    found: list[Shape] = []
    transform = np.fft.rfftn

    def noting(a: Array, *rest: Any) -> Any:
        found.append(a.shape)
        return transform(a, *rest)

    monkeypatch.setattr(np.fft, "rfftn", noting)
    return found


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(("n", "f"), LARGE)
def test_large_kernels_go_through_spectra_and_stay_exact(
    n: Shape, f: Shape, mode: Mode, spectra: list[Shape]
) -> None:
    rng = np.random.default_rng(4)
    x, w = rng.normal(size=n), rng.normal(size=f)
    convolve(x, w)
    assert spectra == [n, f]
    for ours, theirs in [(convolve, scipy.signal.convolve), (correlate, scipy.signal.correlate)]:
        expected = theirs(x, w, mode, method="direct")
        y = ours(x, w, mode)
        np.testing.assert_allclose(y, expected, rtol=0, atol=1e-12 * np.abs(expected).max())
        single = ours(x.astype(np.float32), w.astype(np.float32), mode)
        assert single.dtype == np.float32
        np.testing.assert_allclose(single, expected, rtol=0, atol=1e-6 * np.abs(expected).max())


@pytest.mark.parametrize(("n", "f"), LARGE)
def test_large_kernels_of_whole_numbers_are_exact(n: Shape, f: Shape) -> None:
    rng = np.random.default_rng(5)
    x, w = rng.integers(0, 256, n, np.uint8), rng.integers(-9, 10, f)
    whole = scipy.signal.convolve(x.astype(np.int64), w, method="direct")
    np.testing.assert_array_equal(convolve(x, w), whole)
    np.testing.assert_array_equal(convolve(x.astype(np.float64), w), whole)


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_a_spoilt_sample_spoils_only_what_sees_it(value: float, spectra: list[Shape]) -> None:
    x, w = np.ones((70, 70)), np.full((40, 40), 0.5)
    convolve(x, w)
    assert spectra  # as these are, they go through spectra, which would spread the spoilt sample
    x[0, 0] = value
    assert (~np.isfinite(convolve(x, w))).sum() == 40 * 40


def test_arguments_may_be_views_and_are_left_alone() -> None:
    x = np.arange(12.0).reshape(3, 4)
    x.setflags(write=False)
    w = np.arange(4.0).reshape(2, 2)
    np.testing.assert_array_equal(
        correlate(x[::-1, ::2], w.T), correlate(x[::-1, ::2].copy(), w.T.copy())
    )


@pytest.mark.parametrize("operation", [convolve, correlate])
def test_refusals_say_what_is_wrong(operation: Callable[..., Array]) -> None:
    name = operation.__name__
    cases: list[tuple[Any, Any, str, str]] = [
        (np.ones((2, 2, 2)), np.ones(2), "full", "x is (2, 2, 2), expected one axis or two"),
        (np.ones((2, 2)), np.ones(2), "full", "w is (2,), expected as many axes as x (2, 2) has"),
        ([], [1.0], "full", "x is (0,), expected at least one sample"),
        ([1.0], [], "full", "w is (0,), expected at least one sample"),
        ([1.0], [1.0], "wrap", "mode is 'wrap', expected 'full', 'same' or 'valid'"),
        (np.ones((3, 2)), np.ones((2, 3)), "valid", "w (2, 3) does not fit into x (3, 2)"),
    ]
    for x, w, mode, message in cases:
        with pytest.raises(ValueError, match=re.escape(f"{name}: {message}")):
            operation(x, w, mode)
    with pytest.raises(TypeError, match=f"{name}: x is complex128, expected float32 or float64"):
        operation([1j], [1.0])

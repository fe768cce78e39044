"""Every algorithm is the same convolution: against the loops, in every direction."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_utils.ops import conv2d, conv2d_backward
from course_utils.ops.algorithms import fft, naive, winograd
from course_utils.ops.algorithms.problem import Problem
from course_utils.ops.fast import choice, columns, mec, shifts, small_products, winograd_rows

FAST = {"im2col": columns, "mec": mec, "fft": fft}


@st.composite
def problems(draw):
    """Sizes of a convolution, of which some samples may lie beyond the last window."""

    def pair(low, high):
        return draw(st.integers(low, high)), draw(st.integers(low, high))

    groups = draw(st.sampled_from([1, 1, 2]))
    (kH, kW), (dH, dW) = pair(1, 4), pair(1, 3)
    padding = tuple((draw(st.integers(0, 3)), draw(st.integers(-1, 3))) for _ in range(2))
    least = [
        max(1, d * (k - 1) + 1 - sum(p))
        for d, k, p in zip((dH, dW), (kH, kW), padding, strict=True)
    ]
    return Problem(
        B=draw(st.integers(1, 3)),
        C=groups * draw(st.integers(1, 2)),
        H=least[0] + draw(st.integers(0, 4)),
        W=least[1] + draw(st.integers(0, 4)),
        K=groups * draw(st.integers(1, 2)),
        kH=kH,
        kW=kW,
        stride=pair(1, 3),
        padding=padding,
        dilation=(dH, dW),
        groups=groups,
    )


def arrays(p, seed=0, dtype=np.float64):
    rng = np.random.default_rng(seed)
    return tuple(
        rng.normal(size=s).astype(dtype) for s in (p.x_shape, p.weight_shape, p.output_shape)
    )


@pytest.mark.parametrize("name", FAST)
@settings(max_examples=60, deadline=None)
@given(p=problems())
def test_fast_ones_are_the_loops(name, p):
    x, w, gy = arrays(p)
    fast = FAST[name]
    np.testing.assert_allclose(fast.forward(x, w, p), naive.forward(x, w, p), atol=1e-11)
    np.testing.assert_allclose(fast.grad_x(gy, w, p), naive.grad_x(gy, w, p), atol=1e-11)
    np.testing.assert_allclose(fast.grad_weight(gy, x, p), naive.grad_weight(gy, x, p), atol=1e-11)


@settings(max_examples=100, deadline=None)
@given(p=problems())
def test_shifts_are_the_loops(p):
    p = replace(p, stride=(1, 1))
    x, w, gy = arrays(p)
    np.testing.assert_allclose(shifts.forward(x, w, p), naive.forward(x, w, p), atol=1e-11)
    np.testing.assert_allclose(shifts.grad_x(gy, w, p), naive.grad_x(gy, w, p), atol=1e-11)
    expected = naive.grad_weight(gy, x, p)
    np.testing.assert_allclose(shifts.grad_weight(gy, x, p), expected, atol=1e-11)


@pytest.mark.parametrize("value", [np.nan, np.inf])
@pytest.mark.parametrize("name", ["im2col", "auto"])
def test_a_spoilt_number_does_not_reach_across_the_end_of_a_line(name, value):
    rng = np.random.default_rng(6)
    x, w, gy = (rng.normal(size=s) for s in ((2, 2, 6, 7), (6, 2, 3, 3), (2, 6, 4, 5)))
    assert shifts.suits(Problem(2, 2, 6, 7, 6, 3, 3), 8)
    spoilt = x.copy()
    spoilt[0, 1, 0, 0] = value  # only one tap of each filter sees a corner
    gw = conv2d_backward(gy, spoilt, w, algorithm=name)[1]
    assert (~np.isfinite(gw)).sum() == 6
    spoilt = w.copy()
    spoilt[3, 1, 0, 0] = value
    gx = conv2d_backward(gy, x, spoilt, algorithm=name)[0]
    assert (~np.isfinite(gx)).sum() == 2 * 4 * 5


def test_large_images_have_their_columns_a_block_of_rows_at_a_time():
    rng = np.random.default_rng(7)
    x, w = rng.normal(size=(1, 3, 90, 110)), rng.normal(size=(4, 3, 5, 5))
    p = Problem(1, 3, 90, 110, 4, 5, 5)
    assert not shifts.suits(p, 8)
    gy = rng.normal(size=p.output_shape)
    np.testing.assert_allclose(columns.forward(x, w, p), mec.forward(x, w, p), atol=1e-11)
    np.testing.assert_allclose(columns.grad_x(gy, w, p), mec.grad_x(gy, w, p), atol=1e-11)
    ours, expected = columns.grad_weight(gy, x, p), mec.grad_weight(gy, x, p)
    np.testing.assert_allclose(ours, expected, atol=1e-9)


@pytest.mark.parametrize("f", [winograd.F2, winograd.F4], ids=["F2", "F4"])
@settings(max_examples=60, deadline=None)
@given(
    size=st.tuples(*[st.integers(1, 12)] * 2),
    sides=st.tuples(*[st.tuples(*[st.integers(0, 3)] * 2)] * 2),
    B=st.integers(1, 3),
)
def test_winograd_is_the_loops(f, size, sides, B):
    H, W = (max(n, 3 - sum(side)) for n, side in zip(size, sides, strict=True))
    p = Problem(B, 2, H, W, 3, 3, 3, padding=sides)
    x, w, gy = arrays(p)
    np.testing.assert_allclose(winograd.forward(x, w, p, f), naive.forward(x, w, p), atol=1e-11)
    np.testing.assert_allclose(winograd.grad_x(gy, w, p, f), naive.grad_x(gy, w, p), atol=1e-11)


@pytest.mark.parametrize("large_filters", [False, True], ids=["by blocks", "by places"])
@settings(max_examples=100, deadline=None)
@given(
    more=st.tuples(*[st.integers(0, 9)] * 2),
    kernel=st.tuples(st.integers(2, 5), st.integers(1, 5)),
    sides=st.tuples(*[st.tuples(*[st.integers(-1, 4)] * 2)] * 2),
    B=st.integers(1, 3),
    channels=st.tuples(*[st.integers(1, 5)] * 2),
)
def test_winograd_by_rows_is_the_loops(large_filters, more, kernel, sides, B, channels):
    H, W = (max(1, k - sum(s)) + n for k, s, n in zip(kernel, sides, more, strict=True))
    p = Problem(B, channels[0], H, W, channels[1], *kernel, padding=sides)
    x, w, gy = arrays(p)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(winograd_rows.by_blocks, "_NEAR", 8_000)  # so that there are several
        if large_filters:  # with images in groups, and filters and windows in parts
            patch.setattr(winograd_rows, "_NEAR", 0)
            for name, value in {"GROUP": 20_000, "FILTERS": 200, "WINDOWS": 500}.items():
                patch.setattr(winograd_rows.by_places, f"_NEAR_{name}", value)
        y, gx = winograd_rows.forward(x, w, p), winograd_rows.grad_x(gy, w, p)
        gw = winograd_rows.grad_weight(gy, x, p)
    np.testing.assert_allclose(y, naive.forward(x, w, p), atol=1e-11)
    np.testing.assert_allclose(gx, naive.grad_x(gy, w, p), atol=1e-11)
    np.testing.assert_allclose(gw, naive.grad_weight(gy, x, p), atol=1e-11)


def test_winograd_by_rows_takes_large_filters_place_by_place():
    rng = np.random.default_rng(8)
    p = Problem(2, 200, 9, 11, 300, 3, 3, padding=((1, 1), (0, 2)))
    assert winograd_rows._has_large_filters(p, 4)
    x, w, gy = (rng.normal(size=s) for s in (p.x_shape, p.weight_shape, p.output_shape))
    np.testing.assert_allclose(winograd_rows.forward(x, w, p), mec.forward(x, w, p), atol=1e-10)
    gw = winograd_rows.grad_weight(gy, x, p)
    np.testing.assert_allclose(gw, mec.grad_weight(gy, x, p), atol=1e-10)


def test_small_products_where_blas_has_kernels_for_them(monkeypatch):
    monkeypatch.setattr(small_products, "_has_small_kernels", lambda: True)
    assert small_products.rows_at_best(800, 192 * 64) == 80  # of 81 allowed
    assert small_products.rows_at_best(50, 192 * 64) == 50
    assert small_products.rows_at_best(800, 768 * 256) == 800  # five rows would be too few
    assert small_products.summands_at_best(6 * 5) == 33_333
    assert small_products.summands_at_best(64 * 192) is None  # 81 would be too few
    monkeypatch.setattr(small_products, "_has_small_kernels", lambda: False)
    assert small_products.rows_at_best(800, 192 * 64) == 800
    assert small_products.summands_at_best(6 * 5) is None


@pytest.mark.parametrize("small", [False, True], ids=["one product", "small products"])
def test_winograd_by_rows_in_products_of_any_size(small, monkeypatch):
    monkeypatch.setattr(small_products, "_has_small_kernels", lambda: small)
    rng = np.random.default_rng(9)
    p = Problem(3, 64, 30, 31, 64, 3, 3, padding=((1, 1), (1, 1)))
    x, w = rng.normal(size=p.x_shape), rng.normal(size=p.weight_shape)
    np.testing.assert_allclose(winograd_rows.forward(x, w, p), mec.forward(x, w, p), atol=1e-10)


@pytest.mark.parametrize(
    "f",
    [
        winograd.F2,
        winograd.F4,
        *(winograd_rows.steps.matrices(r, np.dtype(float)) for r in range(2, 6)),
    ],
    ids=["F(2, 3)", "F(4, 3)", *(f"rows, F({7 - r}, {r})" for r in range(2, 6))],
)
def test_winograd_s_matrices_are_right(f):
    (m, a), r = f.A_T.shape, f.G.shape[1]
    rng = np.random.default_rng(0)
    d, g = rng.normal(size=a), rng.normal(size=r)
    np.testing.assert_allclose(f.A_T @ ((f.G @ g) * (f.B_T @ d)), np.correlate(d, g), atol=1e-12)
    assert m == a + 1 - r


def error(result, exact):
    """Root mean square, as a share of the exact numbers'."""
    return np.sqrt(np.mean((result - exact) ** 2) / np.mean(exact**2))


def test_winograd_4_loses_digits_and_the_others_do_not():
    p = Problem(2, 64, 16, 16, 64, 3, 3, padding=((1, 1), (1, 1)))
    x, w, _ = arrays(p, dtype=np.float32)
    exact = mec.forward(x.astype(np.float64), w.astype(np.float64), p)
    plain = error(mec.forward(x, w, p), exact)
    assert error(winograd.forward(x, w, p, winograd.F2), exact) < 3 * plain
    assert error(winograd_rows.forward(x, w, p), exact) < 3.5 * plain
    assert error(winograd.forward(x, w, p, winograd.F4), exact) > 3.5 * plain


@pytest.mark.parametrize("k", [3, 4, 5])
def test_winograd_by_rows_keeps_the_digits_of_gradients(k):
    p = Problem(2, 64, 16, 16, 64, k, k, padding=((1, 1), (1, 1)))
    x, w, gy = arrays(p, dtype=np.float32)
    wide = [a.astype(np.float64) for a in (x, w, gy)]
    exact = mec.grad_weight(wide[2], wide[0], p)
    ours = error(winograd_rows.grad_weight(gy, x, p), exact)
    assert ours < 5 * error(mec.grad_weight(gy, x, p), exact)
    exact = mec.grad_x(wide[2], wide[1], p)
    ours = error(winograd_rows.grad_x(gy, w, p), exact)
    assert ours < 3.5 * error(mec.grad_x(gy, w, p), exact)


@pytest.mark.parametrize(
    "name", ["im2col", "mec", "fft", "winograd", "winograd4", "winograd_rows", "auto"]
)
@pytest.mark.parametrize("shape", [(9, 3, 20, 20), (40, 2, 9, 9), (1, 24, 30, 31), (2, 70, 90, 8)])
def test_blocks_of_images_and_rows(name, shape):
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
def test_arguments_may_be_views_and_are_left_alone(name):
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
def test_empty_batches_and_single_pixels(name):
    w = np.ones((2, 3, 3, 3))
    assert conv2d(np.zeros((0, 3, 5, 5)), w, algorithm=name).shape == (0, 2, 3, 3)
    gx, gw, _ = conv2d_backward(np.zeros((0, 2, 3, 3)), np.zeros((0, 3, 5, 5)), w, algorithm=name)
    assert gx.shape == (0, 3, 5, 5)
    np.testing.assert_array_equal(gw, np.zeros_like(w))
    y = conv2d(np.full((1, 3, 1, 1), 2.0), w, padding=1, algorithm=name)
    np.testing.assert_allclose(y, np.full((1, 2, 1, 1), 6.0), atol=1e-12)


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_a_spoilt_pixel_spoils_only_what_sees_it(value):
    rng = np.random.default_rng(3)
    x = rng.normal(size=(2, 96, 9, 9)).astype(np.float32)
    w = np.abs(rng.normal(size=(96, 96, 3, 3))).astype(np.float32)
    x[1, 5, 4, 4] = value
    y = conv2d(x, w, padding=1)
    spoilt = ~np.isfinite(y)
    assert spoilt[1, :, 3:6, 3:6].all()
    assert spoilt.sum() == 96 * 9


def test_what_auto_chooses():
    def chosen(C, K, k, stride=1, dtype=np.float32, part="forward", side=30):
        p = Problem(2, C, side, side, K, k, k, stride=(stride, stride))
        return choice._name("auto", p, part, np.zeros(0, dtype))

    assert chosen(128, 128, 3) == "winograd_rows"
    assert chosen(16, 16, 3) == "mec"
    assert chosen(32, 32, 3, part="grad_x") == "winograd_rows"
    assert chosen(8, 8, 3, part="grad_weight") == "winograd_rows"
    assert chosen(128, 128, 3, part="grad_weight") == "winograd_rows"
    assert chosen(6, 16, 5) == chosen(6, 16, 5, part="grad_x") == "winograd_rows"
    assert chosen(3, 16, 5) == "mec"
    assert chosen(64, 64, 2) == chosen(64, 64, 7) == "mec"
    assert chosen(128, 128, 3, dtype=np.float64) == "mec"
    assert chosen(128, 128, 3, stride=2) == "im2col"
    assert chosen(128, 128, 3, stride=2, part="grad_weight") == "im2col"
    assert chosen(128, 128, 3, stride=2, part="grad_x") == "im2col"
    assert chosen(8, 8, 3) == "mec"
    assert chosen(8, 8, 3, part="grad_x") == "mec"
    assert chosen(8, 24, 3, part="grad_x") == "im2col"
    assert chosen(8, 8, 3, side=300) == "mec"
    assert chosen(3, 64, 7, stride=2) == "mec"
    assert chosen(3, 64, 7, stride=2, part="grad_weight") == "im2col"
    assert chosen(1, 32, 3, part="grad_weight") == "im2col"
    assert chosen(1, 6, 5, part="grad_weight") == "mec"
    assert chosen(64, 64, 1) == "im2col"
    assert chosen(64, 64, 1, part="grad_x") == "im2col"


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_a_spoilt_pixel_spoils_only_the_weights_that_meet_it(value):
    rng = np.random.default_rng(10)
    x, gy = (rng.normal(size=(2, 16, 9, 9)).astype(np.float32) for _ in range(2))
    x[1, 5, 0, 0] = value  # a corner: with padding, four taps of nine meet it
    w = np.zeros((16, 16, 3, 3), np.float32)
    gw = conv2d_backward(gy, x, w, padding=1)[1]
    spoilt = ~np.isfinite(gw)
    assert spoilt[:, 5, :2, :2].all()
    assert spoilt.sum() == 16 * 4


def test_refusals_say_what_is_wrong():
    x, w = np.zeros((1, 1, 5, 5)), np.zeros((1, 1, 2, 2))
    with pytest.raises(
        ValueError, match=r"algorithm is 'fast', expected one of 'auto', 'naive', 'im"
    ):
        conv2d(x, w, algorithm="fast")
    with pytest.raises(
        ValueError, match=r"winograd: filters of 2 × 2 .*, expected 3 × 3 with stride 1"
    ):
        conv2d(x, w, algorithm="winograd")
    with pytest.raises(
        ValueError, match=r"winograd_rows: filters of 2 × 2 .*, expected 2 to 5 rows with stride 1"
    ):
        conv2d(x, w, stride=2, algorithm="winograd_rows")

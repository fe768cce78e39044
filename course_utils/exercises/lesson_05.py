"""Exercises of lesson 05, backward through a convolution."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from course_utils.exercises import Case, Exercise, Misconception

Array = npt.NDArray[np.float64]


def _random(seed: int, *shapes: int | tuple[int, ...]) -> tuple[Array, ...]:
    rng = np.random.default_rng(seed)
    return tuple(np.round(rng.normal(size=shape), 2) for shape in shapes)


# 5.1 the gradient of the input


def grad_input(g: Array, w: Array) -> Array:
    """Gradient of x (N,) where y = x ⋆ w (valid) and g (M,) is the gradient of y: shape (N,)."""
    M, F = len(g), len(w)
    grad = np.zeros(M + F - 1)  # N = M + F - 1
    for t in range(M):
        for a in range(F):
            grad[t + a] += g[t] * w[a]  # y[t] holds x[t + a] with the factor w[a]
    return grad


def _input_overwrites(g: Array, w: Array) -> Array:
    M, F = len(g), len(w)
    grad = np.zeros(M + F - 1)
    for t in range(M):
        grad[t : t + F] = g[t] * w
    return grad


def _input_weights_overwrite(g: Array, w: Array) -> Array:
    M, F = len(g), len(w)
    grad = np.zeros(M + F - 1)
    for a in range(F):
        grad[a : a + M] = g * w[a]
    return grad


def _input_gathers(
    g: Array, w: Array, place: Callable[[int, int], int], inside: Callable[[int], bool]
) -> Array:
    """Collect for each sample s the terms g[place(s, a)]·w[a] that a condition lets in."""
    N = len(g) + len(w) - 1
    grad = np.zeros(N)
    for s in range(N):
        for a in range(len(w)):
            if inside(place(s, a)):
                grad[s] += g[place(s, a)] * w[a]
    return grad


def _input_weights_wrap(g: Array, w: Array) -> Array:
    grad = np.zeros(len(g) + len(w) - 1)
    for s in range(len(grad)):
        for t in range(len(g)):
            if s - t < len(w):
                grad[s] += g[t] * w[s - t]
    return grad


def _input_mirrored_index(g: Array, w: Array) -> Array:
    turned = np.roll(w[::-1], 1)  # w[0], w[−1], w[−2], …
    return grad_input(g, turned)


def _input_all_to_t(g: Array, w: Array) -> Array:
    return np.append(g * w.sum(), np.zeros(len(w) - 1))


def _input_sent_back(g: Array, w: Array) -> Array:
    grad = np.zeros(len(g) + len(w) - 1)
    for t in range(len(g)):
        for a in range(len(w)):
            grad[t - a] += g[t] * w[a]  # a negative index counts from the end
    return grad


def _input_outside(g: Array, w: Array) -> Array:
    if len(w) > 1:
        raise IndexError("there is no such place")
    return grad_input(g, w)


def _input_whole_numbers(g: Array, w: Array) -> Array:
    grad = np.zeros(len(g) + len(w) - 1, dtype=g.dtype)
    for t in range(len(g)):
        for a in range(len(w)):
            grad[t + a] += g[t] * w[a]
    return grad


def _but_one(values: Array, index: int) -> Array:
    """Set one value to zero."""
    changed = np.array(values)
    changed[index] = 0
    return changed


def _only_first(values: Array) -> Array:
    """Set all values but the first to zero."""
    return np.where(np.arange(len(values)) == 0, values, 0)


def _input_shared(g: Array, w: Array) -> Array:
    return np.asarray(grad_input(g, w) / grad_input(np.ones(len(g)), np.ones(len(w))))


GRAD_INPUT = Exercise(
    id="05.grad_input",
    title="Back to the input",
    minutes=7,
    difficulty=2,
    reference=grad_input,
    cases=[
        Case(
            np.array([1.0, 2.0]),
            np.array([1.0, 10.0]),
            note="y[0] passes on 1·(1, 10), y[1] passes on 2·(1, 10): 1, 10 + 2 = 12, 20",
        ),
        Case(np.array([0.0, 1.0, 0.0]), np.array([5.0, 7.0]), note="0, 5, 7, 0"),
        Case(np.array([3.0]), np.array([1.0, 2.0, 3.0]), note="one output: 3·(1, 2, 3)"),
        Case(np.array([1, 2, 3, 4]), np.array([0.5, 0.25])),
        Case(*_random(11, 5, 3)),
        Case(*_random(12, 2, 4)),
        Case(*_random(13, 6, 6)),
        Case(*_random(14, 7, 1)),
    ],
    misconceptions=[
        Misconception(
            "the kernel is turned around",
            lambda g, w: grad_input(g, w[::-1]),
            "Weight w[a] carried x[t + a] into y[t], so it carries g[t] back to place t + a, with "
            "a running the same way. Forward correlated; backward is the full *convolution* of g "
            "and w. Correlating again turns the kernel around.",
        ),
        Misconception(
            "the gradient that arrives is turned around",
            lambda g, w: grad_input(g[::-1], w),
            "g[t] goes to the places t, …, t + F − 1: early outputs hand back to early samples. "
            "Nothing is reversed.",
        ),
        Misconception(
            "the result stands reversed",
            lambda g, w: grad_input(g, w)[::-1],
            "All numbers are right, in the opposite order. The first of them belongs to x[0], "
            "which only y[0] contains.",
        ),
        Misconception(
            "g[t] is sent to t − a in place of t + a",
            _input_sent_back,
            "y[t] was made from x[t], …, x[t + F − 1], so w[a] carries g[t] back to place t + a. "
            "(Negative indices raise no error in Python: they count from the end.)",
        ),
        Misconception(
            "sample s collects from g[s + a] in place of g[s − a]",
            lambda g, w: _input_gathers(g, w, lambda s, a: s + a, lambda t: t < len(g)),
            "Sample s was x[t + a] for the output t = s − a: so the terms are g[s − a]·w[a].",
        ),
        Misconception(
            "a negative index wraps around to the end of g",
            lambda g, w: _input_gathers(g, w, lambda s, a: s - a, lambda t: t < len(g)),
            "In Python g[-1] is the last value; here there is no output before the first. Terms "
            "with s − a < 0 have to be left out: 0 <= s − a < M.",
        ),
        Misconception(
            "g is continued periodically: s − a is taken modulo M",
            lambda g, w: _input_gathers(g, w, lambda s, a: (s - a) % len(g), lambda t: t < len(g)),
            "There are no outputs before the first and after the last. Terms with s − a outside "
            "0, …, M − 1 have to be left out.",
        ),
        Misconception(
            "an index falls outside its array",
            _input_outside,
            "The gradient has as many places as x: t + a runs up to (M − 1) + (F − 1), which makes "
            "N = M + F − 1. (If you collect for each sample s: g[s − a] exists only where "
            "0 <= s − a < M.)",
        ),
        Misconception(
            "later windows overwrite what earlier ones passed on",
            _input_overwrites,
            "A sample takes part in several windows, and what they pass on adds up: += in place "
            "of =.",
        ),
        Misconception(
            "later weights overwrite what earlier ones passed on",
            _input_weights_overwrite,
            "A sample met several weights, one in each window that saw it, and what they pass on "
            "adds up: += in place of =.",
        ),
        Misconception(
            "divided by the number of windows that saw a sample",
            _input_shared,
            "A sample in two windows moves both outputs, so it gets both contributions in full: "
            "they add up, they are not averaged.",
        ),
        Misconception(
            "only complete overlaps are kept",
            lambda g, w: np.convolve(g, w, mode="valid"),
            "Every sample of x gets a gradient, also those at the ends that few windows see. "
            "The result has N = M + F − 1 values.",
        ),
        Misconception(
            "g is correlated with w, complete overlaps only",
            lambda g, w: np.correlate(g, w, mode="valid"),
            "This is the forward operation applied to g. Backward needs its transpose, which "
            "lengthens where forward shortened.",
        ),
        Misconception(
            "the result is cut by mode='same'",
            lambda g, w: np.convolve(g, w, mode="same"),
            "The gradient has the shape of x, which is N = M + F − 1, longer than g: mode='full'.",
        ),
        Misconception(
            "cut off after M values",
            lambda g, w: grad_input(g, w)[: len(g)],
            "The gradient has the shape of x, which is longer than y: N = M + F − 1.",
        ),
        Misconception(
            "one value is missing at the end",
            lambda g, w: grad_input(g, w)[:-1],
            "The last sample is x[N − 1] with N = M + F − 1: the last output carries "
            "g[M − 1]·w[F − 1] back to it.",
        ),
        Misconception(
            "one value too many",
            lambda g, w: np.append(grad_input(g, w), 0.0),
            "x has N = M + F − 1 samples, and the gradient has its shape.",
        ),
        Misconception(
            "the last value is never filled in",
            lambda g, w: _but_one(grad_input(g, w), -1),
            "The result has the right length, but its last value stays zero. It is "
            "g[M − 1]·w[F − 1].",
        ),
        Misconception(
            "the last weight is left out",
            lambda g, w: grad_input(g, _but_one(w, -1)),
            "The weights are w[0], …, w[F − 1], and range(F) already stops there. range(F - 1) "
            "leaves out the last.",
        ),
        Misconception(
            "the first weight is left out",
            lambda g, w: grad_input(g, _but_one(w, 0)),
            "Python counts from 0: range(F) begins with w[0], range(1, F) leaves it out.",
        ),
        Misconception(
            "the last output hands nothing back",
            lambda g, w: grad_input(_but_one(g, -1), w),
            "The outputs are t = 0, …, M − 1, and range(M) already stops there. range(M - 1) "
            "leaves out the last.",
        ),
        Misconception(
            "the first output hands nothing back",
            lambda g, w: grad_input(_but_one(g, 0), w),
            "Python counts from 0: range(M) begins with y[0], range(1, M) leaves it out.",
        ),
        Misconception(
            "only the first output hands back: the return stands inside the loop",
            lambda g, w: grad_input(_only_first(g), w),
            "The function returns at the end of the first round. Indent return as far as the "
            "outer for, so that it comes after both loops.",
        ),
        Misconception(
            "only one product is handed back: the return stands inside the loops",
            lambda g, w: grad_input(_only_first(g), _only_first(w)),
            "The function returns in the very first round. Indent return as far as the outer for, "
            "so that it comes after both loops.",
        ),
        Misconception(
            "every weight is replaced by the sum of the weights",
            lambda g, w: grad_input(g, np.full(len(w), w.sum())),
            "Which weight carries g[t] back depends on the place: w[a] for place t + a.",
        ),
        Misconception(
            "the weights are left out",
            lambda g, w: grad_input(g, np.ones(len(w))),
            "y[t] contains x[t + a] with the factor w[a], and that factor is the derivative.",
        ),
        Misconception(
            "the gradient that arrives is taken to be all ones",
            lambda g, w: grad_input(np.ones(len(g)), w),
            "g says how the loss depends on each output. Every term has a factor g[t].",
        ),
        Misconception(
            "the fractions are cut off where g holds whole numbers",
            _input_whole_numbers,
            "The gradient has been given the dtype of g, and an array of integers cannot hold "
            "fractions. np.zeros(M + F - 1) makes floats.",
        ),
        Misconception(
            "a negative index wraps around to the end of w",
            _input_weights_wrap,
            "In Python w[-1] is the last weight; here y[t] contains no sample before x[t]. Terms "
            "with s − t < 0 have to be left out: 0 <= s − t < F.",
        ),
        Misconception(
            "w[t − s] in place of w[s − t]",
            _input_mirrored_index,
            "Sample s is x[t + a] for the weight a = s − t. (With t − s the index is negative, "
            "and Python counts from the end.)",
        ),
        Misconception(
            "everything is handed back to place t",
            _input_all_to_t,
            "y[t] was made from F samples, and each gets its own share: g[t]·w[a] goes to place "
            "t + a.",
        ),
    ],
    hints=[
        "Which outputs contain x[s], and with which weight? y[t] contains x[t + a] with w[a].",
        "So each g[t] is sent to the places t, …, t + F − 1, multiplied by w[0], …, w[F − 1].",
        "grad = np.zeros(M + F - 1), then grad[t + a] += g[t] * w[a] for all t and a.",
    ],
)


# 5.2 the gradient of the weights


def grad_weight(x: Array, g: Array) -> Array:
    """Gradient of w (K, C, kH, kW) from x (B, C, H, W) and g (B, K, M_H, M_W), stride 1."""
    B, C, H, W = x.shape
    _, K, M_H, M_W = g.shape
    grad = np.zeros((K, C, H - M_H + 1, W - M_W + 1))
    for a in range(H - M_H + 1):
        for b in range(W - M_W + 1):
            seen = x[:, :, a : a + M_H, b : b + M_W]  # what weight (a, b) was multiplied with
            grad[:, :, a, b] = np.einsum("bkij,bcij->kc", g, seen)
    return grad


def _weight_last_product(x: Array, g: Array) -> Array:
    M_H, M_W = g.shape[2:]
    seen = x[-1, :, M_H - 1 :, M_W - 1 :]  # what met the last output of the last picture
    return np.asarray(g[-1, :, -1, -1].reshape(-1, 1, 1, 1) * seen)


def _weight_alike(x: Array, g: Array, axis: int) -> Array:
    """Sum over filters (axis 0) or channels (axis 1), and give each of them the sum."""
    grad = grad_weight(x, g)
    return np.repeat(grad.sum(axis=axis, keepdims=True), grad.shape[axis], axis=axis)


def _weight_with(
    x: Array,
    g: Array,
    places: tuple[int, int],
    window: tuple[int, int],
    shape: tuple[int, int],
) -> Array:
    """Run the reference with other numbers of places, another window, another kernel shape."""
    grad = np.zeros((g.shape[1], x.shape[1], *shape))
    for a in range(places[0]):
        for b in range(places[1]):
            seen = x[:, :, a : a + window[0], b : b + window[1]]
            grad[:, :, a, b] = np.einsum("bkij,bcij->kc", g, seen)
    return grad


def _kernel_shape(x: Array, g: Array) -> tuple[int, int]:
    return x.shape[2] - g.shape[2] + 1, x.shape[3] - g.shape[3] + 1


def _weight_unfilled(x: Array, g: Array) -> Array:
    grad = grad_weight(x, g)
    grad[:, :, -1, :] = grad[:, :, :, -1] = 0
    return grad


def _weight_zero(x: Array, g: Array, place: Any) -> Array:
    """Leave a part of the result empty."""
    grad = grad_weight(x, g)
    grad[place] = 0
    return grad


def _weight_filled_up_to(x: Array, g: Array, rows: int, columns: int | None) -> Array:
    grad = np.zeros_like(grad_weight(x, g))
    grad[:, :, :rows, :columns] = grad_weight(x, g)[:, :, :rows, :columns]
    return grad


def _weight_square(x: Array, g: Array) -> Array:
    kH, _ = _kernel_shape(x, g)
    return _weight_with(x, g, (kH, kH), g.shape[2:], (kH, kH))


def _weight_window_of_kernel(x: Array, g: Array) -> Array:
    size = _kernel_shape(x, g)
    return _weight_with(x, g, size, size, size)


def _weight_slices_end(x: Array, g: Array) -> Array:
    kH, kW = _kernel_shape(x, g)
    M_H, M_W = g.shape[2:]
    grad = np.zeros((g.shape[1], x.shape[1], kH, kW))
    for a in range(kH):
        for b in range(kW):
            grad[:, :, a, b] = np.einsum("bkij,bcij->kc", g, x[:, :, a:M_H, b:M_W])
    return grad


def _weight_product_of_sums(x: Array, g: Array) -> Array:
    M_H, M_W = g.shape[2:]
    windows = np.lib.stride_tricks.sliding_window_view(x, (M_H, M_W), axis=(2, 3))
    sums = g.sum(axis=(2, 3)), windows.sum(axis=(4, 5))
    return np.asarray(np.einsum("bk,bcpq->kcpq", *sums))


def _weight_each_picture(x: Array, g: Array) -> Array:
    return np.array([grad_weight(x[n : n + 1], g[n : n + 1]) for n in range(len(x))])


GRAD_WEIGHT = Exercise(
    id="05.grad_weight",
    title="Back to the weights",
    minutes=9,
    difficulty=3,
    reference=grad_weight,
    cases=[
        Case(
            np.array([[[[1.0, 2.0, 3.0]]]]),
            np.array([[[[1.0, 10.0]]]]),
            note="w[0] met 1 and 2: 1·1 + 10·2 = 21; w[1] met 2 and 3: 1·2 + 10·3 = 32",
        ),
        Case(
            np.array([[[[1.0, 2.0]]], [[[3.0, 4.0]]]]),
            np.array([[[[1.0]]], [[[10.0]]]]),
            note="two pictures add up: 1·(1, 2) + 10·(3, 4) = (31, 42)",
        ),
        Case(np.array([[[[1, 2, 3], [4, 5, 6]]]]), np.array([[[[0.5, 0.25]]]])),
        Case(
            np.array([[[[1.0, 2.0], [3.0, 4.0]]]]),
            np.array([[[[10.0]]]]),
            note="one output, made with four weights: 10·1, 10·2, 10·3, 10·4",
        ),
        Case(
            np.array([[[[1.0, 2.0]], [[3.0, 4.0]]]]),
            np.array([[[[1.0, 0.0]], [[0.0, 10.0]]]]),
            note="two filters, two channels: 1·1 = 1 and 1·3 = 3; 10·2 = 20 and 10·4 = 40",
        ),
        Case(*_random(21, (2, 3, 5, 6), (2, 4, 3, 5))),
        Case(*_random(22, (3, 2, 4, 4), (3, 2, 3, 2))),
        Case(*_random(23, (1, 2, 6, 5), (1, 3, 4, 4))),
    ],
    misconceptions=[
        Misconception(
            "averaged over the batch",
            lambda x, g: grad_weight(x, g) / len(x),
            "The weights are shared by all pictures, and each of them adds its share. If the loss "
            "is a mean, the factor 1/B is in g already.",
        ),
        Misconception(
            "averaged over the places",
            lambda x, g: grad_weight(x, g) / g[0, 0].size,
            "The weight is used once at every place, and the contributions add up.",
        ),
        Misconception(
            "averaged over pictures and places",
            lambda x, g: grad_weight(x, g) / g[:, 0].size,
            "The weight is used once at every place of every picture, and the contributions add "
            "up: a sum, not a mean.",
        ),
        Misconception(
            "turned around by 180 degrees",
            lambda x, g: grad_weight(x, g)[:, :, ::-1, ::-1],
            "The gradient of w[a, b] pairs g[i, j] with x[i + a, j + b]: x and g run the same "
            "way, a correlation.",
        ),
        Misconception(
            "convolved instead of correlated: g is turned around",
            lambda x, g: grad_weight(x, g[:, :, ::-1, ::-1]),
            "The gradient of w[a, b] pairs g[i, j] with x[i + a, j + b]. In a convolution the "
            "two would run against each other.",
        ),
        Misconception(
            "filters and channels are exchanged",
            lambda x, g: grad_weight(x, g).transpose(1, 0, 2, 3),
            "The gradient has the shape of the weights: (K, C, kH, kW).",
        ),
        Misconception(
            "rows are taken for columns",
            lambda x, g: grad_weight(x, g).transpose(0, 1, 3, 2),
            "Element (a, b) belongs to the weight a rows down and b columns to the right.",
        ),
        Misconception(
            "only the last picture counts: = instead of +=",
            lambda x, g: grad_weight(x[-1:], g[-1:]),
            "Each picture adds its share to the gradient of the shared weights.",
        ),
        Misconception(
            "only the first picture counts",
            lambda x, g: grad_weight(x[:1], g[:1]),
            "All pictures of the batch were made with the same weights: sum over the batch.",
        ),
        Misconception(
            "each product overwrites the one before",
            _weight_last_product,
            "Only the last output of the last picture is left. A weight was used at every place "
            "of every picture, and the contributions add up: += in place of =.",
        ),
        Misconception(
            "one gradient for each picture",
            _weight_each_picture,
            "All pictures share the weights: sum over the batch as well, so that the result has "
            "the shape of the weights, (K, C, kH, kW).",
        ),
        Misconception(
            "the channels are summed",
            lambda x, g: _weight_alike(x, g, axis=1),
            "w[k, c] met only channel c of x, so its gradient contains only that channel.",
        ),
        Misconception(
            "every channel gets the gradient of the first",
            lambda x, g: grad_weight(np.repeat(x[:, :1], x.shape[1], axis=1), g),
            "w[k, c] met channel c of x, not channel 0.",
        ),
        Misconception(
            "the filters are summed",
            lambda x, g: _weight_alike(x, g, axis=0),
            "w[k] made only map k, so its gradient contains only g[:, k].",
        ),
        Misconception(
            "every filter gets the gradient of the first",
            lambda x, g: grad_weight(x, np.repeat(g[:, :1], g.shape[1], axis=1)),
            "w[k] made map k, so its gradient contains g[:, k], not g[:, 0].",
        ),
        Misconception(
            "the gradient that arrives is taken to be all ones",
            lambda x, g: grad_weight(x, np.ones(g.shape)),
            "g says how the loss depends on each output. Every term has a factor g.",
        ),
        Misconception(
            "the input is left out",
            lambda x, g: grad_weight(np.ones(x.shape), g),
            "y contains w[k, c, a, b] with the factor x[:, c, i + a, j + b], and that factor is "
            "the derivative.",
        ),
        Misconception(
            "sums are multiplied where products should be summed",
            _weight_product_of_sums,
            "Each g[i, j] is multiplied by the one pixel that it met, x[i + a, j + b]; only then "
            "comes the sum over the places.",
        ),
        Misconception(
            "the windows have the size of the kernel instead of that of g",
            _weight_window_of_kernel,
            "For fixed (a, b) there is one pixel for each output: a window of M_H rows and M_W "
            "columns, x[:, :, a : a + M_H, b : b + M_W].",
        ),
        Misconception(
            "the kernel is taken to be square",
            _weight_square,
            "kH = H − M_H + 1 and kW = W − M_W + 1 need not be equal.",
        ),
        Misconception(
            "the last row and column are missing",
            lambda x, g: grad_weight(x, g)[:, :, :-1, :-1],
            "M_H = H − kH + 1, so kH = H − M_H + 1: the + 1 is needed here as well.",
        ),
        Misconception(
            "the last row and column are never filled in",
            _weight_unfilled,
            "a runs over 0, …, kH − 1, and range(kH) already stops there; kH is H − M_H + 1.",
        ),
        Misconception(
            "the last row is never filled in",
            lambda x, g: _weight_zero(x, g, (slice(None), slice(None), -1)),
            "a runs over 0, …, kH − 1, and range(kH) already stops there; kH is H − M_H + 1.",
        ),
        Misconception(
            "the last column is never filled in",
            lambda x, g: _weight_zero(x, g, (..., -1)),
            "b runs over 0, …, kW − 1, and range(kW) already stops there; kW is W − M_W + 1.",
        ),
        Misconception(
            "only the first row is filled in: the return stands inside the loop",
            lambda x, g: _weight_filled_up_to(x, g, 1, None),
            "The function returns at the end of the first row. Indent return as far as the outer "
            "for, so that it comes after both loops.",
        ),
        Misconception(
            "only one place is filled in: the return stands inside the loops",
            lambda x, g: _weight_filled_up_to(x, g, 1, 1),
            "The function returns in the very first round. Indent return as far as the outer for, "
            "so that it comes after both loops.",
        ),
        Misconception(
            "the fractions are cut off where x holds whole numbers",
            lambda x, g: grad_weight(x, g).astype(x.dtype),
            "The gradient has been given the dtype of x, and an array of integers cannot hold "
            "fractions. np.zeros(…) makes floats.",
        ),
        Misconception(
            "the kernel is taken to be as large as g",
            lambda x, g: _weight_with(x, g, g.shape[2:], g.shape[2:], g.shape[2:]),
            "M_H = H − kH + 1 in the forward layer, so kH = H − M_H + 1, and kW in the same way.",
        ),
        Misconception(
            "the slices end at M_H and M_W",
            _weight_slices_end,
            "A slice x[s : e] ends before e, wherever it starts. M_H rows from row a on are "
            "a : a + M_H.",
        ),
    ],
    hints=[
        "Weight (k, c, a, b) was multiplied with x[:, c, i + a, j + b] to make y[:, k, i, j].",
        (
            "The kernel has H − M_H + 1 rows and W − M_W + 1 columns. For fixed (a, b) the pixels "
            "are x[:, c, a : a + M_H, b : b + M_W]. Multiply by g[:, k] and sum over the batch and "
            "the places."
        ),
        (
            'np.einsum("bkij,bcij->kc", g, x[:, :, a : a + M_H, b : b + M_W]) does all k and c at '
            "once."
        ),
    ],
)


# 5.3 the gradient of the bias


def grad_bias(g: Array) -> Array:
    """Gradient of the bias (K,) from g (B, K, M_H, M_W)."""
    grad: Array = g.sum(axis=(0, 2, 3))  # b[k] was added in every picture, at every place
    return grad


GRAD_BIAS = Exercise(
    id="05.grad_bias",
    title="Back to the bias",
    minutes=3,
    difficulty=1,
    reference=grad_bias,
    cases=[
        Case(
            np.array([[[[1.0, 2.0]], [[3.0, 4.0]]]]),
            note="filter 0: 1 + 2 = 3, filter 1: 3 + 4 = 7",
        ),
        Case(
            np.array([[[[1.0]], [[2.0]]], [[[10.0]], [[20.0]]]]),
            note="two pictures: 1 + 10 = 11 and 2 + 20 = 22",
        ),
        Case(
            np.array([[[[1.0, 2.0], [3.0, 4.0]]]]),
            note="one filter, used at four places: 1 + 2 + 3 + 4 = 10",
        ),
        Case(*_random(31, (3, 4, 2, 5))),
        Case(*_random(32, (2, 1, 3, 3))),
        Case(*_random(33, (4, 3, 1, 2))),
    ],
    misconceptions=[
        Misconception(
            "averaged over the batch",
            lambda g: g.sum(axis=(0, 2, 3)) / len(g),
            "Each picture adds its share; a mean over the batch, if there is one, is in g.",
        ),
        Misconception(
            "averaged over the places",
            lambda g: g.sum(axis=0).mean(axis=(1, 2)),
            "b[k] was added with factor 1 at every place, so the derivatives add up.",
        ),
        Misconception(
            "the mean instead of the sum",
            lambda g: g.mean(axis=(0, 2, 3)),
            "b[k] was added with factor 1 at every place, so the derivatives add up.",
        ),
        Misconception(
            "one bias for each picture",
            lambda g: g.sum(axis=(2, 3)),
            "All pictures share the bias: sum over the batch as well.",
        ),
        Misconception(
            "only the first picture counts",
            lambda g: g[0].sum(axis=(1, 2)),
            "All pictures of the batch share the bias: sum over the batch as well.",
        ),
        Misconception(
            "only the last picture counts: = instead of +=",
            lambda g: g[-1].sum(axis=(1, 2)),
            "Each picture adds its share to the gradient of the shared bias.",
        ),
        Misconception(
            "each value overwrites the one before",
            lambda g: g[-1, :, -1, -1],
            "b[k] was added at every place of every picture, and the contributions add up: += in "
            "place of =.",
        ),
        Misconception(
            "summed over the filters",
            lambda g: g.sum(axis=(1, 2, 3)),
            "Axis 1 counts the filters, and each has a bias of its own: keep that axis.",
        ),
        Misconception(
            "one bias for each place",
            lambda g: g.sum(axis=0),
            "The bias is shared over the places: sum over rows and columns as well.",
        ),
        Misconception(
            "one bias for each row",
            lambda g: g.sum(axis=(0, 3)),
            "The bias is shared over the places: axis 2, the rows, has to be summed as well.",
        ),
        Misconception(
            "one bias for each column",
            lambda g: g.sum(axis=(0, 2)),
            "The bias is shared over the places: axis 3, the columns, has to be summed as well.",
        ),
        Misconception(
            "only the columns are kept",
            lambda g: g.sum(axis=(0, 1, 2)),
            "The axes are (B, K, M_H, M_W): the one to keep is axis 1, the filters.",
        ),
        Misconception(
            "only the rows are kept",
            lambda g: g.sum(axis=(0, 1, 3)),
            "The axes are (B, K, M_H, M_W): the one to keep is axis 1, the filters.",
        ),
        Misconception(
            "the summed axes are kept with length 1",
            lambda g: g.sum(axis=(0, 2, 3), keepdims=True),
            "The gradient has the shape of the bias, (K,). keepdims=True leaves (1, K, 1, 1).",
        ),
        Misconception(
            "everything is summed into one number",
            lambda g: g.sum(),
            "There are K biases: keep the axis of the filters.",
        ),
        Misconception(
            "every filter gets the sum over all filters",
            lambda g: np.full(g.shape[1], g.sum()),
            "b[k] is contained in map k only: g[:, k].",
        ),
        Misconception(
            "the sum is not started afresh for each filter",
            lambda g: np.cumsum(g.sum(axis=(0, 2, 3))),
            "Your sum goes on growing from one filter to the next. Set it back to zero for each.",
        ),
        Misconception(
            "only the first bias is filled in: the return stands inside the loop",
            lambda g: _only_first(g.sum(axis=(0, 2, 3))),
            "The function returns in the first round of the loop over the filters. Indent return "
            "as far as the for, so that it comes after the loop.",
        ),
        Misconception(
            "the gradient that arrives is taken to be all ones",
            lambda g: np.ones(g.shape).sum(axis=(0, 2, 3)),
            "Your result counts the outputs that contain b[k]. Each has its own weight in the "
            "loss: sum g over them.",
        ),
        Misconception(
            "summed over pictures and filters: the places are kept",
            lambda g: g.sum(axis=(0, 1)),
            "The axes are (B, K, M_H, M_W): the one to keep is axis 1, the filters.",
        ),
    ],
    hints=[
        "In which elements of y does b[k] appear, and with which factor?",
        "In every picture and at every place of map k, with factor 1.",
        "Sum over all axes except the one of the filters: axis=(0, 2, 3).",
    ],
)


# 5.4 zeros between


def insert_zeros(g: Array, S: int) -> Array:
    """Spread g (M,) with S - 1 zeros between neighbours, none at the ends: ((M - 1)·S + 1,)."""
    spread = np.zeros((len(g) - 1) * S + 1)
    spread[::S] = g
    return spread


def _zeros_into(g: Array, S: int, length: int) -> Array:
    """Spread into a row of another length."""
    spread = np.zeros(length)
    spread[::S] = g
    return spread


def _zeros_leading(g: Array, S: int) -> Array:
    return insert_zeros(g, S) if S == 1 else np.append(np.zeros(S - 1), insert_zeros(g, S))


def _zeros_last_index(g: Array, S: int) -> Array:
    spread = np.zeros((len(g) - 1) * S)
    for t in range(len(g)):
        spread[t * S] = g[t]
    return spread


def _zeros_interpolates(g: Array, S: int) -> Array:
    places = np.arange((len(g) - 1) * S + 1) / S
    return np.interp(places, np.arange(len(g)), g)


def _zeros_side_by_side(g: Array, S: int) -> Array:
    return np.append(g, np.zeros((len(g) - 1) * (S - 1)))


def _spread_too_close(g: Array, S: int) -> Array:
    spread = np.zeros((len(g) - 1) * S + 1)
    for t in range(len(g)):
        spread[t * (S - 1)] = g[t]
    return spread


INSERT_ZEROS = Exercise(
    id="05.insert_zeros",
    title="Zeros in between",
    minutes=4,
    difficulty=1,
    reference=insert_zeros,
    cases=[
        Case(np.array([1.0, 2.0, 3.0]), 2, note="1, 0, 2, 0, 3"),
        Case(np.array([1.0, 2.0]), 3, note="1, 0, 0, 2"),
        Case(np.array([4.0, 5.0]), 1, note="stride 1: nothing to insert"),
        Case(np.array([7.0]), 4),
        Case(np.array([2, 4, 6]), 2),
        Case(*_random(41, 5), 3),
        Case(*_random(42, 4), 2),
    ],
    misconceptions=[
        Misconception(
            "zeros after the last value as well",
            lambda g, S: _zeros_into(g, S, len(g) * S),
            "Zeros go between neighbours. Whether anything follows the last value depends on what "
            "was left over at the end (output_padding), not on the stride.",
        ),
        Misconception(
            "zeros before the first value as well",
            _zeros_leading,
            "Zeros go between neighbours. The first value stays at place 0, where its window "
            "started.",
        ),
        Misconception(
            "zeros at both ends as well",
            lambda g, S: np.pad(insert_zeros(g, S), S - 1),
            "Zeros go between neighbours, none before the first value and none after the last.",
        ),
        Misconception(
            "S zeros between neighbours instead of S − 1",
            lambda g, S: insert_zeros(g, S + 1),
            "Neighbours end up S places apart, so S − 1 zeros lie between them.",
        ),
        Misconception(
            "S − 2 zeros between neighbours instead of S − 1",
            lambda g, S: insert_zeros(g, S - 1),
            "Neighbours end up S places apart: g[t] goes to place t·S.",
        ),
        Misconception(
            "always one zero, whatever the stride",
            lambda g, S: insert_zeros(g, 2),
            "The gap depends on the stride: S − 1 zeros.",
        ),
        Misconception(
            "the length is M·S − 1",
            lambda g, S: _zeros_into(g, S, len(g) * S - 1),
            "The last of the M values stands at (M − 1)·S, so there are (M − 1)·S + 1 places. "
            "For S = 2 that happens to be M·S − 1.",
        ),
        Misconception(
            "the + 1 is missing in the length, and the values do not fit",
            lambda g, S: _zeros_into(g, S, (len(g) - 1) * S),
            "The last of the M values stands at (M − 1)·S. Counting from 0, that makes "
            "(M − 1)·S + 1 places.",
        ),
        Misconception(
            "the + 1 is missing in the length, and the last index does not exist",
            _zeros_last_index,
            "The last of the M values stands at (M − 1)·S. Counting from 0, that makes "
            "(M − 1)·S + 1 places.",
        ),
        Misconception(
            "the values stand side by side, and the zeros after them",
            _zeros_side_by_side,
            "The length is right. But g[t] goes to place t·S: spread[::S], not spread[: len(g)].",
        ),
        Misconception(
            "S − 1 zeros after the last value, and none between",
            lambda g, S: np.append(g, np.zeros(S - 1)),
            "S − 1 zeros go between any two neighbours, and none after the last value.",
        ),
        Misconception(
            "nothing is inserted",
            lambda g, S: np.array(g),
            "With stride S neighbouring outputs come from windows S places apart, and g has to "
            "be spread as far: g[t] goes to place t·S.",
        ),
        Misconception(
            "values are repeated instead of zeros inserted",
            lambda g, S: np.repeat(g, S)[: (len(g) - 1) * S + 1],
            "At the places the stride skipped there was no output, so no gradient comes from "
            "there: zero.",
        ),
        Misconception(
            "every value is repeated S times",
            np.repeat,
            "At the places the stride skipped there was no output, so no gradient comes from "
            "there: S − 1 zeros between neighbours.",
        ),
        Misconception(
            "values are left out, as in a forward stride",
            lambda g, S: g[::S],
            "Forward, the stride leaves values out. Backward puts them back in their places.",
        ),
        Misconception(
            "values in between are interpolated",
            _zeros_interpolates,
            "The gradient at the skipped places is zero, not something between the neighbours.",
        ),
        Misconception(
            "only the first value is set: the return stands inside the loop",
            lambda g, S: insert_zeros(_only_first(g), S),
            "The function returns in the first round of the loop. Indent return as far as the "
            "for, so that it comes after the loop.",
        ),
        Misconception(
            "the first value is never set",
            lambda g, S: insert_zeros(_but_one(g, 0), S),
            "Python counts from 0: range(M) begins with g[0], range(1, M) leaves it out.",
        ),
        Misconception(
            "one zero at the end",
            lambda g, S: np.append(insert_zeros(g, S), 0.0),
            "The last of the M values stands at (M − 1)·S. Counting from 0, that makes "
            "(M − 1)·S + 1 places, and nothing follows.",
        ),
        Misconception(
            "the last value is never set",
            lambda g, S: insert_zeros(_but_one(g, -1), S),
            "The values are g[0], …, g[M − 1], and range(M) already stops there.",
        ),
        Misconception(
            "the fractions are cut off",
            lambda g, S: insert_zeros(g, S).astype(int),
            "An array of integers cannot hold fractions. np.zeros(…) makes floats.",
        ),
        Misconception(
            "the values stand S − 1 apart",
            _spread_too_close,
            "With S − 1 zeros between them, neighbours stand S apart: value t is at t·S.",
        ),
        Misconception(
            "nothing is left where S is 1: [: -(S - 1)]",
            lambda g, S: insert_zeros(g, S) if S > 1 else insert_zeros(g, S)[:0],
            "For S = 1 that is [:-0], which is [:0], an empty array. The result has "
            "(M − 1)·S + 1 places: [: (M - 1) * S + 1].",
        ),
    ],
    hints=[
        "Neighbours end up S places apart. Where is the last of M values, then?",
        "At (M − 1)·S, so the result has (M − 1)·S + 1 places.",
        "spread[::S] addresses every S-th place, beginning with the first.",
    ],
)


# 5.5 everything at once, in one dimension


def grad_input_strided(g: Array, w: Array, N: int, S: int = 1, P: int = 0, d: int = 1) -> Array:
    """Gradient of x (N,) where y[t] = Σ x[tS + ad − P]·w[a], and g (M,) is the gradient of y."""
    M, F = len(g), len(w)
    padded = np.zeros(N + 2 * P)
    for t in range(M):
        for a in range(F):
            padded[t * S + a * d] += g[t] * w[a]
    return padded[P : P + N]  # what flowed into the padding goes nowhere


def _padded(
    g: Array,
    w: Array,
    N: int,
    P: int,
    place: Callable[[int, int], int],
) -> Array:
    """Hand back in the padded row, to a place that depends on t and a."""
    padded = np.zeros(N + 2 * P)
    for t in range(len(g)):
        for a in range(len(w)):
            padded[place(t, a)] += g[t] * w[a]
    return padded


def _unpadded(
    g: Array,
    w: Array,
    N: int,
    place: Callable[[int, int], int],
    inside: Callable[[int], bool] = lambda s: True,
) -> Array:
    """Hand back in a row of N places, to those that a condition lets in."""
    grad = np.zeros(N)
    for t in range(len(g)):
        for a in range(len(w)):
            if inside(place(t, a)):
                grad[place(t, a)] += g[t] * w[a]
    return grad


def _strided_keeps_padding(g: Array, w: Array, N: int, S: int = 1, P: int = 0, d: int = 1) -> Array:
    return _padded(g, w, N, P, lambda t, a: t * S + a * d)


def _strided_exchanged(g: Array, w: Array, N: int, S: int = 1, P: int = 0, d: int = 1) -> Array:
    return grad_input_strided(g, w, N, d, P, S)


def _strided_ignores_stride(
    g: Array, w: Array, N: int, S: int = 1, P: int = 0, d: int = 1
) -> Array:
    del S
    return grad_input_strided(g, w, N, 1, P, d)


def _strided_ignores_dilation(
    g: Array, w: Array, N: int, S: int = 1, P: int = 0, d: int = 1
) -> Array:
    del d
    return grad_input_strided(g, w, N, S, P, 1)


def _strided_ignores_both(g: Array, w: Array, N: int, S: int = 1, P: int = 0, d: int = 1) -> Array:
    del S, d
    return grad_input_strided(g, w, N, 1, P, 1)


def _strided_bracket(g: Array, w: Array, N: int, S: int = 1, P: int = 0, d: int = 1) -> Array:
    return _padded(g, w, N, P, lambda t, a: (t + a * d) * S)[P : P + N]


def _strided_ignores_padding(
    g: Array, w: Array, N: int, S: int = 1, P: int = 0, d: int = 1
) -> Array:
    del P
    return _unpadded(g, w, N, lambda t, a: t * S + a * d)


def _strided_padding_once(g: Array, w: Array, N: int, S: int = 1, P: int = 0, d: int = 1) -> Array:
    return _unpadded(g, w, N + P, lambda t, a: t * S + a * d)[P:]


def _strided_no_condition(g: Array, w: Array, N: int, S: int = 1, P: int = 0, d: int = 1) -> Array:
    return _unpadded(g, w, N, lambda t, a: t * S + a * d - P)


def _strided_wraps(g: Array, w: Array, N: int, S: int = 1, P: int = 0, d: int = 1) -> Array:
    return _unpadded(g, w, N, lambda t, a: t * S + a * d - P, lambda s: s < N)


def _strided_plus_padding(g: Array, w: Array, N: int, S: int = 1, P: int = 0, d: int = 1) -> Array:
    return _unpadded(g, w, N, lambda t, a: t * S + a * d + P, lambda s: s < N)


def _strided_overwrites(g: Array, w: Array, N: int, S: int = 1, P: int = 0, d: int = 1) -> Array:
    padded = np.zeros(N + 2 * P)
    for t in range(len(g)):
        for a in range(len(w)):
            padded[t * S + a * d] = g[t] * w[a]
    return padded[P : P + N]


def _strided_weights_overwrite(
    g: Array, w: Array, N: int, S: int = 1, P: int = 0, d: int = 1
) -> Array:
    padded = np.zeros(N + 2 * P)
    for a in range(len(w)):
        for t in range(len(g)):
            padded[t * S + a * d] = g[t] * w[a]
    return padded[P : P + N]


def _strided_flipped(g: Array, w: Array, N: int, S: int = 1, P: int = 0, d: int = 1) -> Array:
    return grad_input_strided(g, w[::-1], N, S, P, d)


def _strided_crops_front(g: Array, w: Array, N: int, S: int = 1, P: int = 0, d: int = 1) -> Array:
    return _strided_keeps_padding(g, w, N, S, P, d)[:N]


def _strided_crops_left_only(
    g: Array, w: Array, N: int, S: int = 1, P: int = 0, d: int = 1
) -> Array:
    return _strided_keeps_padding(g, w, N, S, P, d)[P:]


def _strided_crops_right_only(
    g: Array, w: Array, N: int, S: int = 1, P: int = 0, d: int = 1
) -> Array:
    return _strided_keeps_padding(g, w, N, S, P, d)[: N + P]


def _strided_minus_zero(g: Array, w: Array, N: int, S: int = 1, P: int = 0, d: int = 1) -> Array:
    return _strided_keeps_padding(g, w, N, S, P, d)[P:-P]


def _strided_slice_to_n(g: Array, w: Array, N: int, S: int = 1, P: int = 0, d: int = 1) -> Array:
    return _strided_keeps_padding(g, w, N, S, P, d)[P:N]


def _strided_forgets_unused(
    g: Array, w: Array, N: int, S: int = 1, P: int = 0, d: int = 1
) -> Array:
    reached = (len(g) - 1) * S + d * (len(w) - 1) + 1
    return _strided_keeps_padding(g, w, N, S, P, d)[P : reached - P]


def _strided_as_far_as_windows(
    g: Array, w: Array, N: int, S: int = 1, P: int = 0, d: int = 1
) -> Array:
    reached = (len(g) - 1) * S + d * (len(w) - 1) + 1
    return _strided_keeps_padding(g, w, N, S, P, d)[:reached][P : P + N]


def _strided_no_weights(g: Array, w: Array, N: int, S: int = 1, P: int = 0, d: int = 1) -> Array:
    return grad_input_strided(g, np.ones(len(w)), N, S, P, d)


def _strided_ones(g: Array, w: Array, N: int, S: int = 1, P: int = 0, d: int = 1) -> Array:
    return grad_input_strided(np.ones(len(g)), w, N, S, P, d)


def _strided_last_weight(g: Array, w: Array, N: int, S: int = 1, P: int = 0, d: int = 1) -> Array:
    return grad_input_strided(g, _but_one(w, -1), N, S, P, d)


def _strided_first_weight(g: Array, w: Array, N: int, S: int = 1, P: int = 0, d: int = 1) -> Array:
    return grad_input_strided(g, _but_one(w, 0), N, S, P, d)


def _strided_not_first_output(
    g: Array, w: Array, N: int, S: int = 1, P: int = 0, d: int = 1
) -> Array:
    return grad_input_strided(_but_one(g, 0), w, N, S, P, d)


def _strided_last_output(g: Array, w: Array, N: int, S: int = 1, P: int = 0, d: int = 1) -> Array:
    return grad_input_strided(_but_one(g, -1), w, N, S, P, d)


def _strided_first_output(g: Array, w: Array, N: int, S: int = 1, P: int = 0, d: int = 1) -> Array:
    return grad_input_strided(_only_first(g), w, N, S, P, d)


def _strided_whole_numbers(g: Array, w: Array, N: int, S: int = 1, P: int = 0, d: int = 1) -> Array:
    padded = np.zeros(N + 2 * P, dtype=g.dtype)
    for t in range(len(g)):
        for a in range(len(w)):
            padded[t * S + a * d] += g[t] * w[a]
    return padded[P : P + N]


def _strided_padding_twice(g: Array, w: Array, N: int, S: int = 1, P: int = 0, d: int = 1) -> Array:
    padded = np.zeros(N + 2 * P)
    for t in range(len(g)):
        for a in range(len(w)):
            padded[t * S + a * d - P] += g[t] * w[a]
    return padded[P : P + N]


GRAD_INPUT_STRIDED = Exercise(
    id="05.grad_input_strided",
    title="Stride, padding and dilation, backward",
    minutes=9,
    difficulty=3,
    reference=grad_input_strided,
    cases=[
        Case(
            np.array([1.0, 2.0]),
            np.array([1.0, 10.0]),
            4,
            2,
            note="windows at 0 and 2 do not overlap: 1, 10, 2, 20",
        ),
        Case(
            np.array([1.0, 2.0, 3.0]),
            np.array([1.0, 10.0]),
            2,
            1,
            1,
            note="1·1 falls into the left zero, 3·10 into the right: 10 + 2 = 12, 20 + 3 = 23",
        ),
        Case(np.array([1.0]), np.array([1.0, 10.0]), 4, 2, 0, 2, note="1, 0, 10, and 0 unused"),
        Case(
            np.array([1.0, 2.0]),
            np.array([1.0, 10.0]),
            6,
            3,
            0,
            2,
            note="windows at 0, 2 and at 3, 5: 1, 0, 10, 2, 0, 20",
        ),
        Case(
            np.array([1.0, 2.0]),
            np.array([1.0, 10.0]),
            5,
            3,
            1,
            note="padded row 1, 10, 0, 2, 20, 0, 0; without its ends 10, 0, 2, 20, 0",
        ),
        Case(
            np.array([1.0, 2.0]),
            np.array([1.0, 10.0, 100.0]),
            4,
            note="they overlap: 1, 10 + 2 = 12, 100 + 20 = 120, 200",
        ),
        Case(
            np.array([2.0]),
            np.array([1.0, 2.0, 3.0, 4.0, 5.0]),
            1,
            1,
            2,
            note="one sample between two zeros on each side: it met the 3, so 2·3 = 6",
        ),
        Case(np.array([1, 2]), np.array([0.5, 0.25]), 3),
        Case(*_random(51, 4, 3), 8, 2, 1),
        Case(*_random(52, 3, 2), 9, 3, 1, 2),
        Case(*_random(53, 5, 3), 10, 2, 1, 1),
        Case(*_random(54, 3, 3), 8, 2, 2, 3),
        Case(*_random(55, 6, 4), 6, 1, 3, 2),
    ],
    misconceptions=[
        Misconception(
            "the padding is left in the gradient",
            _strided_keeps_padding,
            "Padding zeros are not part of x and have no gradient: cut P places off both ends.",
        ),
        Misconception(
            "cut at the end instead of at both ends",
            _strided_crops_front,
            "x begins after the P zeros of the left padding: padded[P : P + N].",
        ),
        Misconception(
            "the padding is cut off at the left only",
            _strided_crops_left_only,
            "There are P zeros on the right as well: padded[P : P + N].",
        ),
        Misconception(
            "the padding is cut off at the right only",
            _strided_crops_right_only,
            "There are P zeros on the left as well: padded[P : P + N].",
        ),
        Misconception(
            "nothing is left where P is 0: padded[P : -P]",
            _strided_minus_zero,
            "-0 is 0, so padded[0:-0] is padded[0:0], which is empty. padded[P : P + N] is right "
            "for every P.",
        ),
        Misconception(
            "the slice ends at N: padded[P : N]",
            _strided_slice_to_n,
            "A slice ends before its second number, wherever it starts. N values from place P on "
            "are padded[P : P + N].",
        ),
        Misconception(
            "the padding is ignored",
            _strided_ignores_padding,
            "Window t started at t·S in the *padded* row, which has N + 2P places. In x itself "
            "that is place t·S − P.",
        ),
        Misconception(
            "the padding is counted once",
            _strided_padding_once,
            "P zeros stood on each side, so the padded row has N + 2P places.",
        ),
        Misconception(
            "the padding moves the places the wrong way",
            _strided_plus_padding,
            "With P zeros before x, place t·S + a·d of the padded row is place t·S + a·d − P of x.",
        ),
        Misconception(
            "a negative index wraps around to the end of the gradient",
            _strided_wraps,
            "Place t·S + a·d − P is negative where a weight lay on the left padding, and Python "
            "counts negative indices from the end. Leave such terms out.",
        ),
        Misconception(
            "places in the padding are not left out",
            _strided_no_condition,
            "t·S + a·d − P may lie before x or after it, in the padding. Such terms go nowhere: "
            "add only where 0 <= place < N. (Negative indices raise no error in Python.)",
        ),
        Misconception(
            "the stride is ignored: no zeros inserted",
            _strided_ignores_stride,
            "Window t started at t·S, so g[t] flows back from there.",
        ),
        Misconception(
            "the dilation is ignored",
            _strided_ignores_dilation,
            "Weight a stood a·d places from the start of its window.",
        ),
        Misconception(
            "stride and dilation are both ignored",
            _strided_ignores_both,
            "Window t started at t·S, and weight a stood a·d further: place t·S + a·d.",
        ),
        Misconception(
            "stride and dilation are exchanged",
            _strided_exchanged,
            "The stride moves the window, t·S; the dilation spreads its weights, a·d.",
        ),
        Misconception(
            "the stride spreads the weights as well: (t + a·d)·S",
            _strided_bracket,
            "The stride moves the window as a whole. Inside it the weights stand d apart: "
            "t·S + a·d.",
        ),
        Misconception(
            "later windows overwrite what earlier ones passed on",
            _strided_overwrites,
            "Where windows overlap, what they pass on adds up: += in place of =.",
        ),
        Misconception(
            "later weights overwrite what earlier ones passed on",
            _strided_weights_overwrite,
            "A sample met several weights, and what they pass on adds up: += in place of =.",
        ),
        Misconception(
            "the kernel is turned around",
            _strided_flipped,
            "w[a] carried a value from place tS + ad − P, so it carries g[t] back to that place.",
        ),
        Misconception(
            "samples that no window saw are left out",
            _strided_forgets_unused,
            "They are part of x and get the gradient 0. The result has N values.",
        ),
        Misconception(
            "the row ends where the last window ends",
            _strided_as_far_as_windows,
            "The padded row has N + 2P places, also where no window reached the last of them. "
            "Those get the gradient 0, and the result has N values.",
        ),
        Misconception(
            "the weights are left out",
            _strided_no_weights,
            "y[t] contains a sample with the factor w[a], and that factor is the derivative.",
        ),
        Misconception(
            "the gradient that arrives is taken to be all ones",
            _strided_ones,
            "g says how the loss depends on each output. Every term has a factor g[t].",
        ),
        Misconception(
            "the last weight is left out",
            _strided_last_weight,
            "The weights are w[0], …, w[F − 1], and range(F) already stops there.",
        ),
        Misconception(
            "the last output hands nothing back",
            _strided_last_output,
            "The outputs are t = 0, …, M − 1, and range(M) already stops there.",
        ),
        Misconception(
            "the first weight is left out",
            _strided_first_weight,
            "Python counts from 0: range(F) begins with w[0], range(1, F) leaves it out.",
        ),
        Misconception(
            "the first output hands nothing back",
            _strided_not_first_output,
            "Python counts from 0: range(M) begins with y[0], range(1, M) leaves it out.",
        ),
        Misconception(
            "only the first output hands back: the return stands inside the loop",
            _strided_first_output,
            "The function returns at the end of the first round. Indent return as far as the "
            "outer for, so that it comes after both loops.",
        ),
        Misconception(
            "the fractions are cut off where g holds whole numbers",
            _strided_whole_numbers,
            "The gradient has been given the dtype of g, and an array of integers cannot hold "
            "fractions. np.zeros(N + 2 * P) makes floats.",
        ),
        Misconception(
            "the slice ends at N − P",
            lambda g, w, N, S=1, P=0, d=1: grad_input_strided(g, w, N + 2 * P, S, 0, d)[P : N - P],
            "The padded row has N + 2P places, and x stands in the N of them from P on: "
            "padded[P : P + N].",
        ),
        Misconception(
            "the padding is taken away twice",
            _strided_padding_twice,
            "t·S + a·d − P is a place in x, t·S + a·d one in the padded row. Subtract P from the "
            "places or cut it off at the end, not both.",
        ),
    ],
    hints=[
        "Work in the padded row: window t started at t·S, and weight a stood a·d further.",
        "padded = np.zeros(N + 2 * P), then padded[t * S + a * d] += g[t] * w[a].",
        "At the end cut off the padding: padded[P : P + N].",
    ],
)

EXERCISES = [GRAD_INPUT, GRAD_WEIGHT, GRAD_BIAS, INSERT_ZEROS, GRAD_INPUT_STRIDED]

"""Exercises of lesson 05, backward through a convolution."""

from __future__ import annotations

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


def _input_not_flipped(g: Array, w: Array) -> Array:
    return grad_input(g, w[::-1])


def _input_overwrites(g: Array, w: Array) -> Array:
    M, F = len(g), len(w)
    grad = np.zeros(M + F - 1)
    for t in range(M):
        grad[t : t + F] = g[t] * w
    return grad


def _input_valid(g: Array, w: Array) -> Array:
    return np.convolve(g, w, mode="valid")


def _input_same(g: Array, w: Array) -> Array:
    return np.convolve(g, w)[(len(w) - 1) // 2 :][: len(g)]


def _input_correlates_valid(g: Array, w: Array) -> Array:
    return np.correlate(g, w, mode="valid")


def _input_sums_weights(g: Array, w: Array) -> Array:
    return grad_input(g, np.full(len(w), w.sum()))


def _input_ones_upstream(g: Array, w: Array) -> Array:
    return grad_input(np.ones(len(g)), w)


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
            _input_not_flipped,
            "Weight w[a] carried x[t + a] into y[t], so it carries g[t] back to place t + a, with "
            "a running the same way. Forward correlated; backward is the full *convolution* of g "
            "and w. Correlating again turns the kernel around.",
        ),
        Misconception(
            "later windows overwrite what earlier ones passed on",
            _input_overwrites,
            "A sample takes part in several windows, and what they pass on adds up: += in place "
            "of =.",
        ),
        Misconception(
            "only complete overlaps are kept",
            _input_valid,
            "Every sample of x gets a gradient, also those at the ends that few windows see. "
            "The result has N = M + F − 1 values.",
        ),
        Misconception(
            "cut to the size of g",
            _input_same,
            "The gradient has the shape of x, which is N = M + F − 1, longer than g.",
        ),
        Misconception(
            "g is correlated with w, complete overlaps only",
            _input_correlates_valid,
            "This is the forward operation applied to g. Backward needs its transpose, which "
            "lengthens where forward shortened.",
        ),
        Misconception(
            "every weight is replaced by the sum of the weights",
            _input_sums_weights,
            "Which weight carries g[t] back depends on the place: w[a] for place t + a.",
        ),
        Misconception(
            "the gradient that arrives is taken to be all ones",
            _input_ones_upstream,
            "g says how the loss depends on each output. Every term has a factor g[t].",
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


def _weight_mean(x: Array, g: Array) -> Array:
    return grad_weight(x, g) / len(x)


def _weight_flipped(x: Array, g: Array) -> Array:
    return grad_weight(x, g)[:, :, ::-1, ::-1].copy()


def _weight_convolved(x: Array, g: Array) -> Array:
    return grad_weight(x, g[:, :, ::-1, ::-1])


def _weight_last_picture(x: Array, g: Array) -> Array:
    return grad_weight(x[-1:], g[-1:])


def _weight_ones(x: Array, g: Array) -> Array:
    return grad_weight(x, np.ones_like(g, dtype=float))


def _weight_swapped(x: Array, g: Array) -> Array:
    return grad_weight(x, g).transpose(1, 0, 2, 3).copy()


def _weight_first_picture(x: Array, g: Array) -> Array:
    return grad_weight(x[:1], g[:1])


def _weight_channels_summed(x: Array, g: Array) -> Array:
    grad = grad_weight(x, g)
    return np.repeat(grad.sum(axis=1, keepdims=True), x.shape[1], axis=1)


def _weight_transposed(x: Array, g: Array) -> Array:
    return grad_weight(x, g).transpose(0, 1, 3, 2).copy()


def _weight_per_place(x: Array, g: Array) -> Array:
    return np.asarray(grad_weight(x, g) / (g.shape[2] * g.shape[3]))


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
        Case(*_random(21, (2, 3, 5, 6), (2, 4, 3, 5))),
        Case(*_random(22, (3, 2, 4, 4), (3, 2, 3, 2))),
        Case(*_random(23, (1, 2, 6, 5), (1, 3, 4, 4))),
    ],
    misconceptions=[
        Misconception(
            "averaged over the batch",
            _weight_mean,
            "The weights are shared by all pictures, and each of them adds its share. If the loss "
            "is a mean, the factor 1/B is in g already.",
        ),
        Misconception(
            "turned around by 180 degrees",
            _weight_flipped,
            "The gradient of w[a, b] pairs g[i, j] with x[i + a, j + b]: x and g run the same "
            "way, a correlation.",
        ),
        Misconception(
            "filters and channels are exchanged",
            _weight_swapped,
            "The gradient has the shape of the weights: (K, C, kH, kW).",
        ),
        Misconception(
            "convolved instead of correlated: g is turned around",
            _weight_convolved,
            "The gradient of w[a, b] pairs g[i, j] with x[i + a, j + b]. In a convolution the "
            "two would run against each other.",
        ),
        Misconception(
            "only the last picture counts: = instead of +=",
            _weight_last_picture,
            "Each picture adds its share to the gradient of the shared weights.",
        ),
        Misconception(
            "the gradient that arrives is taken to be all ones",
            _weight_ones,
            "g says how the loss depends on each output. Every term has a factor g.",
        ),
        Misconception(
            "only the first picture counts",
            _weight_first_picture,
            "All pictures of the batch were made with the same weights: sum over the batch.",
        ),
        Misconception(
            "the channels are summed",
            _weight_channels_summed,
            "w[k, c] met only channel c of x, so its gradient contains only that channel.",
        ),
        Misconception(
            "rows are taken for columns",
            _weight_transposed,
            "Element (a, b) belongs to the weight a rows down and b columns to the right.",
        ),
        Misconception(
            "averaged over the places",
            _weight_per_place,
            "The weight is used once at every place, and the contributions add up.",
        ),
    ],
    hints=[
        "Weight (k, c, a, b) was multiplied with x[:, c, i + a, j + b] to make y[:, k, i, j].",
        (
            "For fixed (a, b) these pixels are x[:, c, a : a + M_H, b : b + M_W]. Multiply by "
            "g[:, k] and sum over the batch and the places."
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


def _bias_batch_mean(g: Array) -> Array:
    return np.asarray(g.mean(axis=0).sum(axis=(1, 2)))


def _bias_mean(g: Array) -> Array:
    return np.asarray(g.mean(axis=(0, 2, 3)))


def _bias_keeps_batch(g: Array) -> Array:
    return np.asarray(g.sum(axis=(2, 3)))


def _bias_over_filters(g: Array) -> Array:
    return np.asarray(g.sum(axis=(1, 2, 3)))


def _bias_keeps_places(g: Array) -> Array:
    return np.asarray(g.sum(axis=0))


def _bias_total(g: Array) -> Array:
    return np.asarray(g.sum())


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
        Case(*_random(31, (3, 4, 2, 5))),
        Case(*_random(32, (2, 1, 3, 3))),
        Case(*_random(33, (4, 3, 1, 2))),
    ],
    misconceptions=[
        Misconception(
            "averaged over the batch",
            _bias_batch_mean,
            "Each picture adds its share; a mean over the batch, if there is one, is in g.",
        ),
        Misconception(
            "the mean instead of the sum",
            _bias_mean,
            "b[k] was added with factor 1 at every place, so the derivatives add up.",
        ),
        Misconception(
            "one bias for each picture",
            _bias_keeps_batch,
            "All pictures share the bias: sum over the batch as well.",
        ),
        Misconception(
            "summed over the filters",
            _bias_over_filters,
            "Axis 1 counts the filters, and each has a bias of its own: keep that axis.",
        ),
        Misconception(
            "one bias for each place",
            _bias_keeps_places,
            "The bias is shared over the places: sum over rows and columns as well.",
        ),
        Misconception(
            "everything is summed into one number",
            _bias_total,
            "There are K biases: keep the axis of the filters.",
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


def _zeros_trailing(g: Array, S: int) -> Array:
    spread = np.zeros(len(g) * S)
    spread[::S] = g
    return spread


def _zeros_one_more(g: Array, S: int) -> Array:
    return insert_zeros(g, S + 1)


def _zeros_repeats(g: Array, S: int) -> Array:
    return np.repeat(g, S)[: (len(g) - 1) * S + 1].astype(float)


def _zeros_always_one(g: Array, S: int) -> Array:
    del S
    return insert_zeros(g, 2)


def _zeros_thins_out(g: Array, S: int) -> Array:
    return np.asarray(g[::S], dtype=float)


def _zeros_interpolates(g: Array, S: int) -> Array:
    places = np.arange((len(g) - 1) * S + 1) / S
    return np.interp(places, np.arange(len(g)), g)


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
            _zeros_trailing,
            "Zeros go between neighbours. Whether anything follows the last value depends on what "
            "was left over at the end (output_padding), not on the stride.",
        ),
        Misconception(
            "S zeros between neighbours instead of S − 1",
            _zeros_one_more,
            "Neighbours end up S places apart, so S − 1 zeros lie between them.",
        ),
        Misconception(
            "values are repeated instead of zeros inserted",
            _zeros_repeats,
            "At the places the stride skipped there was no output, so no gradient comes from "
            "there: zero.",
        ),
        Misconception(
            "always one zero, whatever the stride",
            _zeros_always_one,
            "The gap depends on the stride: S − 1 zeros.",
        ),
        Misconception(
            "values are left out, as in a forward stride",
            _zeros_thins_out,
            "Forward, the stride leaves values out. Backward puts them back in their places.",
        ),
        Misconception(
            "values in between are interpolated",
            _zeros_interpolates,
            "The gradient at the skipped places is zero, not something between the neighbours.",
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


def _strided_keeps_padding(g: Array, w: Array, N: int, S: int = 1, P: int = 0, d: int = 1) -> Array:
    return grad_input_strided(g, w, N + 2 * P, S, 0, d)


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


def _strided_overwrites(g: Array, w: Array, N: int, S: int = 1, P: int = 0, d: int = 1) -> Array:
    padded = np.zeros(N + 2 * P)
    for t in range(len(g)):
        for a in range(len(w)):
            padded[t * S + a * d] = g[t] * w[a]
    return padded[P : P + N]


def _strided_flipped(g: Array, w: Array, N: int, S: int = 1, P: int = 0, d: int = 1) -> Array:
    return grad_input_strided(g, w[::-1], N, S, P, d)


def _strided_crops_front(g: Array, w: Array, N: int, S: int = 1, P: int = 0, d: int = 1) -> Array:
    return grad_input_strided(g, w, N + 2 * P, S, 0, d)[:N]


def _strided_forgets_unused(
    g: Array, w: Array, N: int, S: int = 1, P: int = 0, d: int = 1
) -> Array:
    used = (len(g) - 1) * S + d * (len(w) - 1) + 1 - 2 * P
    return grad_input_strided(g, w, max(used, 0) if used <= N else N, S, P, d)


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
        Case(np.array([1, 2]), np.array([0.5, 0.25]), 3),
        Case(*_random(51, 4, 3), 9, 2, 1),
        Case(*_random(52, 3, 2), 9, 3, 1, 2),
        Case(*_random(53, 5, 3), 11, 2, 1, 1),
        Case(*_random(54, 3, 3), 8, 2, 2, 3),
        Case(*_random(55, 6, 4), 9, 1, 3, 2),
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
            "later windows overwrite what earlier ones passed on",
            _strided_overwrites,
            "Where windows overlap, what they pass on adds up: += in place of =.",
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
    ],
    hints=[
        "Work in the padded row: window t started at t·S, and weight a stood a·d further.",
        "padded = np.zeros(N + 2 * P), then padded[t * S + a * d] += g[t] * w[a].",
        "At the end cut off the padding: padded[P : P + N].",
    ],
)

EXERCISES = [GRAD_INPUT, GRAD_WEIGHT, GRAD_BIAS, INSERT_ZEROS, GRAD_INPUT_STRIDED]

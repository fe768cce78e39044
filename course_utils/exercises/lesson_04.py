"""Exercises of lesson 04, channels and feature maps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from course_utils.exercises import Case, Exercise, Misconception
from course_utils.ops import conv2d

Array = npt.NDArray[np.float64]


def _random(seed: int, *shapes: tuple[int, ...]) -> tuple[Array, ...]:
    rng = np.random.default_rng(seed)
    return tuple(np.round(rng.normal(size=shape), 2) for shape in shapes)


# 4.1 the convolutional layer


def conv_layer(x: Array, w: Array, b: Array) -> Array:
    """Slide K filters w (K, C, kH, kW) over x (C, H, W), add b (K,): shape (K, M_H, M_W)."""
    _, H, W = x.shape
    K, _, kH, kW = w.shape
    y = np.zeros((K, H - kH + 1, W - kW + 1))
    for i in range(H - kH + 1):
        for j in range(W - kW + 1):
            window = x[:, i : i + kH, j : j + kW]  # all channels at once
            for k in range(K):
                y[k, i, j] = np.sum(window * w[k]) + b[k]
    return y


def _layer_sizes(
    x: Array, w: Array, b: Array, picture: tuple[int, int], kernel: tuple[int, int]
) -> Array:
    """Run the layer with the sizes H, W and kH, kW as somebody took them to be."""
    (H, W), (kH, kW) = picture, kernel
    y = np.zeros((len(w), H - kH + 1, W - kW + 1))
    for i in range(H - kH + 1):
        for j in range(W - kW + 1):
            for k in range(len(w)):
                y[k, i, j] = np.sum(x[:, i : i + kH, j : j + kW] * w[k]) + b[k]
    return y


def _layer_offsets_exchanged(x: Array, w: Array, b: Array) -> Array:
    if w.shape[2] != w.shape[3]:
        raise IndexError("there is no such weight, or no such pixel")
    return conv_layer(x, w.transpose(0, 1, 3, 2), b)


def _layer_sums_filters(x: Array, w: Array, b: Array) -> Array:
    y = conv_layer(x, w, b)
    return np.repeat(y.sum(axis=0, keepdims=True), len(y), axis=0)


def _layer_own_channel(x: Array, w: Array, b: Array) -> Array:
    maps = [conv_layer(np.repeat(x[k : k + 1], len(x), 0), w[k : k + 1], b[k : k + 1])[0]
            for k in range(min(len(w), len(x)))]  # fmt: skip
    if len(w) > len(x):
        raise IndexError("there is no such channel")
    return np.array(maps)


def _layer_channels_apart(x: Array, w: Array, b: Array) -> Array:
    each = [conv_layer(x[c : c + 1], w[:, c : c + 1], b) for c in range(len(x))]
    return np.stack(each, axis=1)


def _layer_overwrites(x: Array, w: Array, b: Array) -> Array:
    kH, kW = w.shape[2:]
    products = x[-1:, kH - 1 :, kW - 1 :] * w[:, -1, -1, -1].reshape(-1, 1, 1)
    return np.asarray(products + b.reshape(-1, 1, 1))


def _layer_partly_filled(x: Array, w: Array, b: Array) -> Array:
    y = conv_layer(x, w, b)
    y[:, -1, :] = y[:, :, -1] = 0
    return y


def _layer_zero(x: Array, w: Array, b: Array, place: Any) -> Array:
    """Leave a part of the result empty."""
    y = conv_layer(x, w, b)
    y[place] = 0
    return y


def _layer_filled_up_to(x: Array, w: Array, b: Array, maps: int | None, rows: int | None) -> Array:
    y = np.zeros_like(conv_layer(x, w, b))
    y[:maps, :rows] = conv_layer(x, w, b)[:maps, :rows]
    return y


def _layer_first_number(x: Array, w: Array, b: Array) -> Array:
    y = np.zeros_like(conv_layer(x, w, b))
    y[0, 0, 0] = conv_layer(x, w, b)[0, 0, 0]
    return y


def _layer_whole_bias(x: Array, w: Array, b: Array) -> Array:
    if len(b) > 1:
        raise ValueError("setting an array element with a sequence.")
    return conv_layer(x, w, b)


def _layer_room_for_channels(x: Array, w: Array, b: Array) -> Array:
    y = conv_layer(x, w, b)
    if len(w) > len(x):
        raise IndexError("there is no such map")
    return np.concatenate([y, np.zeros((len(x) - len(w), *y.shape[1:]))])


def _layer_shape_misread(x: Array, w: Array, b: Array) -> Array:
    if w.shape[1] > w.shape[0]:
        raise IndexError("there is no such filter")
    return conv_layer(x, w, b)[: w.shape[1]]


def _layer_same_size(x: Array, w: Array, b: Array) -> Array:
    kH, kW = w.shape[2:]
    top, left = (kH - 1) // 2, (kW - 1) // 2
    return conv_layer(np.pad(x, ((0, 0), (top, kH - 1 - top), (left, kW - 1 - left))), w, b)


def _layer_whole_numbers(x: Array, w: Array, b: Array) -> Array:
    return conv_layer(x, w, b).astype(x.dtype)


CONV_LAYER = Exercise(
    id="04.conv_layer",
    title="The convolutional layer",
    minutes=9,
    difficulty=2,
    reference=conv_layer,
    cases=[
        Case(
            np.array([[[1.0, 2.0]], [[3.0, 4.0]]]),
            np.array([[[[1.0]], [[10.0]]]]),
            np.array([0.5]),
            note="1·1 + 3·10 + 0.5 = 31.5 and 2·1 + 4·10 + 0.5 = 42.5",
        ),
        Case(
            np.array([[[1.0, 2.0, 3.0]]]),
            np.array([[[[1.0, 10.0]]], [[[1.0, -1.0]]]]),
            np.array([0.0, 100.0]),
            note="two filters, two maps: 21, 32 and 99, 99",
        ),
        Case(
            np.array([[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]]),
            np.array([[[[1.0, 10.0], [100.0, 1000.0]]]]),
            np.array([0.0]),
            note="1 + 2·10 + 4·100 + 5·1000 = 5421, 2 + 3·10 + 5·100 + 6·1000 = 6532",
        ),
        Case(
            np.array([[[1.0, 3.0]], [[2.0, 0.0]]]),
            np.array([[[[1.0, -1.0]], [[0.0, 0.0]]]]),
            np.array([-5.0]),
            note="1·1 − 3·1 − 5 = −7: a layer may answer with a negative number",
        ),
        Case(
            np.array([[[3, 1, 4]], [[1, 5, 9]]]),
            np.array([[[[0.5, 0.25]], [[0.1, 0.0]]]]),
            np.array([0.0]),
            note="3·0.5 + 1·0.25 + 1·0.1 = 1.85, 1·0.5 + 4·0.25 + 5·0.1 = 2",
        ),
        Case(*_random(11, (3, 5, 6), (4, 3, 3, 2), (4,))),
        Case(*_random(12, (2, 4, 7), (3, 2, 1, 3), (3,))),
        Case(*_random(13, (4, 5, 5), (2, 4, 5, 5), (2,))),
        Case(*_random(14, (3, 6, 4), (3, 3, 2, 2), (3,))),
    ],
    misconceptions=[
        Misconception(
            "the channels are averaged",
            lambda x, w, b: conv_layer(x, w / len(x), b),
            "The products of all channels are summed, not averaged. If an average is wanted, the "
            "weights can learn the factor 1/C.",
        ),
        Misconception(
            "the mean of the products instead of their sum",
            lambda x, w, b: conv_layer(x, w / w[0].size, b),
            "np.mean divides by C·kH·kW. The layer takes the sum as it is: np.sum. If an average "
            "is wanted, the weights can learn that factor.",
        ),
        Misconception(
            "one kernel is used for all channels",
            lambda x, w, b: conv_layer(x, np.repeat(w[:, :1], len(x), axis=1), b),
            "Every channel has weights of its own: filter k is w[k], with shape (C, kH, kW). "
            "Summing the channels first and sliding w[k, 0] over the sum comes to the same "
            "mistake.",
        ),
        Misconception(
            "only the first channel is seen",
            lambda x, w, b: conv_layer(x[:1], w[:, :1], b),
            "A filter always spans the full depth: the window is x[:, i : i + kH, j : j + kW].",
        ),
        Misconception(
            "each channel overwrites the one before",
            lambda x, w, b: conv_layer(x[-1:], w[:, -1:], b),
            "Only the last channel is left. What the channels contribute adds up: += in place of "
            "=, or one np.sum over all three axes of the window.",
        ),
        Misconception(
            "each product overwrites the one before",
            _layer_overwrites,
            "y[k, i, j] = … keeps only the last product. The sum needs all of them: "
            "y[k, i, j] += …, or np.sum over the window.",
        ),
        Misconception(
            "the channels are not summed",
            _layer_channels_apart,
            "Your result has an axis for the channels left. A filter sums over all of them, so it "
            "gives one map: K maps in all, whatever C is.",
        ),
        Misconception(
            "filter k looks at channel k only",
            _layer_own_channel,
            "k counts filters, c counts channels, and they have nothing to do with each other: "
            "every filter looks at every channel. The window is x[:, …], not x[k, …].",
        ),
        Misconception(
            "every map is made with the first filter",
            lambda x, w, b: conv_layer(x, np.repeat(w[:1], len(w), axis=0), b),
            "Map k comes from filter k: w[k], not w[0].",
        ),
        Misconception(
            "the bias is added once for each channel",
            lambda x, w, b: conv_layer(x, w, b * len(x)),
            "Each filter has one bias, added once to the sum over all channels. Add it after the "
            "loop over the channels.",
        ),
        Misconception(
            "the bias is added to every product",
            lambda x, w, b: conv_layer(x, w, b * w[0].size),
            "np.sum(window * w[k] + b[k]) adds the bias C·kH·kW times. It belongs after the "
            "bracket: np.sum(window * w[k]) + b[k].",
        ),
        Misconception(
            "the bias is left out",
            lambda x, w, b: conv_layer(x, w, 0 * b),
            "After the sum comes b[k], the same number at every place of map k.",
        ),
        Misconception(
            "the bias is subtracted",
            lambda x, w, b: conv_layer(x, w, -b),
            "The bias is added. (A threshold would be subtracted; it is minus the bias.)",
        ),
        Misconception(
            "the bias multiplies",
            lambda x, w, b: conv_layer(x, w, 0 * b) * b.reshape(-1, 1, 1),
            "The bias is added to the sum, so that a filter can answer where the window is zero. "
            "A factor could be put into the weights.",
        ),
        Misconception(
            "every map gets the first bias",
            lambda x, w, b: conv_layer(x, w, np.full(len(b), b[0])),
            "Map k gets the bias of its own filter, b[k].",
        ),
        Misconception(
            "all the biases are added to every map",
            lambda x, w, b: conv_layer(x, w, np.full(len(b), b.sum())),
            "Map k gets the bias of its own filter, b[k], and no other.",
        ),
        Misconception(
            "the whole vector b is added to one number",
            _layer_whole_bias,
            "b has K numbers, and y[k, i, j] has room for one: add b[k]. With one filter the "
            "mistake does not show.",
        ),
        Misconception(
            "b is added along the columns",
            lambda x, w, b: conv_layer(x, w, 0 * b) + b,
            "NumPy lines shapes up at the end, so y + b lines (K,) up with the last axis, the "
            "columns. To reach the first axis b needs the shape (K, 1, 1): b[:, None, None].",
        ),
        Misconception(
            "b is added along the rows",
            lambda x, w, b: conv_layer(x, w, 0 * b) + b[:, None],
            "b[:, None] has shape (K, 1), and NumPy lines shapes up at the end: K meets the rows. "
            "To reach the first axis b needs two more axes: b[:, None, None].",
        ),
        Misconception(
            "the maps are summed over the filters",
            _layer_sums_filters,
            "The sum runs over channels of the input. The K filters stay apart: each gives a map.",
        ),
        Misconception(
            "the filters are summed into one map",
            lambda x, w, b: conv_layer(x, w, b).sum(axis=0),
            "The sum runs over channels of the input. The K filters stay apart: the result has "
            "shape (K, M_H, M_W).",
        ),
        Misconception(
            "the kernels are flipped",
            lambda x, w, b: conv_layer(x, w[:, :, ::-1, ::-1], b),
            "Layers compute the correlation: the kernel slides as it is.",
        ),
        Misconception(
            "the filters are flipped in all three axes",
            lambda x, w, b: conv_layer(x, w[:, ::-1, ::-1, ::-1], b),
            "np.flip(w[k]) turns the channels round as well as rows and columns, and so does a "
            "true convolution in three dimensions. A layer flips nothing.",
        ),
        Misconception(
            "the kernels are flipped top to bottom",
            lambda x, w, b: conv_layer(x, w[:, :, ::-1], b),
            "Layers compute the correlation: the kernel slides as it is. (And [::-1] on one axis "
            "reverses the rows only.)",
        ),
        Misconception(
            "the kernels are flipped left to right",
            lambda x, w, b: conv_layer(x, w[..., ::-1], b),
            "Layers compute the correlation: the kernel slides as it is. (And [..., ::-1] "
            "reverses the columns only.)",
        ),
        Misconception(
            "the channels are paired in reverse order",
            lambda x, w, b: conv_layer(x[::-1], w, b),
            "w[k, c] belongs to channel c of the input, x[c].",
        ),
        Misconception(
            "rows are taken for columns in the kernel",
            lambda x, w, b: conv_layer(x, w.transpose(0, 1, 3, 2), b),
            "w[k, c, a, b] belongs to the pixel a rows down and b columns to the right.",
        ),
        Misconception(
            "the row and the column inside the window are exchanged",
            _layer_offsets_exchanged,
            "The weight in row a, column b meets the pixel a rows down and b columns to the right: "
            "w[k, c, a, b] beside x[c, i + a, j + b]. For a kernel that is not square the "
            "exchanged indices do not even exist.",
        ),
        Misconception(
            "rows are taken for columns in the input",
            lambda x, w, b: conv_layer(x.transpose(0, 2, 1), w, b),
            "x is (C, H, W): after the channel come the rows, then the columns. Your result is "
            "that of the transposed input.",
        ),
        Misconception(
            "rows are taken for columns in the result",
            lambda x, w, b: conv_layer(x, w, b).transpose(0, 2, 1),
            "The numbers are right, but each map stands transposed: y[k, i, j] belongs to the "
            "window i rows down and j columns to the right.",
        ),
        Misconception(
            "the kernel's height and width are exchanged",
            lambda x, w, b: _layer_sizes(x, w, b, x.shape[1:], w.shape[:1:-1]),
            "w.shape is (K, C, kH, kW), height before width. For a square kernel the mistake does "
            "not show.",
        ),
        Misconception(
            "the kernel's height is used for both sides",
            lambda x, w, b: _layer_sizes(x, w, b, x.shape[1:], (w.shape[2], w.shape[2])),
            "A kernel need not be square: rows i to i + kH, columns j to j + kW.",
        ),
        Misconception(
            "the kernel's width is used for both sides",
            lambda x, w, b: _layer_sizes(x, w, b, x.shape[1:], (w.shape[3], w.shape[3])),
            "A kernel need not be square: rows i to i + kH, columns j to j + kW.",
        ),
        Misconception(
            "the input's height and width are exchanged",
            lambda x, w, b: _layer_sizes(x, w, b, x.shape[:0:-1], w.shape[2:]),
            "x.shape is (C, H, W), height before width. For a square input the mistake does not "
            "show.",
        ),
        Misconception(
            "M_H is used for both sides of the maps",
            lambda x, w, b: _layer_sizes(
                x, w, b, (x.shape[1], x.shape[1] - w.shape[2] + w.shape[3]), w.shape[2:]
            ),
            "A map has M_H = H − kH + 1 rows and M_W = W − kW + 1 columns. The two are equal only "
            "where input and kernel are square.",
        ),
        Misconception(
            "the maps come last",
            lambda x, w, b: np.moveaxis(conv_layer(x, w, b), 0, -1),
            "The result has the layout of the input, channels first: (K, M_H, M_W).",
        ),
        Misconception(
            "there is room for C maps instead of K",
            _layer_room_for_channels,
            "Each filter gives one map, so y has K of them: len(w), not len(x).",
        ),
        Misconception(
            "filters and channels are exchanged in the shape of w",
            _layer_shape_misread,
            "w.shape is (K, C, kH, kW): the filters come first.",
        ),
        Misconception(
            "the last row and column of windows are missing",
            lambda x, w, b: conv_layer(x, w, b)[:, :-1, :-1],
            "The first window starts at row 0 and the last at row H − kH, both included: that "
            "makes H − kH + 1 of them.",
        ),
        Misconception(
            "the last row and column are never filled in",
            _layer_partly_filled,
            "y has the right shape, but the loops stop one too early and its last row and column "
            "stay zero. The last window starts at row H − kH, so i runs over range(H - kH + 1).",
        ),
        Misconception(
            "the last row is never filled in",
            lambda x, w, b: _layer_zero(x, w, b, (slice(None), -1)),
            "The last window starts at row H − kH, so i runs over range(H - kH + 1).",
        ),
        Misconception(
            "the last column is never filled in",
            lambda x, w, b: _layer_zero(x, w, b, (slice(None), slice(None), -1)),
            "The last window starts at column W − kW, so j runs over range(W - kW + 1).",
        ),
        Misconception(
            "the last map is never filled in",
            lambda x, w, b: _layer_zero(x, w, b, -1),
            "The filters are 0, …, K − 1, and range(K) already stops there. range(K - 1) leaves "
            "out the last.",
        ),
        Misconception(
            "the first map is never filled in",
            lambda x, w, b: _layer_zero(x, w, b, 0),
            "Python counts from 0: range(K) begins with the first filter, range(1, K) leaves it "
            "out.",
        ),
        Misconception(
            "windows hang over the edge",
            lambda x, w, b: _layer_sizes(
                x, w, b, (x.shape[1] + w.shape[2] - 1, x.shape[2] + w.shape[3] - 1), w.shape[2:]
            ),
            "A slice that runs past the edge comes out smaller, and no longer fits the kernel. "
            "Windows that lie inside start at rows 0, …, H − kH and columns 0, …, W − kW.",
        ),
        Misconception(
            "zeros are added around the input",
            _layer_same_size,
            "Padding keeps the size, but this task asks for complete windows only: "
            "M_H = H − kH + 1 and M_W = W − kW + 1.",
        ),
        Misconception(
            "negative values are clamped to zero",
            lambda x, w, b: np.maximum(conv_layer(x, w, b), 0),
            "The layer's answer may be negative. ReLU is a layer of its own that follows.",
        ),
        Misconception(
            "only the first map is filled in: the return stands inside the loop",
            lambda x, w, b: _layer_filled_up_to(x, w, b, 1, None),
            "The function returns at the end of the first round of the loop over the filters. "
            "Indent return as far as the outer for, so that it comes after all loops.",
        ),
        Misconception(
            "only the first row of each map is filled in: the return stands inside the loop",
            lambda x, w, b: _layer_filled_up_to(x, w, b, None, 1),
            "The function returns at the end of the first row. Indent return as far as the outer "
            "for, so that it comes after all loops.",
        ),
        Misconception(
            "only one number is filled in: the return stands inside the loops",
            _layer_first_number,
            "The function returns in the very first round. Indent return as far as the outer for, "
            "so that it comes after all loops.",
        ),
        Misconception(
            "the fractions are cut off where x holds whole numbers",
            _layer_whole_numbers,
            "y has been given the dtype of x, and an array of integers cannot hold fractions. "
            "np.zeros((K, M_H, M_W)) makes floats.",
        ),
    ],
    hints=[
        (
            "A window now has three axes: x[:, i : i + kH, j : j + kW] has shape (C, kH, kW), "
            "and so has each filter w[k]."
        ),
        (
            "For every place (i, j) and every filter k: multiply window and filter element by "
            "element and sum everything."
        ),
        "y[k, i, j] = np.sum(x[:, i : i + kH, j : j + kW] * w[k]) + b[k].",
    ],
)


# 4.2 what a layer costs


def layer_cost(
    C: int, K: int, F: int, H: int, W: int, S: int = 1, P: int = 0, groups: int = 1
) -> tuple[int, int]:
    """Parameters and multiply-adds of a layer of K filters F×F, with bias, on x (C, H, W)."""
    weights = K * (C // groups) * F * F  # each filter sees the C / groups channels of its group
    M_H = (H + 2 * P - F) // S + 1
    M_W = (W + 2 * P - F) // S + 1
    return weights + K, weights * M_H * M_W  # every weight is used once at every place


Places = Callable[[int, int, int, int], int]  # of N, F, S, P


def _parts(
    C: int, K: int, F: int, H: int, W: int, S: int = 1, P: int = 0, groups: int = 1
) -> tuple[int, int]:
    """Count weights and places."""
    parameters, macs = layer_cost(C, K, F, H, W, S, P, groups)
    return parameters - K, macs // (parameters - K)


def _cost_parameters(count: Callable[[int, int, int, int, int], int]) -> Callable[..., object]:
    """Count other parameters, from K, C / groups, F, groups and the weights."""

    def cost(
        C: int, K: int, F: int, H: int, W: int, S: int = 1, P: int = 0, groups: int = 1
    ) -> tuple[int, int]:
        weights, places = _parts(C, K, F, H, W, S, P, groups)
        return count(K, C // groups, F, groups, weights), weights * places

    return cost


def _cost_weights(count: Callable[[int, int, int, int], int]) -> Callable[..., object]:
    """Count other weights, from C, K, F and groups, in both numbers."""

    def cost(
        C: int, K: int, F: int, H: int, W: int, S: int = 1, P: int = 0, groups: int = 1
    ) -> tuple[int, int]:
        _, places = _parts(C, K, F, H, W, S, P, groups)
        weights = count(C, K, F, groups)
        return weights + K, weights * places

    return cost


def _cost_macs(count: Callable[[int, int, int, int], int]) -> Callable[..., object]:
    """Count other multiply-adds, from the weights, the places, C / groups and K."""

    def cost(
        C: int, K: int, F: int, H: int, W: int, S: int = 1, P: int = 0, groups: int = 1
    ) -> tuple[int, int]:
        weights, places = _parts(C, K, F, H, W, S, P, groups)
        return weights + K, count(weights, places, C // groups, K)

    return cost


def _cost_places(count: Places) -> Callable[..., object]:
    """Count other places along each side, from N, F, S and P."""

    def cost(
        C: int, K: int, F: int, H: int, W: int, S: int = 1, P: int = 0, groups: int = 1
    ) -> tuple[int, int]:
        weights, _ = _parts(C, K, F, H, W, S, P, groups)
        return weights + K, weights * count(H, F, S, P) * count(W, F, S, P)

    return cost


def _cost_square(
    C: int, K: int, F: int, H: int, W: int, S: int = 1, P: int = 0, groups: int = 1
) -> tuple[int, int]:
    del W
    return layer_cost(C, K, F, H, H, S, P, groups)


def _cost_square_wide(
    C: int, K: int, F: int, H: int, W: int, S: int = 1, P: int = 0, groups: int = 1
) -> tuple[int, int]:
    del H
    return layer_cost(C, K, F, W, W, S, P, groups)


def _cost_one_side(
    C: int, K: int, F: int, H: int, W: int, S: int = 1, P: int = 0, groups: int = 1
) -> tuple[int, int]:
    weights, _ = _parts(C, K, F, H, W, S, P, groups)
    return weights + K, weights * ((H + 2 * P - F) // S + 1)


def _cost_one_filter(
    C: int, K: int, F: int, H: int, W: int, S: int = 1, P: int = 0, groups: int = 1
) -> tuple[int, int]:
    weights, places = _parts(C, K, F, H, W, S, P, groups)
    return weights // K + 1, weights // K * places


def _cost_exchanged(
    C: int, K: int, F: int, H: int, W: int, S: int = 1, P: int = 0, groups: int = 1
) -> tuple[int, int]:
    return layer_cost(C, K, F, H, W, S, P, groups)[::-1]


def _cost_bias_per_pixel(
    C: int, K: int, F: int, H: int, W: int, S: int = 1, P: int = 0, groups: int = 1
) -> tuple[int, int]:
    weights, places = _parts(C, K, F, H, W, S, P, groups)
    return weights + K * places, weights * places


def _cost_no_groups(
    C: int, K: int, F: int, H: int, W: int, S: int = 1, P: int = 0, groups: int = 1
) -> tuple[int, int]:
    del groups
    return layer_cost(C, K, F, H, W, S, P)


def _cost_groups_in_parameters_only(
    C: int, K: int, F: int, H: int, W: int, S: int = 1, P: int = 0, groups: int = 1
) -> tuple[int, int]:
    parameters, macs = layer_cost(C, K, F, H, W, S, P, groups)
    return parameters, macs * groups


def _cost_groups_in_macs_only(
    C: int, K: int, F: int, H: int, W: int, S: int = 1, P: int = 0, groups: int = 1
) -> tuple[int, int]:
    return K * C * F * F + K, layer_cost(C, K, F, H, W, S, P, groups)[1]


def _cost_everything_divided(
    C: int, K: int, F: int, H: int, W: int, S: int = 1, P: int = 0, groups: int = 1
) -> tuple[int, int]:
    weights, places = _parts(C, K, F, H, W, S, P)
    return (weights + K) // groups, weights // groups * places


def _cost_floats(
    C: int, K: int, F: int, H: int, W: int, S: int = 1, P: int = 0, groups: int = 1
) -> tuple[float, float]:
    parameters, macs = layer_cost(C, K, F, H, W, S, P, groups)
    return float(parameters), float(macs)


LAYER_COST = Exercise(
    id="04.layer_cost",
    title="What a layer costs",
    minutes=6,
    difficulty=1,
    reference=layer_cost,
    cases=[
        Case(1, 1, 3, 5, 5, note="9 weights and a bias: 10; 9 products at each of 9 places: 81"),
        Case(3, 2, 1, 4, 4, note="2·3 weights and 2 biases: 8; 6 products at 16 places: 96"),
        Case(1, 1, 3, 5, 7, note="9 weights and a bias: 10; 9 products at 3·5 places: 135"),
        Case(
            1,
            1,
            2,
            5,
            7,
            2,
            note="4 weights and a bias: 5; 3 // 2 + 1 = 2 by 5 // 2 + 1 = 3 places: 4·6 = 24",
        ),
        Case(
            1, 1, 3, 4, 5, 1, 1, note="10; with a zero all round there are 4·5 places: 9·20 = 180"
        ),
        Case(
            4,
            6,
            1,
            2,
            3,
            1,
            0,
            2,
            note="each of 6 filters sees 4/2 = 2 channels: 12 weights and 6 biases, 18; 12·6 = 72",
        ),
        Case(3, 64, 3, 224, 224, 1, 1),
        Case(3, 64, 7, 224, 224, 2, 3),
        Case(8, 8, 3, 10, 12, 1, 1, 8),
        Case(6, 9, 3, 7, 11, 2, 0, 3),
        Case(16, 32, 5, 9, 8, 3, 2, 4),
    ],
    misconceptions=[
        Misconception(
            "the biases are forgotten",
            _cost_parameters(lambda K, c, F, groups, weights: weights),
            "Each of the K filters has one bias: K more parameters.",
        ),
        Misconception(
            "one bias for the whole layer",
            _cost_parameters(lambda K, c, F, groups, weights: weights + 1),
            "Each of the K filters has a bias of its own: K more parameters.",
        ),
        Misconception(
            "one bias for each channel of the input",
            _cost_parameters(lambda K, c, F, groups, weights: weights + c * groups),
            "The bias is added to what a filter has summed up, so there is one for each filter: "
            "K, not C.",
        ),
        Misconception(
            "one bias for each channel of each filter",
            _cost_parameters(lambda K, c, F, groups, weights: weights + K * c),
            "The sum over the channels comes first, then one bias: K in all.",
        ),
        Misconception(
            "one bias for each group",
            _cost_parameters(lambda K, c, F, groups, weights: weights + groups),
            "Each of the K filters has a bias of its own, however they are grouped.",
        ),
        Misconception(
            "one bias for each place of each map",
            _cost_bias_per_pixel,
            "The bias is shared over the places, as the weights are: one for each filter.",
        ),
        Misconception(
            "filters are taken for flat, without the depth C",
            _cost_weights(lambda C, K, F, groups: K * F * F),
            "A filter spans all channels of its group: it has (C / groups)·F·F weights.",
        ),
        Misconception(
            "the depth is left out of the multiply-adds",
            _cost_macs(lambda weights, places, c, K: weights // c * places),
            "At each place a filter multiplies in all channels of its group: "
            "(C / groups)·F·F products.",
        ),
        Misconception(
            "only one filter is counted",
            _cost_one_filter,
            "There are K filters, each with weights and a bias of its own.",
        ),
        Misconception(
            "the multiply-adds of one filter only",
            _cost_macs(lambda weights, places, c, K: weights // K * places),
            "All K filters are applied at every place.",
        ),
        Misconception(
            "a kernel is taken to have F weights instead of F·F",
            _cost_weights(lambda C, K, F, groups: K * (C // groups) * F),
            "A kernel has F rows of F weights.",
        ),
        Misconception(
            "the products are counted at every place of the input",
            _cost_places(lambda N, F, S, P: N),
            "A filter is applied once for each place of the output: M_H · M_W times.",
        ),
        Misconception(
            "the products are counted at every place of the padded input",
            _cost_places(lambda N, F, S, P: N + 2 * P),
            "A filter is applied once for each place of the output: M_H · M_W times.",
        ),
        Misconception(
            "the places are N // S",
            _cost_places(lambda N, F, S, P: N // S),
            "Window and padding count too: M = (N + 2P − F) // S + 1.",
        ),
        Misconception(
            "the + 1 is missing in the number of places",
            _cost_places(lambda N, F, S, P: (N + 2 * P - F) // S),
            "The first window counts as well: M = (N + 2P − F) // S + 1.",
        ),
        Misconception(
            "the padding is left out",
            _cost_places(lambda N, F, S, P: (N - F) // S + 1),
            "The window moves over N + 2P places: M = (N + 2P − F) // S + 1.",
        ),
        Misconception(
            "the padding is counted once",
            _cost_places(lambda N, F, S, P: (N + P - F) // S + 1),
            "P zeros are added on each side: M = (N + 2P − F) // S + 1.",
        ),
        Misconception(
            "the stride is ignored",
            _cost_places(lambda N, F, S, P: N + 2 * P - F + 1),
            "With stride S the filter visits only every S-th place: M = (N + 2P − F) // S + 1.",
        ),
        Misconception(
            "stride and padding are exchanged",
            _cost_places(lambda N, F, S, P: (N + 2 * S - F) // P + 1),
            "The padding lengthens the input, the stride divides: M = (N + 2P − F) // S + 1.",
        ),
        Misconception(
            "the number of places is rounded up",
            _cost_places(lambda N, F, S, P: -(-(N + 2 * P - F) // S) + 1),
            "A window that no longer fits is left out: round down, with //.",
        ),
        Misconception(
            "M_H is used for both sides",
            _cost_square,
            "The output has M_H rows and M_W columns, one from H and one from W.",
        ),
        Misconception(
            "M_W is used for both sides",
            _cost_square_wide,
            "The output has M_H rows and M_W columns, one from H and one from W.",
        ),
        Misconception(
            "only the places of one side are counted",
            _cost_one_side,
            "The output has M_H rows of M_W places: M_H · M_W.",
        ),
        Misconception(
            "the biases are counted among the multiply-adds",
            _cost_macs(lambda weights, places, c, K: (weights + K) * places),
            "Adding a bias needs no multiplication. By the usual count it is left out: weights "
            "times places.",
        ),
        Misconception(
            "a multiply-add is counted as two operations",
            _cost_macs(lambda weights, places, c, K: 2 * weights * places),
            "One multiplication with the addition that follows is one multiply-add. (FLOPs count "
            "both, and are twice as many.)",
        ),
        Misconception(
            "the values of the output are counted in place of the products",
            _cost_macs(lambda weights, places, c, K: K * places),
            "K·M_H·M_W is how many numbers come out. Each of them took (C / groups)·F·F products.",
        ),
        Misconception(
            "the multiply-adds stand before the parameters",
            _cost_exchanged,
            "Both numbers are right. The parameters come first.",
        ),
        Misconception(
            "the groups are ignored",
            _cost_no_groups,
            "With groups each filter sees only C / groups channels.",
        ),
        Misconception(
            "the groups are ignored in the multiply-adds",
            _cost_groups_in_parameters_only,
            "A filter has weights for C / groups channels, and each of them is used once at every "
            "place: the products shrink as the weights do.",
        ),
        Misconception(
            "the groups are ignored in the parameters",
            _cost_groups_in_macs_only,
            "Each filter has weights for the C / groups channels that it sees, and no others.",
        ),
        Misconception(
            "both channels and filters are divided by the groups",
            _cost_weights(lambda C, K, F, groups: (K // groups) * (C // groups) * F * F),
            "There are K filters in all, spread over the groups; only the depth of each shrinks.",
        ),
        Misconception(
            "the groups multiply instead of dividing",
            _cost_weights(lambda C, K, F, groups: K * C * groups * F * F),
            "More groups make filters that see less: C / groups channels each.",
        ),
        Misconception(
            "the biases are divided by the groups too",
            _cost_everything_divided,
            "Only the depth of the filters shrinks with the groups. There are K filters still, "
            "with K biases.",
        ),
        Misconception(
            "the numbers are right, but floats instead of ints",
            _cost_floats,
            "/ makes a float even where nothing is left over. Numbers of things are whole "
            "numbers: // keeps them so.",
        ),
    ],
    hints=[
        "One filter has (C / groups)·F·F weights and one bias. There are K filters.",
        "Every weight is multiplied once at every place of the output.",
        "The places are M_H · M_W, from the formula of lesson 03.",
    ],
)


# 4.3 groups


def grouped_conv(x: Array, w: Array, groups: int) -> Array:
    """Grouped layer without bias: x (C, H, W), w (K, C / groups, kH, kW): shape (K, M_H, M_W)."""
    C, K = len(x), len(w)
    c, k = C // groups, K // groups  # channels and filters of one group
    maps = [conv2d(x[g * c : (g + 1) * c], w[g * k : (g + 1) * k]) for g in range(groups)]
    return np.concatenate(maps)


def _group_maps(
    x: Array,
    w: Array,
    groups: int,
    channels: Callable[[int, int], slice] = lambda g, c: slice(g * c, (g + 1) * c),
    filters: Callable[[int, int], slice] = lambda g, k: slice(g * k, (g + 1) * k),
) -> list[npt.NDArray[Any]]:
    """List the maps of each group, the channels or the filters of a group taken otherwise."""
    c, k = len(x) // groups, len(w) // groups
    return [conv2d(x[channels(g, c)], w[filters(g, k)]) for g in range(groups)]


def _groups_filters_dealt(x: Array, w: Array, groups: int) -> Array:
    c = len(x) // groups
    maps = [conv2d(x[(i % groups) * c : (i % groups + 1) * c], w[i : i + 1]) for i in range(len(w))]
    return np.concatenate(maps)


def _groups_sliced_with_each_others_count(x: Array, w: Array, groups: int) -> Array:
    c, k = len(w) // groups, len(x) // groups
    maps = [conv2d(x[g * c : (g + 1) * c], w[g * k : (g + 1) * k]) for g in range(groups)]
    return np.concatenate(maps)


def _groups_first_channels(x: Array, w: Array, groups: int) -> Array:
    del groups
    return np.asarray(conv2d(x[: w.shape[1]], w), dtype=float)


def _groups_all_filters_everywhere(x: Array, w: Array, groups: int) -> Array:
    c = len(x) // groups
    return np.concatenate([conv2d(x[g * c : (g + 1) * c], w) for g in range(groups)])


def _groups_one_map_each(x: Array, w: Array, groups: int) -> Array:
    return np.array([maps.sum(axis=0) for maps in _group_maps(x, w, groups)])


def _groups_last_left_out(x: Array, w: Array, groups: int) -> Array:
    return np.concatenate(_group_maps(x, w, groups)[:-1])


def _groups_by_quotient(x: Array, w: Array, groups: int) -> Array:
    c = len(x) // groups
    maps = [conv2d(x[i // groups * c : (i // groups + 1) * c], w[i : i + 1]) for i in range(len(w))]
    return np.concatenate(maps)


GROUPED_CONV = Exercise(
    id="04.grouped_conv",
    title="Groups",
    minutes=8,
    difficulty=2,
    reference=grouped_conv,
    cases=[
        Case(
            np.array([[[1.0]], [[2.0]], [[3.0]], [[4.0]]]),
            np.array([[[[1.0]], [[10.0]]], [[[1.0]], [[10.0]]]]),
            2,
            note="group 0 sees channels 0 and 1: 1 + 20 = 21; group 1 sees 2 and 3: 3 + 40 = 43",
        ),
        Case(
            np.array([[[1.0]], [[2.0]]]),
            np.array([[[[1.0]]], [[[10.0]]], [[[100.0]]], [[[1000.0]]]]),
            2,
            note="filters 0 and 1 see channel 0: 1, 10; filters 2 and 3 see channel 1: 200, 2000",
        ),
        Case(
            np.array([[[1.0, 2.0]], [[3.0, 4.0]]]),
            np.array([[[[1.0, 10.0]]], [[[1.0, -1.0]]]]),
            2,
            note="each filter has a channel of its own: 1 + 20 = 21 and 3 − 4 = −1",
        ),
        Case(
            np.array([[[1.0]], [[2.0]]]),
            np.array([[[[1.0]], [[10.0]]]]),
            1,
            note="one group is the ordinary layer: 1 + 20 = 21",
        ),
        Case(np.array([[[3, 1]], [[4, 1]]]), np.array([[[[0.5, 0.25]]], [[[0.1, 0.2]]]]), 2),
        Case(*_random(31, (3, 2, 3), (3, 1, 1, 2)), 3),
        Case(*_random(32, (4, 4, 5), (6, 2, 2, 3)), 2),
        Case(*_random(33, (6, 3, 4), (9, 2, 2, 2)), 3),
        Case(*_random(35, (6, 3, 4), (4, 3, 2, 2)), 2),
        Case(*_random(34, (2, 4, 4), (4, 2, 3, 3)), 1),
    ],
    misconceptions=[
        Misconception(
            "channels are dealt out like cards",
            lambda x, w, groups: np.concatenate(
                _group_maps(x, w, groups, channels=lambda g, c: slice(g, None, groups))
            ),
            "Group g gets neighbouring channels, g·c to (g + 1)·c − 1, not every groups-th one.",
        ),
        Misconception(
            "filters are dealt out like cards",
            _groups_filters_dealt,
            "The first K / groups filters belong to group 0, the next to group 1, and so on: "
            "filter k is in group k // (K / groups), not k % groups.",
        ),
        Misconception(
            "filters are dealt out like cards, and the maps stand in that order",
            lambda x, w, groups: np.concatenate(
                _group_maps(x, w, groups, filters=lambda g, k: slice(g, None, groups))
            ),
            "w[g::groups] takes every groups-th filter. Group g gets neighbouring ones, "
            "w[g * k : (g + 1) * k].",
        ),
        Misconception(
            "channels and filters are both dealt out like cards",
            lambda x, w, groups: np.concatenate(
                _group_maps(
                    x,
                    w,
                    groups,
                    lambda g, c: slice(g, None, groups),
                    lambda g, k: slice(g, None, groups),
                )
            ),
            "[g::groups] takes every groups-th. A group consists of neighbours, channels g·c to "
            "(g + 1)·c − 1 and filters g·k to (g + 1)·k − 1.",
        ),
        Misconception(
            "filter k is put in group k // groups",
            _groups_by_quotient,
            "A group has K / groups filters, so filter k is in group k // (K / groups). "
            "k // groups would make groups of as many filters as there are groups.",
        ),
        Misconception(
            "every filter sees the first channels",
            _groups_first_channels,
            "Filters of group g see the channels of group g.",
        ),
        Misconception(
            "every filter sees all channels, its weights repeated",
            lambda x, w, groups: conv2d(x, np.tile(w, (1, groups, 1, 1))),
            "A filter has weights for C / groups channels because it sees only those of its own "
            "group. Repeating them adds up all groups.",
        ),
        Misconception(
            "everything goes to one ordinary layer",
            lambda x, w, groups: conv2d(x, w),
            "conv2d(x, w) wants filters of the full depth C, and these have C / groups channels. "
            "Hand it one group at a time: a slice of x and a slice of w.",
        ),
        Misconception(
            "every group uses the first filters",
            lambda x, w, groups: np.concatenate(
                _group_maps(x, w, groups, filters=lambda g, k: slice(0, k))
            ),
            "Group g has K / groups filters of its own: w[g * k : (g + 1) * k].",
        ),
        Misconception(
            "groups start one channel apart",
            lambda x, w, groups: np.concatenate(
                _group_maps(x, w, groups, channels=lambda g, c: slice(g, g + c))
            ),
            "x[g : g + c] lets the groups overlap. Each begins where the one before has ended: "
            "x[g * c : (g + 1) * c].",
        ),
        Misconception(
            "groups start one filter apart",
            lambda x, w, groups: np.concatenate(
                _group_maps(x, w, groups, filters=lambda g, k: slice(g, g + k))
            ),
            "w[g : g + k] lets the groups overlap. Each begins where the one before has ended: "
            "w[g * k : (g + 1) * k].",
        ),
        Misconception(
            "groups start one apart in channels and filters",
            lambda x, w, groups: np.concatenate(
                _group_maps(
                    x, w, groups, lambda g, c: slice(g, g + c), lambda g, k: slice(g, g + k)
                )
            ),
            "x[g : g + c] and w[g : g + k] let the groups overlap. Each begins where the one "
            "before has ended, at g·c and at g·k.",
        ),
        Misconception(
            "a group is taken to have as many channels as there are groups",
            lambda x, w, groups: np.concatenate(
                _group_maps(x, w, groups, channels=lambda g, c: slice(g * groups, (g + 1) * groups))
            ),
            "`groups` says how many groups there are. One of them has c = C // groups channels.",
        ),
        Misconception(
            "a group is taken to have as many filters as there are groups",
            lambda x, w, groups: np.concatenate(
                _group_maps(x, w, groups, filters=lambda g, k: slice(g * groups, (g + 1) * groups))
            ),
            "`groups` says how many groups there are. One of them has k = K // groups filters.",
        ),
        Misconception(
            "channels and filters are sliced with each other's count",
            _groups_sliced_with_each_others_count,
            "x is cut into pieces of C // groups channels, w into pieces of K // groups filters.",
        ),
        Misconception(
            "every filter is applied to every group",
            _groups_all_filters_everywhere,
            "Each filter belongs to one group only, so there are K maps, not groups·K.",
        ),
        Misconception(
            "the maps of the groups are added",
            lambda x, w, groups: sum(_group_maps(x, w, groups)),
            "Groups do not mix: their maps stand one after another, K in all.",
        ),
        Misconception(
            "each group gives one map",
            _groups_one_map_each,
            "Each of the K / groups filters of a group gives a map of its own, K in all.",
        ),
        Misconception(
            "the groups are stacked on an axis of their own",
            lambda x, w, groups: np.stack(_group_maps(x, w, groups)),
            "np.array and np.stack make a new axis for the groups. np.concatenate joins the maps "
            "on the axis they have, which gives (K, M_H, M_W).",
        ),
        Misconception(
            "the maps are joined below each other",
            lambda x, w, groups: np.concatenate(_group_maps(x, w, groups), axis=1),
            "Axis 1 counts rows, and np.hstack joins on it too. The maps stand one after another "
            "on axis 0, which np.concatenate takes unasked.",
        ),
        Misconception(
            "the maps are joined side by side",
            lambda x, w, groups: np.concatenate(_group_maps(x, w, groups), axis=2),
            "The last axis counts columns. The maps stand one after another on axis 0, which "
            "np.concatenate takes unasked.",
        ),
        Misconception(
            "only the first group comes out: the return stands inside the loop",
            lambda x, w, groups: _group_maps(x, w, groups)[0],
            "The function returns in the first round of the loop. Collect the maps of all groups "
            "and return after the loop.",
        ),
        Misconception(
            "only the last group is kept",
            lambda x, w, groups: _group_maps(x, w, groups)[-1],
            "Each round of the loop overwrites the maps of the one before. Collect them in a list "
            "and join them at the end.",
        ),
        Misconception(
            "the last group is left out",
            _groups_last_left_out,
            "The groups are 0, …, groups − 1, and range(groups) already stops there. "
            "range(groups - 1) leaves out the last.",
        ),
        Misconception(
            "the kernels are flipped",
            lambda x, w, groups: grouped_conv(x, w[:, :, ::-1, ::-1], groups),
            "Layers compute the correlation: the kernel slides as it is.",
        ),
    ],
    hints=[
        "Group g has C / groups channels and K / groups filters, next to each other.",
        "`conv2d` from course_utils.ops does one group: hand it a slice of x and a slice of w.",
        "Collect the groups' maps in a list and join them with np.concatenate.",
    ],
    uses=("from course_utils.ops import conv2d",),
)


# 4.4 a dense layer is a convolution


def dense_as_conv(W: Array, C: int, kH: int, kW: int) -> Array:
    """Filters (K, C, kH, kW) that do what the dense weights W (K, C·kH·kW) do to x.reshape(-1)."""
    return W.reshape(len(W), C, kH, kW)  # x.reshape(-1) runs channel by channel, row by row


def _dense_at(W: Array, C: int, kH: int, kW: int, place: Callable[[int, int, int], int]) -> Array:
    """Take the weight of channel c, row a, column b from another place of the row of W."""
    w = np.zeros((len(W), C, kH, kW))
    for c, a, b in np.ndindex(C, kH, kW):
        w[:, c, a, b] = W[:, place(c, a, b)]
    return w


DENSE_AS_CONV = Exercise(
    id="04.dense_as_conv",
    title="A dense layer is a convolution",
    minutes=4,
    difficulty=1,
    reference=dense_as_conv,
    cases=[
        Case(
            np.arange(8.0)[None],
            2,
            2,
            2,
            note="channel 0 takes the weights 0, 1, 2, 3 row by row, channel 1 takes 4, 5, 6, 7",
        ),
        Case(
            np.array([[0.0, 1.0, 2.0, 3.0, 4.0, 5.0]]),
            1,
            2,
            3,
            note="two rows of three: 0, 1, 2 and 3, 4, 5",
        ),
        Case(
            np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]),
            2,
            1,
            1,
            note="three filters, each with one weight for channel 0 and one for channel 1",
        ),
        Case(
            np.array([[1, 2, 3], [4, 5, 6]]),
            1,
            1,
            3,
            note="two filters, of one row each: 1, 2, 3 and 4, 5, 6",
        ),
        Case(_random(41, (3, 12))[0], 2, 2, 3),
        Case(_random(42, (2, 12))[0], 3, 1, 4),
        Case(_random(43, (5, 30))[0], 3, 5, 2),
    ],
    misconceptions=[
        Misconception(
            "channels are taken to run fastest",
            lambda W, C, kH, kW: W.reshape(len(W), kH, kW, C).transpose(0, 3, 1, 2),
            "x has shape (C, H, W), so x.reshape(-1) runs through a whole channel before the "
            "next one begins.",
        ),
        Misconception(
            "the channels are left standing last",
            lambda W, C, kH, kW: W.reshape(len(W), kH, kW, C),
            "Filters have the shape (K, C, kH, kW), the channels right after the filters.",
        ),
        Misconception(
            'the row is read in column order (order="F")',
            lambda W, C, kH, kW: W.reshape(len(W), C, kH, kW, order="F"),
            'order="F" lets the first index run fastest. x.reshape(-1) lets the last one run '
            "fastest, as NumPy does unless told otherwise.",
        ),
        Misconception(
            "the filters are taken to run fastest",
            lambda W, C, kH, kW: W.reshape(C, kH, kW, len(W)).transpose(3, 0, 1, 2),
            "In memory the rows of W follow one another: all weights of output 0 come first. "
            "So the filters are the slowest axis.",
        ),
        Misconception(
            "the kernels are flipped",
            lambda W, C, kH, kW: W.reshape(len(W), C, kH, kW)[:, :, ::-1, ::-1],
            "The layer correlates, so the weight of pixel (a, b) stands at w[k, c, a, b].",
        ),
        Misconception(
            "each row of W is read backwards",
            lambda W, C, kH, kW: W[:, ::-1].reshape(len(W), C, kH, kW),
            "The layer correlates: nothing is turned round, neither the kernels nor the order of "
            "the channels.",
        ),
        Misconception(
            "the weight matrix is transposed first",
            lambda W, C, kH, kW: W.T.reshape(len(W), C, kH, kW),
            "Row k of W belongs to output k already.",
        ),
        Misconception(
            "rows are taken for columns",
            lambda W, C, kH, kW: W.reshape(len(W), C, kW, kH).transpose(0, 1, 3, 2),
            "Within a channel, x.reshape(-1) runs row by row: kH rows of kW pixels.",
        ),
        Misconception(
            "height and width are exchanged in the shape",
            lambda W, C, kH, kW: W.reshape(len(W), C, kW, kH),
            "Filters have the shape (K, C, kH, kW), height before width. For a square kernel the "
            "mistake does not show.",
        ),
        Misconception(
            "the kernels are transposed afterwards",
            lambda W, C, kH, kW: W.reshape(len(W), C, kH, kW).transpose(0, 1, 3, 2),
            "After the reshape each weight stands where it belongs. Transposing puts rows in "
            "place of columns again.",
        ),
        Misconception(
            "a row is taken to be kH long",
            lambda W, C, kH, kW: _dense_at(W, C, kH, kW, lambda c, a, b: c * kH * kW + a * kH + b),
            "A row has kW pixels, so the pixel (a, b) of channel c stands at place "
            "c·kH·kW + a·kW + b of the vector.",
        ),
        Misconception(
            "a channel is taken to be one row long",
            lambda W, C, kH, kW: _dense_at(W, C, kH, kW, lambda c, a, b: c * kW + a * kW + b),
            "A channel has kH·kW pixels, so the pixel (a, b) of channel c stands at place "
            "c·kH·kW + a·kW + b of the vector.",
        ),
        Misconception(
            "every channel gets the weights of the first",
            lambda W, C, kH, kW: _dense_at(W, C, kH, kW, lambda c, a, b: a * kW + b),
            "The weights of channel c begin at place c·kH·kW of the row.",
        ),
        Misconception(
            "filters and channels are exchanged",
            lambda W, C, kH, kW: W.reshape(C, len(W), kH, kW),
            "The filter comes first: (K, C, kH, kW).",
        ),
        Misconception(
            "filters and channels are exchanged afterwards",
            lambda W, C, kH, kW: W.reshape(len(W), C, kH, kW).transpose(1, 0, 2, 3),
            "The filter comes first: (K, C, kH, kW). The reshape alone has put it there.",
        ),
        Misconception(
            "filters and channels share one axis",
            lambda W, C, kH, kW: W.reshape(-1, kH, kW),
            "The result has four axes, (K, C, kH, kW): len(W) filters, each with C channels.",
        ),
        Misconception(
            "one axis for all the weights of a channel",
            lambda W, C, kH, kW: W.reshape(len(W), C, kH * kW),
            "The result has four axes, (K, C, kH, kW): rows and columns apart.",
        ),
        Misconception(
            "there is an axis too many, for a batch",
            lambda W, C, kH, kW: W.reshape(1, len(W), C, kH, kW),
            "The result has four axes, (K, C, kH, kW), and no axis for a batch: weights are the "
            "same for every example.",
        ),
        Misconception(
            "only the first filter is made",
            lambda W, C, kH, kW: W[0].reshape(C, kH, kW),
            "W has one row for each of the K outputs, and each becomes a filter: (K, C, kH, kW).",
        ),
        Misconception(
            "W is taken to hold one filter",
            lambda W, C, kH, kW: W.reshape(1, C, kH, kW),
            "W has one row for each of the K outputs, and K is len(W).",
        ),
        Misconception(
            "W is handed back as it is",
            lambda W, C, kH, kW: W,
            "A layer that slides wants filters of shape (K, C, kH, kW). The numbers stay, the "
            "shape changes.",
        ),
    ],
    hints=[
        "In which order does x.reshape(-1) list the pixels of x (C, H, W)?",
        "Row k of W lists the weights of output k in just this order.",
        "So W only needs another shape.",
    ],
)

EXERCISES = [CONV_LAYER, LAYER_COST, GROUPED_CONV, DENSE_AS_CONV]

"""Exercises of lesson 04, channels and feature maps."""

from __future__ import annotations

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


def _layer_means(x: Array, w: Array, b: Array) -> Array:
    return conv_layer(x, w / x.shape[0], b)


def _layer_one_kernel(x: Array, w: Array, b: Array) -> Array:
    return conv_layer(x, np.repeat(w[:, :1], x.shape[0], axis=1), b)


def _layer_first_channel(x: Array, w: Array, b: Array) -> Array:
    return conv_layer(x[:1], w[:, :1], b)


def _layer_bias_per_channel(x: Array, w: Array, b: Array) -> Array:
    return conv_layer(x, w, b * x.shape[0])


def _layer_no_bias(x: Array, w: Array, b: Array) -> Array:
    return conv_layer(x, w, 0 * b)


def _layer_sums_filters(x: Array, w: Array, b: Array) -> Array:
    y = conv_layer(x, w, b)
    return np.repeat(y.sum(axis=0, keepdims=True), len(y), axis=0)


def _layer_flipped(x: Array, w: Array, b: Array) -> Array:
    return conv_layer(x, w[:, :, ::-1, ::-1], b)


def _layer_transposed_kernel(x: Array, w: Array, b: Array) -> Array:
    return conv_layer(x, w.transpose(0, 1, 3, 2), b)


def _layer_channels_last(x: Array, w: Array, b: Array) -> Array:
    return np.moveaxis(conv_layer(x, w, b), 0, -1)


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
            np.array([[[3, 1, 4]], [[1, 5, 9]]]),
            np.array([[[[0.5, 0.25]], [[0.1, 0.0]]]]),
            np.array([0.0]),
        ),
        Case(*_random(11, (3, 5, 6), (4, 3, 3, 2), (4,))),
        Case(*_random(12, (2, 4, 7), (3, 2, 1, 3), (3,))),
        Case(*_random(13, (4, 5, 5), (2, 4, 5, 5), (2,))),
        Case(*_random(14, (3, 6, 4), (3, 3, 2, 2), (3,))),
    ],
    misconceptions=[
        Misconception(
            "the channels are averaged",
            _layer_means,
            "The products of all channels are summed, not averaged. If an average is wanted, the "
            "weights can learn the factor 1/C.",
        ),
        Misconception(
            "one kernel is used for all channels",
            _layer_one_kernel,
            "Every channel has weights of its own: filter k is w[k], with shape (C, kH, kW).",
        ),
        Misconception(
            "only the first channel is seen",
            _layer_first_channel,
            "A filter always spans the full depth: the window is x[:, i : i + kH, j : j + kW].",
        ),
        Misconception(
            "the bias is added once for each channel",
            _layer_bias_per_channel,
            "Each filter has one bias, added once to the sum over all channels.",
        ),
        Misconception(
            "the bias is left out",
            _layer_no_bias,
            "After the sum comes b[k], the same number at every place of map k.",
        ),
        Misconception(
            "the maps are summed over the filters",
            _layer_sums_filters,
            "The sum runs over channels of the input. The K filters stay apart: each gives a map.",
        ),
        Misconception(
            "the kernels are flipped",
            _layer_flipped,
            "Layers compute the correlation: the kernel slides as it is.",
        ),
        Misconception(
            "rows are taken for columns in the kernel",
            _layer_transposed_kernel,
            "w[k, c, a, b] belongs to the pixel a rows down and b columns to the right.",
        ),
        Misconception(
            "the maps come last",
            _layer_channels_last,
            "The result has the layout of the input, channels first: (K, M_H, M_W).",
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


def _cost_no_bias(
    C: int, K: int, F: int, H: int, W: int, S: int = 1, P: int = 0, groups: int = 1
) -> tuple[int, int]:
    parameters, macs = layer_cost(C, K, F, H, W, S, P, groups)
    return parameters - K, macs


def _cost_no_depth(
    C: int, K: int, F: int, H: int, W: int, S: int = 1, P: int = 0, groups: int = 1
) -> tuple[int, int]:
    del C, groups
    return layer_cost(1, K, F, H, W, S, P)


def _cost_input_places(
    C: int, K: int, F: int, H: int, W: int, S: int = 1, P: int = 0, groups: int = 1
) -> tuple[int, int]:
    parameters, _ = layer_cost(C, K, F, H, W, S, P, groups)
    return parameters, (parameters - K) * H * W


def _cost_no_groups(
    C: int, K: int, F: int, H: int, W: int, S: int = 1, P: int = 0, groups: int = 1
) -> tuple[int, int]:
    del groups
    return layer_cost(C, K, F, H, W, S, P)


def _cost_groups_twice(
    C: int, K: int, F: int, H: int, W: int, S: int = 1, P: int = 0, groups: int = 1
) -> tuple[int, int]:
    weights = (K // groups) * (C // groups) * F * F
    M_H, M_W = (H + 2 * P - F) // S + 1, (W + 2 * P - F) // S + 1
    return weights + K, weights * M_H * M_W


def _cost_bias_each_weight(
    C: int, K: int, F: int, H: int, W: int, S: int = 1, P: int = 0, groups: int = 1
) -> tuple[int, int]:
    parameters, macs = layer_cost(C, K, F, H, W, S, P, groups)
    return parameters - K + K * (C // groups), macs


def _cost_bias_per_pixel(
    C: int, K: int, F: int, H: int, W: int, S: int = 1, P: int = 0, groups: int = 1
) -> tuple[int, int]:
    parameters, macs = layer_cost(C, K, F, H, W, S, P, groups)
    places = macs // (parameters - K)
    return parameters - K + K * places, macs


LAYER_COST = Exercise(
    id="04.layer_cost",
    title="What a layer costs",
    minutes=6,
    difficulty=1,
    reference=layer_cost,
    cases=[
        Case(1, 1, 3, 5, 5, note="9 weights and a bias; 9 products at each of 9 places"),
        Case(3, 2, 1, 4, 4, note="2·3 weights and 2 biases; 6 products at each of 16 places"),
        Case(3, 64, 3, 224, 224, 1, 1),
        Case(3, 64, 7, 224, 224, 2, 3),
        Case(8, 8, 3, 10, 12, 1, 1, 8),
        Case(6, 9, 3, 7, 11, 2, 0, 3),
        Case(16, 32, 5, 9, 8, 3, 2, 4),
    ],
    misconceptions=[
        Misconception(
            "the biases are forgotten",
            _cost_no_bias,
            "Each of the K filters has one bias: K more parameters.",
        ),
        Misconception(
            "filters are taken for flat, without the depth C",
            _cost_no_depth,
            "A filter spans all channels of its group: it has (C / groups)·F·F weights.",
        ),
        Misconception(
            "the products are counted at every place of the input",
            _cost_input_places,
            "A filter is applied once for each place of the output: M_H · M_W times.",
        ),
        Misconception(
            "the groups are ignored",
            _cost_no_groups,
            "With groups each filter sees only C / groups channels.",
        ),
        Misconception(
            "both channels and filters are divided by the groups",
            _cost_groups_twice,
            "There are K filters in all, spread over the groups; only the depth of each shrinks.",
        ),
        Misconception(
            "one bias for each channel of each filter",
            _cost_bias_each_weight,
            "The sum over the channels comes first, then one bias: K in all.",
        ),
        Misconception(
            "one bias for each place of each map",
            _cost_bias_per_pixel,
            "The bias is shared over the places, as the weights are: one for each filter.",
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


def _groups_interleaved(x: Array, w: Array, groups: int) -> Array:
    k = len(w) // groups
    return np.concatenate(
        [conv_layer(x[g::groups], w[g * k : (g + 1) * k], np.zeros(k)) for g in range(groups)]
    )


def _groups_filters_dealt(x: Array, w: Array, groups: int) -> Array:
    c = len(x) // groups
    maps = [
        conv_layer(x[(i % groups) * c : (i % groups + 1) * c], w[i : i + 1], np.zeros(1))
        for i in range(len(w))
    ]
    return np.concatenate(maps)


def _groups_first_channels(x: Array, w: Array, groups: int) -> Array:
    del groups
    return conv_layer(x[: w.shape[1]], w, np.zeros(len(w)))


def _groups_summed(x: Array, w: Array, groups: int) -> Array:
    c, k = len(x) // groups, len(w) // groups
    total = np.zeros(1)
    for g in range(groups):
        total = total + conv_layer(x[g * c : (g + 1) * c], w[g * k : (g + 1) * k], np.zeros(k))
    return total


def _groups_all_filters_everywhere(x: Array, w: Array, groups: int) -> Array:
    c = len(x) // groups
    return np.concatenate(
        [conv_layer(x[g * c : (g + 1) * c], w, np.zeros(len(w))) for g in range(groups)]
    )


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
        Case(*_random(31, (3, 2, 3), (3, 1, 1, 2)), 3),
        Case(*_random(32, (4, 4, 5), (6, 2, 2, 3)), 2),
        Case(*_random(33, (6, 3, 4), (9, 2, 2, 2)), 3),
        Case(*_random(34, (2, 4, 4), (4, 2, 3, 3)), 1),
    ],
    misconceptions=[
        Misconception(
            "channels are dealt out like cards",
            _groups_interleaved,
            "Group g gets neighbouring channels, g·c to (g + 1)·c − 1, not every groups-th one.",
        ),
        Misconception(
            "filters are dealt out like cards",
            _groups_filters_dealt,
            "The first K / groups filters belong to group 0, the next to group 1, and so on.",
        ),
        Misconception(
            "every filter sees the first channels",
            _groups_first_channels,
            "Filters of group g see the channels of group g.",
        ),
        Misconception(
            "the maps of the groups are added",
            _groups_summed,
            "Groups do not mix: their maps stand one after another, K in all.",
        ),
        Misconception(
            "every filter is applied to every group",
            _groups_all_filters_everywhere,
            "Each filter belongs to one group only, so there are K maps, not groups·K.",
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


def _dense_channels_last(W: Array, C: int, kH: int, kW: int) -> Array:
    return W.reshape(len(W), kH, kW, C).transpose(0, 3, 1, 2).copy()


def _dense_flipped(W: Array, C: int, kH: int, kW: int) -> Array:
    return W.reshape(len(W), C, kH, kW)[:, :, ::-1, ::-1].copy()


def _dense_transposed(W: Array, C: int, kH: int, kW: int) -> Array:
    return W.T.reshape(len(W), C, kH, kW).copy()


def _dense_swapped(W: Array, C: int, kH: int, kW: int) -> Array:
    return W.reshape(len(W), C, kW, kH).transpose(0, 1, 3, 2).copy()


def _dense_channel_axis_first(W: Array, C: int, kH: int, kW: int) -> Array:
    return W.reshape(C, len(W), kH, kW).copy()


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
        Case(_random(41, (3, 12))[0], 2, 2, 3),
        Case(_random(42, (2, 12))[0], 3, 1, 4),
        Case(_random(43, (5, 30))[0], 3, 5, 2),
    ],
    misconceptions=[
        Misconception(
            "channels are taken to run fastest",
            _dense_channels_last,
            "x has shape (C, H, W), so x.reshape(-1) runs through a whole channel before the "
            "next one begins.",
        ),
        Misconception(
            "the kernels are flipped",
            _dense_flipped,
            "The layer correlates, so the weight of pixel (a, b) stands at w[k, c, a, b].",
        ),
        Misconception(
            "the weight matrix is transposed first",
            _dense_transposed,
            "Row k of W belongs to output k already.",
        ),
        Misconception(
            "rows are taken for columns",
            _dense_swapped,
            "Within a channel, x.reshape(-1) runs row by row: kH rows of kW pixels.",
        ),
        Misconception(
            "filters and channels are exchanged",
            _dense_channel_axis_first,
            "The filter comes first: (K, C, kH, kW).",
        ),
    ],
    hints=[
        "In which order does x.reshape(-1) list the pixels of x (C, H, W)?",
        "Row k of W lists the weights of output k in just this order.",
        "So W only needs another shape.",
    ],
)

EXERCISES = [CONV_LAYER, LAYER_COST, GROUPED_CONV, DENSE_AS_CONV]

"""Exercises of lesson 08, classic architectures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from course_utils.exercises import Case, Exercise, Misconception

Array = npt.NDArray[np.float64]
Layers = Sequence[tuple[Any, ...]]
Costs = list[tuple[int, int, int]]

_FLOATS = (
    "A window that fits by a part does not fit, so sizes are rounded down: // does it and keeps "
    "whole numbers whole, while / makes floats."
)


# 8.1 the costs of a whole network


def network_cost(layers: Layers, C: int, N: int) -> Costs:
    """For each layer (parameters, activations, multiply-adds), ints; the input is C × N × N."""
    costs = []
    for kind, *numbers in layers:
        if kind == "conv":
            K, F, S, P = numbers
            N = (N + 2 * P - F) // S + 1
            weights = K * C * F * F
            costs.append((weights + K, K * N * N, weights * N * N))
            C = K  # the next layer sees K maps
        elif kind == "pool":
            F, S = numbers
            N = (N - F) // S + 1
            costs.append((0, C * N * N, 0))  # nothing is learnt, nothing is multiplied
        else:
            (K,) = numbers
            weights = K * C * N * N  # a dense layer looks at the whole volume
            costs.append((weights + K, K, weights))
            C, N = K, 1
    return costs


def _network(layers: Layers, C: int, N: int, wrong: str) -> Costs:
    """Cost a network with the one mistake that is named."""
    costs, first = [], C
    for kind, *numbers in layers:
        before = N
        if kind == "conv":
            K, F, S, P = numbers
            if wrong == "input channels stay":
                C = first
            N = (N + (P if wrong == "padding once" else 2 * P) - F) // S + 1
            if wrong == "no plus one":
                N -= 1
            if wrong == "rounded up":
                N = -(-(before + 2 * P - F) // S) + 1
            if wrong == "ignores the filter":
                N = before // S
            weights = K * (1 if wrong == "flat filters" else C) * F * F
            places = before * before if wrong == "places of the input" else N * N
            costs.append((weights + K, K * N * N, weights * places))
            C = C if wrong == "C is never changed" else K
        elif kind == "pool":
            F, S = numbers
            N = (N - F) // S + 1
            if wrong == "rounded up":
                N = -(-(before - F) // S) + 1
            if wrong in ("pool divides by its stride", "ignores the filter"):
                N = before // S
            if wrong == "pool divides by its side":
                N = before // F
            parameters = {"pool weights": C * F * F, "pool per map": 2 * C}.get(wrong, 0)
            macs = C * F * F * N * N if wrong == "pool macs" else 0
            activations = 0 if wrong == "pool keeps nothing" else C * N * N
            costs.append((parameters, activations, macs))
        else:
            (K,) = numbers
            entering = C if wrong == "dense sees channels" else C * N * N
            if wrong == "dense sees one map":
                entering = N * N
            if wrong == "dense sees one row":
                entering = C * N
            costs.append((K * entering + K, K, K * entering))
            C = K
            if wrong != "places stay":
                N = 1
    return costs


def _wrong(name: str) -> Callable[[Layers, int, int], Costs]:
    def function(layers: Layers, C: int, N: int) -> Costs:
        return _network(layers, C, N, name)

    return function


def _each(
    change: Callable[[str, int, int, int, int], tuple[int, ...]],
) -> Callable[[Layers, int, int], list[tuple[int, ...]]]:
    """Change each layer's three numbers: kind, K, parameters, activations, multiply-adds."""

    def function(layers: Layers, C: int, N: int) -> list[tuple[int, ...]]:
        costs = network_cost(layers, C, N)
        return [change(row[0], row[1], *cost) for row, cost in zip(layers, costs, strict=True)]

    return function


def _per_place(kind: str, K: int, p: int, a: int, m: int) -> tuple[int, ...]:
    del K
    return (m + a, a, m) if kind == "conv" else (p, a, m)


def _maps_not_multiplied(kind: str, K: int, p: int, a: int, m: int) -> tuple[int, ...]:
    return (p, a // K, m) if kind == "conv" else (p, a, m)


def _true_division(layers: Layers, C: int, N: int) -> list[tuple[float, ...]]:
    costs: list[tuple[float, ...]] = []
    size = float(N)
    for kind, *numbers in layers:
        if kind == "dense":
            (K,) = numbers
            weights = K * C * size * size
            costs.append((weights + K, K, weights))
            C, size = K, 1.0
        else:
            F, S, P = numbers[1:] if kind == "conv" else (*numbers, 0)
            size = (size + 2 * P - F) / S + 1
            K = numbers[0] if kind == "conv" else C
            weights = K * C * F * F if kind == "conv" else 0
            biases = K if kind == "conv" else 0
            costs.append((weights + biases, K * size * size, weights * size * size))
            C = K
    return costs


def _totals(layers: Layers, C: int, N: int) -> tuple[int, ...]:
    return tuple(sum(column) for column in zip(*network_cost(layers, C, N), strict=True))


NETWORK_COST = Exercise(
    id="08.network_cost",
    title="The ledger of a network",
    minutes=10,
    difficulty=2,
    reference=network_cost,
    cases=[
        Case(
            [("conv", 2, 3, 1, 0), ("pool", 2, 2), ("dense", 5)],
            1,
            6,
            note="conv: 2·(1·9 + 1) = 20 parameters, 2·4·4 = 32 numbers, 18·16 = 288 products; "
            "pool: 0, 2·2·2 = 8, 0; dense: 5·(8 + 1) = 45, 5, 5·8 = 40",
            expected=[(20, 32, 288), (0, 8, 0), (45, 5, 40)],
        ),
        Case(
            [("conv", 3, 3, 1, 1)],
            2,
            4,
            note="the padding keeps 4 × 4: 3·(2·9 + 1) = 57, 3·16 = 48, 54·16 = 864",
        ),
        Case(
            [("pool", 3, 1)],
            2,
            5,
            note="three places for a window of 3 in 5, one apart: 0, 2·9 = 18, 0",
        ),
        Case(
            [("dense", 4), ("dense", 3)],
            2,
            3,
            note="2·9 = 18 numbers go in: 4·19 = 76, 4, 72; then 3·(4 + 1) = 15, 3, 12",
        ),
        Case([("conv", 4, 3, 2, 0), ("pool", 2, 2)], 3, 8),
        Case(
            [
                ("conv", 6, 5, 1, 0),
                ("pool", 2, 2),
                ("conv", 16, 5, 1, 0),
                ("pool", 2, 2),
                ("dense", 120),
                ("dense", 84),
                ("dense", 10),
            ],
            1,
            32,
        ),
        Case([("conv", 64, 11, 4, 2), ("pool", 3, 2), ("conv", 192, 5, 1, 2)], 3, 224),
    ],
    misconceptions=[
        Misconception(
            "the biases are forgotten",
            _each(lambda kind, K, p, a, m: (p - (0 if kind == "pool" else K), a, m)),
            "Every filter and every output of a dense layer has one bias: K parameters more.",
        ),
        Misconception(
            "dense layers are taken to have no biases",
            _each(lambda kind, K, p, a, m: (p - (K if kind == "dense" else 0), a, m)),
            "A dense layer is h = Wx + b: each of its K outputs has a bias, as each filter has.",
        ),
        Misconception(
            "the biases are counted as multiply-adds",
            _each(lambda kind, K, p, a, m: (p, a, m + (0 if kind == "pool" else a))),
            "A bias is added and multiplies nothing. Multiply-adds are weights times places.",
        ),
        Misconception(
            "pooling is given weights",
            _wrong("pool weights"),
            "A maximum or a mean learns nothing: a pool has no parameters.",
        ),
        Misconception(
            "pooling is given a factor and a bias for each map",
            _wrong("pool per map"),
            "LeNet-5 of 1998 had these in its subsampling layers. The pools of this exercise, as "
            "everywhere since, learn nothing.",
        ),
        Misconception(
            "pooling is counted among the multiply-adds",
            _wrong("pool macs"),
            "A maximum multiplies nothing, so the ledger has 0 there. (A mean could be counted; by "
            "convention it is not, and it would be small.)",
        ),
        Misconception(
            "what a pool puts out is not counted",
            _wrong("pool keeps nothing"),
            "A pool's maps are numbers that have to be kept too: C·N·N of them.",
        ),
        Misconception(
            "every convolution is given the channels of the first",
            _wrong("input channels stay"),
            "A layer of K filters hands K maps on: they are the next layer's C.",
        ),
        Misconception(
            "C is left as it was after a convolution",
            _wrong("C is never changed"),
            "A layer of K filters hands K maps on: set C = K for what comes after it, pools and "
            "dense layers included.",
        ),
        Misconception(
            "filters are taken for flat, without the depth C",
            _wrong("flat filters"),
            "A filter spans all C channels: it has C·F·F weights.",
        ),
        Misconception(
            "a dense layer is fed one number for each channel",
            _wrong("dense sees channels"),
            "The whole volume is laid out in a row: C·N·N numbers go in, not C.",
        ),
        Misconception(
            "a dense layer is fed one map",
            _wrong("dense sees one map"),
            "All C maps are laid out in one row: C·N·N numbers go in.",
        ),
        Misconception(
            "C·N numbers go into a dense layer",
            _wrong("dense sees one row"),
            "A map is N by N: C·N·N numbers go in.",
        ),
        Misconception(
            "after a dense layer N is not set back to 1",
            _wrong("places stay"),
            "A dense layer puts out K numbers and no maps. For the layer after it, C is K and N "
            "is 1.",
        ),
        Misconception(
            "the products are counted at every place of the input",
            _wrong("places of the input"),
            "A filter is applied once at each place of the output, so the new N counts.",
        ),
        Misconception(
            "every place has weights of its own",
            _each(_per_place),
            "The weights of a convolution are shared by all places: K·(C·F·F + 1), whatever N is.",
        ),
        Misconception(
            "the activations of one map only",
            _each(_maps_not_multiplied),
            "K filters make K maps of N·N numbers.",
        ),
        Misconception(
            "two operations for each multiply-add",
            _each(lambda kind, K, p, a, m: (p, a, 2 * m)),
            "A product with its addition counts as one here. (Counted singly they are called "
            "operations or FLOPs, and there are twice as many.)",
        ),
        Misconception(
            "the padding is counted once",
            _wrong("padding once"),
            "P zeros stand on each side: N + 2P.",
        ),
        Misconception(
            "the + 1 is missing in the size of a convolution",
            _wrong("no plus one"),
            "The division counts steps, and there is one place more than steps (lesson 03).",
        ),
        Misconception(
            "sizes are rounded up",
            _wrong("rounded up"),
            "A window that fits by a part does not fit: the division is rounded down, //.",
        ),
        Misconception(
            "a pool divides N by its stride",
            _wrong("pool divides by its stride"),
            "That holds for windows of side S only. In general a pool has (N − F) // S + 1 places, "
            "as a convolution without padding has.",
        ),
        Misconception(
            "a pool divides N by the side of its window",
            _wrong("pool divides by its side"),
            "It is the stride by which the window moves: (N − F) // S + 1 places.",
        ),
        Misconception(
            "sizes are N // S, without the window",
            _wrong("ignores the filter"),
            "The window needs room: (N + 2P − F) // S + 1, as in lesson 03.",
        ),
        Misconception(
            "activations and multiply-adds are exchanged",
            _each(lambda kind, K, p, a, m: (p, m, a)),
            "The order is parameters, activations, multiply-adds.",
        ),
        Misconception(
            "/ in place of //: a part of a window is counted, and counts are floats",
            _true_division,
            _FLOATS,
        ),
        Misconception(
            "only the first layer: the return stands inside the loop",
            lambda layers, C, N: network_cost(layers[:1], C, N),
            "A return ends the function. Move it to the left, to the level of the for.",
        ),
        Misconception(
            "one sum over all layers",
            _totals,
            "Asked for is the ledger: one tuple for each layer, in a list.",
        ),
    ],
    hints=[
        "Keep C and N up to date: after each layer they describe what the next one sees.",
        "A convolution has K·C·F·F weights and K biases, and uses every weight once at each of its "
        "N·N places (the new N).",
        "A pool changes only N. A dense layer has K·C·N·N weights and K biases; after it C is K "
        "and N is 1.",
    ],
)


# 8.2 LeNet-5's table of connections


def sparse_parameters(connections: Sequence[Sequence[int]], F: int) -> int:
    """Weights and biases (int) of filters F×F, each looking only at the maps listed for it."""
    return sum(len(maps) * F * F + 1 for maps in connections)


SPARSE_PARAMETERS = Exercise(
    id="08.sparse_parameters",
    title="Filters that do not look at every map",
    minutes=3,
    difficulty=1,
    reference=sparse_parameters,
    cases=[
        Case(
            [(0, 1), (1,)],
            3,
            note="two kernels of 9 and a bias, one kernel of 9 and a bias: 19 + 10 = 29",
            expected=29,
        ),
        Case(
            [(0, 1, 2), (2, 4)],
            2,
            note="3·4 + 1 = 13 and 2·4 + 1 = 9: 22",
            expected=22,
        ),
        Case([(0,), (1,), (2,)], 5, note="depthwise, as in lesson 04: 3·(25 + 1) = 78"),
        Case([(0, 1, 2, 3), (0, 1, 2, 3)], 1),
        Case([(3, 5), (0, 1, 3), (2,), (1, 2, 4, 5)], 4),
    ],
    misconceptions=[
        Misconception(
            "the biases are forgotten",
            lambda connections, F: sum(len(maps) * F * F for maps in connections),
            "Each filter has one bias besides its kernels.",
        ),
        Misconception(
            "one bias for each kernel",
            lambda connections, F: sum(len(maps) * (F * F + 1) for maps in connections),
            "A filter adds up what its kernels find and adds one bias to the sum: one for each "
            "filter, not one for each map that it looks at.",
        ),
        Misconception(
            "one bias for the whole layer",
            lambda connections, F: sum(len(maps) * F * F for maps in connections) + 1,
            "Each filter makes a map of its own and has a bias of its own.",
        ),
        Misconception(
            "every filter looks at every map",
            lambda connections, F: (
                len(connections) * ((1 + max(max(maps) for maps in connections)) * F * F + 1)
            ),
            "That is the dense layer. Here a filter has kernels only for the maps listed for it.",
        ),
        Misconception(
            "one kernel for each filter, shared by its maps",
            lambda connections, F: len(connections) * (F * F + 1),
            "A filter has a kernel of its own for each map that it looks at, as in (4.5).",
        ),
        Misconception(
            "one kernel for each map, shared by the filters",
            lambda connections, F: (
                len({m for maps in connections for m in maps}) * F * F + len(connections)
            ),
            "Two filters that look at the same map each have a kernel of their own for it.",
        ),
        Misconception(
            "F weights in a kernel",
            lambda connections, F: sum(len(maps) * F + 1 for maps in connections),
            "A kernel of side F has F·F weights.",
        ),
        Misconception(
            "the numbers of the maps are added, instead of counted",
            lambda connections, F: sum(sum(maps) * F * F + 1 for maps in connections),
            "The tuple (1, 2, 4) says which maps: three of them. len counts them.",
        ),
        Misconception(
            "only the first filter",
            lambda connections, F: len(connections[0]) * F * F + 1,
            "Is the return inside the loop? All filters count.",
        ),
        Misconception(
            "only the last filter",
            lambda connections, F: len(connections[-1]) * F * F + 1,
            "Each filter adds to the sum: += instead of =.",
        ),
    ],
    hints=[
        "How many weights has a filter that looks at three maps?",
        "Three kernels of F·F, and one bias for their sum. Each filter in turn: "
        "for maps in connections.",
    ],
)


# 8.3 the first layer of AlexNet


def padding_for(N: int, F: int, S: int, M: int) -> int:
    """Smallest padding P (int, 0 or more) with which a window F at stride S has M places."""
    needed = (M - 1) * S + F  # from the first sample of the first window to the last of the last
    missing = max(needed - N, 0)
    return (missing + 1) // 2  # half on each side; half of an odd number is rounded up


def _places(N: int, F: int, S: int, P: int) -> int:
    return (N + 2 * P - F) // S + 1


def _padding_search(size: Callable[[int, int, int, int], int]) -> Callable[..., int]:
    """Smallest padding that gives M by another formula for the size; −1 where there is none."""

    def function(N: int, F: int, S: int, M: int) -> int:
        fitting = (P for P in range(2 * N + F) if N + 2 * P >= F and size(N, F, S, P) == M)
        return next(fitting, -1)

    return function


def _padding_largest(N: int, F: int, S: int, M: int) -> int:
    return max(P for P in range(2 * N + F + M * S) if _places(N, F, S, P) == M)


PADDING_FOR = Exercise(
    id="08.padding_for",
    title="The padding that a paper left out",
    minutes=5,
    difficulty=2,
    reference=padding_for,
    cases=[
        Case(
            7,
            3,
            2,
            4,
            note="starts 0, 2, 4, 6; the last window needs samples 6, 7, 8: 9 in all, 2 are "
            "missing, 1 on each side",
            expected=1,
        ),
        Case(9, 3, 2, 4, note="9 samples are just enough: 0", expected=0),
        Case(
            8,
            3,
            2,
            4,
            note="1 is missing; a zero on each side is one more than needed, and the floor "
            "removes it: 1",
            expected=1,
        ),
        Case(14, 3, 3, 4, note="3·3 + 3 = 12 would do, there are 14: 0", expected=0),
        Case(5, 5, 1, 5, note="4 + 5 = 9, 4 are missing: 2 on each side"),
        Case(224, 7, 2, 112, note="111·2 + 7 = 229, 5 are missing: 3"),
        Case(227, 11, 4, 55),
        Case(224, 11, 4, 54),
        Case(6, 4, 3, 4, note="3·3 + 4 = 13, 7 are missing: 4"),
        Case(10, 3, 4, 3),
        Case(32, 3, 1, 32),
        Case(40, 9, 5, 10),
    ],
    misconceptions=[
        Misconception(
            "the padding is taken to count once",
            lambda N, F, S, M: max((M - 1) * S + F - N, 0),
            "P zeros are put on each side: 2P samples more, so half of what is missing.",
        ),
        Misconception(
            "the zeros of both sides together",
            lambda N, F, S, M: 2 * padding_for(N, F, S, M),
            "P is the number of zeros on one side.",
        ),
        Misconception(
            "half of an odd number is rounded down",
            lambda N, F, S, M: max((M - 1) * S + F - N, 0) // 2,
            "Then one sample is still missing and the last window does not fit. One zero too many "
            "does no harm: the floor removes it.",
        ),
        Misconception(
            "half a zero",
            lambda N, F, S, M: max((M - 1) * S + F - N, 0) / 2,
            "The formula without its floor gives halves. The padding is a whole number: round up, "
            "and let the floor in (3.5) remove what is too much.",
        ),
        Misconception(
            "the padding that keeps the size at stride 1",
            lambda N, F, S, M: (F - 1) // 2,
            "(F − 1)/2 keeps the size at stride 1. Here the stride is S and the size asked for "
            "is M.",
        ),
        Misconception(
            "M windows are taken to need M·S + F samples",
            lambda N, F, S, M: (max(M * S + F - N, 0) + 1) // 2,
            "The M-th window starts at (M − 1)·S: there are M − 1 steps between M places.",
        ),
        Misconception(
            "the size is taken for M·S",
            lambda N, F, S, M: (max(M * S - N, 0) + 1) // 2,
            "The windows start S apart, and the last of them reaches F samples from its start: "
            "(M − 1)·S + F.",
        ),
        Misconception(
            "the length of the last window is left out",
            lambda N, F, S, M: (max((M - 1) * S + 1 - N, 0) + 1) // 2,
            "The last window starts at (M − 1)·S and needs F samples from there.",
        ),
        Misconception(
            "the size is rounded up",
            _padding_search(lambda N, F, S, P: -(-(N + 2 * P - F) // S) + 1),
            "A window that fits by a part is not computed: M is rounded down.",
        ),
        Misconception(
            "the size is rounded to the nearest",
            _padding_search(lambda N, F, S, P: round((N + 2 * P - F) / S) + 1),
            "Three quarters of a window are no window: M is rounded down.",
        ),
        Misconception(
            "the + 1 of the size is missing",
            _padding_search(lambda N, F, S, P: (N + 2 * P - F) // S),
            "The division counts steps; the places are one more (lesson 03).",
        ),
        Misconception(
            "the largest padding instead of the smallest",
            _padding_largest,
            "Several paddings can give the same M, because of the floor. The smallest is asked "
            "for.",
        ),
        Misconception(
            "a negative padding",
            lambda N, F, S, M: -(-((M - 1) * S + F - N) // 2),
            "Where there are samples to spare the floor leaves them unseen, and no padding is "
            "needed: 0.",
        ),
    ],
    hints=[
        "Where does the last of the M windows start, and where does it end?",
        "It ends at (M − 1)·S + F. If that is more than N, zeros have to make up for it.",
        "They stand on both sides, equally many. Half of an odd number: try it both ways on "
        "N = 8, F = 3, S = 2, M = 4.",
    ],
)


# 8.4 small kernels in a stack


def stack_and_single(C: int, n: int) -> tuple[int, int]:
    """Parameters (ints) of n layers 3×3, and of the one layer with their field; C maps always."""
    F = 2 * n + 1  # each layer of the stack adds 2 to the field
    return n * (9 * C * C + C), F * F * C * C + C


STACK_AND_SINGLE = Exercise(
    id="08.stack_and_single",
    title="A stack against one",
    minutes=2,
    difficulty=1,
    reference=stack_and_single,
    cases=[
        Case(1, 2, note="one channel: 2·(9 + 1) = 20 against 5·5 + 1 = 26", expected=(20, 26)),
        Case(2, 1, note="a stack of one: 9·4 + 2 = 38 on both sides", expected=(38, 38)),
        Case(1, 3, note="3·(9 + 1) = 30 against 7·7 + 1 = 50", expected=(30, 50)),
        Case(10, 2),
        Case(64, 3),
        Case(3, 5),
    ],
    misconceptions=[
        Misconception(
            "the biases are forgotten",
            lambda C, n: (n * 9 * C * C, (2 * n + 1) ** 2 * C * C),
            "Each layer has C biases: n·C in the stack, C in the single layer.",
        ),
        Misconception(
            "one set of biases for the whole stack",
            lambda C, n: (n * 9 * C * C + C, (2 * n + 1) ** 2 * C * C + C),
            "Each of the n layers has its own C biases.",
        ),
        Misconception(
            "the field is taken for 3n",
            lambda C, n: (n * (9 * C * C + C), (3 * n) ** 2 * C * C + C),
            "The windows of a layer overlap, so each further layer adds F − 1 = 2: the field is "
            "2n + 1 (lesson 03).",
        ),
        Misconception(
            "the fields are multiplied: 3 to the power n",
            lambda C, n: (n * (9 * C * C + C), (3**n) ** 2 * C * C + C),
            "At stride 1 each layer adds 2 to the field: 3, 5, 7.",
        ),
        Misconception(
            "the field is taken for 2n",
            lambda C, n: (n * (9 * C * C + C), (2 * n) ** 2 * C * C + C),
            "The field starts at 1, one pixel, and grows by 2: 3, 5, 7.",
        ),
        Misconception(
            "C weights for each place of the kernel, instead of C times C",
            lambda C, n: (n * (9 * C + C), (2 * n + 1) ** 2 * C + C),
            "There are C filters, and each spans C channels.",
        ),
        Misconception(
            "one layer of the stack only",
            lambda C, n: (9 * C * C + C, (2 * n + 1) ** 2 * C * C + C),
            "The stack has n layers, each with weights of its own.",
        ),
        Misconception(
            "the single layer keeps 3×3",
            lambda C, n: (n * (9 * C * C + C), 9 * C * C + C),
            "It has to see as much as the stack: a kernel of side 2n + 1.",
        ),
        Misconception(
            "the two stand in the wrong order",
            lambda C, n: ((2 * n + 1) ** 2 * C * C + C, n * (9 * C * C + C)),
            "The stack first, then the single layer.",
        ),
    ],
    hints=[
        "How many pixels across does one unit see after n layers of 3×3? Lesson 03 has 3, 5, 7.",
        "A layer of side F from C to C channels has C·(C·F·F + 1) parameters.",
    ],
)


# 8.5 two linear layers are one


def compose(u: Array, v: Array) -> Array:
    """Filters (K, C, F+G−1, F+G−1) of one layer equal to u (J, C, F, F) and then v (K, J, G, G)."""
    J, C, F, _ = u.shape
    K, J, G, _ = v.shape
    w = np.zeros((K, C, F + G - 1, F + G - 1))
    for a in range(G):
        for b in range(G):
            # weight (a, b) of v reads the maps of u moved by (a, b), and mixes them
            w[:, :, a : a + F, b : b + F] += np.einsum("kj,jcpq->kcpq", v[:, :, a, b], u)
    return w


def _compose_turned(u: Array, v: Array) -> Array:
    return compose(u, v[:, :, ::-1, ::-1])


def _compose_u_turned(u: Array, v: Array) -> Array:
    return compose(u[:, :, ::-1, ::-1], v)


def _compose_overwrites(u: Array, v: Array) -> Array:
    (_, C, F, _), (K, _, G, _) = u.shape, v.shape
    w = np.zeros((K, C, F + G - 1, F + G - 1))
    for a in range(G):
        for b in range(G):
            w[:, :, a : a + F, b : b + F] = np.einsum("kj,jcpq->kcpq", v[:, :, a, b], u)
    return w


def _compose_first_map(u: Array, v: Array) -> Array:
    return compose(u[:1], v[:, :1])


def _compose_mean(u: Array, v: Array) -> Array:
    return compose(u, v) / len(u)


def _compose_sum_first(u: Array, v: Array) -> Array:
    together = v.sum(axis=1, keepdims=True)
    return compose(u.sum(axis=0, keepdims=True), together)


def _compose_rows_for_columns(u: Array, v: Array) -> Array:
    return compose(u, v.swapaxes(2, 3))


def _compose_cropped(u: Array, v: Array) -> Array:
    F = u.shape[2]
    start = (v.shape[2] - 1) // 2
    return compose(u, v)[:, :, start : start + F, start : start + F]


def _compose_middle_only(u: Array, v: Array) -> Array:
    alone = np.zeros_like(v)
    middle = v.shape[2] // 2
    alone[:, :, middle, middle] = v[:, :, middle, middle]
    return compose(u, alone)


def _compose_channels_first(u: Array, v: Array) -> Array:
    return compose(u, v).swapaxes(0, 1)


def _kernels(seed: int, first: tuple[int, ...], second: tuple[int, ...]) -> tuple[Array, Array]:
    rng = np.random.default_rng(seed)
    return np.round(rng.normal(size=first), 2), np.round(rng.normal(size=second), 2)


COMPOSE = Exercise(
    id="08.compose",
    title="Two linear layers are one",
    minutes=9,
    difficulty=3,
    reference=compose,
    cases=[
        Case(
            np.array([[[[1, 0], [0, 2]]]]),
            np.array([[[[1, 10], [0, 0]]]]),
            note="u once where it is, and ten times one column further right: "
            "rows 1 10 0, 0 2 20, 0 0 0",
            expected=np.array([[[[1.0, 10, 0], [0, 2, 20], [0, 0, 0]]]]),
        ),
        Case(
            np.array([[[[1.0]]], [[[5.0]]]]),
            np.array([[[[2.0]], [[3.0]]]]),
            note="1×1 kernels, two maps between: 2·1 + 3·5 = 17",
            expected=np.array([[[[17.0]]]]),
        ),
        Case(
            np.array([[[[1.0, 2.0], [3.0, 4.0]]]]),
            np.array([[[[0.0, 0.0], [1.0, 0.0]]]]),
            note="one weight of v, in its second row: u moved down by one",
        ),
        Case(*_kernels(1, (2, 3, 3, 3), (4, 2, 3, 3))),
        Case(*_kernels(2, (3, 1, 2, 2), (2, 3, 3, 3))),
        Case(*_kernels(3, (3, 2, 4, 4), (1, 3, 1, 1))),
    ],
    misconceptions=[
        Misconception(
            "v is turned around",
            _compose_turned,
            "Both layers are correlations: x[i + a + p] is read with v[a]·u[p], so weight a of v "
            "moves u by +a. That is a convolution of the two kernels, without a further flip.",
        ),
        Misconception(
            "u is turned around",
            _compose_u_turned,
            "x[i + a + p] is read with v[a]·u[p]: both indices count forwards, and neither kernel "
            "is flipped when they are laid over each other.",
        ),
        Misconception(
            "contributions overwrite each other",
            _compose_overwrites,
            "The moved copies of u overlap: the same pixel is read along several paths, and their "
            "weights add up. Use += instead of =.",
        ),
        Misconception(
            "only the first map between the layers",
            _compose_first_map,
            "v reads all J maps: sum over j.",
        ),
        Misconception(
            "the maps between the layers are averaged",
            _compose_mean,
            "Channels are summed, each with its own weights (4.5).",
        ),
        Misconception(
            "the maps are added up before v weighs them",
            _compose_sum_first,
            "Map j of u goes with v[k, j]: multiply first, then sum over j.",
        ),
        Misconception(
            "rows and columns of v are exchanged",
            _compose_rows_for_columns,
            "v[k, j, a, b] moves by a rows and b columns.",
        ),
        Misconception(
            "the result is cut to the size of u",
            _compose_cropped,
            "Two windows in a row see further than one: F + G − 1 pixels.",
        ),
        Misconception(
            "only the middle weight of v",
            _compose_middle_only,
            "Every weight of v reads u's maps at another place; all of them contribute.",
        ),
        Misconception(
            "the kernels are multiplied weight by weight",
            lambda u, v: np.einsum("kjab,jcab->kcab", v, u),
            "Every weight of v meets every weight of u, at the sum of their offsets: a "
            "convolution of the kernels, of side F + G − 1.",
        ),
        Misconception(
            "channels before filters",
            _compose_channels_first,
            "Weights are (K, C, height, width): filters first.",
        ),
    ],
    hints=[
        "Write both layers as sums and put one into the other: x[c, i + a + p] is multiplied by "
        "v[k, j, a]·u[j, c, p]. Which offset of the one kernel is that?",
        "Offset a + p. So weight (a, b) of v adds u, moved by (a, b), to the result.",
        "Go over all (a, b): w[:, :, a : a + F, b : b + F] += what v[:, :, a, b] makes of u, "
        "summed over j.",
        "The sum over j is np.einsum('kj,jcpq->kcpq', v[:, :, a, b], u), or a loop over k and j.",
    ],
)

EXERCISES = [NETWORK_COST, SPARSE_PARAMETERS, PADDING_FOR, STACK_AND_SINGLE, COMPOSE]

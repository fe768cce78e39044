"""Exercise 8.1: the costs of a whole network."""

from course_utils.exercises import Case, Exercise


def network_cost(layers, C, N):
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


EXERCISE = Exercise(
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
    hints=[
        "Keep C and N up to date: after each layer they describe what the next one sees.",
        "A convolution has K·C·F·F weights and K biases, and uses every weight once at each of its "
        "N·N places (the new N).",
        "A pool changes only N. A dense layer has K·C·N·N weights and K biases; after it C is K "
        "and N is 1.",
    ],
)


def _each(change):
    """Change each layer's three numbers: kind, K, parameters, activations, multiply-adds."""

    def function(layers, C, N):
        costs = network_cost(layers, C, N)
        return [change(row[0], row[1], *cost) for row, cost in zip(layers, costs, strict=True)]

    return function


@EXERCISE.misconception(
    "the biases are forgotten",
    "Every filter and every output of a dense layer has one bias: K parameters more.",
)
@_each
def _(kind, K, p, a, m):
    return p - (0 if kind == "pool" else K), a, m


@EXERCISE.misconception(
    "dense layers are taken to have no biases",
    "A dense layer is h = Wx + b: each of its K outputs has a bias, as each filter has.",
)
@_each
def _(kind, K, p, a, m):
    return p - (K if kind == "dense" else 0), a, m


@EXERCISE.misconception(
    "the biases are counted as multiply-adds",
    "A bias is added and multiplies nothing. Multiply-adds are weights times places.",
)
@_each
def _(kind, K, p, a, m):
    return p, a, m + (0 if kind == "pool" else a)


def _network(layers, C, N, wrong):
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


def _wrong(name):
    def function(layers, C, N):
        return _network(layers, C, N, name)

    return function


EXERCISE.misconception(
    "pooling is given weights", "A maximum or a mean learns nothing: a pool has no parameters."
)(_wrong("pool weights"))

EXERCISE.misconception(
    "pooling is given a factor and a bias for each map",
    "LeNet-5 of 1998 had these in its subsampling layers. The pools of this exercise take a "
    "maximum, which has nothing to learn.",
)(_wrong("pool per map"))

EXERCISE.misconception(
    "pooling is counted among the multiply-adds",
    "A maximum multiplies nothing, so the ledger has 0 there. (A mean could be counted; by "
    "convention it is not, and it would be small.)",
)(_wrong("pool macs"))

EXERCISE.misconception(
    "what a pool puts out is not counted",
    "A pool's maps are numbers that have to be kept too: C·N·N of them.",
)(_wrong("pool keeps nothing"))

EXERCISE.misconception(
    "every convolution is given the channels of the first",
    "A layer of K filters hands K maps on: they are the next layer's C.",
)(_wrong("input channels stay"))

EXERCISE.misconception(
    "C is left as it was after a convolution",
    "A layer of K filters hands K maps on: set C = K for what comes after it, pools and dense "
    "layers included.",
)(_wrong("C is never changed"))

EXERCISE.misconception(
    "filters are taken for flat, without the depth C",
    "A filter spans all C channels: it has C·F·F weights.",
)(_wrong("flat filters"))

EXERCISE.misconception(
    "a dense layer is fed one number for each channel",
    "The whole volume is laid out in a row: C·N·N numbers go in, not C.",
)(_wrong("dense sees channels"))

EXERCISE.misconception(
    "a dense layer is fed one map", "All C maps are laid out in one row: C·N·N numbers go in."
)(_wrong("dense sees one map"))

EXERCISE.misconception(
    "C·N numbers go into a dense layer", "A map is N by N: C·N·N numbers go in."
)(_wrong("dense sees one row"))

EXERCISE.misconception(
    "after a dense layer N is not set back to 1",
    "A dense layer puts out K numbers and no maps. For the layer after it, C is K and N is 1.",
)(_wrong("places stay"))

EXERCISE.misconception(
    "the products are counted at every place of the input",
    "A filter is applied once at each place of the output, so the new N counts.",
)(_wrong("places of the input"))


@EXERCISE.misconception(
    "every place has weights of its own",
    "The weights of a convolution are shared by all places: K·(C·F·F + 1), whatever N is.",
)
@_each
def _(kind, K, p, a, m):
    return (m + a, a, m) if kind == "conv" else (p, a, m)


@EXERCISE.misconception("the activations of one map only", "K filters make K maps of N·N numbers.")
@_each
def _(kind, K, p, a, m):
    return (p, a // K, m) if kind == "conv" else (p, a, m)


@EXERCISE.misconception(
    "two operations for each multiply-add",
    "A product with its addition counts as one here. (Counted singly they are called operations "
    "or FLOPs, and there are twice as many.)",
)
@_each
def _(kind, K, p, a, m):
    return p, a, 2 * m


EXERCISE.misconception("the padding is counted once", "P zeros stand on each side: N + 2P.")(
    _wrong("padding once")
)

EXERCISE.misconception(
    "the + 1 is missing in the size of a convolution",
    "The division counts steps, and there is one place more than steps (lesson 03).",
)(_wrong("no plus one"))

EXERCISE.misconception(
    "sizes are rounded up",
    "A window that fits by a part does not fit: the division is rounded down, //.",
)(_wrong("rounded up"))

EXERCISE.misconception(
    "a pool divides N by its stride",
    "That holds for windows of side S only. In general a pool has (N − F) // S + 1 places, as a "
    "convolution without padding has.",
)(_wrong("pool divides by its stride"))

EXERCISE.misconception(
    "a pool divides N by the side of its window",
    "It is the stride by which the window moves: (N − F) // S + 1 places.",
)(_wrong("pool divides by its side"))

EXERCISE.misconception(
    "sizes are N // S, without the window",
    "The window needs room: (N + 2P − F) // S + 1, as in lesson 03.",
)(_wrong("ignores the filter"))


@EXERCISE.misconception(
    "activations and multiply-adds are exchanged",
    "The order is parameters, activations, multiply-adds.",
)
@_each
def _(kind, K, p, a, m):
    return p, m, a


_FLOATS = (
    "A window that fits by a part does not fit, so sizes are rounded down: // does it and keeps "
    "whole numbers whole, while / makes floats."
)


@EXERCISE.misconception(
    "/ in place of //: a part of a window is counted, and counts are floats", _FLOATS
)
def _(layers, C, N):
    costs = []
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


@EXERCISE.misconception(
    "only the first layer: the return stands inside the loop",
    "A return ends the function. Move it to the left, to the level of the for.",
)
def _(layers, C, N):
    return network_cost(layers[:1], C, N)


@EXERCISE.misconception(
    "one sum over all layers", "Asked for is the ledger: one tuple for each layer, in a list."
)
def _(layers, C, N):
    return tuple(sum(column) for column in zip(*network_cost(layers, C, N), strict=True))

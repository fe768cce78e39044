"""Exercise 4.4: what a layer costs."""

from course_utils.exercises import Case, Exercise


def layer_cost(C, K, F, H, W, S=1, P=0, groups=1):
    """Parameters and multiply-adds of a layer of K filters F×F, with bias, on x (C, H, W)."""
    weights = K * (C // groups) * F * F  # each filter sees the C / groups channels of its group
    M_H = (H + 2 * P - F) // S + 1
    M_W = (W + 2 * P - F) // S + 1
    return weights + K, weights * M_H * M_W  # every weight is used once at every place


EXERCISE = Exercise(
    id="04.layer_cost",
    title="What a layer costs",
    minutes=8,
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
    hints=[
        "One filter has (C / groups)·F·F weights and one bias. There are K filters.",
        "Every weight is multiplied once at every place of the output.",
        "The places are M_H · M_W, from the formula of lesson 03.",
    ],
)


def _weights_and_places(C, K, F, H, W, S=1, P=0, groups=1):
    """Count weights and places."""
    parameters, macs = layer_cost(C, K, F, H, W, S, P, groups)
    return parameters - K, macs // (parameters - K)


def _with_parameters(count):
    """Count other parameters, from K, C / groups, F, groups and the weights."""

    def cost(C, K, F, H, W, S=1, P=0, groups=1):
        weights, places = _weights_and_places(C, K, F, H, W, S, P, groups)
        return count(K, C // groups, F, groups, weights), weights * places

    return cost


@EXERCISE.misconception(
    "the biases are forgotten", "Each of the K filters has one bias: K more parameters."
)
@_with_parameters
def _(K, c, F, groups, weights):
    return weights


@EXERCISE.misconception(
    "one bias for the whole layer",
    "Each of the K filters has a bias of its own: K more parameters.",
)
@_with_parameters
def _(K, c, F, groups, weights):
    return weights + 1


@EXERCISE.misconception(
    "one bias for each channel of the input",
    "The bias is added to what a filter has summed up, so there is one for each filter: K, not C.",
)
@_with_parameters
def _(K, c, F, groups, weights):
    return weights + c * groups


@EXERCISE.misconception(
    "one bias for each channel of each filter",
    "The sum over the channels comes first, then one bias: K in all.",
)
@_with_parameters
def _(K, c, F, groups, weights):
    return weights + K * c


@EXERCISE.misconception(
    "one bias for each group",
    "Each of the K filters has a bias of its own, however they are grouped.",
)
@_with_parameters
def _(K, c, F, groups, weights):
    return weights + groups


@EXERCISE.misconception(
    "one bias for each place of each map",
    "The bias is shared over the places, as the weights are: one for each filter.",
)
def _(C, K, F, H, W, S=1, P=0, groups=1):
    weights, places = _weights_and_places(C, K, F, H, W, S, P, groups)
    return weights + K * places, weights * places


def _with_weights(count):
    """Count other weights, from C, K, F and groups, in both numbers."""

    def cost(C, K, F, H, W, S=1, P=0, groups=1):
        _, places = _weights_and_places(C, K, F, H, W, S, P, groups)
        weights = count(C, K, F, groups)
        return weights + K, weights * places

    return cost


@EXERCISE.misconception(
    "filters are taken for flat, without the depth C",
    "A filter spans all channels of its group: it has (C / groups)·F·F weights.",
)
@_with_weights
def _(C, K, F, groups):
    return K * F * F


def _with_macs(count):
    """Count other multiply-adds, from the weights, the places, C / groups and K."""

    def cost(C, K, F, H, W, S=1, P=0, groups=1):
        weights, places = _weights_and_places(C, K, F, H, W, S, P, groups)
        return weights + K, count(weights, places, C // groups, K)

    return cost


@EXERCISE.misconception(
    "the depth is left out of the multiply-adds",
    "At each place a filter multiplies in all channels of its group: (C / groups)·F·F products.",
)
@_with_macs
def _(weights, places, c, K):
    return weights // c * places


@EXERCISE.misconception(
    "only one filter is counted", "There are K filters, each with weights and a bias of its own."
)
def _(C, K, F, H, W, S=1, P=0, groups=1):
    weights, places = _weights_and_places(C, K, F, H, W, S, P, groups)
    return weights // K + 1, weights // K * places


@EXERCISE.misconception(
    "the multiply-adds of one filter only", "All K filters are applied at every place."
)
@_with_macs
def _(weights, places, c, K):
    return weights // K * places


@EXERCISE.misconception(
    "a kernel is taken to have F weights instead of F·F", "A kernel has F rows of F weights."
)
@_with_weights
def _(C, K, F, groups):
    return K * (C // groups) * F


def _with_places(count):
    """Count other places along each side, from N, F, S and P."""

    def cost(C, K, F, H, W, S=1, P=0, groups=1):
        weights, _ = _weights_and_places(C, K, F, H, W, S, P, groups)
        return weights + K, weights * count(H, F, S, P) * count(W, F, S, P)

    return cost


@EXERCISE.misconception(
    "the products are counted at every place of the input",
    "A filter is applied once for each place of the output: M_H · M_W times.",
)
@_with_places
def _(N, F, S, P):
    return N


@EXERCISE.misconception(
    "the products are counted at every place of the padded input",
    "A filter is applied once for each place of the output: M_H · M_W times.",
)
@_with_places
def _(N, F, S, P):
    return N + 2 * P


@EXERCISE.misconception(
    "the places are N // S", "Window and padding count too: M = (N + 2P − F) // S + 1."
)
@_with_places
def _(N, F, S, P):
    return N // S


@EXERCISE.misconception(
    "the + 1 is missing in the number of places",
    "The first window counts as well: M = (N + 2P − F) // S + 1.",
)
@_with_places
def _(N, F, S, P):
    return (N + 2 * P - F) // S


@EXERCISE.misconception(
    "the padding is left out", "The window moves over N + 2P places: M = (N + 2P − F) // S + 1."
)
@_with_places
def _(N, F, S, P):
    return (N - F) // S + 1


@EXERCISE.misconception(
    "the padding is counted once", "P zeros are added on each side: M = (N + 2P − F) // S + 1."
)
@_with_places
def _(N, F, S, P):
    return (N + P - F) // S + 1


@EXERCISE.misconception(
    "the stride is ignored",
    "With stride S the filter visits only every S-th place: M = (N + 2P − F) // S + 1.",
)
@_with_places
def _(N, F, S, P):
    return N + 2 * P - F + 1


@EXERCISE.misconception(
    "stride and padding are exchanged",
    "The padding lengthens the input, the stride divides: M = (N + 2P − F) // S + 1.",
)
@_with_places
def _(N, F, S, P):
    return (N + 2 * S - F) // P + 1


@EXERCISE.misconception(
    "the number of places is rounded up",
    "A window that no longer fits is left out: round down, with //.",
)
@_with_places
def _(N, F, S, P):
    return -(-(N + 2 * P - F) // S) + 1


@EXERCISE.misconception(
    "M_H is used for both sides",
    "The output has M_H rows and M_W columns, one from H and one from W.",
)
def _(C, K, F, H, W, S=1, P=0, groups=1):
    return layer_cost(C, K, F, H, H, S, P, groups)


@EXERCISE.misconception(
    "M_W is used for both sides",
    "The output has M_H rows and M_W columns, one from H and one from W.",
)
def _(C, K, F, H, W, S=1, P=0, groups=1):
    return layer_cost(C, K, F, W, W, S, P, groups)


@EXERCISE.misconception(
    "only the places of one side are counted", "The output has M_H rows of M_W places: M_H · M_W."
)
def _(C, K, F, H, W, S=1, P=0, groups=1):
    weights, _ = _weights_and_places(C, K, F, H, W, S, P, groups)
    return weights + K, weights * ((H + 2 * P - F) // S + 1)


@EXERCISE.misconception(
    "the biases are counted among the multiply-adds",
    "Adding a bias needs no multiplication. By the usual count it is left out: weights times "
    "places.",
)
@_with_macs
def _(weights, places, c, K):
    return (weights + K) * places


@EXERCISE.misconception(
    "a multiply-add is counted as two operations",
    "One multiplication with the addition that follows is one multiply-add. (FLOPs count both, "
    "and are twice as many.)",
)
@_with_macs
def _(weights, places, c, K):
    return 2 * weights * places


@EXERCISE.misconception(
    "the values of the output are counted in place of the products",
    "K·M_H·M_W is how many numbers come out. Each of them took (C / groups)·F·F products.",
)
@_with_macs
def _(weights, places, c, K):
    return K * places


@EXERCISE.misconception(
    "the multiply-adds stand before the parameters",
    "Both numbers are right. The parameters come first.",
)
def _(C, K, F, H, W, S=1, P=0, groups=1):
    return layer_cost(C, K, F, H, W, S, P, groups)[::-1]


@EXERCISE.misconception(
    "the groups are ignored", "With groups each filter sees only C / groups channels."
)
def _(C, K, F, H, W, S=1, P=0, groups=1):
    return layer_cost(C, K, F, H, W, S, P)


@EXERCISE.misconception(
    "the groups are ignored in the multiply-adds",
    "A filter has weights for C / groups channels, and each of them is used once at every place: "
    "the products shrink as the weights do.",
)
def _(C, K, F, H, W, S=1, P=0, groups=1):
    parameters, macs = layer_cost(C, K, F, H, W, S, P, groups)
    return parameters, macs * groups


@EXERCISE.misconception(
    "the groups are ignored in the parameters",
    "Each filter has weights for the C / groups channels that it sees, and no others.",
)
def _(C, K, F, H, W, S=1, P=0, groups=1):
    return K * C * F * F + K, layer_cost(C, K, F, H, W, S, P, groups)[1]


@EXERCISE.misconception(
    "both channels and filters are divided by the groups",
    "There are K filters in all, spread over the groups; only the depth of each shrinks.",
)
@_with_weights
def _(C, K, F, groups):
    return (K // groups) * (C // groups) * F * F


@EXERCISE.misconception(
    "the groups multiply instead of dividing",
    "More groups make filters that see less: C / groups channels each.",
)
@_with_weights
def _(C, K, F, groups):
    return K * C * groups * F * F


@EXERCISE.misconception(
    "the biases are divided by the groups too",
    "Only the depth of the filters shrinks with the groups. There are K filters still, with K "
    "biases.",
)
def _(C, K, F, H, W, S=1, P=0, groups=1):
    weights, places = _weights_and_places(C, K, F, H, W, S, P)
    return (weights + K) // groups, weights // groups * places


@EXERCISE.misconception(
    "the numbers are right, but floats instead of ints",
    "/ makes a float even where nothing is left over. Numbers of things are whole numbers: // "
    "keeps them so.",
)
def _(C, K, F, H, W, S=1, P=0, groups=1):
    parameters, macs = layer_cost(C, K, F, H, W, S, P, groups)
    return float(parameters), float(macs)


@EXERCISE.misconception(
    "filters and biases are divided by the groups too",
    "A layer of groups still has K filters and K biases; each filter sees C / groups channels. "
    "Only C is divided.",
)
def _(C, K, F, H, W, S=1, P=0, groups=1):
    parameters, adds = layer_cost(C, K // groups, F, H, W, S, P, groups)
    return parameters, adds


@EXERCISE.misconception(
    "the 1 stands inside the division by the stride",
    "The first window always fits, and every stride adds one more: (N + 2P − F) // S + 1. With "
    "the 1 inside, it is lost where S is not 1.",
)
def _(C, K, F, H, W, S=1, P=0, groups=1):
    weights = K * (C // groups) * F * F
    places = ((H + 2 * P - F + 1) // S) * ((W + 2 * P - F + 1) // S)
    return weights + K, weights * places

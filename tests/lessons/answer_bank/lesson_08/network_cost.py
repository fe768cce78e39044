"""Answers to exercise 8.1, right and wrong."""

from tests.lessons.answer_bank.small_changes import but

COST = """
costs = []
for layer in layers:
    if layer[0] == "conv":
        _, K, F, S, P = layer
        M = (N + 2 * P - F) // S + 1
        parameters = K * (C * F * F + 1)
        macs = K * C * F * F * M * M
        activations = K * M * M
        C, N = K, M
    elif layer[0] == "pool":
        _, F, S = layer
        M = (N - F) // S + 1
        parameters, macs = 0, 0
        activations = C * M * M
        N = M
    else:
        K = layer[1]
        inputs = C * N * N
        parameters = K * (inputs + 1)
        macs = K * inputs
        activations = K
        C, N = K, 1
    costs.append((parameters, activations, macs))
return costs
"""

ALL_CONV = """
def row(layer, C, N):
    kind = layer[0]
    if kind == "pool":
        M = (N - layer[1]) // layer[2] + 1
        return (0, C * M**2, 0), C, M
    K = layer[1]
    F, S, P = layer[2:] if kind == "conv" else (N, 1, 0)
    M = (N + 2 * P - F) // S + 1
    return (K * (C * F**2 + 1), K * M**2, K * C * F**2 * M**2), K, M

out = []
for layer in layers:
    one, C, N = row(layer, C, N)
    out.append(one)
return out
"""

MATCH = """
costs, size = [], C * N * N
for layer in layers:
    match layer:
        case ("conv", K, F, S, P):
            M = int(np.floor((N + 2 * P - F) / S)) + 1
            w = np.ones((K, C, F, F)).size
            costs.append((w + K, K * M * M, w * M * M))
            C, N = K, M
        case ("pool", F, S):
            N = len(range(0, N - F + 1, S))
            costs.append((0, C * N * N, 0))
        case ("dense", K):
            costs.append((size * K + K, K, size * K))
            C, N = K, 1
    size = C * N * N
return costs
"""

RIGHT: list[str] = [
    COST,
    ALL_CONV,
    MATCH,
    but(COST, "return costs", "return np.array(costs)"),
    but(COST, "return costs", "return tuple(costs)"),
    but(COST, "costs.append((parameters, activations, macs))",
        "costs.append([parameters, activations, macs])"),
    but(COST, "costs = []", "costs, start = [], C", "C * F * F + 1", "F * F * C + 1"),
]  # fmt: skip

WRONG: list[tuple[str, str | None]] = [
    (but(COST, "(C * F * F + 1)", "C * F * F", "(inputs + 1)", "inputs"),
     "the biases are forgotten"),
    (but(COST, "(inputs + 1)", "inputs"), "dense layers are taken to have no biases"),
    (but(COST, "K * C * F * F * M * M", "K * (C * F * F + 1) * M * M",
         "macs = K * inputs", "macs = K * (inputs + 1)"),
     "the biases are counted as multiply-adds"),
    (but(COST, "parameters, macs = 0, 0", "parameters, macs = C * F * F, 0"),
     "pooling is given weights"),
    (but(COST, "parameters, macs = 0, 0", "parameters, macs = 2 * C, 0"),
     "pooling is given a factor and a bias for each map"),
    (but(COST, "parameters, macs = 0, 0", "parameters, macs = 0, C * F * F * M * M"),
     "pooling is counted among the multiply-adds"),
    (but(COST, "activations = C * M * M", "activations = 0"),
     "what a pool puts out is not counted"),
    (but(COST, "C, N = K, M", "N = M"), "C is left as it was after a convolution"),
    (but(COST, "costs = []", "costs, colours = [], C",
         "parameters = K * (C * F * F + 1)", "parameters = K * (colours * F * F + 1)",
         "macs = K * C * F", "macs = K * colours * F"),
     "every convolution is given the channels of the first"),
    (but(COST, "K * (C * F * F + 1)", "K * (F * F + 1)", "K * C * F * F * M * M",
         "K * F * F * M * M"),
     "filters are taken for flat, without the depth C"),
    (but(COST, "inputs = C * N * N", "inputs = C"),
     "a dense layer is fed one number for each channel"),
    (but(COST, "inputs = C * N * N", "inputs = N * N"), "a dense layer is fed one map"),
    (but(COST, "C, N = K, 1", "C = K"), "after a dense layer N is not set back to 1"),
    (but(COST, "F * F * M * M", "F * F * N * N"),
     "the products are counted at every place of the input"),
    (but(COST, "K * (C * F * F + 1)", "K * (C * F * F + 1) * M * M"),
     "every place has weights of its own"),
    (but(COST, "activations = K * M * M", "activations = M * M"),
     "the activations of one map only"),
    (but(COST, "macs = K * C", "macs = 2 * K * C", "macs = K * inputs", "macs = 2 * K * inputs"),
     "two operations for each multiply-add"),
    (but(COST, "2 * P", "P"), "the padding is counted once"),
    (but(COST, "(N + 2 * P - F) // S + 1", "(N + 2 * P - F) // S"),
     "the + 1 is missing in the size of a convolution"),
    (but(COST, "(N + 2 * P - F) // S + 1", "-(-(N + 2 * P - F) // S) + 1",
         "(N - F) // S + 1", "-(-(N - F) // S) + 1"),
     "sizes are rounded up"),
    (but(COST, "(N - F) // S + 1", "N // S"), "a pool divides N by its stride"),
    (but(COST, "(N - F) // S + 1", "N // F"), "a pool divides N by the side of its window"),
    (but(COST, "(N + 2 * P - F) // S + 1", "N // S", "(N - F) // S + 1", "N // S"),
     "sizes are N // S, without the window"),
    (but(COST, "(parameters, activations, macs)", "(parameters, macs, activations)"),
     "activations and multiply-adds are exchanged"),
    (but(COST, "return costs", "return tuple(int(n) for n in np.sum(costs, axis=0))"),
     "one sum over all layers"),
    (but(COST, "inputs = C * N * N", "inputs = C * N"), "C·N numbers go into a dense layer"),
    (but(COST, "//", "/"),
     "/ in place of //: a part of a window is counted, and counts are floats"),
    (but(COST, "\nreturn", "\n    return"),
     "only the first layer: the return stands inside the loop"),
    (but(COST, "(C * F * F + 1)", "(C * F + 1)", "K * C * F * F * M * M", "K * C * F * M * M"),
     None),
]  # fmt: skip

"""Answers to the exercises of lesson 08, right and wrong."""

from __future__ import annotations

from tests.exercises.answer_bank.text import but

RIGHT: dict[str, list[str]] = {}
WRONG: dict[str, list[tuple[str, str | None]]] = {}

# 8.1

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

RIGHT["08.network_cost"] = [
    COST,
    ALL_CONV,
    MATCH,
    but(COST, "return costs", "return np.array(costs)"),
    but(COST, "return costs", "return tuple(costs)"),
    but(COST, "costs.append((parameters, activations, macs))",
        "costs.append([parameters, activations, macs])"),
    but(COST, "costs = []", "costs, start = [], C", "C * F * F + 1", "F * F * C + 1"),
]  # fmt: skip

WRONG["08.network_cost"] = [
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

# 8.2

SPARSE = """
total = 0
for maps in connections:
    total += len(maps) * F**2 + 1
return total
"""

RIGHT["08.sparse_parameters"] = [
    SPARSE,
    "return sum(len(maps) for maps in connections) * F * F + len(connections)",
    "return sum([len(c) * F * F + 1 for c in connections])",
    "return sum(np.ones((len(c), F, F)).size + 1 for c in connections)",
    """
    total = len(connections)
    for maps in connections:
        for _ in maps:
            total += F * F
    return total
    """,
]

WRONG["08.sparse_parameters"] = [
    (but(SPARSE, " + 1", ""), "the biases are forgotten"),
    (but(SPARSE, "len(maps) * F**2 + 1", "len(maps) * (F**2 + 1)"), "one bias for each kernel"),
    (but(SPARSE, " + 1", "", "return total", "return total + 1"),
     "one bias for the whole layer"),
    (
        "C = max(m for maps in connections for m in maps) + 1\n"
        "return len(connections) * (C * F * F + 1)",
        "every filter looks at every map",
    ),
    ("return len(connections) * (F * F + 1)", "one kernel for each filter, shared by its maps"),
    (
        "different = set()\nfor maps in connections:\n    different |= set(maps)\n"
        "return len(different) * F * F + len(connections)",
        "one kernel for each map, shared by the filters",
    ),
    (but(SPARSE, "F**2", "F"), "F weights in a kernel"),
    (but(SPARSE, "len(maps)", "sum(maps)"),
     "the numbers of the maps are added, instead of counted"),
    (but(SPARSE, "\nreturn", "\n    return"), "only the first filter"),
    (but(SPARSE, "+=", "="), "only the last filter"),
]  # fmt: skip

# 8.3

PADDING = """
last = (M - 1) * S + F
P = 0
while N + 2 * P < last:
    P += 1
return P
"""
HALVED = """
missing = (M - 1) * S + F - N
return max(0, -(-missing // 2))
"""
SEARCH = """
P = 0
while (N + 2 * P - F) // S + 1 != M:
    P += 1
return P
"""

RIGHT["08.padding_for"] = [
    PADDING,
    HALVED,
    SEARCH,
    "return max(0, int(np.ceil(((M - 1) * S + F - N) / 2)))",
    "missing = max(0, (M - 1) * S + F - N)\nreturn missing // 2 + missing % 2",
]

WRONG["08.padding_for"] = [
    ("return max(0, (M - 1) * S + F - N)", "the padding is taken to count once"),
    (but(SEARCH, "2 * P", "P"), "the padding is taken to count once"),
    ("return max(0, (M - 1) * S + F - N) // 2", "half of an odd number is rounded down"),
    ("return max(0, (M - 1) * S + F - N) / 2", "half a zero"),
    ("return (F - 1) // 2", "the padding that keeps the size at stride 1"),
    ("return F // 2", None),
    (but(HALVED, "(M - 1) * S", "M * S"), "M windows are taken to need M·S + F samples"),
    (but(HALVED, "(M - 1) * S + F - N", "M * S - N"), "the size is taken for M·S"),
    (but(HALVED, "(M - 1) * S + F - N", "(M - 1) * S + 1 - N"),
     "the length of the last window is left out"),
    (
        "for P in range(1000):\n    if np.ceil((N + 2 * P - F) / S) + 1 == M:\n        return P\n"
        "return -1",
        "the size is rounded up",
    ),
    (
        "for P in range(1000):\n    if round((N + 2 * P - F) / S) + 1 == M:\n        return P\n"
        "return -1",
        "the size is rounded to the nearest",
    ),
    (
        "for P in range(1000):\n    if N + 2 * P >= F and (N + 2 * P - F) // S == M:\n"
        "        return P\nreturn -1",
        "the + 1 of the size is missing",
    ),
    (
        "return max(P for P in range(1000) if (N + 2 * P - F) // S + 1 == M)",
        "the largest padding instead of the smallest",
    ),
    ("return -(-((M - 1) * S + F - N) // 2)", "a negative padding"),
    ("return int(np.ceil(((M - 1) * S + F - N) / 2))", "a negative padding"),
    ("return ((M - 1) * S + F - N) // 2", None),
    ("return ((M - 1) * S + F - N) / 2", None),
    (but(PADDING, "return P", "return 2 * P"), "the zeros of both sides together"),
    (but(SEARCH, "P = 0", "P = 1"), None),
]  # fmt: skip

# 8.4

STACK = """
F = 2 * n + 1
stack = n * (C * C * 9 + C)
single = C * C * F * F + C
return stack, single
"""

RIGHT["08.stack_and_single"] = [
    STACK,
    but(STACK, "return stack, single", "return [stack, single]"),
    "F = 1\nfor _ in range(n):\n    F += 2\nreturn n * C * (9 * C + 1), C * (C * F**2 + 1)",
]

WRONG["08.stack_and_single"] = [
    (but(STACK, " * 9 + C", " * 9", "F + C", "F"), "the biases are forgotten"),
    (but(STACK, "n * (C * C * 9 + C)", "n * C * C * 9 + C"),
     "one set of biases for the whole stack"),
    (but(STACK, "2 * n + 1", "3 * n"), "the field is taken for 3n"),
    (but(STACK, "2 * n + 1", "3**n"), "the fields are multiplied: 3 to the power n"),
    (but(STACK, "2 * n + 1", "2 * n"), "the field is taken for 2n"),
    (but(STACK, "C * C", "C"), "C weights for each place of the kernel, instead of C times C"),
    (but(STACK, "n * (C", "(C"), "one layer of the stack only"),
    (but(STACK, "F = 2 * n + 1", "F = 3"), "the single layer keeps 3×3"),
    (but(STACK, "stack, single", "single, stack"), "the two stand in the wrong order"),
    (but(STACK, "return stack, single", "return stack / single"), None),
    (but(STACK, "return stack, single", "return stack"), None),
]  # fmt: skip

# 8.5

COMPOSE = """
J, C, F, _ = u.shape
K, _, G, _ = v.shape
w = np.zeros((K, C, F + G - 1, F + G - 1))
for k in range(K):
    for c in range(C):
        for j in range(J):
            for a in range(G):
                for b in range(G):
                    w[k, c, a : a + F, b : b + F] += v[k, j, a, b] * u[j, c]
return w
"""
SCIPY = """
from scipy.signal import convolve2d
K, J = v.shape[:2]
C = u.shape[1]
return np.array([
    [sum(convolve2d(v[k, j], u[j, c]) for j in range(J)) for c in range(C)] for k in range(K)
])
"""
IMPULSE = """
J, C, F, _ = u.shape
K, _, G, _ = v.shape
padded = np.pad(u, ((0, 0), (0, 0), (G - 1, G - 1), (G - 1, G - 1)))
windows = np.lib.stride_tricks.sliding_window_view(padded, (G, G), axis=(2, 3))
return np.einsum("jcpqab,kjab->kcpq", windows, v[:, :, ::-1, ::-1])
"""

RIGHT["08.compose"] = [
    COMPOSE,
    SCIPY,
    IMPULSE,
    but(SCIPY, "convolve2d(v[k, j], u[j, c])", "convolve2d(u[j, c], v[k, j], mode='full')"),
]

WRONG["08.compose"] = [
    (but(COMPOSE, "v[k, j, a, b]", "v[k, j, G - 1 - a, G - 1 - b]"), "v is turned around"),
    (but(IMPULSE, "v[:, :, ::-1, ::-1]", "v"), "v is turned around"),
    (but(SCIPY, "v[k, j]", "v[k, j, ::-1, ::-1]"), "v is turned around"),
    (but(COMPOSE, "u[j, c]", "u[j, c, ::-1, ::-1]"), "u is turned around"),
    (
        """
        J, C, F, _ = u.shape
        K, _, G, _ = v.shape
        w = np.zeros((K, C, F + G - 1, F + G - 1))
        for a in range(G):
            for b in range(G):
                w[:, :, a : a + F, b : b + F] = np.einsum("kj,jcpq->kcpq", v[:, :, a, b], u)
        return w
        """,
        "contributions overwrite each other",
    ),
    (but(COMPOSE, "J, C, F, _ = u.shape", "J, C, F, _ = u.shape\nJ = 1"),
     "only the first map between the layers"),
    (but(SCIPY, "for j in range(J)) for c", "for j in range(J)) / J for c"),
     "the maps between the layers are averaged"),
    (but(COMPOSE, "v[k, j, a, b] * u[j, c]", "v[k, :, a, b].sum() * u[j, c]"),
     "the maps are added up before v weighs them"),
    (but(COMPOSE, "v[k, j, a, b]", "v[k, j, b, a]"), "rows and columns of v are exchanged"),
    (
        """
        J, C, F, _ = u.shape
        K, _, G, _ = v.shape
        w = np.zeros((K, C, F + G - 1, F + G - 1))
        for a in range(G):
            for b in range(G):
                w[:, :, a : a + F, b : b + F] += np.einsum("kj,jcpq->kcpq", v[:, :, a, b], u)
        cut = (G - 1) // 2
        return w[:, :, cut : cut + F, cut : cut + F]
        """,
        "the result is cut to the size of u",
    ),
    (but(SCIPY, "u[j, c])", "u[j, c], mode='same')"), None),
    (
        but(COMPOSE, "for a in range(G)", "for a in [G // 2]", "for b in range(G)",
            "for b in [G // 2]"),
        "only the middle weight of v",
    ),
    (but(COMPOSE, "return w", "return w.swapaxes(0, 1)"), "channels before filters"),
    (but(COMPOSE, "+=", "="), None),
    (but(COMPOSE, "F + G - 1, F + G - 1", "F + G, F + G"), None),
    (but(COMPOSE, "np.zeros(", "np.zeros_like("), None),
    ("return np.einsum('kjab,jcab->kcab', v, u)", "the kernels are multiplied weight by weight"),
]  # fmt: skip

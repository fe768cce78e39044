"""Answers to the exercises of lesson 05, right and wrong."""

from __future__ import annotations

from tests.exercises.answer_bank.text import but

RIGHT: dict[str, list[str]] = {}
WRONG: dict[str, list[tuple[str, str | None]]] = {}

# 5.1

HANDS_BACK = """
M, F = len(g), len(w)
grad = np.zeros(M + F - 1)
for t in range(M):
    for a in range(F):
        grad[t + a] += g[t] * w[a]
return grad
"""
SLICES = """
M, F = len(g), len(w)
grad = np.zeros(M + F - 1)
for t in range(M):
    grad[t : t + F] += g[t] * w
return grad
"""
BY_WEIGHT = """
M, F = len(g), len(w)
grad = np.zeros(M + F - 1)
for a in range(F):
    grad[a : a + M] += g * w[a]
return grad
"""
COLLECTS = """
M, F = len(g), len(w)
N = M + F - 1
grad = np.zeros(N)
for s in range(N):
    for a in range(F):
        if 0 <= s - a < M:
            grad[s] += g[s - a] * w[a]
return grad
"""
BY_OUTPUT = """
M, F = len(g), len(w)
grad = np.zeros(M + F - 1)
for s in range(M + F - 1):
    for t in range(M):
        if 0 <= s - t < F:
            grad[s] += g[t] * w[s - t]
return grad
"""

RIGHT["05.grad_input"] = [
    BY_OUTPUT,
    HANDS_BACK,
    SLICES,
    BY_WEIGHT,
    COLLECTS,
    "return np.convolve(g, w)",
    "return np.correlate(g, w[::-1], mode='full')",
    "from scipy.signal import convolve\nreturn convolve(g, w, mode='full')",
    """
    M, F = len(g), len(w)
    A = np.zeros((M, M + F - 1))
    for t in range(M):
        A[t, t : t + F] = w
    return A.T @ g
    """,
    """
    F = len(w)
    windows = np.lib.stride_tricks.sliding_window_view(np.pad(g, F - 1), F)
    return np.einsum("sa,a->s", windows, w[::-1])
    """,
    """
    grad = [0.0] * (len(g) + len(w) - 1)
    for t, arrived in enumerate(g):
        for a, weight in enumerate(w):
            grad[t + a] += arrived * weight
    return np.array(grad)
    """,
    """
    N = len(g) + len(w) - 1
    return np.fft.irfft(np.fft.rfft(g, N) * np.fft.rfft(w, N), N)
    """,
]

OUTSIDE = "an index falls outside its array"
FIRST_OUT = "only the first output hands back: the return stands inside the loop"
WRONG["05.grad_input"] = [
    (but(BY_OUTPUT, "0 <= s - t", "s - t"), "a negative index wraps around to the end of w"),
    (but(BY_OUTPUT, "w[s - t]", "w[t - s]"), "w[t − s] in place of w[s − t]"),
    (but(HANDS_BACK, "grad[t + a]", "grad[t]"), "everything is handed back to place t"),
    (
        but(SLICES, "t : t + F] += g[t] * w", "t] += (g[t] * w).sum()"),
        "everything is handed back to place t",
    ),
    (but(HANDS_BACK, "grad[t + a]", "grad[a]"), None),
    (but(HANDS_BACK, "g[t] * w[a]", "g[t] + w[a]"), None),
    (but(COLLECTS, "w[a]", "w[s - a]"), None),
    (but(BY_OUTPUT, "< F", "<= F"), None),
    (but(HANDS_BACK, "range(M)", "range(1, M)"), "the first output hands nothing back"),
    (but(HANDS_BACK, "w[a]", "w[F - 1 - a]"), "the kernel is turned around"),
    (but(SLICES, "* w", "* w[::-1]"), "the kernel is turned around"),
    ("return np.correlate(g, w, mode='full')", "the kernel is turned around"),
    (
        "F = len(w)\np = np.pad(g, F - 1)\n"
        "return np.array([p[s : s + F] @ w for s in range(len(g) + F - 1)])",
        "the kernel is turned around",
    ),
    ("return np.convolve(g, np.flip(w))", "the kernel is turned around"),
    (but(HANDS_BACK, "g[t] *", "g[M - 1 - t] *"), "the gradient that arrives is turned around"),
    ("return np.convolve(g[::-1], w)", "the gradient that arrives is turned around"),
    ("return np.convolve(g, w)[::-1]", "the result stands reversed"),
    (but(HANDS_BACK, "grad[t + a]", "grad[M + F - 2 - t - a]"), "the result stands reversed"),
    (but(HANDS_BACK, "grad[t + a]", "grad[t - a]"), "g[t] is sent to t − a in place of t + a"),
    (but(COLLECTS, "s - a", "s + a"), "sample s collects from g[s + a] in place of g[s − a]"),
    (but(COLLECTS, "0 <= s - a", "s - a"), "a negative index wraps around to the end of g"),
    (
        but(COLLECTS, "if 0 <= s - a < M", "if True", "g[s - a]", "g[(s - a) % M]"),
        "g is continued periodically: s − a is taken modulo M",
    ),
    (but(HANDS_BACK, "zeros(M + F - 1)", "zeros(M)"), OUTSIDE),
    (but(COLLECTS, "if 0 <= s - a < M", "if True"), OUTSIDE),
    (but(COLLECTS, "if 0 <= s - a < M", "if s >= a"), OUTSIDE),
    (but(SLICES, "+=", "="), "later windows overwrite what earlier ones passed on"),
    (but(HANDS_BACK, "+=", "="), "later windows overwrite what earlier ones passed on"),
    (but(BY_WEIGHT, "+=", "="), "later weights overwrite what earlier ones passed on"),
    (but(COLLECTS, "+=", "="), "later weights overwrite what earlier ones passed on"),
    (
        but(HANDS_BACK, "return", "seen = np.convolve(np.ones(M), np.ones(F))\nreturn").replace(
            "return grad", "return grad / seen"
        ),
        "divided by the number of windows that saw a sample",
    ),
    ("return np.convolve(g, w, 'valid')", "only complete overlaps are kept"),
    ("return np.correlate(g, w)", "g is correlated with w, complete overlaps only"),
    ("return np.correlate(g, w, 'valid')", "g is correlated with w, complete overlaps only"),
    ("return np.convolve(g, w, 'same')", "the result is cut by mode='same'"),
    ("return np.convolve(g, w)[: len(g)]", "cut off after M values"),
    (but(COLLECTS, "N = M + F - 1", "N = M"), "cut off after M values"),
    (but(COLLECTS, "N = M + F - 1", "N = M + F - 2"), "one value is missing at the end"),
    (but(HANDS_BACK, "M + F - 1", "M + F"), "one value too many"),
    (but(COLLECTS, "range(N)", "range(N - 1)"), "the last value is never filled in"),
    (but(HANDS_BACK, "range(F)", "range(F - 1)"), "the last weight is left out"),
    (but(BY_WEIGHT, "range(F)", "range(F - 1)"), "the last weight is left out"),
    (but(HANDS_BACK, "range(F)", "range(1, F)"), "the first weight is left out"),
    (but(SLICES, "range(M)", "range(M - 1)"), "the last output hands nothing back"),
    (but(SLICES, "\nreturn", "\n    return"), FIRST_OUT),
    (but(HANDS_BACK, "\nreturn", "\n    return"), FIRST_OUT),
    (
        but(HANDS_BACK, "\nreturn", "\n        return"),
        "only one product is handed back: the return stands inside the loops",
    ),
    (but(HANDS_BACK, "w[a]", "w.sum()"), "every weight is replaced by the sum of the weights"),
    (but(HANDS_BACK, " * w[a]", ""), "the weights are left out"),
    (but(HANDS_BACK, "g[t] * ", ""), "the gradient that arrives is taken to be all ones"),
    (
        but(HANDS_BACK, "F - 1)", "F - 1, dtype=g.dtype)"),
        "the fractions are cut off where g holds whole numbers",
    ),
    (but(SLICES, "zeros(M + F - 1)", "zeros_like(g)"), None),
    (but(HANDS_BACK, "np.zeros(M + F - 1)", "np.zeros(F)"), None),
    (but(HANDS_BACK, "return grad", "return grad / M"), None),
    (but(HANDS_BACK, "return grad", "return -grad"), None),
    (but(HANDS_BACK, "return grad", "return list(grad)"), None),
    (but(HANDS_BACK, "return grad", "return grad[:, None]"), None),
    ("return np.outer(g, w)", None),
    ("return g * w", None),
    ("return g @ w", None),
    ("g *= w[0]\nreturn np.convolve(g, w)", None),
    (but(SLICES, "t : t + F", "t + 1 : t + 1 + F"), None),
    (but(SLICES, "* w", "* w**2"), None),
    (but(HANDS_BACK, "np.zeros(M + F - 1)", "np.zeros(M + F - 1, dtype=int)"), None),
    (but(COLLECTS, "0 <= s - a", "0 < s - a"), "the first output hands nothing back"),
    (but(COLLECTS, "< M:", "< M - 1:"), "the last output hands nothing back"),
]

# 5.2

WEIGHT = """
B, C, H, W = x.shape
_, K, M_H, M_W = g.shape
kH, kW = H - M_H + 1, W - M_W + 1
grad = np.zeros((K, C, kH, kW))
for a in range(kH):
    for b in range(kW):
        seen = x[:, :, a : a + M_H, b : b + M_W]
        grad[:, :, a, b] = np.einsum("bkij,bcij->kc", g, seen)
return grad
"""
ENTRIES = """
B, C, H, W = x.shape
_, K, M_H, M_W = g.shape
kH, kW = H - M_H + 1, W - M_W + 1
grad = np.zeros((K, C, kH, kW))
for k in range(K):
    for c in range(C):
        for a in range(kH):
            for b in range(kW):
                seen = x[:, c, a : a + M_H, b : b + M_W]
                grad[k, c, a, b] = np.sum(g[:, k] * seen)
return grad
"""
PICTURES = """
B, C, H, W = x.shape
_, K, M_H, M_W = g.shape
kH, kW = H - M_H + 1, W - M_W + 1
grad = np.zeros((K, C, kH, kW))
for n in range(B):
    for k in range(K):
        for c in range(C):
            for a in range(kH):
                for b in range(kW):
                    seen = x[n, c, a : a + M_H, b : b + M_W]
                    grad[k, c, a, b] += np.sum(g[n, k] * seen)
return grad
"""
PLACES = """
B, C, H, W = x.shape
_, K, M_H, M_W = g.shape
kH, kW = H - M_H + 1, W - M_W + 1
grad = np.zeros((K, C, kH, kW))
for n in range(B):
    for i in range(M_H):
        for j in range(M_W):
            window = x[n, :, i : i + kH, j : j + kW]
            grad += g[n, :, i, j].reshape(-1, 1, 1, 1) * window
return grad
"""
CORRELATED = """
from scipy.signal import correlate2d
grad = 0
for n in range(len(x)):
    grad = grad + np.array(
        [[correlate2d(xc, gk, mode="valid") for xc in x[n]] for gk in g[n]]
    )
return grad
"""

RIGHT["05.grad_weight"] = [
    WEIGHT,
    ENTRIES,
    PICTURES,
    PLACES,
    CORRELATED,
    but(CORRELATED, "correlate2d", "convolve2d", "gk, mode", "gk[::-1, ::-1], mode"),
    """
    windows = np.lib.stride_tricks.sliding_window_view(x, g.shape[2:], axis=(2, 3))
    return np.einsum("bkij,bcpqij->kcpq", g, windows)
    """,
    """
    from course_utils.ops import conv2d
    return conv2d(x.swapaxes(0, 1), g.swapaxes(0, 1)).swapaxes(0, 1)
    """,
    but(
        WEIGHT,
        'np.einsum("bkij,bcij->kc", g, seen)',
        "np.tensordot(g, seen, axes=([0, 2, 3], [0, 2, 3]))",
    ),
    but(
        WEIGHT,
        'np.einsum("bkij,bcij->kc", g, seen)',
        "(g[:, :, None] * seen[:, None]).sum(axis=(0, 3, 4))",
    ),
    """
    from course_utils.ops import conv2d_backward
    kernel = np.zeros((g.shape[1], x.shape[1], x.shape[2] - g.shape[2] + 1,
                       x.shape[3] - g.shape[3] + 1))
    return conv2d_backward(g, x, kernel)[1]
    """,
]

CUT = "the fractions are cut off where x holds whole numbers"
WRONG["05.grad_weight"] = [
    (
        but(WEIGHT, "H - M_H + 1, W - M_W + 1", "M_H, M_W"),
        "the kernel is taken to be as large as g",
    ),
    (
        but(WEIGHT, "a : a + M_H, b : b + M_W", "a : M_H, b : M_W"),
        "the slices end at M_H and M_W",
    ),
    (but(WEIGHT, "H - M_H + 1, W - M_W + 1", "H, W"), None),
    (but(WEIGHT, "H - M_H + 1, W - M_W + 1", "3, 3"), None),
    (but(PICTURES, "range(K)", "range(K - 1)"), None),
    (but(WEIGHT, "range(kH)", "range(kH - 1)"), "the last row is never filled in"),
    (but(WEIGHT, "range(kW)", "range(kW - 1)"), "the last column is never filled in"),
    (but(WEIGHT, "g, seen)", "g, seen) / B"), "averaged over the batch"),
    (but(PICTURES, "return grad", "return grad / len(x)"), "averaged over the batch"),
    (but(WEIGHT, "g, seen)", "g, seen) / (M_H * M_W)"), "averaged over the places"),
    (but(PICTURES, "np.sum", "np.mean"), "averaged over the places"),
    (but(ENTRIES, "np.sum", "np.mean"), "averaged over pictures and places"),
    (but(WEIGHT, "return grad", "return grad[:, :, ::-1, ::-1]"), "turned around by 180 degrees"),
    (
        but(ENTRIES, "grad[k, c, a, b] =", "grad[k, c, kH - 1 - a, kW - 1 - b] ="),
        "turned around by 180 degrees",
    ),
    (
        but(WEIGHT, "g, seen", "g[:, :, ::-1, ::-1], seen"),
        "convolved instead of correlated: g is turned around",
    ),
    (
        but(CORRELATED, "correlate2d", "convolve2d"),
        "convolved instead of correlated: g is turned around",
    ),
    (but(WEIGHT, "(K, C, kH", "(C, K, kH", "->kc", "->ck"), "filters and channels are exchanged"),
    (
        but(ENTRIES, "(K, C, kH", "(C, K, kH", "grad[k, c", "grad[c, k"),
        "filters and channels are exchanged",
    ),
    (
        "from course_utils.ops import conv2d\nreturn conv2d(x.swapaxes(0, 1), g.swapaxes(0, 1))",
        "filters and channels are exchanged",
    ),
    (but(WEIGHT, "return grad", "return grad.swapaxes(2, 3)"), "rows are taken for columns"),
    (but(PICTURES, "+=", "="), "only the last picture counts: = instead of +="),
    (but(CORRELATED, "grad = grad + ", "grad = "), "only the last picture counts: = instead of +="),
    (but(ENTRIES, "x[:, c", "x[0, c", "g[:, k]", "g[0, k]"), "only the first picture counts"),
    (but(CORRELATED, "\nreturn", "\n    return"), "only the first picture counts"),
    (but(PICTURES, "\nreturn", "\n    return"), "only the first picture counts"),
    (but(PLACES, "grad +=", "grad ="), "each product overwrites the one before"),
    (
        but(
            WEIGHT, "(K, C, kH", "(B, K, C, kH", "grad[:, :, a", "grad[:, :, :, a", "->kc", "->bkc"
        ),
        "one gradient for each picture",
    ),
    (
        but(
            ENTRIES,
            "x[:, c",
            "x.sum(axis=1)[:",
            "seen = x.sum(axis=1)[:, a",
            "seen = x.sum(axis=1)[:, a",
        ),
        "the channels are summed",
    ),
    (but(ENTRIES, "x[:, c", "x[:, 0"), "every channel gets the gradient of the first"),
    (but(ENTRIES, "g[:, k]", "g.sum(axis=1)"), "the filters are summed"),
    (but(ENTRIES, "g[:, k]", "g[:, 0]"), "every filter gets the gradient of the first"),
    (
        but(ENTRIES, "g[:, k] * ", "").replace("np.sum(seen)", "np.sum(seen)"),
        "the gradient that arrives is taken to be all ones",
    ),
    (but(ENTRIES, "g[:, k] * seen", "g[:, k]"), "the input is left out"),
    (
        but(PICTURES, "np.sum(g[n, k] * seen)", "np.sum(g[n, k]) * np.sum(seen)"),
        "sums are multiplied where products should be summed",
    ),
    (
        but(WEIGHT, '"bkij,bcij->kc"', '"bkij,bcpq->kc"'),
        "sums are multiplied where products should be summed",
    ),
    (
        but(WEIGHT, "a + M_H, b : b + M_W", "a + kH, b : b + kW"),
        "the windows have the size of the kernel instead of that of g",
    ),
    (but(WEIGHT, "W - M_W + 1", "H - M_H + 1"), "the kernel is taken to be square"),
    (but(WEIGHT, "M_H + 1", "M_H", "M_W + 1", "M_W"), "the last row and column are missing"),
    (
        but(WEIGHT, "range(kH)", "range(kH - 1)", "range(kW)", "range(kW - 1)"),
        "the last row and column are never filled in",
    ),
    (
        but(WEIGHT, "\nreturn", "\n    return"),
        "only the first row is filled in: the return stands inside the loop",
    ),
    (
        but(WEIGHT, "\nreturn", "\n        return"),
        "only one place is filled in: the return stands inside the loops",
    ),
    (but(WEIGHT, "kH, kW))", "kH, kW), dtype=x.dtype)"), CUT),
    (but(ENTRIES, "np.zeros((K, C, kH, kW))", "np.zeros_like(x, shape=(K, C, kH, kW))"), CUT),
    (but(PLACES, "kH, kW))", "kH, kW), dtype=x.dtype)"), None),
    (but(WEIGHT, "return grad", "return grad.tolist()"), None),
    (but(WEIGHT, "return grad", "return grad[None]"), None),
    (but(WEIGHT, "->kc", "->k"), None),
    (but(WEIGHT, "return grad", "return -grad"), None),
    (but(WEIGHT, "->kc", "->ck"), None),
    (but(WEIGHT, "g, seen)", "g, seen) * B"), None),
    (but(CORRELATED, ', mode="valid"', ""), None),
    (but(CORRELATED, '"valid"', '"same"'), None),
    (but(ENTRIES, "g[:, k] * seen", "g[:, k] @ seen"), None),
    (but(PICTURES, "for n in range(B)", "for n in range(1, B)"), None),
    ("return x", None),
    ("return np.einsum('bkij,bcij->kc', g, x)", None),
    ("x *= 2\n" + WEIGHT.strip(), None),
]

# 5.3

BIAS = """
B, K, M_H, M_W = g.shape
grad = np.zeros(K)
for k in range(K):
    for n in range(B):
        for i in range(M_H):
            for j in range(M_W):
                grad[k] += g[n, k, i, j]
return grad
"""

RIGHT["05.grad_bias"] = [
    "return g.sum(axis=(0, 2, 3))",
    "return np.einsum('bkij->k', g)",
    "return g.sum(axis=(2, 3)).sum(axis=0)",
    "return g.sum(0).sum(-1).sum(-1)",
    "return np.array([g[:, k].sum() for k in range(g.shape[1])])",
    "return np.moveaxis(g, 1, 0).reshape(g.shape[1], -1).sum(axis=1)",
    "return np.tensordot(g, np.ones((g.shape[0], *g.shape[2:])), axes=([0, 2, 3], [0, 1, 2]))",
    "return np.add.reduce(g, axis=(0, 2, 3))",
    BIAS,
]

WRONG["05.grad_bias"] = [
    ("return g.sum(axis=(0, 1))", "summed over pictures and filters: the places are kept"),
    ("return g.sum(axis=(0, 2, 3)) / g.shape[1]", None),
    ("return np.array([g[k].sum() for k in range(g.shape[1])])", None),
    ("return g.mean(axis=0).sum(axis=(1, 2))", "averaged over the batch"),
    ("return g.sum(axis=(0, 2, 3)) / len(g)", "averaged over the batch"),
    ("return g.mean(axis=(2, 3)).sum(axis=0)", "averaged over the places"),
    ("return g.sum(axis=(0, 2, 3)) / (g.shape[2] * g.shape[3])", "averaged over the places"),
    ("return g.mean(axis=(0, 2, 3))", "the mean instead of the sum"),
    ("return np.array([g[:, k].mean() for k in range(g.shape[1])])", "the mean instead of the sum"),
    ("return g.sum(axis=(2, 3))", "one bias for each picture"),
    ("return g[0].sum(axis=(1, 2))", "only the first picture counts"),
    (
        "grad = 0\nfor picture in g:\n    grad = picture.sum(axis=(1, 2))\nreturn grad",
        "only the last picture counts: = instead of +=",
    ),
    (but(BIAS, "+=", "="), "each value overwrites the one before"),
    ("return g.sum(axis=(1, 2, 3))", "summed over the filters"),
    ("return np.array([picture.sum() for picture in g])", "summed over the filters"),
    ("return g.sum(axis=0)", "one bias for each place"),
    ("return sum(g)", "one bias for each place"),
    ("return g.sum(axis=(0, 3))", "one bias for each row"),
    ("return g.sum(axis=(0, 2))", "one bias for each column"),
    ("return g.sum(axis=(0, 1, 2))", "only the columns are kept"),
    ("return g.sum(axis=(0, 1, 3))", "only the rows are kept"),
    ("return g.sum(axis=(0, 2, 3), keepdims=True)", "the summed axes are kept with length 1"),
    ("return g.sum()", "everything is summed into one number"),
    ("return np.sum(g)", "everything is summed into one number"),
    (but(BIAS, "np.zeros(K)", "0.0", "grad[k]", "grad"), "everything is summed into one number"),
    (but(BIAS, "grad[k] +=", "grad +="), "every filter gets the sum over all filters"),
    (
        "total, grad = 0, []\nfor k in range(g.shape[1]):\n    total += g[:, k].sum()\n"
        "    grad.append(total)\nreturn np.array(grad)",
        "the sum is not started afresh for each filter",
    ),
    (
        but(BIAS, "\nreturn", "\n    return"),
        "only the first bias is filled in: the return stands inside the loop",
    ),
    (but(BIAS, "g[n, k, i, j]", "1"), "the gradient that arrives is taken to be all ones"),
    (
        "B, K, M_H, M_W = g.shape\nreturn np.full(K, B * M_H * M_W)",
        "the gradient that arrives is taken to be all ones",
    ),
    ("return -g.sum(axis=(0, 2, 3))", None),
    ("return g.sum(axis=(0, 2, 3)).tolist()", None),
    ("return g.max(axis=(0, 2, 3))", None),
    ("return g", None),
    ("return np.ones(g.shape[1])", None),
    ("return np.abs(g).sum(axis=(0, 2, 3))", None),
    ("return g[:, :, 0, 0].sum(axis=0)", None),
    ("return g.sum(axis=(0, 2, 3))[::-1]", None),
    ("return g.sum(axis=(0, 2, 3)).astype(int)", None),
    ("return np.cumsum(g, axis=1)", None),
    ("return g.sum(axis=1)", None),
    ("return g.sum(axis=(1, 2, 3), keepdims=True)", None),
]

# 5.4

SPREAD = """
spread = np.zeros((len(g) - 1) * S + 1)
spread[::S] = g
return spread
"""
BY_INDEX = """
M = len(g)
spread = np.zeros((M - 1) * S + 1)
for t in range(M):
    spread[t * S] = g[t]
return spread
"""

RIGHT["05.insert_zeros"] = [
    SPREAD,
    BY_INDEX,
    "return np.kron(g, np.eye(1, S)[0])[: (len(g) - 1) * S + 1]",
    "M = len(g)\nreturn np.array([g[t // S] if t % S == 0 else 0 for t in range((M - 1) * S + 1)])",
    "return np.column_stack([g, np.zeros((len(g), S - 1))]).reshape(-1)[: (len(g) - 1) * S + 1]",
    "return np.insert(np.asarray(g, float), np.repeat(np.arange(1, len(g)), S - 1), 0)",
    but(SPREAD, "(len(g) - 1) * S + 1", "len(g) * S - (S - 1)"),
    """
    parts = []
    for value in g[:-1]:
        parts += [value] + [0] * (S - 1)
    return np.array(parts + [g[-1]])
    """,
    """
    M = len(g)
    places = np.zeros((M, (M - 1) * S + 1))
    places[np.arange(M), np.arange(M) * S] = 1
    return g @ places
    """,
]

WRONG["05.insert_zeros"] = [
    (but(BY_INDEX, "[t * S]", "[t * (S - 1)]"), "the values stand S − 1 apart"),
    (
        "spread = []\nfor value in g:\n    spread += [value] + [0] * (S - 1)\n"
        "return np.array(spread[: -(S - 1)])",
        "nothing is left where S is 1: [: -(S - 1)]",
    ),
    (but(SPREAD, "(len(g) - 1) * S + 1", "len(g) + S - 1"), None),
    (but(BY_INDEX, "* S + 1", "* S + 2"), "one zero at the end"),
    (but(SPREAD, "(len(g) - 1) * S + 1", "len(g) * S"), "zeros after the last value as well"),
    ("return np.kron(g, np.eye(1, S)[0])", "zeros after the last value as well"),
    (
        "parts = []\nfor value in g:\n    parts += [value] + [0] * (S - 1)\nreturn np.array(parts)",
        "zeros after the last value as well",
    ),
    (
        but(SPREAD, "(len(g) - 1) * S + 1", "len(g) * S", "[::S]", "[S - 1 :: S]"),
        "zeros before the first value as well",
    ),
    (
        "spread = np.zeros((len(g) + 1) * S - 1)\nspread[S - 1 :: S] = g\nreturn spread",
        "zeros at both ends as well",
    ),
    (
        but(SPREAD, "S + 1", "(S + 1) + 1", "[::S]", "[:: S + 1]"),
        "S zeros between neighbours instead of S − 1",
    ),
    (
        but(SPREAD, "S + 1", "(S - 1) + 1", "[::S]", "[:: S - 1]"),
        "S − 2 zeros between neighbours instead of S − 1",
    ),
    (but(SPREAD, "* S", "* 2", "::S", "::2"), "always one zero, whatever the stride"),
    (
        "return np.insert(g.astype(float), range(1, len(g)), 0)",
        "always one zero, whatever the stride",
    ),
    (but(SPREAD, "(len(g) - 1) * S + 1", "len(g) * S - 1"), "the length is M·S − 1"),
    (but(SPREAD, "* S + 1", "* S"), "the + 1 is missing in the length, and the values do not fit"),
    (
        but(BY_INDEX, "* S + 1", "* S"),
        "the + 1 is missing in the length, and the last index does not exist",
    ),
    (but(SPREAD, "[::S]", "[: len(g)]"), "the values stand side by side, and the zeros after them"),
    (but(BY_INDEX, "[t * S]", "[t]"), "the values stand side by side, and the zeros after them"),
    (
        "return np.concatenate([g, np.zeros(S - 1)])",
        "S − 1 zeros after the last value, and none between",
    ),
    ("return np.pad(g, (0, S - 1))", "S − 1 zeros after the last value, and none between"),
    ("return g.copy()", "nothing is inserted"),
    ("return g", "nothing is inserted"),
    (
        "return np.repeat(g, S)[: (len(g) - 1) * S + 1]",
        "values are repeated instead of zeros inserted",
    ),
    ("return np.repeat(g, S)", "every value is repeated S times"),
    ("return np.kron(g, np.ones(S))", "every value is repeated S times"),
    ("return g[::S]", "values are left out, as in a forward stride"),
    (
        "return np.interp(np.arange((len(g) - 1) * S + 1) / S, np.arange(len(g)), g)",
        "values in between are interpolated",
    ),
    (
        but(BY_INDEX, "\nreturn", "\n    return"),
        "only the first value is set: the return stands inside the loop",
    ),
    (but(BY_INDEX, "range(M)", "range(M - 1)"), "the last value is never set"),
    (but(SPREAD, "S + 1)", "S + 1, dtype=int)"), "the fractions are cut off"),
    (but(SPREAD, "[::S]", "[1::S]"), None),
    (but(SPREAD, "zeros", "ones"), None),
    (but(SPREAD, "return spread", "return spread.tolist()"), None),
    (but(SPREAD, "\nreturn spread", ""), None),
    (but(SPREAD, "= g\n", "= g[::-1]\n"), None),
    (but(SPREAD, "= g\n", "= g / S\n"), None),
    (but(SPREAD, "(len(g) - 1) * S + 1", "(len(g), S)"), None),
    (but(BY_INDEX, "t * S]", "t + S]"), None),
    ("return np.insert(g, range(1, len(g)), [0] * (S - 1))", None),
    ("g.resize((len(g) - 1) * S + 1)\nreturn g", None),
    (but(BY_INDEX, "range(M)", "range(1, M)"), "the first value is never set"),
]

# 5.5

STRIDED = """
M, F = len(g), len(w)
padded = np.zeros(N + 2 * P)
for t in range(M):
    for a in range(F):
        padded[t * S + a * d] += g[t] * w[a]
return padded[P : P + N]
"""
CONDITION = """
grad = np.zeros(N)
for t in range(len(g)):
    for a in range(len(w)):
        s = t * S + a * d - P
        if 0 <= s < N:
            grad[s] += g[t] * w[a]
return grad
"""
CONVOLVED = """
spread = np.zeros((len(g) - 1) * S + 1)
spread[::S] = g
kernel = np.zeros((len(w) - 1) * d + 1)
kernel[::d] = w
full = np.convolve(spread, kernel)
padded = np.zeros(N + 2 * P)
padded[: len(full)] = full
return padded[P : P + N]
"""

RIGHT["05.grad_input_strided"] = [
    """
    from course_utils.ops import conv1d_backward
    x, arrived, weight = np.zeros((1, N)), g[None].astype(float), w[None, None]
    return conv1d_backward(arrived, x, weight, stride=S, padding=P, dilation=d)[0][0]
    """,
    STRIDED,
    CONDITION,
    CONVOLVED,
    but(STRIDED, "return padded[P : P + N]", "return padded[P:-P] if P > 0 else padded"),
    but(STRIDED, "return padded[P : P + N]", "return padded[P : len(padded) - P]"),
    """
    padded = np.zeros(N + 2 * P)
    for t, arrived in enumerate(g):
        padded[t * S : t * S + d * (len(w) - 1) + 1 : d] += arrived * w
    return padded[P : P + N]
    """,
    """
    padded = np.zeros(N + 2 * P)
    for a, weight in enumerate(w):
        padded[a * d : a * d + (len(g) - 1) * S + 1 : S] += weight * g
    return padded[P : P + N]
    """,
    """
    A = np.zeros((len(g), N + 2 * P))
    for t in range(len(g)):
        A[t, t * S + d * np.arange(len(w))] = w
    return A[:, P : P + N].T @ g
    """,
    """
    places = S * np.arange(len(g))[:, None] + d * np.arange(len(w))
    terms = np.outer(g, w)
    return np.bincount(places.ravel(), terms.ravel(), minlength=N + 2 * P)[P : P + N]
    """,
    """
    grad = np.zeros(N)
    for s in range(N):
        for a in range(len(w)):
            t, rest = divmod(s + P - a * d, S)
            if rest == 0 and 0 <= t < len(g):
                grad[s] += g[t] * w[a]
    return grad
    """,
]

STRIDED_FIRST = "only the first output hands back: the return stands inside the loop"
WRONG["05.grad_input_strided"] = [
    (but(STRIDED, "P + N]", "N - P]"), "the slice ends at N − P"),
    (but(STRIDED, "a * d]", "a * d - P]"), "the padding is taken away twice"),
    (but(STRIDED, "t * S + a * d", "(t * S + a) * d"), None),
    (but(STRIDED, "a * d", "a + d - 1"), None),
    (but(CONDITION, "0 <= s", "0 < s"), None),
    (but(STRIDED, "[P : P + N]", ""), "the padding is left in the gradient"),
    (but(STRIDED, "[P : P + N]", "[:N]"), "cut at the end instead of at both ends"),
    (but(CONVOLVED, "[P : P + N]", "[:N]"), "cut at the end instead of at both ends"),
    (but(STRIDED, "[P : P + N]", "[P:]"), "the padding is cut off at the left only"),
    (but(STRIDED, "[P : P + N]", "[: P + N]"), "the padding is cut off at the right only"),
    (but(STRIDED, "[P : P + N]", "[P:-P]"), "nothing is left where P is 0: padded[P : -P]"),
    (but(STRIDED, "[P : P + N]", "[P:N]"), "the slice ends at N: padded[P : N]"),
    (but(STRIDED, "N + 2 * P", "N", "[P : P + N]", ""), "the padding is ignored"),
    (but(CONDITION, " - P", "", "if 0 <= s < N", "if True"), "the padding is ignored"),
    (but(STRIDED, "N + 2 * P", "N + P"), "the padding is counted once"),
    (but(CONDITION, "d - P", "d + P"), "the padding moves the places the wrong way"),
    (
        but(CONDITION, "0 <= s < N", "s < N"),
        "a negative index wraps around to the end of the gradient",
    ),
    (but(CONDITION, "0 <= s < N", "True"), "places in the padding are not left out"),
    (but(STRIDED, "t * S", "t"), "the stride is ignored: no zeros inserted"),
    (but(CONVOLVED, "spread[::S] = g", "spread = g"), "the stride is ignored: no zeros inserted"),
    (but(STRIDED, "a * d", "a"), "the dilation is ignored"),
    (but(CONVOLVED, "kernel[::d] = w", "kernel = w"), "the dilation is ignored"),
    (but(STRIDED, "t * S + a * d", "t + a"), "stride and dilation are both ignored"),
    (but(STRIDED, "t * S + a * d", "t * d + a * S"), "stride and dilation are exchanged"),
    (
        but(STRIDED, "t * S + a * d", "(t + a * d) * S"),
        "the stride spreads the weights as well: (t + a·d)·S",
    ),
    (but(STRIDED, "+=", "="), "later windows overwrite what earlier ones passed on"),
    (
        "padded = np.zeros(N + 2 * P)\nfor a, weight in enumerate(w):\n"
        "    padded[a * d : a * d + (len(g) - 1) * S + 1 : S] = weight * g\n"
        "return padded[P : P + N]",
        "later weights overwrite what earlier ones passed on",
    ),
    (but(STRIDED, "w[a]", "w[F - 1 - a]"), "the kernel is turned around"),
    (but(CONVOLVED, "kernel)", "kernel[::-1])"), "the kernel is turned around"),
    (
        but(CONVOLVED, "np.convolve(spread, kernel)", "np.correlate(spread, kernel, 'full')"),
        "the kernel is turned around",
    ),
    (
        but(CONVOLVED, "padded[P : P + N]", "full[P : len(full) - P]"),
        "samples that no window saw are left out",
    ),
    (
        but(CONVOLVED, "padded[P : P + N]", "full[P : P + N]"),
        "the row ends where the last window ends",
    ),
    (but(STRIDED, " * w[a]", ""), "the weights are left out"),
    (but(STRIDED, "g[t] * ", ""), "the gradient that arrives is taken to be all ones"),
    (but(STRIDED, "range(F)", "range(F - 1)"), "the last weight is left out"),
    (but(STRIDED, "range(M)", "range(M - 1)"), "the last output hands nothing back"),
    (but(STRIDED, "\nreturn", "\n    return"), STRIDED_FIRST),
    (
        but(STRIDED, "2 * P)", "2 * P, dtype=g.dtype)"),
        "the fractions are cut off where g holds whole numbers",
    ),
    (but(STRIDED, "\nreturn", "\n        return"), None),
    (but(STRIDED, "t * S + a * d", "t * S - a * d"), None),
    (but(STRIDED, "[P : P + N]", "[P : P + N].tolist()"), None),
    (but(STRIDED, "[P : P + N]", "[P + 1 : P + N + 1]"), None),
    (but(STRIDED, "[P : P + N]", "[::-1][P : P + N]"), None),
    (but(STRIDED, "t * S + a * d", "t * S + a * (d - 1)"), None),
    (but(STRIDED, "t * S + a * d", "t * S + a * (d + 1)"), None),
    (but(STRIDED, "t * S", "t * (S - 1)"), None),
    (but(STRIDED, "t * S + a * d", "t * S * d + a"), None),
    (but(CONVOLVED, "padded[P : P + N]", "full"), None),
    (but(CONVOLVED, "np.convolve(spread, kernel)", "np.convolve(spread, kernel, 'same')"), None),
    (but(STRIDED, "range(F)", "range(1, F)"), "the first weight is left out"),
    (but(STRIDED, "range(M)", "range(1, M)"), "the first output hands nothing back"),
    (but(STRIDED, "2 * P", "2 * M"), None),
    (but(STRIDED, "2 * P", "4"), None),
    (but(STRIDED, "return", "padded /= M\nreturn"), None),
    ("return np.convolve(g, w)", None),
    ("g[:] = 0\n" + STRIDED.strip(), None),
]

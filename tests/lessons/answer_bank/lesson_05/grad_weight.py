"""Answers to exercise 5.4, right and wrong."""

from tests.lessons.answer_bank.small_changes import but

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

RIGHT: list[str] = [
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

WRONG: list[tuple[str, str | None]] = [
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

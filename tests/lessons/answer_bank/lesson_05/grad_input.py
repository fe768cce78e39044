"""Answers to exercise 5.1, right and wrong."""

from tests.lessons.answer_bank.small_changes import but

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

RIGHT: list[str] = [
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

WRONG: list[tuple[str, str | None]] = [
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

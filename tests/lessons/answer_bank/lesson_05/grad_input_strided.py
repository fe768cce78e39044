"""Answers to exercise 5.3, right and wrong."""

from tests.lessons.answer_bank.small_changes import but

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

RIGHT: list[str] = [
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

WRONG: list[tuple[str, str | None]] = [
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

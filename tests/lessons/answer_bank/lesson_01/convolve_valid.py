"""Answers to exercise 1.2, right and wrong."""

from tests.lessons.answer_bank.small_changes import but

WINDOWS = """
F = len(w)
return np.array([x[s : s + F] @ w[::-1] for s in range(len(x) - F + 1)])
"""

FILLED = """
N, F = len(x), len(w)
y = np.zeros(N - F + 1)
for s in range(N - F + 1):
    y[s] = np.sum(x[s : s + F] * w[::-1])
return y
"""

SUMS = """
N, F = len(x), len(w)
y = np.zeros(N - F + 1)
for t in range(N - F + 1):
    for a in range(F):
        y[t] += x[t - a] * w[a]
return y
"""

RIGHT: list[str] = [
    but(SUMS, "t - a", "t + a", "w[a]", "w[-1 - a]"),
    but(SUMS, "in range(N - F + 1)", "in range(F - 1, N)", "y[t]", "y[t - (F - 1)]"),
    WINDOWS,
    FILLED,
    "return np.convolve(x, w, 'valid')",
    "return np.convolve(x, w)[len(w) - 1 : len(x)]",
    "return np.correlate(x, w[::-1])",
    "return np.lib.stride_tricks.sliding_window_view(x, len(w)) @ np.flip(w)",
    but(FILLED, "x[s : s + F] * w[::-1]", "x[s : s + F][::-1] * w"),
    """
    y = []
    for t in range(len(w) - 1, len(x)):
        y.append(sum(x[t - a] * w[a] for a in range(len(w))))
    return np.array(y)
    """,
]

WRONG: list[tuple[str, str | None]] = [
    (SUMS, "t starts at 0, where the kernel still hangs over the beginning"),
    (
        but(SUMS, "in range(N - F + 1)", "in range(F - 1, N)"),
        "t counts the places of y and those of the full result at once",
    ),
    (but(SUMS, "t - a", "t + a", "w[a]", "w[F - a]"), "w[F - a] stands in place of w[F - 1 - a]"),
    (
        but(SUMS, "t - a", "t + a", "w[a]", "w[-a]"),
        "w[-a] begins with w[0], not with the last weight",
    ),
    (but(WINDOWS, "[::-1]", ""), "the kernel is not flipped"),
    (but(FILLED, "s + F]", "s + F][::-1]"), "the kernel is not flipped"),
    ("return np.correlate(x, w, 'valid')", "the kernel is not flipped"),
    (but(WINDOWS, "w[::-1]", "w", "F = ", "x = x[::-1]\nF = "), "x is turned round instead of w"),
    (but(WINDOWS, " - F + 1", " - F"), "the last window is missing"),
    ("return np.convolve(x, w)[len(w) - 1 : -1][: len(x) - len(w)]", "the last window is missing"),
    (but(WINDOWS, "range(", "range(1, "), "the first window is missing"),
    ("return np.convolve(x, w)[len(w) : len(x)]", "the first window is missing"),
    (but(FILLED, "range(", "range(1, "), "the first value is never filled in"),
    (but(FILLED, "\nreturn", "\n    return"), "the return stands inside the loop"),
    (but(WINDOWS, "@", "*"), "the products are not added up"),
    (but(WINDOWS, " - F + 1", ""), "windows run past the end of x"),
    (but(WINDOWS, " - F + 1", " + F - 1"), "windows run past the end of x"),
    (but(WINDOWS, "s + F]", "F]"), "the window has the wrong length"),
    (but(WINDOWS, "s + F]", "s + F + 1]"), "the window has the wrong length"),
    (
        but(FILLED, "zeros(N - F + 1)", "zeros(N)"),
        "as many places as x has, the last of them empty",
    ),
    ("return np.convolve(x, w)", "all overlaps are kept (the mode called full)"),
    ("return np.convolve(x, w, 'same')", "as many values as x has (the mode called same)"),
    (
        "return np.convolve(x, w)[: len(x) - len(w) + 1]",
        "the right number of values, taken from the wrong place",
    ),
    (
        "return np.convolve(x, w)[len(w) - 1 : len(x) + 1]",
        "one incomplete overlap is kept at the end",
    ),
    (
        "F = len(w)\nreturn np.convolve(x, w)[F - 1 : -(F - 1)]",
        "nothing is left where F is 1: -(F - 1) is then 0",
    ),
    (but(WINDOWS, "s + F]", "s + F - 1]"), None),
    (but(WINDOWS, "np.array([", "(", "])", ")"), None),
    (but(WINDOWS, "np.array([", "[", "])", "]"), None),
    (but(WINDOWS, "F + 1)", "F + 1, F)"), None),
    (but(FILLED, "zeros(N - F + 1)", "zeros_like(x)[: N - F + 1]"), None),
    ("w[:] = w[::-1].copy()\n" + but(WINDOWS, "[::-1]", "").strip(), None),
    ("return np.convolve(x, w, 'same')[: len(x) - len(w) + 1]", None),
]

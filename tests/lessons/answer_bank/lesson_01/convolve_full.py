"""Answers to exercise 1.1, right and wrong."""

from tests.lessons.answer_bank.small_changes import but

LOOPS = """
N, F = len(x), len(w)
y = np.zeros(N + F - 1)
for t in range(N + F - 1):
    for a in range(F):
        if 0 <= t - a < N:
            y[t] += x[t - a] * w[a]
return y
"""

PADDED = """
F = len(w)
padded = np.pad(x, F - 1)
return np.array([padded[t : t + F] @ w[::-1] for t in range(len(x) + F - 1)])
"""

RIGHT: list[str] = [
    LOOPS,
    PADDED,
    "return np.convolve(x, w)",
    but(LOOPS, "t - a < N:", "t - a and t - a <= N - 1:"),
    but(LOOPS, "range(F)", "range(max(0, t - N + 1), min(F, t + 1))"),
    but(LOOPS, "range(N + F - 1)", "range(len(y))"),
    """
    y = np.zeros(len(x) + len(w) - 1)
    for s in range(len(x)):
        y[s : s + len(w)] += x[s] * w
    return y
    """,
    """
    N, F = len(x), len(w)
    terms = [[x[t - a] * w[a] for a in range(F) if 0 <= t - a < N] for t in range(N + F - 1)]
    return np.array([sum(row) for row in terms])
    """,
    """
    y = [0] * (len(x) + len(w) - 1)
    for s, sample in enumerate(x):
        for a, weight in enumerate(w):
            y[s + a] += sample * weight
    return np.array(y)
    """,
    """
    if len(x) == 0:
        return np.zeros(len(w) - 1)
    y = np.zeros(len(x) + len(w) - 1)
    y[: len(w)] = x[0] * w
    y[1:] += convolve_full(x[1:], w)
    return y
    """,
    """
    N, F = len(x), len(w)
    padded = np.pad(x, (0, F - 1))
    return np.array([sum(padded[t - a] * w[a] for a in range(F)) for t in range(N + F - 1)])
    """,
]

OUTSIDE = "an index falls outside its array"

WRONG: list[tuple[str, str | None]] = [
    (
        but(LOOPS, "N + F - 1", "N", "if 0 <= t - a < N", "if True"),
        "a negative index wraps around, and the tail is cut off",
    ),
    (
        """
        N, F = len(x), len(w)
        for t in range(N + F - 1):
            y = 0
            for a in range(F):
                if 0 <= t - a < N:
                    y += x[t - a] * w[a]
        return y
        """,
        "only the sum of the last t is kept",
    ),
    (but(LOOPS, "return y", "return y[t]"), "only the sum of the last t is kept"),
    (but(PADDED, "[::-1]", ""), "the kernel is not flipped"),
    (but(LOOPS, "w[a]", "w[F - 1 - a]"), "the kernel is not flipped"),
    (but(LOOPS, "y = np", "w = w[::-1]\ny = np"), "the kernel is not flipped"),
    ("return np.correlate(x, w, mode='full')", "the kernel is not flipped"),
    (but(LOOPS, "t - a", "t + a"), "t + a stands in place of t − a"),
    (but(LOOPS, "range(F)", "range(F - 1)"), "the last term of the sum is missing"),
    (but(LOOPS, "range(F)", "range(1, F)"), "the first weight, w[0], never takes part"),
    (but(LOOPS, "0 <= t - a", "0 < t - a"), "the first sample of x never takes part"),
    (but(LOOPS, "< N:", "< N - 1:"), "the last sample of x never takes part"),
    (but(LOOPS, "if 0 <= t - a < N", "if True"), OUTSIDE),
    (but(LOOPS, "if 0 <= t - a < N", "if t - a >= 0"), OUTSIDE),
    (but(LOOPS, "< N:", "<= N:"), OUTSIDE),
    (but(LOOPS, "zeros(N + F - 1)", "zeros(N)"), OUTSIDE),
    (but(LOOPS, "0 <= t - a", "t - a"), "a negative index wraps around to the end of x"),
    (
        but(LOOPS, "if 0 <= t - a < N", "try").replace(
            "return", "        except IndexError:\n            pass\nreturn"
        ),
        "a negative index wraps around, and other errors are passed over",
    ),
    (but(LOOPS, "range(F)", "range(F + 1)"), "one weight too many is asked for"),
    (but(LOOPS, "len(x), len(w)", "len(w), len(x)"), "the lengths of x and w are exchanged"),
    (but(LOOPS, "range(F)", "range(N)", "< N:", "< F:"), "the lengths of x and w are exchanged"),
    (but(LOOPS, "+=", "="), "each product overwrites the one before"),
    (
        """
        N, F = len(x), len(w)
        y = np.zeros(N + F - 1)
        total = 0
        for t in range(N + F - 1):
            for a in range(F):
                if 0 <= t - a < N:
                    total += x[t - a] * w[a]
            y[t] = total
        return y
        """,
        "the sum is not started afresh for each t",
    ),
    (but(LOOPS, "\nreturn", "\n    return"), "the return stands inside the loop"),
    (but(LOOPS, "\nreturn", "\n        return"), "the return stands inside the loop"),
    (but(LOOPS, "range(N + F - 1)", "range(N + F - 2)"), "the last value is never filled in"),
    (but(LOOPS, "range(N + F - 1)", "range(1, N + F - 1)"), "the first value is never filled in"),
    (but(LOOPS, "N + F - 1", "N + F - 2"), "one value is missing at the end"),
    (but(LOOPS, "N + F - 1", "N + F"), "one value too many"),
    (but(LOOPS, "zeros(N + F - 1)", "zeros(N + F)"), "one value too many"),
    (but(LOOPS, "N + F - 1", "N"), "the tail is cut off after N values"),
    (
        but(LOOPS, "zeros(N + F - 1)", "zeros_like(x)", "N + F - 1", "N"),
        "y is made with zeros_like(x): too short, and of whole numbers where x is",
    ),
    (
        "return np.convolve(x, w, 'same')",
        "the result is cut to the size of its input (the mode called same)",
    ),
    (
        "return np.convolve(x, w, 'valid')",
        "only complete overlaps are kept (the mode called valid)",
    ),
    (
        but(LOOPS, "if 0 <= t - a < N", "if True", "x[t - a]", "x[(t - a) % N]", "N + F - 1", "N"),
        "circular convolution: t − a is taken modulo N, for N outputs",
    ),
    (
        but(LOOPS, "if 0 <= t - a < N", "if True", "x[t - a]", "x[(t - a) % N]"),
        "x is continued periodically: t − a is taken modulo N",
    ),
    (
        but(LOOPS, "y = np.zeros(N + F - 1)", "y = 0", "y[t]", "y"),
        "everything is added up to one number",
    ),
    ("return x * w", "x and w are multiplied element by element"),
    ("return np.polymul(x, w)", "leading zeros are dropped, as np.polymul does"),
    (but(PADDED, "F - 1)\n", "F - 1, mode='edge')\n"), None),
    (but(LOOPS, "zeros", "empty"), None),
    (but(LOOPS, "F - 1)\nfor", "F - 1, dtype=int)\nfor"), None),
    (but(LOOPS, "return y", "print(y)"), None),
    (but(LOOPS, "return y", "return list(y)"), None),
    ("return np.convolve(x, w)[:, None]", None),
    ("w[:] = w[::-1].copy()\nreturn np.correlate(x, w, 'full')", None),
]

"""Answers to the exercises of lesson 01, right and wrong."""

from __future__ import annotations

from tests.exercises.answer_bank.text import but

RIGHT: dict[str, list[str]] = {}
WRONG: dict[str, list[tuple[str, str | None]]] = {}

# 1.1

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

RIGHT["01.convolve_full"] = [
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
WRONG["01.convolve_full"] = [
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

# 1.2

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

RIGHT["01.convolve_valid"] = [
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

WRONG["01.convolve_valid"] = [
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

# 1.3

CHAIN = """
k = np.array([1.0])
for w in kernels:
    k = np.convolve(k, w)
return k
"""
FIRST = """
k = kernels[0]
for w in kernels[1:]:
    k = np.convolve(k, w)
return k
"""

RIGHT["01.combine"] = [
    CHAIN,
    FIRST,
    but(CHAIN, "np.array([1.0])", "1"),
    but(CHAIN, "in kernels", "in reversed(kernels)"),
    "from functools import reduce\nreturn reduce(np.convolve, kernels)",
    """
    if len(kernels) == 1:
        return kernels[0]
    return np.convolve(kernels[0], combine(kernels[1:]))
    """,
    """
    M = sum(len(w) for w in kernels) - len(kernels) + 1
    spectrum = np.ones(M, dtype=complex)
    for w in kernels:
        spectrum *= np.fft.fft(w, M)
    return np.fft.ifft(spectrum).real
    """,
]

WRONG["01.combine"] = [
    ("return sum(kernels)", "the kernels are added"),
    ("return np.sum(kernels, axis=0)", "the kernels are added"),
    (but(CHAIN, "np.convolve(k, w)", "k + w", "[1.0]", "[0.0]"), "the kernels are added"),
    (but(CHAIN, "np.convolve(k, w)", "k * w"), "the kernels are multiplied element by element"),
    (but(FIRST, "np.convolve(k, w)", "k * w"), "the kernels are multiplied element by element"),
    ("return np.concatenate(kernels)", "the kernels are strung together"),
    (but(CHAIN, "(k, w)", "(k, w, 'same')"), "the result is cut by mode='same'"),
    (but(FIRST, "(k, w)", "(k, w, mode='same')"), "the result is cut by mode='same'"),
    (but(FIRST, "(k, w)", "(k, w, mode='valid')"), "the result is cut by mode='valid'"),
    (
        but(FIRST, "np.convolve(k, w)", "np.correlate(k, w, 'full')"),
        "correlates the kernels, which flips every one but the first",
    ),
    (
        but(FIRST, "(k, w)", "(k, w[::-1])"),
        "correlates the kernels, which flips every one but the first",
    ),
    (
        but(CHAIN, "np.convolve(k, w)", "np.correlate(k, w, 'full')"),
        "correlates the kernels, and the result stands reversed",
    ),
    (but(CHAIN, "np.array([1.0])", "np.zeros(1)"), "starts from zero"),
    (but(FIRST, "kernels[1:]", "kernels"), "the first kernel is used twice"),
    (but(CHAIN, "in kernels", "in kernels[1:]"), "the first kernel is left out"),
    (but(CHAIN, "in kernels", "in kernels[:-1]"), "the last kernel is left out"),
    (
        but(CHAIN, "w in kernels", "i in range(len(kernels) - 1)", "(k, w)", "(k, kernels[i])"),
        "the last kernel is left out",
    ),
    (
        but(CHAIN, "\nreturn", "\n    return"),
        "only the first kernel comes in: the return stands inside the loop",
    ),
    (
        "return np.convolve(kernels[0], kernels[1])",
        "only the first two kernels come in",
    ),
    (
        """
        for i in range(len(kernels) - 1):
            k = np.convolve(kernels[i], kernels[i + 1])
        return k
        """,
        "only the last two kernels come in",
    ),
    (
        but(CHAIN, "(k, w)", "(np.array([1.0]), w)"),
        "each round starts afresh, and only the last kernel is left",
    ),
    (but(CHAIN, "    k = np", "    np"), "the result of np.convolve is not kept"),
    (but(CHAIN, "convolve", "polymul"), "leading zeros are dropped, as np.polymul does"),
    (but(CHAIN, "np.array([1.0])", "[]"), None),
    ("return np.convolve(*kernels)", None),
    ("return np.mean(kernels, axis=0)", None),
    (but(CHAIN, "return k", "return k.tolist()"), None),
    (but(CHAIN, "return k", "return k / 2"), None),
    ("k = kernels.pop(0)\nwhile kernels:\n    k = np.convolve(k, kernels.pop(0))\nreturn k", None),
]

# 1.4

CORRELATE = "return np.correlate(np.pad(x, len(w) - 1), w[::-1], mode='valid')"
BACKWARDS = "the result stands in reverse order: x is flipped, or the arguments are exchanged"
BOTH = "a correlation, and backwards: both are flipped, or the arguments are exchanged"
NO_EFFECT = "the zeros have no effect (no padding, or both sequences padded)"

RIGHT["01.convolve_by_correlating"] = [
    CORRELATE,
    "return np.correlate(x, w[::-1], mode='full')",
    "zeros = np.zeros(len(w) - 1)\n"
    "return np.correlate(np.concatenate([zeros, x, zeros]), np.flip(w), 'valid')",
    "return np.correlate(np.pad(x[::-1], len(w) - 1), w, 'valid')[::-1]",
    "return np.correlate(np.pad(w, len(x) - 1), x[::-1], 'valid')",
    "zeros = [0] * (len(w) - 1)\nreturn np.correlate(np.hstack([zeros, x, zeros]), w[::-1])",
]

WRONG["01.convolve_by_correlating"] = [
    (but(CORRELATE, "[::-1]", ""), "the kernel is not flipped"),
    ("return np.correlate(x, w, mode='full')", "the kernel is not flipped"),
    (but(CORRELATE, "len(w) - 1", "len(w)"), "padded by F instead of F − 1"),
    (but(CORRELATE, "len(w) - 1", "len(w) // 2"), "padded by half of F"),
    (but(CORRELATE, "len(w) - 1", "(len(w) - 1) // 2"), "padded by half of F − 1"),
    (but(CORRELATE, "len(w) - 1", "len(x) - 1"), "padded by N − 1"),
    (but(CORRELATE, "len(w) - 1", "(len(w) - 1, 0)"), "padded on the left only"),
    (but(CORRELATE, "len(w) - 1", "(0, len(w) - 1)"), "padded on the right only"),
    ("return np.correlate(x, w[::-1], mode='valid')", NO_EFFECT),
    ("return np.convolve(x, w, mode='valid')", NO_EFFECT),
    (
        "F = len(w)\nreturn np.correlate(np.pad(x, F - 1), np.pad(w[::-1], F - 1), 'valid')",
        NO_EFFECT,
    ),
    ("return np.correlate(x, w, mode='valid')", "neither padded nor flipped"),
    (but(CORRELATE, "w[::-1]", "w", "pad(x", "pad(x[::-1]"), BACKWARDS),
    ("return np.correlate(w[::-1], np.pad(x, len(w) - 1), mode='valid')", BACKWARDS),
    (but(CORRELATE, "pad(x", "pad(x[::-1]"), BOTH),
    ("return np.correlate(w, np.pad(x, len(w) - 1), mode='valid')", BOTH),
    (but(CORRELATE, "valid", "same"), "mode 'same' on the padded signal"),
    ("return np.correlate(x, w[::-1], mode='same')", "mode 'same' on the signal itself"),
    (but(CORRELATE, "valid", "full"), "mode 'full' on the padded signal"),
    (
        but(CORRELATE, "len(w) - 1", "len(w) - 1, mode='edge'"),
        "padded with copies of the edge samples",
    ),
    (but(CORRELATE, "len(w) - 1", "len(w) + 1"), None),
    (but(CORRELATE, "len(w) - 1", "(len(w), len(w) - 1)"), None),
    (but(CORRELATE, "w[::-1]", "w.flip()"), None),
    (but(CORRELATE, "w[::-1]", "reversed(w)"), None),
    ("return list(np.convolve(x, w))", None),
]

# 1.5

ENTRIES = """
F = len(w)
A = np.zeros((N + F - 1, N))
for t in range(N + F - 1):
    for s in range(N):
        if 0 <= t - s < F:
            A[t, s] = w[t - s]
return A
"""
COLUMNS = """
F = len(w)
A = np.zeros((N + F - 1, N))
for s in range(N):
    A[s : s + F, s] = w
return A
"""

RIGHT["01.toeplitz_full"] = [
    ENTRIES,
    COLUMNS,
    "return np.array([np.convolve(impulse, w) for impulse in np.eye(N)]).T",
    "return sum(w[a] * np.eye(N + len(w) - 1, N, -a) for a in range(len(w)))",
    "zeros = np.zeros(N - 1)\n"
    "from scipy.linalg import toeplitz\n"
    "return toeplitz(np.r_[w, zeros], np.r_[w[0], zeros])",
    "F = len(w)\nreturn np.column_stack([np.pad(w, (s, N - 1 - s)) for s in range(N)])",
]

WRONG["01.toeplitz_full"] = [
    (but(COLUMNS, "= w\n", "= w[::-1]\n"), "the kernel stands in the matrix reversed"),
    (
        but(COLUMNS, "(N + F - 1, N)", "(N, N + F - 1)", "s : s + F, s", "s, s : s + F"),
        "rows and columns are exchanged",
    ),
    ("return np.array([np.convolve(e, w) for e in np.eye(N)])", "rows and columns are exchanged"),
    (
        """
        F = len(w)
        A = np.zeros((N, N + F - 1))
        for s in range(N):
            A[s, s : s + F] = w[::-1]
        return A
        """,
        "rows and columns are exchanged, and the kernel is reversed",
    ),
    (but(ENTRIES, "t - s", "s - t"), "w[s − t] stands in place of w[t − s]"),
    (but(ENTRIES, "N + F - 1", "N"), "only the first N rows: the tail is cut off"),
    (but(ENTRIES, "N + F - 1", "N + F"), "one row too many"),
    (but(COLUMNS, "N + F - 1", "N + F"), "one row too many"),
    (
        but(COLUMNS, "N + F - 1, N", "N + F - 1, N + F - 1"),
        "a square matrix: columns for samples that do not exist",
    ),
    (but(COLUMNS, "F - 1, N", "F - 1, F", "range(N)", "range(F)"), "as many columns as weights"),
    (but(COLUMNS, "range(N)", "range(N - 1)"), "the last column stays empty"),
    (but(COLUMNS, "N + F - 1", "N"), "w does not fit into its place in A"),
    (but(COLUMNS, "s : s + F, s", "s, s : s + F"), "w does not fit into its place in A"),
    (but(ENTRIES, "if 0 <= t - s < F", "if True"), "an index runs past the end of w"),
    (but(ENTRIES, "if 0 <= t - s < F", "if t - s >= 0"), "an index runs past the end of w"),
    (but(ENTRIES, "< F:", "<= F:"), "an index runs past the end of w"),
    (but(ENTRIES, "0 <= t - s", "t - s"), "a negative index wraps around to the end of w"),
    (but(ENTRIES, "0 <= t - s", "0 < t - s"), "w[0] is missing on the diagonal"),
    (
        """
        A = np.zeros((N, N))
        for s in range(N):
            for a in range(len(w)):
                A[(s + a) % N, s] += w[a]
        return A
        """,
        "circulant: the kernel wraps around",
    ),
    (
        """
        F = len(w)
        M = N - F + 1
        A = np.zeros((M, N))
        for t in range(M):
            A[t, t : t + F] = w[::-1]
        return A
        """,
        "only the complete overlaps (the mode called valid)",
    ),
    (but(COLUMNS, "A[s : s + F", "A[s + 1 : s + 1 + F"), None),
    (but(COLUMNS, "((N + F - 1, N))", "(N + F - 1, N)"), None),
    (but(COLUMNS, "N))", "N), dtype=int)"), None),
    (but(COLUMNS, "return A", "return A.tolist()"), None),
]

# 1.6

FFT = """
M = len(x) + len(w) - 1
X, W = np.fft.fft(x, M), np.fft.fft(w, M)
return np.real(np.fft.ifft(X * W))
"""

RIGHT["01.convolve_fft"] = [
    FFT,
    but(FFT, "np.real(np.fft.ifft(X * W))", "np.fft.ifft(X * W).real"),
    but(FFT, "np.real(np.fft.ifft(X * W))", "np.round(np.fft.ifft(X * W).real, 10)"),
    but(FFT, "fft(x", "rfft(x", "fft(w", "rfft(w", "np.real(np.fft.ifft(X * W))",
        "np.fft.irfft(X * W, M)"),
    but(FFT, " - 1\n", "\n", "X * W))", "X * W))[:-1]"),
    but(FFT, "fft(x, M)", "fft(np.pad(x, (0, len(w) - 1)))"),
    """
    M = len(x) + len(w) - 1
    size = 1
    while size < M:
        size *= 2
    return np.fft.ifft(np.fft.fft(x, size) * np.fft.fft(w, size)).real[:M]
    """,
]  # fmt: skip

WRONG["01.convolve_fft"] = [
    (but(FFT, "(x, M)", "(x)", "(w, M)", "(w)"), "no length is given to the transforms"),
    (
        but(FFT, "len(x) + len(w) - 1", "max(len(x), len(w))"),
        "no zero padding: the end wraps onto the beginning",
    ),
    (
        but(FFT, "len(x) + len(w) - 1", "len(x)"),
        "the transforms have the length of x: the end wraps onto the beginning",
    ),
    (but(FFT, "len(w) - 1", "len(w) - 2"), "padded one sample too short"),
    (but(FFT, " - 1\n", "\n"), "padded one sample too far"),
    (but(FFT, "np.real(np.fft.ifft(X * W))", "np.fft.ifft(X * W)"), "the result is left complex"),
    (but(FFT, "np.real", "np.abs"), "the magnitude is taken instead of the real part"),
    (
        but(FFT, "np.real(np.fft.ifft(X * W))", "X * W"),
        "the product of the spectra is returned, without transforming back",
    ),
    (
        but(FFT, "np.fft.ifft(X * W)", "X * W"),
        "the real part of the product is returned, without transforming back",
    ),
    (but(FFT, "ifft", "fft"), "transformed forwards again instead of back"),
    (
        but(FFT, "fft(x", "rfft(x", "fft(w", "rfft(w", "np.real(np.fft.ifft(X * W))",
            "np.fft.irfft(X * W)"),
        "np.fft.irfft is not told the length",
    ),
    (
        but(FFT, "X * W", "X.real * W.real"),
        "the imaginary parts of X and W are dropped before multiplying",
    ),
    (
        but(FFT, "X * W", "np.real(X * W)"),
        "the imaginary part of the product is dropped before transforming back",
    ),
    (but(FFT, "X * W", "X * np.conj(W)"), "one spectrum is conjugated, which correlates"),
    (but(FFT, "fft(w,", "fft(w[::-1],"), "the kernel is flipped before transforming"),
    (but(FFT, "X * W", "X + W"), "the spectra are added"),
    (but(FFT, "X * W))", "X * W)) / M"), "divided by M once more"),
    (
        "M = len(x) + len(w) - 1\n"
        "padded = np.pad(x, (0, M - len(x))) * np.pad(w, (0, M - len(w)))\n"
        "return np.real(np.fft.ifft(np.fft.fft(padded)))",
        "the signals are multiplied, not their spectra",
    ),
    (but(FFT, "X * W", "X @ W"), None),
    (but(FFT, "np.real", "np.imag"), None),
    (but(FFT, "(w, M)", "(w)"), None),
    (but(FFT, "len(x) + len(w) - 1", "2 * len(x)"), None),
    (but(FFT, "X * W))", "X * W)).astype(int)"), None),
    (but(FFT, "X * W))", "X * W)) * M"), None),
    (but(FFT, "np.real(np.fft.ifft(X * W))", "np.fft.ifft(X * W).real()"), None),
]  # fmt: skip

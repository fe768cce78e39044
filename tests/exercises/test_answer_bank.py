"""Answers as learners write them: right ones of every style pass, wrong ones hear their own name.

A bank of answers for each exercise of lessons 01 to 03. They are written as a learner would write
them, on their own, and know nothing of the misconceptions' functions. A wrong answer stands beside
the misconception it should be told; None asks only that it is refused and told no wrong name.
Many wrong answers are a right one with a few characters changed: ``but(LOOPS, "+=", "=")``.
"""

from __future__ import annotations

import textwrap
from typing import Any

import numpy as np
import pytest

from course_utils import exercises
from course_utils.exercises.judge import judge
from course_utils.exercises.kind import Kind

RIGHT: dict[str, list[str]] = {}
WRONG: dict[str, list[tuple[str, str | None]]] = {}


def but(source: str, *changes: str) -> str:
    """Change a source text: old, new, old, new, …; every old text has to be there."""
    for old, new in zip(changes[::2], changes[1::2], strict=True):
        assert old in source, f"{old!r} is not in the answer:\n{source}"
        source = source.replace(old, new)
    return source


def answer(id: str, body: str) -> Any:
    """Define the exercise's function with a body, as a notebook cell would."""
    exercise = exercises.get(id)
    head = exercises.stub_source(exercise).splitlines()[1]
    names: dict[str, Any] = {"np": np}
    source = head + "\n" + textwrap.indent(textwrap.dedent(body).strip(), "    ")
    exec(compile(source, f"<{id}>", "exec"), names)
    return names[exercise.name]


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

# 2.1

SLIDE = """
H, W = x.shape
kH, kW = w.shape
y = np.zeros((H - kH + 1, W - kW + 1))
for i in range(H - kH + 1):
    for j in range(W - kW + 1):
        y[i, j] = np.sum(x[i : i + kH, j : j + kW] * w)
return y
"""
FOUR_LOOPS = """
H, W = x.shape
kH, kW = w.shape
y = np.zeros((H - kH + 1, W - kW + 1))
for i in range(H - kH + 1):
    for j in range(W - kW + 1):
        for a in range(kH):
            for b in range(kW):
                y[i, j] += x[i + a, j + b] * w[a, b]
return y
"""
PLACES = "(H - kH + 1, W - kW + 1)"

RIGHT["02.filter2d"] = [
    SLIDE,
    FOUR_LOOPS,
    but(SLIDE, "np.sum(x[i : i + kH, j : j + kW] * w)", "np.vdot(x[i : i + kH, j : j + kW], w)"),
    "from scipy.signal import correlate2d\nreturn correlate2d(x, w, mode='valid')",
    "from scipy.signal import convolve2d\nreturn convolve2d(x, w[::-1, ::-1], mode='valid')",
    """
    windows = np.lib.stride_tricks.sliding_window_view(x, w.shape)
    return np.einsum("ijab,ab->ij", windows, w)
    """,
    """
    rows = []
    for i in range(x.shape[0] - w.shape[0] + 1):
        row = []
        for j in range(x.shape[1] - w.shape[1] + 1):
            row.append((x[i : i + w.shape[0], j : j + w.shape[1]] * w).sum())
        rows.append(row)
    return np.array(rows)
    """,
    """
    (H, W), (kH, kW) = x.shape, w.shape
    y = np.zeros((H - kH + 1, W - kW + 1))
    for a in range(kH):
        for b in range(kW):
            y += w[a, b] * x[a : a + H - kH + 1, b : b + W - kW + 1]
    return y
    """,
]

WRONG["02.filter2d"] = [
    (
        but(SLIDE, "* w)", "* w[::-1, ::-1])"),
        "the kernel is flipped, which makes it a true convolution",
    ),
    (
        but(SLIDE, "* w)", "* np.rot90(w, 2))"),
        "the kernel is flipped, which makes it a true convolution",
    ),
    (
        "from scipy.signal import convolve2d\nreturn convolve2d(x, w, mode='valid')",
        "the kernel is flipped, which makes it a true convolution",
    ),
    (but(SLIDE, "* w)", "* w[::-1])"), "the kernel is flipped top to bottom"),
    (but(SLIDE, "* w)", "* np.flipud(w))"), "the kernel is flipped top to bottom"),
    (but(SLIDE, "* w)", "* np.fliplr(w))"), "the kernel is flipped left to right"),
    (but(SLIDE, " * w)", ")"), "the window is summed without the weights"),
    (but(SLIDE, "* w)", "@ w)"), "window and kernel are multiplied as matrices"),
    (but(FOUR_LOOPS, "+=", "="), "each product overwrites the one before"),
    ("x = x.T" + SLIDE, "rows are taken for columns in the picture"),
    (
        "w = w.T" + SLIDE,
        "rows are taken for columns in the kernel",
    ),
    (but(SLIDE, "return y", "return y.T"), "rows are taken for columns in the result"),
    (but(SLIDE, "\nH, W = x", "\nW, H = x"), "the picture's height and width are exchanged"),
    (but(SLIDE, "kH, kW = w", "kW, kH = w"), "the kernel's height and width are exchanged"),
    (
        but(
            SLIDE,
            "= np.sum(x[i : i + kH, j : j + kW] * w)",
            "= max(0, np.sum(x[i : i + kH, j : j + kW] * w))",
        ),
        "negative values are clamped to zero",
    ),
    (but(SLIDE, "return y", "return np.abs(y)"), "negative values lose their sign"),
    (but(SLIDE, "np.sum", "np.mean"), "the sum is divided by the number of weights"),
    (but(SLIDE, "* w)", "* w) / (kH * kW)"), "the sum is divided by the number of weights"),
    (but(SLIDE, "* w)", "* w) / w.sum()"), "the sum is divided by the sum of the weights"),
    (
        but(
            SLIDE,
            PLACES,
            "(H, W)",
            "range(H - kH + 1)",
            "range(H)",
            "range(W - kW + 1)",
            "range(W)",
        ),
        "windows hang over the edge",
    ),
    (
        """
        (H, W), (kH, kW) = x.shape, w.shape
        y = np.zeros((H, W))
        for i in range(H):
            for j in range(W):
                for a in range(kH):
                    for b in range(kW):
                        y[i, j] += x[(i + a) % H, (j + b) % W] * w[a, b]
        return y
        """,
        "the window wraps around the border",
    ),
    (
        """
        (H, W), (kH, kW) = x.shape, w.shape
        padded = np.zeros((H + kH - 1, W + kW - 1))
        top, left = (kH - 1) // 2, (kW - 1) // 2
        padded[top : top + H, left : left + W] = x
        y = np.zeros((H, W))
        for i in range(H):
            for j in range(W):
                y[i, j] = np.sum(padded[i : i + kH, j : j + kW] * w)
        return y
        """,
        "zeros are added around the picture",
    ),
    (
        but(SLIDE, PLACES, "(H, W)"),
        "the result is as large as the picture, its last rows or columns empty",
    ),
    (
        but(SLIDE, "H - kH + 1", "H - kH", "W - kW + 1", "W - kW"),
        "the last row and column of windows are missing",
    ),
    (
        but(SLIDE, "range(H - kH + 1)", "range(H - kH)", "range(W - kW + 1)", "range(W - kW)"),
        "the last row and column are never filled in",
    ),
    (
        but(SLIDE, "\nreturn", "\n    return"),
        "only the first row is filled in: the return stands inside the loop",
    ),
    (
        but(SLIDE, "\nreturn", "\n        return"),
        "only the first number is filled in: the return stands inside the loops",
    ),
    (but(SLIDE, f"np.zeros({PLACES})", "np.zeros_like(x)"), None),
    (but(SLIDE, "np.sum(x[i : i + kH, j : j + kW] * w)", "x[i : i + kH, j : j + kW] * w"), None),
    (but(SLIDE, "np.sum", "np.max"), None),
    (
        but(SLIDE, "x[i : i + kH, j : j + kW]", "x[i : kH, j : kW]"),
        "the window is cut from x[i : kH, j : kW]",
    ),
    (but(SLIDE, f"zeros({PLACES})", "zeros(H - kH + 1, W - kW + 1)"), None),
    (but(SLIDE, "return y", "return y.tolist()"), None),
    (but(FOUR_LOOPS, "range(kH)", "range(kH - 1)"), None),
]

# 2.2

SVD = """
U, s, Vt = np.linalg.svd(w)
return s[0] * np.outer(U[:, 0], Vt[0])
"""

PART = "s[0] * np.outer(U[:, 0], Vt[0])"

RIGHT["02.nearest_separable"] = [
    SVD,
    but(SVD, "svd(w)", "svd(w, full_matrices=False)"),
    but(SVD, PART, "U[:, :1] * s[0] @ Vt[:1]"),
    but(
        SVD,
        PART,
        "np.outer(np.sqrt(s[0]) * U[:, 0], np.sqrt(s[0]) * Vt[0])",
    ),
    but(SVD, PART, "s[0] * U[:, 0][:, None] * Vt[0][None, :]"),
    but(SVD, "return " + PART, "s[1:] = 0\nreturn (U[:, : len(s)] * s) @ Vt[: len(s)]"),
    """
    values, vectors = np.linalg.eigh(w.T @ w)
    row = vectors[:, -1]
    return np.outer(w @ row, row)
    """,
]

WRONG["02.nearest_separable"] = [
    (but(SVD, "s[0] * ", ""), "the singular value is left out"),
    (but(SVD, "(U[:, 0], Vt[0])", "(s[0] * U[:, 0], Vt[0])"), "the singular value comes in twice"),
    (but(SVD, "s[0]", "np.sqrt(s[0])"), "the square root of the singular value comes in once only"),
    (but(SVD, "Vt[0]", "Vt[:, 0]"), "a column of Vt is taken for a row"),
    (but(SVD, "Vt[0]", "Vt.T[0]"), "a column of Vt is taken for a row"),
    (but(SVD, "U[:, 0]", "U[0]"), "a row of U is taken for a column"),
    (
        but(SVD, "U[:, 0]", "U[0]", "Vt[0]", "Vt[:, 0]"),
        "rows and columns are exchanged in both U and Vt",
    ),
    (but(SVD, "(U[:, 0], Vt[0])", "(Vt[0], U[:, 0])"), "the result stands transposed"),
    (
        but(SVD, "np.outer(U[:, 0], Vt[0])", "(U[:, 0] @ Vt[0])"),
        "column and row are multiplied to one number (inner product)",
    ),
    (
        but(SVD, "np.outer(U[:, 0], Vt[0])", "np.dot(U[:, 0], Vt[0])"),
        "column and row are multiplied to one number (inner product)",
    ),
    (
        but(SVD, "np.outer(U[:, 0], Vt[0])", "(U[:, 0] * Vt[0])"),
        "column and row are multiplied entry by entry",
    ),
    (
        but(
            SVD,
            PART,
            "s[-1] * np.outer(U[:, len(s) - 1], Vt[len(s) - 1])",
        ),
        "the smallest part is kept instead of the largest",
    ),
    (
        but(SVD, PART, "s[1] * np.outer(U[:, 1], Vt[1])"),
        "the second part is kept instead of the first",
    ),
    (
        but(
            SVD,
            PART,
            "sum(s[r] * np.outer(U[:, r], Vt[r]) for r in range(2))",
        ),
        "two parts are kept",
    ),
    (
        but(
            SVD,
            PART,
            "sum(s[r] * np.outer(U[:, r], Vt[r]) for r in range(len(s)))",
        ),
        "all parts are kept",
    ),
    ("return w.copy()", "all parts are kept"),
    (
        "return np.outer(w.sum(axis=1), w.sum(axis=0)) / (w.sum() or 1)",
        "row sums times column sums",
    ),
    ("return np.outer(w.mean(axis=1), w.mean(axis=0))", "row means times column means"),
    ("return np.outer(w[:, 0], w[0]) / w[0, 0]", "the first column times the first row"),
    (but(SVD, PART, "U[:, 0], Vt[0]"), None),
    (but(SVD, "np.outer(U[:, 0], Vt[0])", "np.outer(U[:, 1], Vt[1])"), None),
    (but(SVD, "(U[:, 0], Vt[0])", "(U[:, 0], U[:, 0])"), None),
    (but(SVD, "U, s, Vt", "s, U, Vt"), None),
    ("U, s, Vt = np.linalg.svd(w)\nreturn U @ s @ Vt", None),
]

# 2.3

MIRROR = """
if i < 0:
    return -i
if i >= N:
    return 2 * (N - 1) - i
return i
"""

RIGHT["02.reflect_index"] = [
    MIRROR,
    but(MIRROR, "2 * (N - 1) - i", "N - 1 - (i - (N - 1))"),
    "i = abs(i)\nreturn 2 * N - 2 - i if i > N - 1 else i",
    "return N - 1 - abs(N - 1 - abs(i))",
    "return min(abs(i), 2 * (N - 1) - i)",
    "i = i % (2 * N - 2)\nreturn min(i, 2 * N - 2 - i)",
    "return list(range(N))[i] if 0 <= i < N else abs(i) if i < 0 else 2 * N - i - 2",
    "return np.pad(np.arange(N), N - 1, mode='reflect')[i + N - 1]",
    """
    while not 0 <= i < N:
        if i < 0:
            i = -i
        if i >= N:
            i = 2 * N - 2 - i
    return i
    """,
]

WRONG["02.reflect_index"] = [
    (
        but(MIRROR, "-i\n", "-i - 1\n", "2 * (N - 1)", "2 * N - 1"),
        "the edge sample is repeated (NumPy calls this symmetric)",
    ),
    (
        "return np.pad(np.arange(N), N, mode='symmetric')[i + N]",
        "the edge sample is repeated (NumPy calls this symmetric)",
    ),
    (but(MIRROR, "return -i", "return -i - 1"), "the left edge sample is repeated"),
    (but(MIRROR, "2 * (N - 1)", "2 * N - 1"), "the right edge sample is repeated"),
    (but(MIRROR, "2 * (N - 1) - i", "N - 1 - (i - N)"), "the right edge sample is repeated"),
    (but(MIRROR, "2 * (N - 1) - i", "2 * N - i"), "the right mirror stands one sample too far out"),
    (but(MIRROR, "2 * (N - 1) - i", "N - i % N"), "the right mirror stands one sample too far out"),
    ("return i % N", "the index wraps around"),
    ("return abs(i) % N", "the right side wraps around"),
    (but(MIRROR, "2 * (N - 1) - i", "i - N"), "the right side wraps around"),
    (but(MIRROR, "return -i", "return N + i"), "the left side wraps around"),
    ("return max(0, min(i, N - 1))", "the edge is repeated forever (replicate)"),
    (
        but(MIRROR, "-i", "0", "2 * (N - 1) - i", "N - 1"),
        "the edge is repeated forever (replicate)",
    ),
    ("return abs(i)", "only the left side is mirrored"),
    ("return i if i < N else 2 * (N - 1) - i", "only the right side is mirrored"),
    (but(MIRROR, ">=", ">"), "the index N is taken for one inside"),
    (but(MIRROR, "\nreturn i\n", ""), "an index inside gets no answer"),
    ("if i < 0:\n    return -i\nelif i < N:\n    return i", "an index on the right gets no answer"),
    ("return N - 1.0 - abs(N - 1 - abs(i))", "the numbers are right, but floats instead of ints"),
    (but(MIRROR, "2 * (N - 1) - i", "N - 1 - i"), None),
    (but(MIRROR, "2 * (N - 1) - i", "N - 2"), None),
    (but(MIRROR, "return -i", "return 1"), None),
    ("return -i", None),
    (but(MIRROR, "return", "print(i); "), None),
]

# 2.4

LIKENESS = """
windows = np.lib.stride_tricks.sliding_window_view(x, template.shape)
centred = windows - windows.mean(axis=(2, 3), keepdims=True)
pattern = template - template.mean()
products = (centred * pattern).sum(axis=(2, 3))
norms = np.sqrt((centred**2).sum(axis=(2, 3))) * np.sqrt((pattern**2).sum())
likeness = products / np.maximum(norms, 1e-12)
row, column = np.unravel_index(np.argmax(likeness), likeness.shape)
return int(row), int(column)
"""
SCORE = "products / np.maximum(norms, 1e-12)"
LOOKED_AT = """
kH, kW = template.shape
best, place = -np.inf, None
pattern = template - template.mean()
for i in range(x.shape[0] - kH + 1):
    for j in range(x.shape[1] - kW + 1):
        window = x[i : i + kH, j : j + kW]
        window = window - window.mean()
        likeness = np.sum(window * pattern) / (np.sqrt(np.sum(window**2)) + 1e-12)
        if likeness > best:
            best, place = likeness, (i, j)
return place
"""

RIGHT["02.find_template"] = [
    LIKENESS,
    LOOKED_AT,
    but(LIKENESS, "int(row), int(column)", "row, column"),
    but(LIKENESS, "int(row), int(column)", "[row, column]"),
    but(LIKENESS, "template - template.mean()", "template"),
    but(LIKENESS, "int(row), int(column)", "divmod(int(likeness.argmax()), likeness.shape[1])"),
    but(LIKENESS, " * np.sqrt((pattern**2).sum())", ""),
    but(LOOKED_AT, "np.sqrt(np.sum(window**2))", "window.std()"),
    """
    def normal(a):
        a = a - a.mean()
        return a / max(np.linalg.norm(a), 1e-12)

    (H, W), (h, w) = x.shape, template.shape

    def distance(place):
        i, j = place
        return np.sum((normal(x[i : i + h, j : j + w]) - normal(template)) ** 2)

    return min(((i, j) for i in range(H - h + 1) for j in range(W - w + 1)), key=distance)
    """,
]

WRONG["02.find_template"] = [
    (
        but(LIKENESS, SCORE, "(windows * template).sum(axis=(2, 3))"),
        "plain correlation, which finds the brightest place",
    ),
    (
        but(LIKENESS, SCORE, "products"),
        "windows are not divided by their norm",
    ),
    (
        but(
            LIKENESS,
            "(axis=(2, 3), keepdims=True)",
            "()",
            "axis=(2, 3))) *",
            "axis=(2, 3)).max()) *",
        ),
        "windows are not divided by their norm",
    ),
    (
        but(LIKENESS, " - windows.mean(axis=(2, 3), keepdims=True)", "", " - template.mean()", ""),
        "windows are not centred",
    ),
    (
        but(LIKENESS, " - windows.mean(axis=(2, 3), keepdims=True)", ""),
        "the norms are those of windows that are not centred",
    ),
    (
        but(LIKENESS, "windows.mean(axis=(2, 3), keepdims=True)", "x.mean()"),
        "the mean of the whole picture is subtracted, not that of each window",
    ),
    (
        but(LIKENESS, "np.sqrt((centred**2).sum(axis=(2, 3)))", "(centred**2).sum(axis=(2, 3))"),
        "windows are divided by their squared norm",
    ),
    (but(LIKENESS, "np.maximum(norms, 1e-12)", "norms"), "a flat window divides 0 by 0"),
    (but(LIKENESS, "int(row), int(column)", "int(column), int(row)"), "column before row"),
    (
        but(LIKENESS, "likeness.shape", "x.shape"),
        "the place is read off with the shape of the picture",
    ),
    (
        but(
            LIKENESS,
            "return int(row), int(column)",
            "return row + template.shape[0] // 2, column + template.shape[1] // 2",
        ),
        "the centre of the window is returned",
    ),
    (but(LIKENESS, "argmax", "argmin"), "the most unlike window is found"),
    (
        but(
            LIKENESS,
            SCORE,
            "-((windows - template) ** 2).sum(axis=(2, 3))",
        ),
        "the smallest squared difference of the pixels as they are",
    ),
    (
        but(
            LIKENESS,
            SCORE,
            "-((centred - pattern) ** 2).sum(axis=(2, 3))",
        ),
        "the smallest squared difference, without dividing by the norms",
    ),
    (
        but(LIKENESS, "argmax(likeness)", "argmax(np.abs(likeness))"),
        "the sign of the likeness is thrown away",
    ),
    (
        but(LIKENESS, "argmax(likeness)", "argmax(likeness**2)"),
        "the sign of the likeness is thrown away",
    ),
    (
        but(LIKENESS, "template - template.mean()", "template[::-1, ::-1] - template.mean()"),
        "the template is rotated by 180 degrees",
    ),
    (but(LIKENESS, "return int(row), int(column)", "return int(np.argmax(likeness))"), None),
    (but(LIKENESS, ", keepdims=True", ""), None),
    (but(LIKENESS, "int(row), int(column)", "likeness"), None),
    (but(LIKENESS, "int(row), int(column)", "int(row) + 1, int(column) + 1"), None),
    (
        but(
            LIKENESS,
            "pattern = template - template.mean()",
            "x -= x.mean()\npattern = template - template.mean()",
        ),
        None,
    ),
]

# 2.5

LEARN = """
windows = np.lib.stride_tricks.sliding_window_view(x, (kH, kW))
A = windows.reshape(-1, kH * kW)
w = np.linalg.lstsq(A, y.reshape(-1))[0]
return w.reshape(kH, kW)
"""

SOLVED = "np.linalg.lstsq(A, y.reshape(-1))[0]"

RIGHT["02.learn_kernel"] = [
    LEARN,
    but(LEARN, "y.reshape(-1)", "y.ravel(), rcond=None"),
    but(LEARN, SOLVED, "np.linalg.pinv(A) @ y.flatten()"),
    but(LEARN, SOLVED, "np.linalg.solve(A.T @ A, A.T @ y.ravel())"),
    but(LEARN, "y.reshape(-1)", "y.reshape(-1, 1)"),
    """
    rows = []
    for i in range(y.shape[0]):
        for j in range(y.shape[1]):
            rows.append(x[i : i + kH, j : j + kW].flatten())
    w, *_ = np.linalg.lstsq(np.array(rows), y.flatten())
    return np.reshape(w, (kH, kW))
    """,
    """
    columns = [
        x[a : a + y.shape[0], b : b + y.shape[1]].ravel() for a in range(kH) for b in range(kW)
    ]
    return np.linalg.lstsq(np.stack(columns, axis=1), y.ravel())[0].reshape(kH, kW)
    """,
]

WRONG["02.learn_kernel"] = [
    (
        but(LEARN, "return w.reshape(kH, kW)", "return w.reshape(kH, kW)[::-1, ::-1]"),
        "the kernel comes out rotated by 180 degrees",
    ),
    (
        but(LEARN, "A = windows", "A = windows[:, :, ::-1, ::-1]"),
        "the kernel comes out rotated by 180 degrees",
    ),
    (
        but(LEARN, "return w.reshape(kH, kW)", "return w.reshape(kH, kW).T"),
        "the kernel is transposed",
    ),
    (but(LEARN, "w.reshape(kH, kW)", "w.reshape(kW, kH)"), "reshaped to (kW, kH)"),
    (
        but(LEARN, "w.reshape(kH, kW)", "w.reshape(kH, kW, order='F')"),
        "the numbers are read back column by column",
    ),
    (
        but(LEARN, "w.reshape(kH, kW)", "w.reshape(kW, kH).T"),
        "the numbers are read back column by column",
    ),
    (but(LEARN, "y.reshape(-1)", "y.T.reshape(-1)"), "the answers y are read column by column"),
    (
        but(LEARN, "y.reshape(-1)", "y.flatten(order='F')"),
        "the answers y are read column by column",
    ),
    (but(LEARN, "(x, (kH, kW))", "(x, (kW, kH))"), "the windows have height and width exchanged"),
    (
        but(LEARN, SOLVED, "A.T @ y.reshape(-1)"),
        "correlated with the answer, but not solved",
    ),
    (
        """
        w = np.zeros((kH, kW))
        for a in range(kH):
            for b in range(kW):
                w[a, b] = np.sum(x[a : a + y.shape[0], b : b + y.shape[1]] * y)
        return w
        """,
        "correlated with the answer, but not solved",
    ),
    (
        but(LEARN, SOLVED, "np.mean(A * y.reshape(-1, 1), axis=0)"),
        "the mean of window times answer is taken for the kernel",
    ),
    (
        but(
            LEARN,
            SOLVED,
            "A.T @ y.reshape(-1) / (A**2).sum(axis=0)",
        ),
        "each weight is fitted by itself",
    ),
    (
        but(
            LEARN,
            SOLVED,
            "np.linalg.solve(A[: kH * kW], y.reshape(-1)[: kH * kW])",
        ),
        "only as many equations are used as there are unknowns",
    ),
    (
        but(
            LEARN,
            "A = windows.reshape(-1, kH * kW)",
            "A = np.c_[windows.reshape(-1, kH * kW), np.ones(y.size)]",
            "return w",
            "return w[:-1]",
        ),
        "a constant is fitted beside the kernel",
    ),
    (but(LEARN, ".reshape(kH, kW)", ""), "the kernel is left flat"),
    (
        but(LEARN, "y.reshape(-1)", "y.reshape(-1, 1)", ".reshape(kH, kW)", ""),
        "the kernel is a column of numbers",
    ),
    (but(LEARN, "[0]\n", "\n"), None),
    (but(LEARN, "y.reshape(-1)", "y"), None),
    (but(LEARN, "np.linalg.lstsq", "np.linalg.solve", "[0]", ""), None),
    (but(LEARN, "A = windows.reshape(-1, kH * kW)", "A = windows"), None),
    (
        but(LEARN, "return w", "return np.round(w, 2)"),
        None,
    ),
    ("return y[:kH, :kW] / x[:kH, :kW]", None),
]

# 3.1

FLOATS = "the numbers are right, but floats instead of ints"
SIZE = "return (N + 2 * P - d * (F - 1) - 1) // S + 1"

RIGHT["03.output_size"] = [
    SIZE,
    "return (N + 2 * P - d * (F - 1) - 1 + S) // S",
    "return int((N + 2 * P - d * (F - 1) - 1) / S + 1)",
    "return int(np.floor((N + 2 * P - d * (F - 1) - 1) / S)) + 1",
    "import math\nreturn math.floor((N + 2 * P - d * (F - 1) - 1) / S + 1)",
    "return np.int64(N + 2 * P - d * (F - 1) - 1) // S + 1",
    "return len(range(0, N + 2 * P - d * (F - 1), S))",
    "steps, rest = divmod(N + 2 * P - d * (F - 1) - 1, S)\nreturn steps + 1",
    "if N + 2 * P < d * (F - 1) + 1:\n    return 0\nreturn 1 + output_size(N - S, F, S, P, d)",
    """
    start, count = 0, 0
    while start + d * (F - 1) < N + 2 * P:
        start += S
        count += 1
    return count
    """,
]

WRONG["03.output_size"] = [
    (
        "return round((N + 2 * P - d * (F - 1) - 1) / S) + 1",
        "rounds instead of taking the floor",
    ),
    (
        "return round((N + 2 * P - d * (F - 1) - 1) / S + 1)",
        "rounds the finished number instead of taking the floor",
    ),
    (
        "import math\nreturn math.ceil((N + 2 * P - d * (F - 1) - 1) / S) + 1",
        "rounds up instead of down",
    ),
    (but(SIZE, "//", "/"), "the fraction is kept: / instead of //"),
    (but(SIZE, " + 2 * P", ""), "the padding is left out"),
    (but(SIZE, "2 * P", "P"), "the padding is counted once"),
    (but(SIZE, "2 * P", "2 * P * d"), "the padding is dilated too"),
    (but(SIZE, "d * (F - 1) - 1", "F"), "the dilation is ignored"),
    ("return int((N - F + 2 * P) / S) + 1", "the dilation is ignored"),
    (but(SIZE, "d * (F - 1) - 1", "d * F"), "the dilation multiplies F"),
    (but(SIZE, "d * (F - 1) - 1", "F - (d - 1) * F"), "the dilation multiplies F"),
    (but(SIZE, "d * (F - 1) - 1", "(d * F + 1)"), "the span is counted as dF + 1"),
    (but(SIZE, "d * (F - 1) - 1", "d * F - 1"), "the span is counted as dF + 1"),
    (but(SIZE, "d * (F - 1) - 1", "(F + d - 1)"), "the dilation is added to F"),
    (
        but(SIZE, "d * (F - 1) - 1", "((F - 1) * (d + 1) + 1)"),
        "d samples are skipped between two weights, instead of d − 1",
    ),
    (
        but(SIZE, "d * (F - 1) - 1", "(F + d * (F - 1))"),
        "d samples are skipped between two weights, instead of d − 1",
    ),
    (but(SIZE, "(F - 1) - 1", "(F - 1)"), "the span is counted as d(F − 1)"),
    (but(SIZE, " // S + 1", " // S"), "the + 1 is missing"),
    (but(SIZE, " - 1) // S + 1", " - 1 + 1) // S"), "the 1 is added before dividing"),
    (but(SIZE, "(F - 1) - 1) // S + 1", "(F - 1)) // S"), "the 1 is added before dividing"),
    (but(SIZE, " // S", ""), "the stride is ignored"),
    ("return N - F + 1", "only N − F + 1: no stride, padding or dilation"),
    (
        but(SIZE, "return (", "return ", "- 1) //", "- 1 //"),
        "brackets are missing: // S reaches only the 1 beside it",
    ),
    (
        "span = d * (F - 1) + 1\nreturn N + 2 * P - span // S + 1",
        "brackets are missing: // S reaches only the span",
    ),
    ("return (N + 2 * P) // S - d * (F - 1)", "the stride divides N alone"),
    ("return -(-N // S)", "N over S, rounded up"),
    ("return -(-(N + 2 * P) // S)", None),
    ("return np.floor((N + 2 * P - d * (F - 1) - 1) / S) + 1", FLOATS),
    (but(SIZE, "return ", "print(") + ")", None),
    (SIZE + ",", None),
    ("return (F + 2 * P - d * (N - 1) - 1) // S + 1", None),
]

# 3.2

REST = "return (N + 2 * P - d * (F - 1) - 1) % S"
LAST = "M = (N + 2 * P - d * (F - 1) - 1) // S + 1\n"

RIGHT["03.unused"] = [
    REST,
    LAST + "return N + 2 * P - ((M - 1) * S + d * (F - 1) + 1)",
    LAST + "return len(range((M - 1) * S + d * (F - 1) + 1, N + 2 * P))",
    "return divmod(N + 2 * P - d * (F - 1) - 1, S)[1]",
    "return np.mod(N + 2 * P - d * (F - 1) - 1, S)",
    "room = N + 2 * P - d * (F - 1) - 1\nwhile room >= S:\n    room -= S\nreturn room",
]

WRONG["03.unused"] = [
    ("return 0", "nothing is ever left over"),
    ("return N % S", "the remainder of N alone"),
    ("return (N + 2 * P) % S", "the remainder of N + 2P, without the window"),
    ("return (N - F) % S", "the remainder of N − F: neither padding nor dilation"),
    (but(REST, " + 2 * P", ""), "the padding is left out"),
    (but(REST, "2 * P", "P"), "the padding is counted once"),
    (
        LAST + "return N - ((M - 1) * S + d * (F - 1) + 1)",
        "the padding is left out at the end",
    ),
    (
        LAST + "return max(0, N + P - ((M - 1) * S + d * (F - 1) + 1))",
        "the zeros on the right are not counted",
    ),
    (but(REST, "d * (F - 1) - 1", "F"), "the dilation is ignored"),
    (but(REST, "d * (F - 1) - 1", "d * F"), "the dilation multiplies F"),
    (but(REST, "(F - 1) - 1", "(F - 1)"), "off by one: the span is counted as d(F − 1)"),
    (
        LAST + "return N + 2 * P - 1 - ((M - 1) * S + d * (F - 1) + 1)",
        "one less than are left over",
    ),
    (but(REST, "%", "//"), "the quotient instead of the remainder"),
    (
        "return -(N + 2 * P - d * (F - 1) - 1) % S",
        "counts what is missing for one more window",
    ),
    (but(REST, "return ", "return S - "), "S minus what is left over"),
    (
        LAST + "return N + 2 * P - (M * S + d * (F - 1) + 1)",
        "the last window is taken to start at M·S",
    ),
    (
        LAST + "return N + 2 * P - M * S",
        "the samples after M steps, without the window's length",
    ),
    (LAST + "return N - M", "the samples minus the outputs"),
    (
        LAST + "seen = {m * S + d * a - P for m in range(M) for a in range(F)}\n"
        "return len(set(range(N)) - seen)",
        "counts the samples of the signal that are never read, wherever they are",
    ),
    (
        LAST + "seen = {m * S + d * a for m in range(M) for a in range(F)}\n"
        "return sum(i not in seen for i in range(N + 2 * P))",
        "counts all that is never read, between the windows as well",
    ),
    (LAST + "return N - M * S", None),
    (LAST + "return N + 2 * P - (M - 1) * S - F", None),
    (LAST + "return list(range((M - 1) * S + d * (F - 1) + 1, N + 2 * P))", None),
    ("room = (N + 2 * P - d * (F - 1) - 1) / S\nreturn room - int(room)", None),
    (but(REST, " % S", " % S != 0"), None),
    ("import math\nreturn math.fmod(N + 2 * P - d * (F - 1) - 1, S)", FLOATS),
]

# 3.3

HALVES = "total = d * (F - 1)\nreturn total // 2, total - total // 2"

RIGHT["03.same_padding"] = [
    HALVES,
    but(HALVES, "total - total // 2", "(total + 1) // 2"),
    but(HALVES, "total - total // 2", "-(-total // 2)"),
    but(HALVES, "total // 2, total - total // 2", "[total // 2, total - total // 2]"),
    but(HALVES, "total // 2, total - total // 2", "np.array([total // 2, total - total // 2])"),
    "import math\ntotal = d * (F - 1)\nreturn math.floor(total / 2), math.ceil(total / 2)",
    "half, rest = divmod(d * (F - 1), 2)\nreturn half, half + rest",
    "total = d * (F - 1)\nreturn int(total / 2), total - int(total / 2)",
    """
    total = d * (F - 1)
    if total % 2 == 0:
        return total // 2, total // 2
    return (total - 1) // 2, (total + 1) // 2
    """,
]

SYMMETRIC = "the same number on both sides always, "
WRONG["03.same_padding"] = [
    ("return d * F // 2, d * F // 2", "half of dF on both sides"),
    ("return F // 2, F // 2", "half of F on both sides, whatever the dilation"),
    ("return d * (F // 2), d * (F // 2)", "half of F on both sides, then multiplied by d"),
    (but(HALVES, "d * (F - 1)", "d * F"), "dF is split in two"),
    (but(HALVES, "d * (F - 1)", "d * (F - 1) + 1"), "the span is split in two"),
    (but(HALVES, "d * (F - 1)", "d * F - 1"), "dF − 1 is split in two: brackets are missing"),
    (but(HALVES, "total - total", "total"), SYMMETRIC + "rounded down"),
    ("return d * (F - 1) // 2, d * (F - 1) // 2", SYMMETRIC + "rounded down"),
    ("span = d * (F - 1) + 1\nreturn span // 2, span // 2", SYMMETRIC + "rounded up"),
    ("return (F - 1) // 2, (F - 1) // 2", SYMMETRIC + "and the dilation is ignored"),
    ("return int((F - 1) / 2), int((F - 1) / 2)", SYMMETRIC + "and the dilation is ignored"),
    (
        "return d * ((F - 1) // 2), d * ((F - 1) // 2)",
        SYMMETRIC + "undilated half times d",
    ),
    ("return d * (F - 1) / 2, d * (F - 1) / 2", "half zeros: / instead of //"),
    (
        "total = d * (F - 1)\nreturn round(total / 2), total - round(total / 2)",
        "the half is rounded with round",
    ),
    ("total = d * (F - 1)\nreturn total // 2, total // 2 + 1", "one more after, always"),
    (
        "before = d * (F - 1) // 2\nreturn (before, before) if F % 2 else (before, before + 1)",
        "one more after whenever F is even",
    ),
    (but(HALVES, "d * ", ""), "the dilation is ignored"),
    (
        but(HALVES, "total // 2, total - total // 2", "total - total // 2, total // 2"),
        "the extra zero goes before",
    ),
    ("return d * (F - 1), d * (F - 1)", "everything is put on each side"),
    ("return 0, d * (F - 1)", "everything goes after"),
    ("return d * (F - 1), 0", "everything goes before"),
    (
        "before = (F - 1) // 2\nreturn d * before, d * (F - 1 - before)",
        "splits the undilated padding, then dilates the halves",
    ),
    ("total = d * (F - 1)\nreturn np.floor(total / 2), np.ceil(total / 2)", FLOATS),
    ("return d * (F - 1)", None),
    ("return d * (F - 1) // 2", None),
    ("total = d * (F - 1)\nreturn {'before': total // 2, 'after': total - total // 2}", None),
    ("return F, F", None),
]

# 3.4

POOL = """
M = -(-(N + 2 * P - F) // S) + 1
if (M - 1) * S >= N + P:
    M -= 1
return M
"""
CEILING = "-(-(N + 2 * P - F) // S)"

RIGHT["03.pool_size"] = [
    POOL,
    but(POOL, "if", "while"),
    but(POOL, CEILING, "(N + 2 * P - F + S - 1) // S"),
    "import math\n" + but(POOL, CEILING, "math.ceil((N + 2 * P - F) / S)").strip(),
    but(POOL, CEILING, "int(np.ceil((N + 2 * P - F) / S))"),
    f"M = {CEILING} + 1\nreturn M - ((M - 1) * S >= N + P)",
    f"return min({CEILING} + 1, -(-(N + P) // S))",
    "M = 1\nwhile (M - 1) * S + F < N + 2 * P and M * S < N + P:\n    M += 1\nreturn M",
]

WRONG["03.pool_size"] = [
    ("return (N + 2 * P - F) // S + 1", "the floor is taken, as without ceil_mode"),
    (but(POOL, CEILING, "(N + 2 * P - F) // S"), "the floor is taken, as without ceil_mode"),
    (but(POOL, CEILING, "-(-(N + 2 * P - F)) // S"), "the floor is taken, as without ceil_mode"),
    (but(POOL, CEILING, "-(-((N + 2 * P - F) // S))"), "the floor is taken, as without ceil_mode"),
    (
        but(POOL, "(M - 1) * S >= N + P", "(M - 1) * S + F > N + 2 * P"),
        "the floor is taken, as without ceil_mode",
    ),
    (f"return {CEILING} + 1", "the last window may start in the padding"),
    (
        f"M = {CEILING}\nif (M - 1) * S >= N + P:\n    M -= 1\nreturn M + 1",
        "the last window may start in the padding",
    ),
    (but(POOL, "N + P:", "N:"), "the last window is dropped too early"),
    (but(POOL, ">= N + P:", "> N:"), "the last window is dropped where it starts beyond N"),
    (but(POOL, ">=", ">"), "a window may start right after the last sample"),
    (
        but(POOL, "N + P:", "N + 2 * P:"),
        "a window may start anywhere in the padding on the right",
    ),
    (
        but(POOL, "(M - 1) * S >=", "(M - 1) * S - P >="),
        "a window may start anywhere in the padding on the right",
    ),
    (but(POOL, "(M - 1) * S >=", "M * S >="), "the rule looks at the window after the last"),
    (but(POOL, ">=", "<"), "the rule is turned round"),
    (but(POOL, " + 1\n", "\n"), "the + 1 is missing"),
    (f"M = {CEILING} + 1\nreturn M - 1", "the + 1 is missing"),
    (but(POOL, "S) + 1", "S + 1)"), "the + 1 stands inside the outer minus"),
    ("return (N + 2 * P - F) // S + 2", "one more than the floor, always"),
    (
        but(POOL, CEILING, "round((N + 2 * P - F) / S)"),
        "rounds to the nearest instead of up",
    ),
    (but(POOL, CEILING, "-(N + 2 * P - F) // S"), "one minus sign is missing: -p // S"),
    (but(POOL, CEILING, "-((-N + 2 * P - F) // S)"), "the minus reaches only N"),
    (
        but(POOL, CEILING, "-(-N + 2 * P - F // S)"),
        "brackets are missing: // S reaches only F",
    ),
    (but(POOL, " + 2 * P", "", "N + P:", "N:"), "the padding is left out"),
    (but(POOL, "2 * P", "P"), "the padding is counted once"),
    ("return -(-N // S)", "N over S, rounded up"),
    (f"return min({CEILING} + 1, -(-N // S))", "the last window is dropped too early"),
    (but(POOL, CEILING, "np.ceil((N + 2 * P - F) / S)"), FLOATS),
    (f"M = {CEILING} + 1\nif (M - 1) * S >= N + P:\n    return M - 1", None),
    ("M = (N + 2 * P - F) // S + 1\nreturn M + ((N + 2 * P - F) % S > P)", None),
    (but(POOL, " + 2 * P", ""), "the padding is left out"),
]

# 3.5

FIELD = """
size, jump, first = 1, 1, 0
for F, S, P, d in layers:
    size += d * (F - 1) * jump
    first -= P * jump
    jump *= S
return size, jump, first
"""
NO_MOVE = "the padding does not move the field"

RIGHT["03.receptive_field"] = [
    FIELD,
    but(FIELD, "return size, jump, first", "return [size, jump, first]"),
    but(FIELD, "1, 1, 0", "np.int64(1), np.int64(1), np.int64(0)"),
    but(FIELD, "return size, jump, first", "return np.array([size, jump, first])"),
    """
    size, jump, first = 1, 1, 0
    for F, S, P, d in layers:
        size, jump, first = size + d * (F - 1) * jump, jump * S, first - P * jump
    return size, jump, first
    """,
    """
    if not layers:
        return 1, 1, 0
    size, jump, first = receptive_field(layers[:-1])
    F, S, P, d = layers[-1]
    return size + d * (F - 1) * jump, jump * S, first - P * jump
    """,
    """
    size, jump, first = 1, 1, 0
    for F, S, P, d in reversed(layers):
        size = (size - 1) * S + d * (F - 1) + 1
        first = first * S - P
        jump *= S
    return size, jump, first
    """,
    """
    rows = np.array(layers, dtype=int).reshape(-1, 4)
    jumps = np.cumprod(np.append(1, rows[:, 1]))
    size = 1 + np.sum(rows[:, 3] * (rows[:, 0] - 1) * jumps[:-1])
    return size, jumps[-1], -np.sum(rows[:, 2] * jumps[:-1])
    """,
]

WRONG["03.receptive_field"] = [
    (but(FIELD, "(F - 1) * jump", "(F - 1)"), "steps of later layers are counted as one pixel"),
    (
        but(FIELD, "P * jump", "P"),
        "padding in later layers is counted in pixels, not in jumps",
    ),
    (
        but(FIELD, "(F - 1) * jump", "(F - 1)", "P * jump", "P"),
        "neither window nor padding is counted in jumps",
    ),
    (
        but(FIELD, "(F - 1) * jump", "(F - 1) * S"),
        "the window is multiplied by the layer's own stride instead of the jump",
    ),
    (
        but(FIELD, "P * jump", "P * S"),
        "the padding is multiplied by the layer's own stride instead of the jump",
    ),
    (
        but(FIELD, "    jump *= S\n", "", "    size", "    jump *= S\n    size"),
        "the layer's own stride is applied to its own window",
    ),
    (
        but(FIELD, "    jump *= S\n", "", "    first", "    jump *= S\n    first"),
        "the jump grows before the padding is counted",
    ),
    (
        """
        size, jump, first = 1, 1, 0
        for F, S, P, d in layers:
            first -= P * jump
            jump *= S
            size += d * (F - 1) * jump
        return size, jump, first
        """,
        "the jump grows before the window is counted",
    ),
    (but(FIELD, "= 1, 1, 0", "= 0, 1, 0", "(F - 1)", "F"), "F is added instead of F − 1"),
    (but(FIELD, "(F - 1)", "F"), "F is added instead of F − 1, starting from 1"),
    (but(FIELD, "d * (F - 1)", "(d * (F - 1) + 1)"), "the whole span is added, d(F − 1) + 1"),
    (but(FIELD, "= 1, 1, 0", "= 0, 1, 0"), "the size starts from 0"),
    (but(FIELD, "+= d * (F - 1) * jump", "*= F"), "the kernel sizes are multiplied"),
    (but(FIELD, "jump *= S", "jump += S"), "the strides are added"),
    (but(FIELD, "jump *= S", "jump += S - 1"), "S − 1 is added to the jump"),
    (but(FIELD, "jump *= S", "jump = S"), "the jump is the stride of the last layer only"),
    (but(FIELD, "in layers", "in reversed(layers)"), "the layers are read from the top down"),
    (but(FIELD, "in layers", "in layers[::-1]"), "the layers are read from the top down"),
    (
        but(FIELD, "\nreturn", "\n    return"),
        "only the first layer is counted: the return stands inside the loop",
    ),
    (but(FIELD, "    first -= P * jump\n", ""), NO_MOVE),
    (but(FIELD, "return size, jump, first", "return size, jump, max(0, first)"), NO_MOVE),
    (but(FIELD, "first -=", "first +="), "the padding moves the field to the right"),
    (but(FIELD, "P * jump", "2 * P * jump"), "the padding of both sides moves the field"),
    (
        but(FIELD, "(F - 1) * jump", "(F - 1) * jump - 2 * P * jump"),
        "the padding is taken off the size",
    ),
    (but(FIELD, "d * (F - 1)", "(F - 1)"), "the dilation is ignored"),
    (but(FIELD, "F, S, P, d", "F, S, d, P"), "padding and dilation are exchanged"),
    (
        """
        jump, first = 1, 0
        for F, S, P, d in layers:
            first -= P * jump
            jump *= S
        seen = {0}
        for F, S, P, d in layers[::-1]:
            seen = {unit * S + d * a for unit in seen for a in range(F)}
        return len(seen), jump, first
        """,
        "only the samples really seen are counted",
    ),
    (
        but(FIELD, "return size, jump, first", "return size, first, jump"),
        "jump and first stand in the wrong order",
    ),
    (but(FIELD, "= 1, 1, 0", "= 1.0, 1.0, 0.0"), FLOATS),
    (but(FIELD, "= 1, 1, 0", "= 1, 0, 0"), None),
    (but(FIELD, "return size, jump, first", "return size"), None),
    (
        but(FIELD, "for F, S, P, d in layers:", "while layers:\n    F, S, P, d = layers.pop(0)"),
        None,
    ),
    (but(FIELD, "P * jump", "F // 2 * jump"), None),
    ("F, S, P, d = layers\nreturn F, S, -P", None),
]


@pytest.mark.parametrize("id", RIGHT)
def test_right_answers_of_every_style_pass(id: str) -> None:
    for body in RIGHT[id]:
        outcome = judge(exercises.get(id), answer(id, body))
        assert outcome.kind is Kind.CORRECT, f"{body}\n{outcome}"


@pytest.mark.parametrize("id", WRONG)
def test_wrong_answers_are_told_their_own_name(id: str) -> None:
    told = []
    for body, name in WRONG[id]:
        outcome = judge(exercises.get(id), answer(id, body))
        if outcome.correct:
            told.append((body, name, "accepted"))
            continue
        heard = outcome.misconception.name if outcome.misconception else None
        if heard != name:
            told.append((body, name, heard or f"no name: {outcome}"))
    assert not told, "\n\n".join(f"{b}\nexpected: {e}\nheard: {h}" for b, e, h in told)


@pytest.mark.parametrize("id", WRONG)
def test_every_misconception_has_an_answer_that_is_told_it(id: str) -> None:
    named = {name for _, name in WRONG[id]}
    known = {misconception.name for misconception in exercises.get(id).misconceptions}
    assert known == named - {None}

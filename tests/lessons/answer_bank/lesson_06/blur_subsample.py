"""Answers to exercise 6.4, right and wrong."""

from tests.lessons.answer_bank.small_changes import but

ROLLED = """
blurred = (np.roll(x, 1) + 2 * x + np.roll(x, -1)) / 4
return blurred[::S]
"""

INDEXED = """
N = len(x)
y = np.zeros(N)
for s in range(N):
    y[s] = (x[s - 1] + 2 * x[s] + x[(s + 1) % N]) / 4
return y[::S]
"""

KEPT = """
N = len(x)
return np.array([(x[s - 1] + 2 * x[s] + x[(s + 1) % N]) / 4 for s in range(0, N, S)])
"""

WRAPPED = """
padded = np.concatenate([x[-1:], x, x[:1]])
return np.convolve(padded, np.array([1, 2, 1]) / 4, mode="valid")[::S]
"""

RIGHT: list[str] = [
    ROLLED,
    INDEXED,
    KEPT,
    WRAPPED,
    but(WRAPPED, "np.concatenate([x[-1:], x, x[:1]])", 'np.pad(x, 1, mode="wrap")'),
    "from scipy.ndimage import convolve1d\n"
    "return convolve1d(x.astype(float), [0.25, 0.5, 0.25], mode='wrap')[::S]",
    """
    once = (x + np.roll(x, 1)) / 2
    return ((once + np.roll(once, -1)) / 2)[::S]
    """,
    """
    N = len(x)
    A = 0.5 * np.eye(N) + 0.25 * (np.roll(np.eye(N), 1, axis=0) + np.roll(np.eye(N), -1, axis=0))
    return (A @ x)[::S]
    """,
    """
    N = len(x)
    kernel = np.zeros(N)
    kernel[[0, 1, -1]] = 0.5, 0.25, 0.25
    return np.fft.ifft(np.fft.fft(x) * np.fft.fft(kernel)).real[::S]
    """,
    "return np.einsum('a,at->t', [0.25, 0.5, 0.25], [np.roll(x, a) for a in (-1, 0, 1)])[::S]",
]

WRONG: list[tuple[str, str | None]] = [
    (
        "y = x.astype(float)\ny[1:-1] = (x[:-2] + 2 * x[1:-1] + x[2:]) / 4\nreturn y[::S]",
        "the samples at the ends are not blurred",
    ),
    (
        "y = np.zeros(len(x))\ny[1:-1] = (x[:-2] + 2 * x[1:-1] + x[2:]) / 4\nreturn y[::S]",
        "the samples at the ends are never filled in",
    ),
    (but(INDEXED, "% N", "% (N - 1)"), None),
    (
        "return ((2 * np.roll(x, 1) + x + 2 * np.roll(x, -1)) / 5)[::S]",
        None,
    ),
    ("x = x[::S]\n" + ROLLED.strip().replace("[::S]", ""), "subsampled first, then blurred"),
    (
        "x = x[::S]\nN = len(x)\nreturn np.array([(x[s - 1] + 2 * x[s] + x[(s + 1) % N]) / 4 "
        "for s in range(N)])",
        "subsampled first, then blurred",
    ),
    (but(ROLLED, "(x, 1)", "(x, S)", "(x, -1)", "(x, -S)"), "the neighbours are taken S apart"),
    (but(KEPT, "s - 1", "s - S", "s + 1", "s + S"), "the neighbours are taken S apart"),
    ("return x[::S]", "no blur at all"),
    (but(ROLLED, "[::S]", ""), "nothing is left out"),
    (but(INDEXED, "[::S]", ""), "nothing is left out"),
    (but(ROLLED, " / 4", ""), "the weights sum to 4"),
    (but(WRAPPED, " / 4", ""), "the weights sum to 4"),
    (but(ROLLED, "/ 4", "/ 3"), "divided by 3 instead of 4"),
    (but(ROLLED, "/ 4", "/ 2"), "divided by 2 instead of 4"),
    (but(ROLLED, "= (", "= ", "-1)) / 4", "-1) / 4"), "only the last term is divided"),
    (but(INDEXED, "2 * x[s]", "x[s]"), "the sample itself counts once only"),
    (but(ROLLED, "2 * x", "x", "/ 4", "/ 3"), "three equal weights"),
    (but(WRAPPED, "np.array([1, 2, 1]) / 4", "np.ones(3) / 3"), "three equal weights"),
    (
        but(ROLLED, "+ 2 * x ", "", "/ 4", "/ 2"),
        "the mean of the two neighbours, without the sample itself",
    ),
    ("return ((x + np.roll(x, 1)) / 2)[::S]", "the mean of the sample and its left neighbour"),
    ("return ((x + np.roll(x, -1)) / 2)[::S]", "the mean of the sample and its right neighbour"),
    (
        but(ROLLED, "(np.roll(x, 1) + 2 * x + ", "(-np.roll(x, 1) + 2 * x - "),
        "the difference to the neighbours instead of the blur",
    ),
    ("return ((x + 2 * np.roll(x, -1) + np.roll(x, -2)) / 4)[::S]", "the blur is not centred"),
    ("return ((x + 2 * np.roll(x, 1) + np.roll(x, 2)) / 4)[::S]", "the blur looks only back"),
    (
        but(INDEXED, "x[s - 1] + 2 * x[s] + x[(s + 1) % N]", "x[s - 2] + 2 * x[s - 1] + x[s]"),
        "the blur looks only back",
    ),
    ("return np.convolve(x, [0.25, 0.5, 0.25], 'same')[::S]", "zeros outside instead of a circle"),
    (but(WRAPPED, "x[-1:], x, x[:1]", "[0], x, [0]"), "zeros outside instead of a circle"),
    (
        "p = np.pad(x, 1, mode='edge')\nreturn ((p[:-2] + 2 * p[1:-1] + p[2:]) / 4)[::S]",
        "the border is repeated instead of closed to a circle",
    ),
    (
        but(WRAPPED, "x[-1:], x, x[:1]", "x[:1], x, x[-1:]"),
        "the border is repeated instead of closed to a circle",
    ),
    (
        "p = np.pad(x, 1, mode='reflect')\nreturn ((p[:-2] + 2 * p[1:-1] + p[2:]) / 4)[::S]",
        "the border is mirrored instead of closed to a circle",
    ),
    ("return ((x[:-2] + 2 * x[1:-1] + x[2:]) / 4)[::S]", "the samples at the ends are left out"),
    (but(WRAPPED, "[x[-1:], x, x[:1]]", "[x]"), "the samples at the ends are left out"),
    (
        but(INDEXED, "x[(s + 1) % N]", "(x[s + 1] if s + 1 < N else 0)"),
        "the circle is closed at one end only",
    ),
    (but(WRAPPED, "x[:1]", "[0]"), "the circle is closed at one end only"),
    (but(INDEXED, "(s + 1) % N", "s + 1"), "an index runs past the end of x"),
    (
        but(KEPT, "(s + 1) % N", "s + 1"),
        "an index runs past the end of x where the last sample is kept",
    ),
    (
        but(
            INDEXED,
            "np.zeros(N)",
            "x.astype(float)",
            "x[s - 1] + 2 * x[s] + x[(",
            "y[s - 1] + 2 * y[s] + y[(",
        ),
        "the blur reads what it has already blurred",
    ),
    (but(ROLLED, "[::S]", "[1::S]"), "starts with sample 1 instead of sample 0"),
    (but(ROLLED, "[::S]", "[S - 1 :: S]"), "starts with sample S − 1 instead of sample 0"),
    (but(ROLLED, "[::S]", "[::S][: len(x) // S]"), "only N // S samples are kept"),
    (
        "M = len(x) // S\ny = np.zeros(M)\nfor t in range(M):\n    s = t * S\n"
        "    y[t] = (x[s - 1] + 2 * x[s] + x[(s + 1) % len(x)]) / 4\nreturn y",
        "only N // S samples are kept",
    ),
    (but(ROLLED, "/ 4", "// 4"), "rounded down by //"),
    (
        but(INDEXED, "np.zeros(N)", "np.zeros_like(x)"),
        "the fractions are cut off where x holds whole numbers",
    ),
    ("return x.reshape(-1, S).mean(axis=1)", None),
    (but(ROLLED, "[::S]", "[:S]"), None),
    (but(ROLLED, "[::S]", "[:: S + 1]"), None),
    (but(ROLLED, "[::S]", "[::-S]"), None),
    (but(ROLLED, "2 * x", "x**2"), None),
    (but(ROLLED, "return blurred", "return np.maximum(blurred, 0)"), None),
    (but(ROLLED, "return blurred[::S]", "return blurred[::S].tolist()"), None),
    ("return np.convolve(x, [0.25, 0.5, 0.25])[::S]", None),
    (but(INDEXED, "y = np.zeros(N)", "y = x", "x[s - 1] + 2", "y[s - 1] + 2"), None),
    (but(ROLLED, "(x, -1)", "(x, 1)"), "the mean of the sample and its left neighbour"),
    (but(ROLLED, "(x, 1)", "(x, -1)"), "the mean of the sample and its right neighbour"),
    ("x[::S] = 0\nreturn x", None),
    ("return np.maximum(np.roll(x, 1), x)[::S]", None),
]

"""Answers to exercise 7.4, right and wrong."""

from tests.lessons.answer_bank.small_changes import but

SHARES = """
e = np.exp(z - z.max(axis=1, keepdims=True))
return e / e.sum(axis=1, keepdims=True)
"""

ROWS = """
p = np.zeros(z.shape)
for n in range(len(z)):
    e = np.exp(z[n] - max(z[n]))
    p[n] = e / sum(e)
return p
"""

RIGHT: list[str] = [
    SHARES,
    ROWS,
    "from scipy.special import softmax\nreturn softmax(z, axis=1)",
    "from scipy.special import logsumexp\nreturn np.exp(z - logsumexp(z, axis=1, keepdims=True))",
    "e = np.exp((z.T - z.max(axis=1)).T)\nreturn (e.T / e.sum(axis=1)).T",
    "e = np.exp(z - z.max(axis=-1)[:, None])\nreturn e / e.sum(-1)[:, None]",
    "return np.array([np.exp(row - row.max()) / np.exp(row - row.max()).sum() for row in z])",
    "return 1 / np.exp(np.minimum(z[:, None, :] - z[:, :, None], 700)).sum(axis=2)",
    "e = np.exp(z - np.amax(z, 1, keepdims=True))\n"
    "return np.einsum('bk,b->bk', e, 1 / np.einsum('bk->b', e))",
    "z = z - z.max(axis=1).reshape(-1, 1)\n"
    "return np.exp(z - np.log(np.exp(z).sum(axis=1)).reshape(-1, 1))",
]

WRONG: list[tuple[str, str | None]] = [
    ("e = np.exp(z)\nreturn e / e.sum(axis=1, keepdims=True)", "no shift: large scores overflow"),
    (but(ROWS, " - max(z[n])", ""), "no shift: large scores overflow"),
    (
        "e = np.exp(z - z.max())\nreturn e / e.sum(axis=1, keepdims=True)",
        "one shift for the whole batch",
    ),
    (
        but(SHARES, "z.max(axis=1,", "z.max(axis=0,"),
        "each column is shifted by its own largest score",
    ),
    (but(SHARES, "z.max(", "z.mean("), "shifted by the mean instead of the largest score"),
    (but(ROWS, "max(z[n])", "np.mean(z[n])"), "shifted by the mean instead of the largest score"),
    (but(SHARES, "z.max(", "z.min("), "shifted by the smallest score instead of the largest"),
    (
        "e = np.exp(np.clip(z, -700, 700))\nreturn e / e.sum(axis=1, keepdims=True)",
        "large scores are clipped",
    ),
    (
        "e = np.exp(np.clip(z, -100, 100))\nreturn e / e.sum(axis=1, keepdims=True)",
        "large scores are clipped",
    ),
    (
        but(SHARES, "z.max(axis=1, keepdims=True)", "z.max(axis=1)"),
        "keepdims is missing in the maximum",
    ),
    (
        but(SHARES, "e.sum(axis=1, keepdims=True)", "e.sum(axis=1)"),
        "keepdims is missing in the sum",
    ),
    (but(SHARES, ", keepdims=True", ""), "keepdims is missing in maximum and sum"),
    (but(SHARES, "axis=1", "axis=0"), "columns instead of rows"),
    ("e = np.exp(z - z.max(axis=0))\nreturn e / e.sum(axis=0)", "columns instead of rows"),
    (but(SHARES, "e.sum(axis=1,", "e.sum(axis=0,"), "the sum runs down the columns"),
    (
        "e = np.exp(z)\nreturn e / e.sum(axis=0)",
        "the sum runs down the columns, and there is no shift",
    ),
    ("e = np.exp(z - z.max())\nreturn e / e.sum()", "everything sums to 1 together"),
    (but(SHARES, "e.sum(axis=1, keepdims=True)", "e.sum()"), "the sum runs over the whole batch"),
    (
        "return np.exp(z) / np.exp(z).sum()",
        "the sum runs over the whole batch, and there is no shift",
    ),
    (
        "return np.exp(z) / sum(sum(np.exp(z)))",
        "the sum runs over the whole batch, and there is no shift",
    ),
    (but(SHARES, " / e.sum(axis=1, keepdims=True)", ""), "not divided by the sum"),
    (but(SHARES, "e.sum(", "e.max("), "not divided by the sum"),
    ("return np.exp(z)", "only the exponential"),
    ("return z / z.sum(axis=1, keepdims=True)", "no exponential"),
    (
        "s = z - z.min(axis=1, keepdims=True)\nreturn s / s.sum(axis=1, keepdims=True)",
        "no exponential, but the smallest score subtracted",
    ),
    (but(SHARES, "np.exp(", "np.exp2("), "powers of two instead of e"),
    (but(SHARES, "np.exp(", "2.0 ** ("), "powers of two instead of e"),
    (
        but(SHARES, "z - z.max(axis=1, keepdims=True)", "-z + z.min(axis=1, keepdims=True)"),
        "the sign of the scores is turned round",
    ),
    (
        "from scipy.special import log_softmax\nreturn log_softmax(z, axis=1)",
        "the logarithm of the probabilities",
    ),
    ("return 1 / (1 + np.exp(-z))", "a sigmoid for each score"),
    ("from scipy.special import expit\nreturn expit(z)", "a sigmoid for each score"),
    ("return (z == z.max(axis=1, keepdims=True)).astype(float)", "all or nothing"),
    ("return z.argmax(axis=1)", "the class with the largest score"),
    (
        but(ROWS, "np.zeros(z.shape)", "np.zeros_like(z)"),
        "the fractions are cut off where z holds whole numbers",
    ),
    (but(SHARES, "e.sum(axis=1, keepdims=True)", "(e.sum(axis=1, keepdims=True) + 1e-6)"), None),
    (but(SHARES, "return e /", "return np.round(e /").rstrip() + ", 3)", None),
    (but(SHARES, "return ", "p = "), None),
    ("e = np.exp(abs(z))\nreturn e / e.sum(axis=1, keepdims=True)", None),
    (
        "z -= z.max(axis=1, keepdims=True)\ne = np.exp(z)\nreturn e / e.sum(axis=1, keepdims=True)",
        None,
    ),
    (
        but(
            SHARES,
            "return e / e.sum(axis=1, keepdims=True)",
            "return (e / e.sum(axis=1, keepdims=True)).tolist()",
        ),
        None,
    ),
    (
        but(
            SHARES,
            "return e / e.sum(axis=1, keepdims=True)",
            "return (e / e.sum(axis=1, keepdims=True)).T",
        ),
        None,
    ),
    (
        but(ROWS, "\nreturn", "\n    return"),
        "only the first row is filled in: the return stands inside the loop",
    ),
    ("return np.ones(z.shape) / z.shape[1]", None),
    ("return z", None),
    ("return np.tanh(z)", None),
    ("return np.exp(z) / np.sum(z, axis=1, keepdims=True)", None),
    # a larger float only moves the overflow
    ("e = np.exp(z.astype(np.longdouble))\nreturn e / e.sum(axis=1, keepdims=True)", None),
    (
        but(SHARES, "/ e.sum", "/ np.exp(z).sum"),
        "the shift is taken from the numerator only",
    ),
    (
        but(SHARES, "return e /", "return np.exp(z) /"),
        "the shift is taken from the sum only",
    ),
    (
        "e = np.exp(z - max(z))\nreturn e / e.sum(axis=1, keepdims=True)",
        "Python's max is taken of the whole table",
    ),
    (
        "for row in z:\n    e = np.exp(row - row.max())\n    return e / e.sum()",
        "only the first row is returned",
    ),
]

"""Answers to exercise 10.4, right and wrong."""

from tests.lessons.answer_bank.small_changes import but

WEIGHTS = """
from math import comb
return np.array([comb(L, k) * scale ** (L - k) for k in range(L + 1)])
"""

WEIGHTS_LOOP = """
from math import factorial
y = np.zeros(L + 1)
for k in range(L + 1):
    paths = factorial(L) // (factorial(k) * factorial(L - k))
    y[k] = paths * scale ** (L - k)
return y
"""

WEIGHTS_SUBSETS = """
import itertools
y = np.zeros(L + 1)
for through in itertools.product([0, 1], repeat=L):
    k = sum(through)
    y[k] += scale ** (L - k)
return y
"""

WEIGHTS_ROW = """
row = [1.0]
for _ in range(L):
    row = [a + b for a, b in zip([scale * r for r in row] + [0.0], [0.0] + row)]
return np.array(row)
"""

RIGHT: list[str] = [
    WEIGHTS,
    WEIGHTS_LOOP,
    WEIGHTS_SUBSETS,
    WEIGHTS_ROW,
    "from scipy.special import comb\nk = np.arange(L + 1)\nreturn comb(L, k) * scale ** (L - k)",
    "y = np.ones(1)\nfor _ in range(L):\n    y = np.convolve(y, [scale, 1.0])\nreturn y",
    "return (np.polynomial.Polynomial([scale, 1.0]) ** L).coef",
    "if L == 0:\n    return np.ones(1)\nrest = path_weights(L - 1, scale)\n"
    "return np.append(scale * rest, 0) + np.insert(rest, 0, 0)",
]

WRONG: list[tuple[str, str | None]] = [
    (but(WEIGHTS, " * scale ** (L - k)", ""), "λ is left out"),
    (but(WEIGHTS, "comb(L, k) * ", ""), "paths are not counted"),
    (but(WEIGHTS, "scale ** (L - k)", "scale**k"), "λ for each branch instead of each skip"),
    (but(WEIGHTS_LOOP, "scale ** (L - k)", "scale**k"), "λ for each branch instead of each skip"),
    (but(WEIGHTS, "range(L + 1)", "range(1, L + 1)"), "the path through no branch is left out"),
    (but(WEIGHTS, "scale ** (L - k)", "scale**L"), "λ^L for every path"),
    (but(WEIGHTS, "scale ** (L - k)", "scale * (L - k)"), "λ times the number of skips"),
    (but(WEIGHTS, "comb", "perm"), "the order of the branches is counted"),
    (but(WEIGHTS_LOOP, "(factorial(k) * factorial(L - k))", "factorial(L - k)"),
     "the order of the branches is counted"),
    (but(WEIGHTS, "comb(L, k)", "2**k"), "2^k paths"),
    (but(WEIGHTS, "])", "]) / 2**L"), "divided by the number of paths"),
    (but(WEIGHTS, "range(L + 1)", "range(L)"), "the path through every branch is left out"),
    (but(WEIGHTS_LOOP, "zeros(L + 1)", "zeros(L)", "range(L + 1)", "range(L)"),
     "the path through every branch is left out"),
    (but(WEIGHTS, "return np.array", "return sum"), "the terms are added up"),
    ("return (1 + scale) ** L", "the terms are added up"),
    (but(WEIGHTS, "scale ** (L - k)", "scale"), "λ once for every path"),
    (but(WEIGHTS_LOOP, "zeros(L + 1)", "zeros(L + 1, dtype=int)"), "the fractions are cut off"),
    (but(WEIGHTS, "scale **", "(scale**2) **"), "λ squared"),
    (but(WEIGHTS_LOOP, "(factorial(k) * factorial(L - k))", "factorial(k)"), "L!/k! paths"),
    (but(WEIGHTS, "comb(L, k) *", "comb(L, k) +"), None),
    (but(WEIGHTS, "scale ** (L - k)", "scale ** L - k"), None),
    (but(WEIGHTS, "comb(L, k)", "comb(L + 1, k)"), None),
    (but(WEIGHTS, "comb(L, k) * scale", "(comb(L, k) * scale)"), None),
    (but(WEIGHTS, "])", "])[:, None]"), None),
    (but(WEIGHTS_LOOP, "zeros(L + 1)", "zeros(L)"), None),
    (but(WEIGHTS_LOOP, "\nreturn", "\n    return"), None),
    (but(WEIGHTS_LOOP, "// (factorial(k) * factorial(L - k))",
         "// factorial(k) * factorial(L - k)"),
     None),
    (but(WEIGHTS, "comb(L, k)", "2**L"), None),
    (but(WEIGHTS, "np.array([", "np.cumsum([", "])", "])"), None),
]  # fmt: skip

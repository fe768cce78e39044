"""Answers to exercise 6.3, right and wrong."""

from tests.lessons.answer_bank.small_changes import but

MEAN = """
grad = np.zeros((H, W))
for i in range(g.shape[0]):
    for j in range(g.shape[1]):
        grad[i * S : i * S + F, j * S : j * S + F] += g[i, j] / F**2
return grad
"""

FOUR_LOOPS = """
grad = np.zeros((H, W))
for i in range(g.shape[0]):
    for j in range(g.shape[1]):
        for a in range(F):
            for b in range(F):
                grad[i * S + a, j * S + b] += g[i, j] / (F * F)
return grad
"""

RIGHT: list[str] = [
    MEAN,
    FOUR_LOOPS,
    but(MEAN, "g[i, j] / F**2", "np.full((F, F), g[i, j] / F**2)"),
    but(MEAN, " / F**2", "", "return grad", "return grad / F**2"),
    """
    grad = np.zeros((H, W))
    M_H, M_W = g.shape
    for a in range(F):
        for b in range(F):
            grad[a : a + (M_H - 1) * S + 1 : S, b : b + (M_W - 1) * S + 1 : S] += g / F / F
    return grad
    """,
    """
    from scipy.signal import convolve2d
    spread = np.zeros((H - F + 1, W - F + 1))
    M_H, M_W = g.shape
    spread[: (M_H - 1) * S + 1 : S, : (M_W - 1) * S + 1 : S] = g
    return convolve2d(spread, np.ones((F, F)) / F**2)
    """,
    """
    def averages(N, M):
        A = np.zeros((M, N))
        for i in range(M):
            A[i, i * S : i * S + F] = 1 / F
        return A
    return averages(H, g.shape[0]).T @ g @ averages(W, g.shape[1])
    """,
    """
    grad = np.zeros((H, W))
    for p in range(H):
        for q in range(W):
            for i in range(g.shape[0]):
                for j in range(g.shape[1]):
                    if i * S <= p < i * S + F and j * S <= q < j * S + F:
                        grad[p, q] += g[i, j] / F**2
    return grad
    """,
    """
    from course_utils import ops
    x = np.zeros((1, H, W))
    return ops.avg_pool2d_backward(g[None].astype(float), x, F, stride=S)[0]
    """,
]

WRONG: list[tuple[str, str | None]] = [
    (but(MEAN, "F**2", "F / S"), None),
    (but(MEAN, "F**2", "F * 2"), None),
    (but(MEAN, "g[i, j] / F**2", "g.mean()"), None),
    (but(MEAN, "range(g.shape[0])", "range((H - F) // S)"), None),
    ("return np.kron(g, np.ones((S, S))) / F**2", None),
    (but(MEAN, " / F**2", ""), "not divided by the number of values"),
    (but(MEAN, "F**2", "F"), "divided by F instead of F²"),
    (but(MEAN, "F**2", "S**2"), "divided by S² instead of F²"),
    (but(MEAN, "F**2", "g.size"), "divided by the number of windows"),
    (but(MEAN, "F**2", "(H * W)"), "divided by the number of values of x"),
    (but(MEAN, "/ F**2", "* F**2"), "multiplied by F² instead of divided"),
    (but(FOUR_LOOPS, "/ (F * F)", "/ F * F"), "not divided by the number of values"),
    (but(MEAN, "return grad", "return grad / F**2"), "divided by F² twice"),
    (but(MEAN, "+=", "="), "later windows overwrite what earlier ones passed on"),
    (but(FOUR_LOOPS, "+=", "="), "later windows overwrite what earlier ones passed on"),
    (
        "grad = np.zeros((H, W))\nfor i, j in np.ndindex(*g.shape):\n"
        "    grad[i * S, j * S] += g[i, j]\nreturn grad",
        "only the first value of each window gets a gradient",
    ),
    (
        "grad, seen = np.zeros((H, W)), np.zeros((H, W))\nfor i, j in np.ndindex(*g.shape):\n"
        "    grad[i * S : i * S + F, j * S : j * S + F] += g[i, j] / F**2\n"
        "    seen[i * S : i * S + F, j * S : j * S + F] += 1\n"
        "return grad / np.maximum(seen, 1)",
        "divided by the number of windows that see a value",
    ),
    (but(MEAN, "* S", ""), "windows start one apart"),
    (but(FOUR_LOOPS, "* S", ""), "windows start one apart"),
    (but(MEAN, "* S", "* F"), "windows start F apart"),
    (but(MEAN, "S + F", "S + S"), "windows of S × S instead of F × F"),
    (but(MEAN, "F", "Q", "S", "F", "Q", "S"), "window and stride are exchanged"),
    (but(MEAN, "i * S + F", "F", "j * S + F", "F"), "the slices end at F"),
    (
        "return np.kron(g, np.ones((F, F))) / F**2",
        "the gradient is repeated, as if windows stood side by side",
    ),
    (
        "return g.repeat(F, axis=0).repeat(F, axis=1) / F**2",
        "the gradient is repeated, as if windows stood side by side",
    ),
    (but(MEAN, "(H, W)", "(W, H)"), "height and width are exchanged"),
    (but(MEAN, "g[i, j] /", "1 /"), "the gradient that arrives is taken to be all ones"),
    (
        but(MEAN, "shape[0])", "shape[0] - 1)", "shape[1])", "shape[1] - 1)"),
        "the last row and column of windows hand nothing back",
    ),
    (
        but(MEAN, "\nreturn", "\n    return"),
        "only the first row of windows hands back: the return stands inside the loop",
    ),
    (
        but(MEAN, "\nreturn", "\n        return"),
        "only the first window hands back: the return stands inside the loops",
    ),
    (
        but(FOUR_LOOPS, "(H, W))", "(H, W), dtype=g.dtype)"),
        "the fractions are cut off where g holds whole numbers",
    ),
    (
        but(MEAN, "(H, W))", "(H, W), dtype=g.dtype)"),
        "fractions are put into an array of whole numbers",
    ),
    (but(MEAN, "(H, W))", "(H, W), dtype=int)"), None),
    (but(MEAN, "/ F**2", "// F**2"), None),
    (but(MEAN, "F**2", "2 * F"), None),
    (but(MEAN, "F**2", "(F * S)"), None),
    (but(MEAN, "(H, W)", "g.shape"), None),
    (but(MEAN, "return grad", "return grad.T"), None),
    (but(MEAN, "return grad", "return grad[None]"), None),
    (but(MEAN, "return grad", "return grad.tolist()"), None),
    (but(MEAN, "range(g.shape[0])", "range(H)"), None),
    (but(MEAN, "S + F", "S + F - 1"), None),
    (but(MEAN, "S + F", "S + F + 1"), None),
    (but(MEAN, "+=", "-="), None),
    ("return np.full((H, W), g.mean())", None),
    (but(MEAN, "grad[i", "g = g / F**2\n        grad[i", "g[i, j] / F**2", "g[i, j]"), None),
    (
        "g /= F**2\n" + but(MEAN, " / F**2", "").strip(),
        "fractions are put into an array of whole numbers",
    ),
]

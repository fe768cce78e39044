"""Answers to the exercises of lesson 06, right and wrong."""

from __future__ import annotations

from tests.exercises.answer_bank.text import but

RIGHT: dict[str, list[str]] = {}
WRONG: dict[str, list[tuple[str, str | None]]] = {}

# 6.1

POOL = """
H, W = x.shape
M_H, M_W = (H - F) // S + 1, (W - F) // S + 1
y = np.zeros((M_H, M_W))
for i in range(M_H):
    for j in range(M_W):
        y[i, j] = x[i * S : i * S + F, j * S : j * S + F].max()
return y
"""
SEARCH = """
H, W = x.shape
M_H, M_W = (H - F) // S + 1, (W - F) // S + 1
y = np.zeros((M_H, M_W))
for i in range(M_H):
    for j in range(M_W):
        best = x[i * S, j * S]
        for a in range(F):
            for b in range(F):
                if x[i * S + a, j * S + b] > best:
                    best = x[i * S + a, j * S + b]
        y[i, j] = best
return y
"""
VIEW = """
windows = np.lib.stride_tricks.sliding_window_view(x, (F, F))
return windows[::S, ::S].max(axis=(2, 3))
"""

RIGHT["06.max_pool"] = [
    POOL,
    SEARCH,
    VIEW,
    but(SEARCH, "x[i * S, j * S]", "-np.inf"),
    but(SEARCH, "> best", ">= best"),
    """
    rows = range(0, x.shape[0] - F + 1, S)
    columns = range(0, x.shape[1] - F + 1, S)
    return np.array([[np.max(x[i : i + F, j : j + F]) for j in columns] for i in rows])
    """,
    """
    H, W = x.shape
    M_H, M_W = (H - F) // S + 1, (W - F) // S + 1
    y = np.full((M_H, M_W), -np.inf)
    for a in range(F):
        for b in range(F):
            part = x[a : a + (M_H - 1) * S + 1 : S, b : b + (M_W - 1) * S + 1 : S]
            y = np.maximum(y, part)
    return y
    """,
    """
    from scipy.ndimage import maximum_filter
    top = F // 2
    full = maximum_filter(x, size=F)
    return full[top : x.shape[0] - F + 1 + top : S, top : x.shape[1] - F + 1 + top : S]
    """,
    """
    from course_utils.ops import max_pool2d
    return max_pool2d(x[None].astype(float), F, stride=S)[0]
    """,
    but(POOL, "np.zeros((M_H, M_W))", "np.empty((M_H, M_W), dtype=x.dtype)"),
]

WRONG["06.max_pool"] = [
    (
        "rows = range(0, x.shape[0] - F, S)\ncolumns = range(0, x.shape[1] - F, S)\n"
        "return np.array([[x[i : i + F, j : j + F].max() for j in columns] for i in rows])",
        "the last start is left out: range(0, H - F, S)",
    ),
    (but(POOL, "max()", "max(axis=1).sum()"), None),
    (but(POOL, "y[i, j]", "y[i * S, j * S]"), None),
    (but(POOL, "(H - F) // S + 1, (W - F) // S + 1", "(H - F + 1) // S, (W - F + 1) // S"), None),
    (but(POOL, "max()", "mean()"), "the mean instead of the largest value"),
    (but(VIEW, "max(", "mean("), "the mean instead of the largest value"),
    (but(POOL, "max()", "sum()"), "the sum instead of the largest value"),
    (but(POOL, "max()", "min()"), "the smallest value"),
    (but(SEARCH, "> best", "< best"), "the smallest value"),
    (
        but(POOL, ".max()", "").replace("= x[", "= np.abs(x)[").replace("F]\n", "F].max()\n"),
        "the largest magnitude",
    ),
    (but(POOL, "max()", "argmax()"), "the place of the largest value instead of the value"),
    (but(SEARCH, "best = x[i * S, j * S]\n", "best = 0\n"), "negative values count as zero"),
    (but(POOL, "return y", "return np.maximum(y, 0)"), "negative values count as zero"),
    (but(VIEW, "max(axis=(2, 3))", "max(axis=(2, 3), initial=0)"), "negative values count as zero"),
    ("return x.max()", "one maximum for the whole input"),
    (but(VIEW, "[::S, ::S]", ""), "the stride is ignored"),
    (but(POOL, "// S", "", "* S", ""), "the stride is ignored"),
    (but(POOL, "* S", ""), "right number of windows, all starting one apart"),
    (but(SEARCH, "* S", ""), "right number of windows, all starting one apart"),
    (but(VIEW, "::S", "::F"), "windows are taken not to overlap"),
    (but(POOL, "// S", "// F", "* S", "* F"), "windows are taken not to overlap"),
    (
        "H, W = x.shape[0] // F * F, x.shape[1] // F * F\n"
        "return x[:H, :W].reshape(H // F, F, W // F, F).max(axis=(1, 3))",
        "windows are taken not to overlap",
    ),
    (but(POOL, "* S", "* F"), "right number of windows, but they start F apart"),
    (but(POOL, "+ F]", "+ S]", "+ F,", "+ S,"), "windows of S × S instead of F × F"),
    (but(POOL, "F", "Q", "S", "F", "Q", "S"), "window and stride are exchanged"),
    (
        but(POOL, "+ F]", "+ F - 1]", "+ F,", "+ F - 1,"),
        "the windows are one row and column too small",
    ),
    (
        but(POOL, "+ F]", "+ F + 1]", "+ F,", "+ F + 1,"),
        "the windows are one row and column too large",
    ),
    (but(POOL, "i * S + F", "F", "j * S + F", "F"), "the slices end at F"),
    (but(VIEW, "[::S, ::S]", "[::S]"), "the stride acts on the rows only"),
    (but(VIEW, "[::S, ::S]", "[:, ::S]"), "the stride acts on the columns only"),
    (
        but(POOL, " + 1\ny", "\ny", "// S + 1, (", "// S, ("),
        "the last row and column of windows are missing",
    ),
    (
        but(POOL, "range(M_H)", "range(M_H - 1)", "range(M_W)", "range(M_W - 1)"),
        "the last row and column are never filled in",
    ),
    (
        but(
            POOL, "(H - F) // S + 1, (W - F) // S + 1", "-(-(H - F) // S) + 1, -(-(W - F) // S) + 1"
        ),
        "incomplete windows are counted as well",
    ),
    (
        but(POOL, "(H - F) // S + 1, (W - F) // S + 1", "H // S, W // S"),
        "there are taken to be N // S windows",
    ),
    (but(POOL, "(H - F) // S + 1, (W - F) // S + 1", "H, W"), "a window for every pixel"),
    (but(POOL, "H, W = x", "W, H = x"), "height and width are exchanged"),
    (but(POOL, "(W - F)", "(H - F)"), "M_H is used for both sides"),
    (but(POOL, "return y", "return y.T"), "the result stands transposed"),
    (
        but(POOL, "\nreturn", "\n    return"),
        "only the first row is filled in: the return stands inside the loop",
    ),
    (
        but(POOL, "\nreturn", "\n        return"),
        "only the first value is filled in: the return stands inside the loops",
    ),
    (but(POOL, "M_W))", "M_W), dtype=int)"), "the fractions are cut off"),
    ("return x.reshape(x.shape[0] // F, F, x.shape[1] // F, F).max(axis=(1, 3))", None),
    (but(POOL, "x[i", "np.pad(x, 1)[i"), None),
    (but(POOL, "return y", "return y.tolist()"), None),
    (but(POOL, "return y", "return y[None]"), None),
    (but(POOL, ".max()", ""), None),
    (but(VIEW, "axis=(2, 3)", "axis=2"), None),
    (but(VIEW, "max(", "argmax("), None),
    (but(POOL, "max()", "max(axis=0)"), None),
    (but(SEARCH, "        y[i, j] = best\n", "").replace("return y", "return best"), None),
    (but(SEARCH, "best = x[i * S, j * S]\n", "best = -1\n"), None),
    (but(POOL, "np.zeros((M_H, M_W))", "np.zeros(M_H, M_W)"), None),
    (but(POOL, "// S", "/ S"), None),
    ("x[x < 0] = 0\n" + POOL.strip(), "negative values count as zero"),
    ("x.sort()\n" + POOL.strip(), None),
    (but(POOL, "i * S + F, j", "i * S + F + 1, j"), None),
    ("return np.sort(x)[::S, ::S]", None),
]

# 6.2

BACK = """
grad = np.zeros(x.shape)
for i in range(g.shape[0]):
    for j in range(g.shape[1]):
        window = x[i * S : i * S + F, j * S : j * S + F]
        a, b = divmod(np.argmax(window), F)
        grad[i * S + a, j * S + b] += g[i, j]
return grad
"""
UNRAVELLED = """
grad = np.zeros(x.shape)
for i, j in np.ndindex(*g.shape):
    window = x[i * S : i * S + F, j * S : j * S + F]
    a, b = np.unravel_index(window.argmax(), window.shape)
    grad[i * S + a, j * S + b] += g[i, j]
return grad
"""
SEARCHED = """
grad = np.zeros(x.shape)
for i in range(g.shape[0]):
    for j in range(g.shape[1]):
        best, place = -np.inf, None
        for a in range(F):
            for b in range(F):
                if x[i * S + a, j * S + b] > best:
                    best, place = x[i * S + a, j * S + b], (i * S + a, j * S + b)
        grad[place] += g[i, j]
return grad
"""
MASKED = """
grad = np.zeros(x.shape)
for i in range(g.shape[0]):
    for j in range(g.shape[1]):
        rows, columns = slice(i * S, i * S + F), slice(j * S, j * S + F)
        window = x[rows, columns]
        grad[rows, columns] += g[i, j] * (window == window.max())
return grad
"""

RIGHT["06.max_pool_backward"] = [
    BACK,
    UNRAVELLED,
    SEARCHED,
    """
    grad = np.zeros(x.shape)
    for i in range(g.shape[0]):
        for j in range(g.shape[1]):
            window = x[i * S : i * S + F, j * S : j * S + F]
            a, b = np.argwhere(window == window.max())[0]
            grad[i * S + a, j * S + b] += g[i, j]
    return grad
    """,
    """
    M_H, M_W = g.shape
    windows = np.lib.stride_tricks.sliding_window_view(x, (F, F))[::S, ::S]
    a, b = np.divmod(windows.reshape(M_H, M_W, -1).argmax(axis=2), F)
    rows = np.arange(M_H)[:, None] * S + a
    columns = np.arange(M_W) * S + b
    grad = np.zeros(x.shape)
    np.add.at(grad, (rows, columns), g)
    return grad
    """,
    """
    grad = np.zeros(x.size)
    numbers = np.arange(x.size).reshape(x.shape)
    for i, j in np.ndindex(*g.shape):
        window = np.s_[i * S : i * S + F, j * S : j * S + F]
        grad[numbers[window].ravel()[np.argmax(x[window])]] += g[i, j]
    return grad.reshape(x.shape)
    """,
    """
    grad = np.zeros(x.shape)
    for i, j in np.ndindex(*g.shape):
        left = True
        window = x[i * S : i * S + F, j * S : j * S + F]
        for a, b in np.ndindex(F, F):
            if left and window[a, b] == window.max():
                grad[i * S + a, j * S + b] += g[i, j]
                left = False
    return grad
    """,
    """
    from course_utils import ops
    return ops.max_pool2d_backward(g[None], x[None].astype(float), F, stride=S)[0]
    """,
]

WRONG["06.max_pool_backward"] = [
    (
        "grad = np.zeros(x.shape)\nfor i, j in np.ndindex(*g.shape):\n"
        "    largest = x[i * S : i * S + F, j * S : j * S + F].max()\n"
        "    p, q = np.argwhere(x == largest)[0]\n    grad[p, q] += g[i, j]\nreturn grad",
        "the winner is looked for in the whole input",
    ),
    (
        but(BACK, "grad[i * S + a, j * S + b]", "grad[i * S, j * S]"),
        "the first value of each window gets the gradient",
    ),
    (but(BACK, "window = x[", "window = g["), None),
    (but(BACK, "grad[i * S + a, j * S + b]", "grad[i * F + a, j * F + b]"), None),
    (but(MASKED, "window == window.max()", "window >= window.mean()"), None),
    (
        but(BACK, "shape[0])", "shape[0] - 1)", "shape[1])", "shape[1] - 1)"),
        "the last row and column of windows hand nothing back",
    ),
    (MASKED, "every maximum of a window gets the whole gradient"),
    (
        but(MASKED, "window.max())", "window.max()) / np.sum(window == window.max())"),
        "equal values share the gradient",
    ),
    (
        but(MASKED, "(window == window.max())", "np.ones((F, F)) / F**2"),
        "the gradient is shared by the whole window",
    ),
    (
        but(MASKED, " * (window == window.max())", ""),
        "every value of the window gets the whole gradient",
    ),
    (but(BACK, "+=", "="), "later windows overwrite what earlier ones passed on"),
    (but(SEARCHED, "+=", "="), "later windows overwrite what earlier ones passed on"),
    (but(SEARCHED, "> best", ">= best"), "the last maximum gets it, not the first"),
    (
        but(
            UNRAVELLED,
            "np.unravel_index(window.argmax(), window.shape)",
            "np.argwhere(window == window.max())[-1]",
        ),
        "the last maximum gets it, not the first",
    ),
    (
        but(BACK, "a, b = divmod(np.argmax(window), F)", "b, a = divmod(np.argmax(window.T), F)"),
        "the first maximum column by column",
    ),
    (
        but(
            SEARCHED,
            "for a in range(F)",
            "for q in range(F)",
            "for b in range(F)",
            "for a in range(F)",
            "for q in",
            "for b in",
        ),
        "the first maximum column by column",
    ),
    (but(BACK, "a, b = div", "b, a = div"), "row and column of the winner are exchanged"),
    (
        but(
            BACK,
            "a, b = divmod(np.argmax(window), F)",
            "n = np.argmax(window)\n        a, b = n % F, n // F",
        ),
        "row and column of the winner are exchanged",
    ),
    (
        but(BACK, "(window), F)", "(window), S)"),
        "the winner's place is taken apart with S instead of F",
    ),
    (
        but(BACK, "(window), F)", "(window), x.shape[1])"),
        "the winner's place is taken apart with the width of x",
    ),
    (
        but(UNRAVELLED, "window.shape)", "x.shape)"),
        "the winner's place is taken apart with the width of x",
    ),
    (but(SEARCHED, "-np.inf, None", "0, (i * S, j * S)"), "the search for the largest starts at 0"),
    (but(BACK, "np.argmax(window)", "np.argmax(np.abs(window))"), "the largest magnitude gets it"),
    (but(BACK, "argmax", "argmin"), "the smallest value gets it"),
    (
        but(BACK, "+= g[i, j]", "+= g[i, j] * window[a, b]"),
        "the gradient is multiplied by the value",
    ),
    (
        but(BACK, "+= g[i, j]", "+= window.max()"),
        "the value itself stands where the gradient belongs",
    ),
    (but(BACK, "+= g[i, j]", "+= 1"), "the gradient that arrives is taken to be all ones"),
    (
        but(BACK, "[i * S + a, j * S + b]", "[a, b]"),
        "the place in the window is taken for the place in x",
    ),
    (
        but(BACK, "[i * S + a, j * S + b]", "[i + a, j + b]"),
        "the stride is left out of the winner's place",
    ),
    (but(BACK, " * S", ""), "windows start one apart"),
    (but(SEARCHED, " * S", ""), "windows start one apart"),
    (but(BACK, "* S", "* F"), "windows start F apart"),
    (
        but(BACK, "i * S + F", "i * S + S", "j * S + F", "j * S + S", "), F)", "), S)"),
        "windows of S × S instead of F × F",
    ),
    (but(SEARCHED, "range(F)", "range(S)"), None),
    (
        "grad = np.zeros(x.shape)\ngrad[np.unravel_index(x.argmax(), x.shape)] = g.sum()\n"
        "return grad",
        "the largest value of the whole input gets everything",
    ),
    (
        but(BACK, "\nreturn", "\n    return"),
        "only the first row of windows hands back: the return stands inside the loop",
    ),
    (
        but(BACK, "\nreturn", "\n        return"),
        "only the first window hands back: the return stands inside the loops",
    ),
    (
        but(BACK, "np.zeros(x.shape)", "np.zeros_like(x)"),
        "the fractions are cut off where x holds whole numbers",
    ),
    (but(MASKED, "+=", "="), None),
    (but(BACK, "np.zeros(x.shape)", "np.zeros(g.shape)"), None),
    (but(BACK, "return grad", "return grad.T"), None),
    (but(BACK, "return grad", "return grad / F**2"), None),
    (but(BACK, "return grad", "return grad.tolist()"), None),
    (but(BACK, "np.argmax(window)", "np.max(window)"), None),
    (but(BACK, "a, b = divmod(np.argmax(window), F)", "a, b = np.argmax(window)"), None),
    (but(UNRAVELLED, "window.argmax()", "x.argmax()"), None),
    ("return np.where(x == x.max(), g.sum(), 0)", None),
    ("return np.kron(g, np.ones((F, F))) * (x > 0)", None),
    (but(BACK, "np.zeros(x.shape)", "x"), None),
    (but(BACK, "np.zeros(x.shape)", "x.copy()"), None),
    (but(BACK, "+=", "-="), None),
    (but(BACK, "range(g.shape[0])", "range(x.shape[0])"), None),
    (but(BACK, "grad[i * S + a, j * S + b] += g[i, j]", "g[i, j] = grad[i, j]"), None),
]

# 6.3

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

RIGHT["06.avg_pool_backward"] = [
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

WRONG["06.avg_pool_backward"] = [
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

# 6.4

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

RIGHT["06.blur_subsample"] = [
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

WRONG["06.blur_subsample"] = [
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

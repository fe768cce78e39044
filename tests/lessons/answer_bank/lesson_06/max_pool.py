"""Answers to exercise 6.1, right and wrong."""

from tests.lessons.answer_bank.small_changes import but

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

RIGHT: list[str] = [
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

WRONG: list[tuple[str, str | None]] = [
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

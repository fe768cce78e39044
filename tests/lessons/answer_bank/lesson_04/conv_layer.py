"""Answers to exercise 4.1, right and wrong."""

from tests.lessons.answer_bank.small_changes import but

LAYER = """
C, H, W = x.shape
K, C, kH, kW = w.shape
y = np.zeros((K, H - kH + 1, W - kW + 1))
for k in range(K):
    for i in range(H - kH + 1):
        for j in range(W - kW + 1):
            y[k, i, j] = np.sum(x[:, i : i + kH, j : j + kW] * w[k]) + b[k]
return y
"""

ROWS_FIRST = """
C, H, W = x.shape
K, _, kH, kW = w.shape
y = np.zeros((K, H - kH + 1, W - kW + 1))
for i in range(y.shape[1]):
    for j in range(y.shape[2]):
        for k in range(K):
            y[k, i, j] = (x[:, i : i + kH, j : j + kW] * w[k]).sum() + b[k]
return y
"""

SIX_LOOPS = """
C, H, W = x.shape
K, C, kH, kW = w.shape
y = np.zeros((K, H - kH + 1, W - kW + 1))
for k in range(K):
    for i in range(H - kH + 1):
        for j in range(W - kW + 1):
            for c in range(C):
                for p in range(kH):
                    for q in range(kW):
                        y[k, i, j] += x[c, i + p, j + q] * w[k, c, p, q]
            y[k, i, j] += b[k]
return y
"""

BY_CHANNEL = """
from scipy.signal import correlate2d
maps = []
for k in range(len(w)):
    y = 0
    for c in range(len(x)):
        y = y + correlate2d(x[c], w[k, c], mode="valid")
    maps.append(y + b[k])
return np.array(maps)
"""

SUMMED = """
windows = np.lib.stride_tricks.sliding_window_view(x, w.shape[2:], axis=(1, 2))
return np.einsum("cijpq,kcpq->kij", windows, w) + b[:, None, None]
"""

COLUMNS = """
C, H, W = x.shape
K, _, kH, kW = w.shape
M_H, M_W = H - kH + 1, W - kW + 1
cols = np.zeros((C * kH * kW, M_H * M_W))
for i in range(M_H):
    for j in range(M_W):
        cols[:, i * M_W + j] = x[:, i : i + kH, j : j + kW].reshape(-1)
return (w.reshape(K, -1) @ cols + b[:, None]).reshape(K, M_H, M_W)
"""

RIGHT: list[str] = [
    LAYER,
    ROWS_FIRST,
    SIX_LOOPS,
    BY_CHANNEL,
    SUMMED,
    COLUMNS,
    but(BY_CHANNEL, "correlate2d", "convolve2d", "w[k, c]", "w[k, c, ::-1, ::-1]"),
    but(
        SIX_LOOPS,
        "np.zeros((K, H - kH + 1, W - kW + 1))",
        "np.zeros((K, H - kH + 1, W - kW + 1)) + b[:, None, None]",
        "            y[k, i, j] += b[k]\n",
        "",
    ),
    """
    from scipy.signal import correlate
    return np.array([correlate(x, w[k], mode="valid")[0] + b[k] for k in range(len(w))])
    """,
    """
    M_H, M_W = x.shape[1] - w.shape[2] + 1, x.shape[2] - w.shape[3] + 1
    y = np.tile(np.reshape(b, (-1, 1, 1)), (1, M_H, M_W)).astype(float)
    for p in range(w.shape[2]):
        for q in range(w.shape[3]):
            y += np.tensordot(w[:, :, p, q], x[:, p : p + M_H, q : q + M_W], axes=1)
    return y
    """,
    """
    from course_utils.ops import conv2d
    return conv2d(x, w, b)
    """,
    """
    def number(k, i, j):
        window = x[:, i : i + w.shape[2], j : j + w.shape[3]]
        return float(np.vdot(window, w[k]) + b[k])
    rows, columns = x.shape[1] - w.shape[2] + 1, x.shape[2] - w.shape[3] + 1
    return np.array(
        [[[number(k, i, j) for j in range(columns)] for i in range(rows)] for k in range(len(w))]
    )
    """,
]

EXCHANGED = "the row and the column inside the window are exchanged"

OVERWRITTEN = "each product overwrites the one before"

HANG = "windows hang over the edge"

UNFILLED = "the last row and column are never filled in"

WHOLE = "the fractions are cut off where x holds whole numbers"

WRONG: list[tuple[str, str | None]] = [
    (but(LAYER, "range(H - kH + 1)", "range(H - kH)"), "the last row is never filled in"),
    (but(LAYER, "range(W - kW + 1)", "range(W - kW)"), "the last column is never filled in"),
    (but(LAYER, "range(K)", "range(K - 1)"), "the last map is never filled in"),
    (but(LAYER, "range(K)", "range(1, K)"), "the first map is never filled in"),
    (but(SIX_LOOPS, "w[k, c, p, q]", "w[k, c, q, p]"), EXCHANGED),
    (but(SIX_LOOPS, "x[c, i + p, j + q]", "x[c, i + q, j + p]"), EXCHANGED),
    (but(LAYER, "* w[k])", "* w[k]) / C"), "the channels are averaged"),
    (but(BY_CHANNEL, "y + b[k]", "y / len(x) + b[k]"), "the channels are averaged"),
    (but(LAYER, "np.sum", "np.mean"), "the mean of the products instead of their sum"),
    (but(ROWS_FIRST, "sum()", "mean()"), "the mean of the products instead of their sum"),
    (but(LAYER, "w[k])", "w[k, 0])"), "one kernel is used for all channels"),
    (but(SIX_LOOPS, "w[k, c,", "w[k, 0,"), "one kernel is used for all channels"),
    (
        but(LAYER, "x[:, i", "x.sum(axis=0)[i", "w[k])", "w[k, 0])"),
        "one kernel is used for all channels",
    ),
    (but(BY_CHANNEL, "w[k, c]", "w[k, 0]"), "one kernel is used for all channels"),
    (but(LAYER, "x[:, i", "x[0, i", "w[k])", "w[k, 0])"), "only the first channel is seen"),
    (but(SIX_LOOPS, "in range(C)", "in range(1)"), "only the first channel is seen"),
    (but(BY_CHANNEL, "y = y + ", "y = "), "each channel overwrites the one before"),
    (but(SIX_LOOPS, "y[k, i, j] += x", "y[k, i, j] = x"), OVERWRITTEN),
    (
        but(SUMMED, "->kij", "->kcij", "b[:, None, None]", "b[:, None, None, None]"),
        "the channels are not summed",
    ),
    (but(LAYER, "x[:, i", "x[k, i"), "filter k looks at channel k only"),
    (but(SIX_LOOPS, "x[c, i", "x[k, i"), "filter k looks at channel k only"),
    (but(LAYER, "w[k]", "w[0]"), "every map is made with the first filter"),
    (
        but(SIX_LOOPS, "            y[k, i, j] += b[k]\n", "                y[k, i, j] += b[k]\n"),
        "the bias is added once for each channel",
    ),
    (
        but(BY_CHANNEL, 'mode="valid")', 'mode="valid") + b[k]', "append(y + b[k])", "append(y)"),
        "the bias is added once for each channel",
    ),
    (but(LAYER, "w[k]) + b[k]", "w[k] + b[k])"), "the bias is added to every product"),
    (
        but(
            SIX_LOOPS,
            "w[k, c, p, q]",
            "w[k, c, p, q] + b[k]",
            "            y[k, i, j] += b[k]\n",
            "",
        ),
        "the bias is added to every product",
    ),
    (but(LAYER, " + b[k]", ""), "the bias is left out"),
    (but(SUMMED, " + b[:, None, None]", ""), "the bias is left out"),
    ("from course_utils.ops import conv2d\nreturn conv2d(x, w)", "the bias is left out"),
    (but(LAYER, "+ b[k]", "- b[k]"), "the bias is subtracted"),
    (but(LAYER, "+ b[k]", "* b[k]"), "the bias multiplies"),
    (but(LAYER, "b[k]", "b[0]"), "every map gets the first bias"),
    (but(LAYER, "b[k]", "b.sum()"), "all the biases are added to every map"),
    (but(LAYER, "* w[k]) + b[k]", "* w[k]) + np.sum(b)"), "all the biases are added to every map"),
    (
        but(LAYER, "+ b[k]", "+ (b if len(b) > 1 else b[0])"),
        "the whole vector b is added to one number",
    ),
    (but(SUMMED, "b[:, None, None]", "b"), "b is added along the columns"),
    (but(LAYER, " + b[k]", "", "return y", "return y + b"), "b is added along the columns"),
    (but(SUMMED, "b[:, None, None]", "b[:, None]"), "b is added along the rows"),
    (but(SUMMED, "b[:, None, None]", "b.reshape(-1, 1)"), "b is added along the rows"),
    (
        but(
            LAYER,
            "return y",
            "for k in range(K):\n    z = y.sum(axis=0)\nreturn np.repeat(z[None], K, axis=0)",
        ),
        "the maps are summed over the filters",
    ),
    (but(LAYER, "return y", "return y.sum(axis=0)"), "the filters are summed into one map"),
    (
        but(LAYER, "(K, H", "(H", "y[k, i, j] =", "y[i, j] +="),
        "the filters are summed into one map",
    ),
    (but(LAYER, "w[k])", "w[k, :, ::-1, ::-1])"), "the kernels are flipped"),
    (but(SIX_LOOPS, "c, p, q]", "c, kH - 1 - p, kW - 1 - q]"), "the kernels are flipped"),
    (but(BY_CHANNEL, "correlate2d", "convolve2d"), "the kernels are flipped"),
    (but(LAYER, "w[k])", "np.rot90(w[k], 2, axes=(1, 2)))"), "the kernels are flipped"),
    (but(LAYER, "w[k])", "np.flip(w[k]))"), "the filters are flipped in all three axes"),
    (
        """
        from scipy.signal import convolve
        return np.array([convolve(x, w[k], mode="valid")[0] + b[k] for k in range(len(w))])
        """,
        "the filters are flipped in all three axes",
    ),
    (but(LAYER, "w[k])", "w[k, :, ::-1])"), "the kernels are flipped top to bottom"),
    (but(LAYER, "w[k])", "w[k, :, :, ::-1])"), "the kernels are flipped left to right"),
    (but(LAYER, "w[k])", "w[k][::-1])"), "the channels are paired in reverse order"),
    ("w = w.transpose(0, 1, 3, 2)\n" + LAYER.strip(), "rows are taken for columns in the kernel"),
    ("x = np.swapaxes(x, 1, 2)\n" + ROWS_FIRST.strip(), "rows are taken for columns in the input"),
    ("x = x.transpose(0, 2, 1)\n" + LAYER.strip(), "rows are taken for columns in the input"),
    (
        but(LAYER, "return y", "return y.transpose(0, 2, 1)"),
        "rows are taken for columns in the result",
    ),
    (
        but(LAYER, "return y", "return np.swapaxes(y, 1, 2)"),
        "rows are taken for columns in the result",
    ),
    (but(LAYER, "C, kH, kW", "C, kW, kH"), "the kernel's height and width are exchanged"),
    (
        but(LAYER, "j + kW", "j + kH", "W - kW", "W - kH"),
        "the kernel's height is used for both sides",
    ),
    (
        but(LAYER, "K, C, kH, kW = w.shape", "K, kH = w.shape[0], w.shape[2]\nkW = kH"),
        "the kernel's height is used for both sides",
    ),
    (
        but(LAYER, "i + kH", "i + kW", "H - kH", "H - kW"),
        "the kernel's width is used for both sides",
    ),
    (but(LAYER, "C, H, W", "C, W, H"), "the input's height and width are exchanged"),
    (but(LAYER, "W - kW + 1", "H - kH + 1"), "M_H is used for both sides of the maps"),
    (but(LAYER, "return y", "return y.transpose(1, 2, 0)"), "the maps come last"),
    (
        but(
            LAYER,
            "(K, H - kH + 1, W - kW + 1)",
            "(H - kH + 1, W - kW + 1, K)",
            "[k, i, j]",
            "[i, j, k]",
        ),
        "the maps come last",
    ),
    (but(SUMMED, "->kij", "->ijk", "b[:, None, None]", "b"), "the maps come last"),
    (but(LAYER, "zeros((K", "zeros((C"), "there is room for C maps instead of K"),
    (but(LAYER, "K, C, kH", "C, K, kH"), "filters and channels are exchanged in the shape of w"),
    (
        but(LAYER, " - kH + 1", " - kH", " - kW + 1", " - kW"),
        "the last row and column of windows are missing",
    ),
    (
        but(LAYER, "range(H - kH + 1)", "range(H - kH)", "range(W - kW + 1)", "range(W - kW)"),
        UNFILLED,
    ),
    (but(LAYER, "H - kH + 1", "H", "W - kW + 1", "W"), HANG),
    (but(LAYER, "return y", "return np.maximum(y, 0)"), "negative values are clamped to zero"),
    (
        but(
            LAYER,
            "np.sum(x[:, i : i + kH, j : j + kW] * w[k]) + b[k]",
            "max(0, np.sum(x[:, i : i + kH, j : j + kW] * w[k]) + b[k])",
        ),
        "negative values are clamped to zero",
    ),
    (
        but(LAYER, "\nreturn", "\n    return"),
        "only the first map is filled in: the return stands inside the loop",
    ),
    (
        but(ROWS_FIRST, "\nreturn", "\n    return"),
        "only the first row of each map is filled in: the return stands inside the loop",
    ),
    (
        but(LAYER, "\nreturn", "\n            return"),
        "only one number is filled in: the return stands inside the loops",
    ),
    (
        but(
            LAYER, "\nreturn", "\n        return", "for j in range(W - kW + 1)", "for j in range(1)"
        ),
        "only one number is filled in: the return stands inside the loops",
    ),
    (but(LAYER, "W - kW + 1))", "W - kW + 1), dtype=x.dtype)"), WHOLE),
    (but(LAYER, "np.zeros(", "np.zeros_like(x, shape="), WHOLE),
    (
        """
        kH, kW = w.shape[2:]
        top, left = (kH - 1) // 2, (kW - 1) // 2
        p = np.pad(x, ((0, 0), (top, kH - 1 - top), (left, kW - 1 - left)))
        windows = np.lib.stride_tricks.sliding_window_view(p, (kH, kW), axis=(1, 2))
        return np.einsum("cijpq,kcpq->kij", windows, w) + b[:, None, None]
        """,
        "zeros are added around the input",
    ),
    (
        """
        from scipy.signal import correlate2d
        return np.array([
            sum(correlate2d(x[c], w[k, c], "same") for c in range(len(x))) + b[k]
            for k in range(len(w))
        ])
        """,
        "zeros are added around the input",
    ),
    (but(LAYER, "(H - kH + 1)", "(0, H - kH + 1, kH)"), None),
    (but(LAYER, "i + kH, j", "kH, j"), None),
    (but(LAYER, "H - kH + 1, W - kW + 1))", "H - kH + 1, W - kW + 1), dtype=int)"), None),
    (but(LAYER, "kW] * w[k]", "kW] @ w[k]"), None),
    (but(LAYER, "return y", "return y.tolist()"), None),
    (but(LAYER, "return y", "return y[None]"), None),
    (but(LAYER, "return y", "print(y)"), None),
    ("x -= x.mean()\n" + LAYER.strip(), None),
    (but(LAYER, "np.sum(", "np.max("), None),
    (but(BY_CHANNEL, ', mode="valid"', ""), None),
    (but(COLUMNS, "reshape(-1)\n", 'reshape(-1, order="F")\n'), None),
    (but(COLUMNS, "i * M_W + j", "j * M_H + i"), None),
    (but(LAYER, "zeros", "empty", "H - kH + 1)", "1)"), None),
    ("return x", None),
    ("from course_utils.ops import conv2d\nreturn conv2d(x, w, b, padding=1)", None),
    (
        "from course_utils.ops import conv2d\nreturn conv2d(x, w, b, padding='same')",
        "zeros are added around the input",
    ),
    (
        but(LAYER, "x[:, i : i + kH, j : j + kW]", "x[i : i + kH, j : j + kW]"),
        "the window takes channels for rows",
    ),
    (but(LAYER, "* w[k])", "* w)"), "every map gets all filters at once"),
    (but(LAYER, "+ b[k]", "+ b"), "the whole b is added at one place"),
    (
        """
     H, W = x.shape
     kH, kW = w.shape
     y = np.zeros((H - kH + 1, W - kW + 1))
     for i in range(H - kH + 1):
         for j in range(W - kW + 1):
             y[i, j] = np.sum(x[i : i + kH, j : j + kW] * w) + b
     return y
     """,
        "a filter for one channel is slid over all of them",
    ),
]

"""Answers to the exercises of lesson 04, right and wrong."""

from __future__ import annotations

from tests.exercises.answer_bank.text import but

RIGHT: dict[str, list[str]] = {}
WRONG: dict[str, list[tuple[str, str | None]]] = {}

# 4.1

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

RIGHT["04.conv_layer"] = [
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
WRONG["04.conv_layer"] = [
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
]

# 4.2

COST = """
weights = K * (C // groups) * F * F
M_H = (H + 2 * P - F) // S + 1
M_W = (W + 2 * P - F) // S + 1
return weights + K, weights * M_H * M_W
"""
PLACES = "H + 2 * P - F) // S + 1\nM_W = (W + 2 * P - F) // S + 1"

RIGHT["04.layer_cost"] = [
    COST,
    but(COST, "K * (C // groups) * F * F", "K * C * F**2 // groups"),
    but(COST, "weights + K, weights * M_H * M_W", "[weights + K, weights * M_H * M_W]"),
    but(COST, "C // groups", "int(C / groups)"),
    but(
        COST,
        "return weights + K, weights * M_H * M_W",
        "return np.array([weights + K, weights * M_H * M_W])",
    ),
    """
    from course_utils.ops import output_size
    per_filter = C // groups * F * F
    places = output_size(H, F, S, P) * output_size(W, F, S, P)
    return K * (per_filter + 1), K * per_filter * places
    """,
    """
    rows = len(range(0, H + 2 * P - F + 1, S))
    columns = len(range(0, W + 2 * P - F + 1, S))
    w = np.zeros((K, C // groups, F, F))
    return w.size + K, w.size * rows * columns
    """,
    """
    parameters = macs = 0
    for k in range(K):
        parameters += F * F * C // groups + 1
        macs += F * F * C // groups * ((H + 2 * P - F) // S + 1) * ((W + 2 * P - F) // S + 1)
    return parameters, macs
    """,
]

WRONG["04.layer_cost"] = [
    (but(COST, "weights + K,", "weights,"), "the biases are forgotten"),
    (but(COST, "weights + K,", "weights + 1,"), "one bias for the whole layer"),
    (but(COST, "weights + K,", "weights + C,"), "one bias for each channel of the input"),
    (
        but(COST, "return weights + K", "return K * (C // groups) * (F * F + 1)"),
        "one bias for each channel of each filter",
    ),
    (but(COST, "weights + K,", "weights + groups,"), "one bias for each group"),
    (but(COST, "weights + K,", "weights + K * M_H * M_W,"), "one bias for each place of each map"),
    (
        but(COST, "K * (C // groups) * F", "K * F"),
        "filters are taken for flat, without the depth C",
    ),
    (
        but(COST, ", weights * M_H", ", K * F * F * M_H"),
        "the depth is left out of the multiply-adds",
    ),
    (
        but(COST, "K * (C // groups)", "(C // groups)", "weights + K", "weights + 1"),
        "only one filter is counted",
    ),
    (
        but(COST, ", weights * M_H", ", (C // groups) * F * F * M_H"),
        "the multiply-adds of one filter only",
    ),
    (but(COST, "F * F", "F"), "a kernel is taken to have F weights instead of F·F"),
    (
        but(COST, ", weights * M_H * M_W", ", weights * H * W"),
        "the products are counted at every place of the input",
    ),
    (
        but(COST, ", weights * M_H * M_W", ", weights * (H + 2 * P) * (W + 2 * P)"),
        "the products are counted at every place of the padded input",
    ),
    (
        but(COST, "(H + 2 * P - F) // S + 1", "H // S", "(W + 2 * P - F) // S + 1", "W // S"),
        "the places are N // S",
    ),
    (but(COST, "// S + 1", "// S"), "the + 1 is missing in the number of places"),
    (but(COST, " + 2 * P", ""), "the padding is left out"),
    (but(COST, "2 * P", "P"), "the padding is counted once"),
    (but(COST, "// S", ""), "the stride is ignored"),
    (but(COST, "2 * P", "2 * S", "// S", "// P"), "stride and padding are exchanged"),
    (
        but(
            COST,
            "M_H = (H + 2 * P - F) // S",
            "M_H = -(-(H + 2 * P - F) // S)",
            "M_W = (W + 2 * P - F) // S",
            "M_W = -(-(W + 2 * P - F) // S)",
        ),
        "the number of places is rounded up",
    ),
    (
        but(
            COST,
            "// S + 1",
            "/ S + 1",
            "weights * M_H * M_W",
            "weights * int(np.ceil(M_H)) * int(np.ceil(M_W))",
        ),
        "the number of places is rounded up",
    ),
    (but(COST, "M_H * M_W", "M_H**2"), "M_H is used for both sides"),
    (but(COST, "M_W = (W", "M_W = (H"), "M_H is used for both sides"),
    (but(COST, "M_H * M_W", "M_W * M_W"), "M_W is used for both sides"),
    (but(COST, " * M_W", ""), "only the places of one side are counted"),
    (
        but(COST, ", weights * M_H", ", (weights + K) * M_H"),
        "the biases are counted among the multiply-adds",
    ),
    (
        but(COST, "F * F\n", "F * F + K\n", "weights + K,", "weights,"),
        "the biases are counted among the multiply-adds",
    ),
    (
        but(COST, ", weights * M_H", ", 2 * weights * M_H"),
        "a multiply-add is counted as two operations",
    ),
    (
        but(COST, ", weights * M_H", ", K * M_H"),
        "the values of the output are counted in place of the products",
    ),
    (
        but(COST, "weights + K, weights * M_H * M_W", "weights * M_H * M_W, weights + K"),
        "the multiply-adds stand before the parameters",
    ),
    (but(COST, "(C // groups)", "C"), "the groups are ignored"),
    (
        but(COST, ", weights * M_H", ", K * C * F * F * M_H"),
        "the groups are ignored in the multiply-adds",
    ),
    (
        but(COST, "return weights + K", "return K * C * F * F + K"),
        "the groups are ignored in the parameters",
    ),
    (
        but(COST, "K * (C", "(K // groups) * (C"),
        "both channels and filters are divided by the groups",
    ),
    (but(COST, "C // groups", "C * groups"), "the groups multiply instead of dividing"),
    (
        but(COST, "return weights + K", "return (K * C * F * F + K) // groups"),
        "the biases are divided by the groups too",
    ),
    (but(COST, "C // groups", "C / groups"), "the numbers are right, but floats instead of ints"),
    (but(COST, "weights + K, weights * M_H * M_W", "weights + K"), None),
    (but(COST, "weights + K, weights * M_H * M_W", "{'parameters': weights + K}"), None),
    (but(COST, "// S + 1", "/ S + 1"), None),
    (but(COST, "weights + K, weights", "str(weights + K), weights"), None),
    (but(COST, "F * F", "F ^ 2"), None),
    (but(COST, "K * (C // groups) * F * F", "K + (C // groups) * F * F"), None),
    (but(COST, "M_H * M_W", "M_H + M_W"), None),
    (but(COST, "// S + 1", "// (S + 1)"), None),
    (but(COST, "+ 2 * P - F", "+ 2 * P + F"), None),
]

# 4.3

GROUPED = """
c, k = len(x) // groups, len(w) // groups
maps = []
for g in range(groups):
    maps.append(conv2d(x[g * c : (g + 1) * c], w[g * k : (g + 1) * k]))
return np.concatenate(maps)
"""
FILLED = """
C, H, W = x.shape
K, c, kH, kW = w.shape
y = np.zeros((K, H - kH + 1, W - kW + 1))
for k in range(K):
    g = k // (K // groups)
    for i in range(H - kH + 1):
        for j in range(W - kW + 1):
            y[k, i, j] = np.sum(x[g * c : (g + 1) * c, i : i + kH, j : j + kW] * w[k])
return y
"""

RIGHT["04.grouped_conv"] = [
    GROUPED,
    FILLED,
    "return conv2d(x, w, groups=groups)",
    but(FILLED, "k // (K // groups)", "k * groups // K"),
    but(GROUPED, "np.concatenate(maps)", "np.vstack(maps)"),
    """
    pairs = zip(np.split(x, groups), np.split(w, groups))
    return np.concatenate([conv2d(part, filters) for part, filters in pairs])
    """,
    """
    c = w.shape[1]
    full = np.zeros((len(w), len(x), *w.shape[2:]))
    for k in range(len(w)):
        g = k * groups // len(w)
        full[k, g * c : (g + 1) * c] = w[k]
    return conv2d(x, full)
    """,
    """
    kH, kW = w.shape[2:]
    windows = np.lib.stride_tricks.sliding_window_view(x, (kH, kW), axis=(1, 2))
    windows = windows.reshape(groups, -1, *windows.shape[1:])
    filters = w.reshape(groups, -1, *w.shape[1:])
    y = np.einsum("gcijpq,gkcpq->gkij", windows, filters)
    return y.reshape(len(w), *y.shape[2:])
    """,
    """
    from scipy.signal import correlate
    c, k = len(x) // groups, len(w) // groups
    return np.array([
        correlate(x[i // k * c : i // k * c + c], w[i], mode="valid")[0] for i in range(len(w))
    ])
    """,
]

WRONG["04.grouped_conv"] = [
    (but(GROUPED, "x[g * c : (g + 1) * c]", "x[g::groups]"), "channels are dealt out like cards"),
    (but(FILLED, "x[g * c : (g + 1) * c,", "x[g::groups,"), "channels are dealt out like cards"),
    (but(FILLED, "k // (K // groups)", "k % groups"), "filters are dealt out like cards"),
    (
        but(GROUPED, "w[g * k : (g + 1) * k]", "w[g::groups]"),
        "filters are dealt out like cards, and the maps stand in that order",
    ),
    (
        but(
            GROUPED,
            "x[g * c : (g + 1) * c]",
            "x[g::groups]",
            "w[g * k : (g + 1) * k]",
            "w[g::groups]",
        ),
        "channels and filters are both dealt out like cards",
    ),
    (
        "c = w.shape[1]\nmaps = [conv2d(x[k // groups * c : (k // groups + 1) * c], w[k : k + 1]) "
        "for k in range(len(w))]\nreturn np.concatenate(maps)",
        "filter k is put in group k // groups",
    ),
    ("return conv2d(x[: len(x) // groups], w)", "every filter sees the first channels"),
    (but(GROUPED, "x[g * c : (g + 1) * c]", "x[:c]"), "every filter sees the first channels"),
    (but(FILLED, "x[g * c : (g + 1) * c", "x[:c"), "every filter sees the first channels"),
    (
        "return conv2d(x, np.concatenate([w] * groups, axis=1))",
        "every filter sees all channels, its weights repeated",
    ),
    ("return conv2d(x, w)", "everything goes to one ordinary layer"),
    (but(GROUPED, "x[g * c : (g + 1) * c]", "x"), "everything goes to one ordinary layer"),
    (but(GROUPED, "w[g * k : (g + 1) * k]", "w[:k]"), "every group uses the first filters"),
    (but(GROUPED, "x[g * c : (g + 1) * c]", "x[g : g + c]"), "groups start one channel apart"),
    (but(GROUPED, "w[g * k : (g + 1) * k]", "w[g : g + k]"), "groups start one filter apart"),
    (
        but(
            GROUPED,
            "x[g * c : (g + 1) * c]",
            "x[g : g + c]",
            "w[g * k : (g + 1) * k]",
            "w[g : g + k]",
        ),
        "groups start one apart in channels and filters",
    ),
    (
        but(GROUPED, "x[g * c : (g + 1) * c]", "x[g * groups : (g + 1) * groups]"),
        "a group is taken to have as many channels as there are groups",
    ),
    (
        but(GROUPED, "w[g * k : (g + 1) * k]", "w[g * groups : (g + 1) * groups]"),
        "a group is taken to have as many filters as there are groups",
    ),
    (but(GROUPED, "c, k =", "k, c ="), "channels and filters are sliced with each other's count"),
    (
        but(
            GROUPED,
            "x[g * c : (g + 1) * c]",
            "x[g * k : (g + 1) * k]",
            "w[g * k : (g + 1) * k]",
            "w[g * c : (g + 1) * c]",
        ),
        "channels and filters are sliced with each other's count",
    ),
    (but(GROUPED, "w[g * k : (g + 1) * k]", "w"), "every filter is applied to every group"),
    (but(GROUPED, "np.concatenate(maps)", "sum(maps)"), "the maps of the groups are added"),
    (
        but(GROUPED, "np.concatenate(maps)", "np.sum(maps, axis=0)"),
        "the maps of the groups are added",
    ),
    (
        but(GROUPED, "k]))", "k]).sum(axis=0))", "np.concatenate", "np.array"),
        "each group gives one map",
    ),
    (
        but(GROUPED, "np.concatenate(maps)", "np.array(maps)"),
        "the groups are stacked on an axis of their own",
    ),
    (
        but(GROUPED, "np.concatenate(maps)", "np.stack(maps)"),
        "the groups are stacked on an axis of their own",
    ),
    (
        but(GROUPED, "np.concatenate(maps)", "np.hstack(maps)"),
        "the maps are joined below each other",
    ),
    (
        but(GROUPED, "np.concatenate(maps)", "np.concatenate(maps, axis=1)"),
        "the maps are joined below each other",
    ),
    (
        but(GROUPED, "np.concatenate(maps)", "np.concatenate(maps, axis=-1)"),
        "the maps are joined side by side",
    ),
    (but(GROUPED, "np.concatenate(maps)", "np.dstack(maps)"), "the maps are joined side by side"),
    (
        but(GROUPED, "\nreturn", "\n    return"),
        "only the first group comes out: the return stands inside the loop",
    ),
    (
        but(
            GROUPED,
            "maps.append(conv2d(x[g * c : (g + 1) * c], w[g * k : (g + 1) * k]))",
            "y = conv2d(x[g * c : (g + 1) * c], w[g * k : (g + 1) * k])",
            "np.concatenate(maps)",
            "y",
        ),
        "only the last group is kept",
    ),
    (but(GROUPED, "in range(groups)", "in range(groups - 1)"), "the last group is left out"),
    (but(FILLED, "* w[k]", "* w[k, :, ::-1, ::-1]"), "the kernels are flipped"),
    (but(GROUPED, "np.concatenate(maps)", "maps"), None),
    (but(GROUPED, "range(groups)", "range(1, groups + 1)"), None),
    (but(GROUPED, "(g + 1) * c", "(g + 1) * c - 1"), None),
    (but(GROUPED, "x[g * c : (g + 1) * c]", "x[g * c]"), None),
    (but(GROUPED, "//", "/"), None),
    (but(FILLED, "W - kW + 1))", "W - kW + 1), dtype=x.dtype)"), None),
    (but(GROUPED, "k]))", "k], padding=1))"), None),
    (but(GROUPED, "np.concatenate(maps)", "np.mean(maps, axis=0)"), None),
    (but(GROUPED, "np.concatenate(maps)", "np.concatenate(maps[::-1])"), None),
    ("x /= groups\n" + GROUPED.strip(), None),
    ("return conv2d(x, w, groups=len(x))", None),
]

# 4.4

RIGHT["04.dense_as_conv"] = [
    "return W.reshape(len(W), C, kH, kW)",
    "return W.reshape(-1, C, kH, kW)",
    "return np.reshape(W, (W.shape[0], C, kH, kW)).copy()",
    "return W.T.reshape(C, kH, kW, len(W)).transpose(3, 0, 1, 2)",
    "return np.array([row.reshape(C, kH, kW) for row in W])",
    "return np.array([[np.split(channel, kH) for channel in np.split(row, C)] for row in W])",
    """
    w = np.zeros((len(W), C, kH, kW))
    for k in range(len(W)):
        for c in range(C):
            for a in range(kH):
                for b in range(kW):
                    w[k, c, a, b] = W[k, (c * kH + a) * kW + b]
    return w
    """,
    """
    filters = np.empty((len(W), C, kH, kW))
    filters.flat = W
    return filters
    """,
    "return W.reshape(len(W), kW, kH, C, order='F').transpose(0, 3, 2, 1)",
]
PLACED = RIGHT["04.dense_as_conv"][6]

WRONG["04.dense_as_conv"] = [
    (
        "return W.reshape(len(W), kH, kW, C).transpose(0, 3, 1, 2)",
        "channels are taken to run fastest",
    ),
    ("return np.moveaxis(W.reshape(-1, kH, kW, C), -1, 1)", "channels are taken to run fastest"),
    (
        but(PLACED, "(c * kH + a) * kW + b", "(a * kW + b) * C + c"),
        "channels are taken to run fastest",
    ),
    ("return W.reshape(len(W), kH, kW, C)", "the channels are left standing last"),
    (
        'return W.reshape(len(W), C, kH, kW, order="F")',
        'the row is read in column order (order="F")',
    ),
    (
        "return W.reshape(C, kH, kW, len(W)).transpose(3, 0, 1, 2)",
        "the filters are taken to run fastest",
    ),
    ("return W.reshape(len(W), C, kH, kW)[:, :, ::-1, ::-1]", "the kernels are flipped"),
    ("return np.flip(W.reshape(len(W), C, kH, kW), axis=(2, 3))", "the kernels are flipped"),
    ("return W[:, ::-1].reshape(len(W), C, kH, kW)", "each row of W is read backwards"),
    ("return W.T.reshape(len(W), C, kH, kW)", "the weight matrix is transposed first"),
    ("return W.reshape(len(W), C, kW, kH).transpose(0, 1, 3, 2)", "rows are taken for columns"),
    (but(PLACED, "(c * kH + a) * kW + b", "(c * kW + b) * kH + a"), "rows are taken for columns"),
    ("return W.reshape(len(W), C, kW, kH)", "height and width are exchanged in the shape"),
    (
        "return W.reshape(len(W), C, kH, kW).transpose(0, 1, 3, 2)",
        "the kernels are transposed afterwards",
    ),
    (
        but(PLACED, "(c * kH + a) * kW + b", "c * kH * kW + a * kH + b"),
        "a row is taken to be kH long",
    ),
    (
        but(PLACED, "(c * kH + a) * kW + b", "(c + a) * kW + b"),
        "a channel is taken to be one row long",
    ),
    (
        but(PLACED, "(c * kH + a) * kW + b", "a * kW + b"),
        "every channel gets the weights of the first",
    ),
    ("return W.reshape(C, len(W), kH, kW)", "filters and channels are exchanged"),
    ("return W.reshape(C, -1, kH, kW)", "filters and channels are exchanged"),
    (
        "return W.reshape(-1, C, kH, kW).transpose(1, 0, 2, 3)",
        "filters and channels are exchanged afterwards",
    ),
    ("return W.reshape(-1, kH, kW)", "filters and channels share one axis"),
    ("return W.reshape(len(W), C, -1)", "one axis for all the weights of a channel"),
    ("return W.reshape(1, len(W), C, kH, kW)", "there is an axis too many, for a batch"),
    ("return W.reshape(-1, C, kH, kW)[None]", "there is an axis too many, for a batch"),
    ("return W[0].reshape(C, kH, kW)", "only the first filter is made"),
    ("return W.reshape(1, C, kH, kW)", "W is taken to hold one filter"),
    ("return W", "W is handed back as it is"),
    ("return W.reshape(C, kH, kW)", None),
    ("return W.T", None),
    ("return W.reshape(len(W), C, kH, kW).tolist()", None),
    ("return W.reshape(len(W), C, kH, kW) / (kH * kW)", None),
    ("W.shape = (len(W), C, kH, kW)", None),
    ("W.reshape(len(W), C, kH, kW)", None),
    ("return np.resize(W, (C, kH, kW))", "only the first filter is made"),
    ("return W.reshape(len(W), C, kH, kW).astype(int)", None),
    ("return W.reshape(kH, kW, C, len(W)).transpose(3, 2, 0, 1)", None),
]

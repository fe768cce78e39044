"""Answers to exercise 2.1, right and wrong."""

from tests.lessons.answer_bank.small_changes import but

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

RIGHT: list[str] = [
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

WRONG: list[tuple[str, str | None]] = [
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
    (
        but(
            SLIDE,
            "H, W = x.shape",
            "H = W = x.shape[0]",
            "kH, kW = w.shape",
            "kH = kW = w.shape[0]",
        ),
        "picture and kernel are taken to be square",
    ),
    (
        """
     n, k = len(x), len(w)
     y = np.zeros((n - k + 1, n - k + 1))
     for i in range(n - k + 1):
         for j in range(n - k + 1):
             y[i, j] = (x[i : i + k, j : j + k] * w).sum()
     return y
     """,
        "picture and kernel are taken to be square",
    ),
    (but(SLIDE, "H, W = x.shape", "H = W = x.shape[0]"), "the picture is taken to be square"),
    (but(SLIDE, "kH, kW = w.shape", "kH = kW = len(w)"), "the kernel is taken to be square"),
    (but(SLIDE, "kH, kW = w.shape", "kH = kW = 3"), "the kernel is taken to be 3×3"),
    (
        but(
            SLIDE,
            "kH, kW = w.shape",
            "kH, kW = w.shape\ns = 0",
            "y[i, j] = np.sum(x[i : i + kH, j : j + kW] * w)",
            "s += np.sum(x[i : i + kH, j : j + kW] * w)\n        y[i, j] = s",
        ),
        "the sum is not set back to 0 for each window",
    ),
    (
        but(
            SLIDE,
            "    for j",
            "    s = 0\n    for j",
            "y[i, j] = np.sum(x[i : i + kH, j : j + kW] * w)",
            "s += np.sum(x[i : i + kH, j : j + kW] * w)\n        y[i, j] = s",
        ),
        "the sum is set back to 0 only at the beginning of a row",
    ),
]

"""Answers to the exercises of lesson 02, right and wrong."""

from __future__ import annotations

from tests.exercises.answer_bank.text import but

RIGHT: dict[str, list[str]] = {}
WRONG: dict[str, list[tuple[str, str | None]]] = {}

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

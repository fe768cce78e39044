"""Answers to exercise 2.4, right and wrong."""

from tests.lessons.answer_bank.small_changes import but

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

RIGHT: list[str] = [
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

WRONG: list[tuple[str, str | None]] = [
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
    (
        but(LOOKED_AT, "kH + 1", "kH", "kW + 1", "kW"),
        "the last row and column of windows are not looked at",
    ),
    (
        but(
            LIKENESS,
            "argmax(likeness)",
            "argmax(likeness[:-1, :-1])",
            "likeness.shape",
            "likeness[:-1, :-1].shape",
        ),
        "the last row and column of windows are not looked at",
    ),
    (but(LOOKED_AT, "kH + 1", "kH"), "the last row of windows is not looked at"),
    (but(LOOKED_AT, "kW + 1", "kW"), "the last column of windows is not looked at"),
    (
        but(LIKENESS, "windows.mean(axis=(2, 3)", "windows.mean(axis=3"),
        "each row of a window is centred by itself",
    ),
    (but(LIKENESS, "windows.mean(axis=(2, 3)", "windows.mean(axis=2"), None),
    (
        but(LIKENESS, "np.sqrt((centred**2).sum(axis=(2, 3)))", "np.abs(centred).max(axis=(2, 3))"),
        None,
    ),
    # looks alike to six digits, but the first place is not the most alike
    (
        but(LIKENESS, "np.argmax(likeness)", "np.flatnonzero(likeness > likeness.max() - 1e-6)[0]"),
        None,
    ),
    (
        but(
            LIKENESS,
            "np.sqrt((centred**2).sum(axis=(2, 3)))",
            "np.sqrt(np.abs((windows**2).mean(axis=(2, 3)) - windows.mean(axis=(2, 3)) ** 2))",
        ),
        None,
    ),
]

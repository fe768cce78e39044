"""Answers to exercise 2.5, right and wrong."""

from tests.lessons.answer_bank.small_changes import but

LEARN = """
windows = np.lib.stride_tricks.sliding_window_view(x, (kH, kW))
A = windows.reshape(-1, kH * kW)
w = np.linalg.lstsq(A, y.reshape(-1))[0]
return w.reshape(kH, kW)
"""

SOLVED = "np.linalg.lstsq(A, y.reshape(-1))[0]"

RIGHT: list[str] = [
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

WRONG: list[tuple[str, str | None]] = [
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
    (
        but(LEARN, "(x, (kH, kW))", "(x, (kW, kH))"),
        "the windows are not of the kernel's size (kH, kW)",
    ),
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
    (
        but(
            LEARN,
            f"w = {SOLVED}",
            """
w = np.zeros(kH * kW)
for _ in range(200):
    w -= 0.5 * A.T @ (A @ w - y.reshape(-1)) / len(A)
""",
        ),
        None,
    ),
    (
        but(
            LEARN,
            f"w = {SOLVED}",
            """
w = np.zeros(kH * kW)
step = 1 / np.linalg.eigvalsh(A.T @ A)[-1]
for _ in range(2000):
    w -= step * A.T @ (A @ w - y.reshape(-1))
""",
        ),
        None,
    ),
    (
        but(LEARN, "(kH, kW))\n", "(3, 3))\n", "reshape(-1, kH * kW)", "reshape(-1, 9)"),
        "the windows are not of the kernel's size (kH, kW)",
    ),
    (
        but(LEARN, "reshape(-1, kH * kW)", "reshape(kH * kW, -1).T"),
        "the matrix of windows is read off in the wrong order",
    ),
]

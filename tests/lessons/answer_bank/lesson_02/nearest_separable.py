"""Answers to exercise 2.2, right and wrong."""

from tests.lessons.answer_bank.small_changes import but

SVD = """
U, s, Vt = np.linalg.svd(w)
return s[0] * np.outer(U[:, 0], Vt[0])
"""

PART = "s[0] * np.outer(U[:, 0], Vt[0])"

RIGHT: list[str] = [
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

WRONG: list[tuple[str, str | None]] = [
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
    # two singular values that are nearly equal keep such steps from arriving
    (
        """
        row = np.ones(w.shape[1])
        for _ in range(300):
            row = w.T @ (w @ row)
            row = row / np.linalg.norm(row)
        return np.outer(w @ row, row)
        """,
        None,
    ),
]

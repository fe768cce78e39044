"""Answers to exercise 2.2, right and wrong."""

from tests.lessons.answer_bank.small_changes import but

LOOP = """
U, s, Vt = np.linalg.svd(w)
for r in range(1, len(s) + 1):
    if np.sum(s[r:] ** 2) <= missed * np.sum(s ** 2):
        return (U[:, :r] * s[:r]) @ Vt[:r]
"""

GROWING = """
U, s, Vt = np.linalg.svd(w)
y = np.zeros(w.shape)
for r in range(len(s)):
    y = y + s[r] * np.outer(U[:, r], Vt[r])
    if np.sum((w - y) ** 2) <= missed * np.sum(w**2):
        break
return y
"""

CONDITION = "np.sum(s[r:] ** 2) <= missed * np.sum(s ** 2)"
SUM = "(U[:, :r] * s[:r]) @ Vt[:r]"
PAIR = "s[r] * np.outer(U[:, r], Vt[r])"

RIGHT: list[str] = [
    LOOP,
    GROWING,
    but(LOOP, "svd(w)", "svd(w, full_matrices=False)"),
    but(LOOP, SUM, "sum(s[q] * np.outer(U[:, q], Vt[q]) for q in range(r))"),
    but(LOOP, CONDITION, "1 - np.sum(s[:r] ** 2) / np.sum(w**2) <= missed + 1e-12"),
    """
    U, s, Vt = np.linalg.svd(w, full_matrices=False)
    r = len(s)
    while r > 1 and np.sum(s[r - 1 :] ** 2) <= missed * np.sum(w**2):
        r = r - 1
    return U[:, :r] @ np.diag(s[:r]) @ Vt[:r, :]
    """,
]

WRONG: list[tuple[str, str | None]] = [
    (
        but(LOOP, "s[r:] ** 2", "s[r:]", "np.sum(s ** 2)", "np.sum(s)"),
        "the singular values are added up, not their squares",
    ),
    (
        but(LOOP, CONDITION, "np.linalg.norm(s[r:]) <= missed * np.linalg.norm(s)"),
        "the share is taken of the lengths, not of their squares",
    ),
    (
        but(LOOP, " * np.sum(s ** 2)", ""),
        "the allowance is taken for a number, not for a share of w",
    ),
    (
        but(GROWING, " * np.sum(w**2)", ""),
        "the allowance is taken for a number, not for a share of w",
    ),
    (
        but(LOOP, "np.sum(s[r:] ** 2)", "np.sum(s[r : r + 1] ** 2)"),
        "only the next pair is counted as missed",
    ),
    (
        "U, s, Vt = np.linalg.svd(w)\nr = np.sum(s >= missed * s[0])\nreturn " + SUM,
        "each pair is compared with the largest",
    ),
    (
        but(LOOP, CONDITION, "np.sum(s[:r] ** 2) >= missed * np.sum(s ** 2)"),
        "what is kept is compared with what may be missed",
    ),
    (but(LOOP, SUM, "(U[:, : r - 1] * s[: r - 1]) @ Vt[: r - 1]"), "one pair too few is kept"),
    (
        but(LOOP, SUM, "(U[:, : r + 1] * s[: r + 1]) @ Vt[: min(r + 1, len(s))]"),
        "one pair too many is kept",
    ),
    (
        but(LOOP, SUM, "sum(s[q] * np.outer(U[:, q], Vt[q]) for q in range(min(r + 1, len(s))))"),
        "one pair too many is kept",
    ),
    (
        "U, s, Vt = np.linalg.svd(w)\nreturn s[0] * np.outer(U[:, 0], Vt[0])",
        "one pair is kept, whatever may be missed",
    ),
    ("return w + 0.0", "all pairs are kept"),
    (
        but(LOOP, SUM, "s[r - 1] * np.outer(U[:, r - 1], Vt[r - 1])"),
        "only the last pair that is needed is returned",
    ),
    (
        but(GROWING, "range(len(s))", "reversed(range(len(s)))"),
        None,  # the smallest first, until little enough is missed: all but one case
    ),
    (
        but(LOOP, SUM, "sum(s[q] * np.outer(U[:, q], Vt[q]) for q in range(len(s) - r, len(s)))"),
        "the smallest pairs are kept instead of the largest",
    ),
    (but(LOOP, SUM, "U[:, :r] @ Vt[:r]"), "the singular values are left out"),
    (
        but(LOOP, SUM, "(U[:, :r] * s[:r]) @ (s[:r, None] * Vt[:r])"),
        "the singular values come in twice",
    ),
    (but(LOOP, SUM, "(U[:, :r] * s[:r]) @ Vt[:, :r].T"), "columns of Vt are taken for rows"),
    (
        but(LOOP, SUM, "sum(s[q] * np.outer(U[:, q], Vt[:, q]) for q in range(r))"),
        "columns of Vt are taken for rows",
    ),
    (
        but(LOOP, SUM, "sum(s[q] * np.outer(U[q], Vt[q]) for q in range(r))"),
        "rows of U are taken for columns",
    ),
    (
        but(LOOP, SUM, "sum(s[q] * np.outer(Vt[q], U[:, q]) for q in range(r))"),
        "the result stands transposed",
    ),
    (but(LOOP, "range(1, len(s) + 1)", "range(1, len(s))"), None),
    (but(LOOP, SUM, "r"), None),
]

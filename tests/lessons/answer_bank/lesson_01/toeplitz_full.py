"""Answers to exercise 1.5, right and wrong."""

from tests.lessons.answer_bank.small_changes import but

ENTRIES = """
F = len(w)
A = np.zeros((N + F - 1, N))
for t in range(N + F - 1):
    for s in range(N):
        if 0 <= t - s < F:
            A[t, s] = w[t - s]
return A
"""

COLUMNS = """
F = len(w)
A = np.zeros((N + F - 1, N))
for s in range(N):
    A[s : s + F, s] = w
return A
"""

RIGHT: list[str] = [
    ENTRIES,
    COLUMNS,
    "return np.array([np.convolve(impulse, w) for impulse in np.eye(N)]).T",
    "return sum(w[a] * np.eye(N + len(w) - 1, N, -a) for a in range(len(w)))",
    "zeros = np.zeros(N - 1)\n"
    "from scipy.linalg import toeplitz\n"
    "return toeplitz(np.r_[w, zeros], np.r_[w[0], zeros])",
    "F = len(w)\nreturn np.column_stack([np.pad(w, (s, N - 1 - s)) for s in range(N)])",
]

WRONG: list[tuple[str, str | None]] = [
    (
        """
        F = len(w)
        A = [[0] * N] * (N + F - 1)
        for s in range(N):
            for a in range(F):
                A[s + a][s] = w[a]
        return np.array(A)
        """,
        "all rows are one and the same list",
    ),
    (but(COLUMNS, "= w\n", "= w[::-1]\n"), "the kernel stands in the matrix reversed"),
    (
        but(COLUMNS, "(N + F - 1, N)", "(N, N + F - 1)", "s : s + F, s", "s, s : s + F"),
        "rows and columns are exchanged",
    ),
    ("return np.array([np.convolve(e, w) for e in np.eye(N)])", "rows and columns are exchanged"),
    (
        """
        F = len(w)
        A = np.zeros((N, N + F - 1))
        for s in range(N):
            A[s, s : s + F] = w[::-1]
        return A
        """,
        "rows and columns are exchanged, and the kernel is reversed",
    ),
    (but(ENTRIES, "t - s", "s - t"), "w[s − t] stands in place of w[t − s]"),
    (but(ENTRIES, "N + F - 1", "N"), "only the first N rows: the tail is cut off"),
    (but(ENTRIES, "N + F - 1", "N + F"), "one row too many"),
    (but(COLUMNS, "N + F - 1", "N + F"), "one row too many"),
    (
        but(COLUMNS, "N + F - 1, N", "N + F - 1, N + F - 1"),
        "a square matrix: columns for samples that do not exist",
    ),
    (but(COLUMNS, "F - 1, N", "F - 1, F", "range(N)", "range(F)"), "as many columns as weights"),
    (but(COLUMNS, "range(N)", "range(N - 1)"), "the last column stays empty"),
    (but(COLUMNS, "N + F - 1", "N"), "w does not fit into its place in A"),
    (but(COLUMNS, "s : s + F, s", "s, s : s + F"), "w does not fit into its place in A"),
    (but(ENTRIES, "if 0 <= t - s < F", "if True"), "an index runs past the end of w"),
    (but(ENTRIES, "if 0 <= t - s < F", "if t - s >= 0"), "an index runs past the end of w"),
    (but(ENTRIES, "< F:", "<= F:"), "an index runs past the end of w"),
    (but(ENTRIES, "0 <= t - s", "t - s"), "a negative index wraps around to the end of w"),
    (but(ENTRIES, "0 <= t - s", "0 < t - s"), "w[0] is missing on the diagonal"),
    (
        """
        A = np.zeros((N, N))
        for s in range(N):
            for a in range(len(w)):
                A[(s + a) % N, s] += w[a]
        return A
        """,
        "circulant: the kernel wraps around",
    ),
    (
        """
        F = len(w)
        M = N - F + 1
        A = np.zeros((M, N))
        for t in range(M):
            A[t, t : t + F] = w[::-1]
        return A
        """,
        "only the complete overlaps (the mode called valid)",
    ),
    (but(COLUMNS, "A[s : s + F", "A[s + 1 : s + 1 + F"), None),
    (but(COLUMNS, "((N + F - 1, N))", "(N + F - 1, N)"), None),
    (but(COLUMNS, "N))", "N), dtype=int)"), None),
    (but(COLUMNS, "return A", "return A.tolist()"), None),
]

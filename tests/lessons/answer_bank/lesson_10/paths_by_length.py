"""Answers to exercise 10.4, right and wrong."""

from tests.lessons.answer_bank.small_changes import but

ROWS = """
sums = np.zeros((len(jacobians) + 1, len(g)))
sums[0] = g
for J in jacobians[::-1]:
    by_branch = sums[:-1] @ J
    sums = scale * sums
    sums[1:] = sums[1:] + by_branch
return sums
"""

ROWS_LOOP = """
L = len(jacobians)
sums = np.zeros((L + 1, len(g)))
sums[0] = g
for J in jacobians[::-1]:
    for k in range(L, 0, -1):
        sums[k] = scale * sums[k] + J.T @ sums[k - 1]
    sums[0] = scale * sums[0]
return sums
"""

ROWS_LIST = """
sums = [g] + [np.zeros(len(g)) for _ in jacobians]
for J in jacobians[::-1]:
    sums = [scale * G + (sums[k - 1] @ J if k else 0) for k, G in enumerate(sums)]
return np.array(sums)
"""

ROWS_PATHS = """
import itertools
L = len(jacobians)
sums = np.zeros((L + 1, len(g)))
for through in itertools.product([0, 1], repeat=L):
    path = g.astype(float)
    for J, branch in zip(jacobians[::-1], through):
        path = path @ J if branch else scale * path
    sums[sum(through)] += path
return sums
"""

RIGHT: list[str] = [
    ROWS,
    ROWS_LOOP,
    ROWS_LIST,
    ROWS_PATHS,
    but(ROWS, "sums[:-1] @ J", "np.einsum('kt,ts->ks', sums[:-1], J)"),
    but(ROWS_LOOP, "jacobians[::-1]", "reversed(jacobians)"),
    "sums = np.array([g], dtype=float)\nzero = np.zeros((1, len(g)))\n"
    "for J in jacobians[::-1]:\n"
    "    sums = np.vstack([scale * sums, zero]) + np.vstack([zero, sums @ J])\nreturn sums",
    "if len(jacobians) == 0:\n    return g[None]\n"
    "skip = paths_by_length(scale * g, jacobians[:-1], scale)\n"
    "through = paths_by_length(g @ jacobians[-1], jacobians[:-1], scale)\n"
    "return np.pad(skip, ((0, 1), (0, 0))) + np.pad(through, ((1, 0), (0, 0)))",
]

WRONG: list[tuple[str, str | None]] = [
    (but(ROWS, "[::-1]", ""), "the blocks in forward order"),
    (but(ROWS_LOOP, "J.T @", "J @"), "the Jacobian is not transposed"),
    (but(ROWS_LOOP, "J.T @", "J @", "[::-1]", ""), "not transposed, and in forward order"),
    (but(ROWS, "scale * sums", "sums"), "λ is left out"),
    (but(ROWS, "sums = scale * sums", "sums = 1 * sums", "@ J", "@ (scale * J)"),
     "λ at the branches instead of the skips"),
    (but(ROWS, "@ J", "@ (scale * J)"), "λ at both ways"),
    (but(ROWS_LOOP, "    for k in range(L, 0, -1)", "    sums[0] = scale * sums[0]\n"
         "    for k in range(1, L + 1)", "    sums[0] = scale * sums[0]\nreturn", "return"),
     "a block is crossed more than once"),
    (but(ROWS_LOOP, "range(L, 0, -1)", "range(1, L + 1)"), "the rows are changed from the front"),
    (but(ROWS, "    sums = scale * sums\n", "", "return sums", "return sums * scale"),
     "the skip leaves its row as it was"),
    (but(ROWS, "    sums = scale * sums\n", "", "+ by_branch", "+ by_branch\n    sums *= scale"),
     "λ at both ways"),
    (but(ROWS, "return sums", "return sums[::-1]"), "sorted by the number of skips"),
    (but(ROWS, "return sums", "return sums.sum(axis=0)"), "everything is added up"),
    (but(ROWS, "return sums", "return sums[1:]"), "the path through no branch is left out"),
    (but(ROWS_LIST, "[g] + [np.zeros(len(g)) for _ in jacobians]",
         "[g] + [np.zeros(len(g)) for _ in jacobians[1:]]"),
     "the path through every branch is left out"),
    (but(ROWS_PATHS, "repeat=L):", "repeat=L):\n    if 0 < sum(through) < L:\n        continue"),
     "only the two outermost paths"),
    ("L = len(jacobians)\nrows, path = [scale**L * g], g\n"
     "for k in range(1, L + 1):\n    path = path @ jacobians[L - k]\n"
     "    rows.append(scale ** (L - k) * path)\nreturn np.array(rows)",
     "one path for each length"),
    (but(ROWS, "return sums", "return np.cumsum(sums, axis=0)"),
     "paths through at most k branches"),
    (but(ROWS_PATHS, "+= path", "+= path / 2**L"), "divided by the number of paths"),
    (but(ROWS, "return sums", "return np.linalg.norm(sums, axis=1)"),
     "norms instead of gradients"),
    (but(ROWS, "jacobians[::-1]", "jacobians[:0:-1]"), "the first block is left out"),
    (but(ROWS, "return sums", "return sums.astype(int)"), "the fractions are cut off"),
    (but(ROWS, "return sums", "return sums.T"), None),
    (but(ROWS, "\nreturn", "\n    return"), None),
    (but(ROWS, "sums[0] = g", "sums[:] = g"), "paths through at most k branches"),
    (but(ROWS, "sums[1:] + by_branch", "by_branch"), None),
    (but(ROWS, "scale * sums", "scale + sums"), None),
    (but(ROWS, "sums[:-1] @ J", "sums[:-1] * J"), None),
    (but(ROWS_LOOP, "range(L, 0, -1)", "range(L - 1, 0, -1)"), None),
    (but(ROWS, "return sums", "return sums / np.linalg.norm(g)"), None),
]  # fmt: skip

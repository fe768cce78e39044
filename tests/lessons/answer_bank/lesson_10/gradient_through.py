"""Answers to exercise 10.3, right and wrong."""

from tests.lessons.answer_bank.small_changes import but

THROUGH = """
for J in jacobians[::-1]:
    g = J.T @ g + scale * g
return g
"""

THROUGH_INDEX = """
L = len(jacobians)
for l in range(L - 1, -1, -1):
    g = g @ jacobians[l] + scale * g
return g
"""

THROUGH_RECURSION = """
if len(jacobians) == 0:
    return g
J = jacobians[-1]
return gradient_through(J.T @ g + scale * g, jacobians[:-1], scale)
"""

THROUGH_PATHS = """
import itertools
total = np.zeros(len(g))
for through in itertools.product([0, 1], repeat=len(jacobians)):
    path = g.astype(float)
    for J, branch in zip(jacobians[::-1], through):
        path = path @ J if branch else scale * path
    total += path
return total
"""

THROUGH_MATRIX = """
I = np.eye(len(g))
M = I
for J in jacobians:
    M = (J + scale * I) @ M
return M.T @ g
"""

RIGHT: list[str] = [
    THROUGH,
    THROUGH_INDEX,
    THROUGH_RECURSION,
    THROUGH_PATHS,
    THROUGH_MATRIX,
    but(THROUGH, "J.T @ g + scale * g", "(J + scale * np.eye(len(g))).T @ g"),
    but(THROUGH, "J.T @ g", "np.einsum('t,ts->s', g, J)"),
    but(THROUGH, "jacobians[::-1]", "reversed(jacobians)", "J.T @ g", "np.dot(g, J)"),
    but(THROUGH, "jacobians[::-1]", "np.flip(jacobians, axis=0).swapaxes(1, 2)", "J.T", "J"),
    "factors = [J + scale * np.eye(len(g)) for J in jacobians[::-1]]\n"
    "return np.linalg.multi_dot([g[None], *factors, np.eye(len(g))])[0]",
    "import functools\nreturn functools.reduce(lambda v, J: v @ J + scale * v, jacobians[::-1], g)",
]

WRONG: list[tuple[str, str | None]] = [
    (but(THROUGH, "[::-1]", ""), "the blocks in forward order"),
    (but(THROUGH, "J.T @ g", "J @ g"), "the Jacobian is not transposed"),
    (but(THROUGH, "J.T @ g", "J @ g", "[::-1]", ""), "not transposed, and in forward order"),
    (but(THROUGH_MATRIX, "M.T @ g", "M @ g"), "not transposed, and in forward order"),
    (but(THROUGH, "J.T @ g + scale * g", "(J + scale).T @ g"), "λ is added to every element of J"),
    (but(THROUGH_MATRIX, "scale * I", "scale"), "λ is added to every element of J"),
    (but(THROUGH, " + scale * g", ""), "the skips are left out"),
    (but(THROUGH, "J.T @ g + scale * g", "scale * g"), "the skips only"),
    (but(THROUGH, "scale * g", "g"), "λ is taken for 1"),
    (but(THROUGH_MATRIX, "scale * I", "I"), "λ is taken for 1"),
    ("plain = g\nfor J in jacobians[::-1]:\n    plain = J.T @ plain\n"
     "return plain + scale ** len(jacobians) * g",
     "only the two outermost paths"),
    ("start = g\nfor J in jacobians[::-1]:\n    g = J.T @ g\nreturn g + scale * start",
     "one skip around all blocks"),
    ("y = np.zeros(len(g))\nfor J in jacobians:\n    y += J.T @ g + scale * g\nreturn y",
     "the blocks are added instead of chained"),
    (but(THROUGH, "J.T @ g + scale * g", "scale * (J.T @ g + g)"), "λ on the branch as well"),
    (but(THROUGH_INDEX, "range(L - 1, -1", "range(L - 2, -1"), "the last block is left out"),
    (but(THROUGH, "for", "first = g\nfor", "scale * g", "scale * first"),
     "every skip carries the first gradient"),
    (but(THROUGH_INDEX, "range(L - 1, -1, -1)", "range(L - 1, 0, -1)"),
     "the first block is left out"),
    (but(THROUGH, "\nreturn", "\n    return"), "only the last block"),
    (but(THROUGH, "g = J.T @ g + scale * g", "g = J.T @ g\n    g = g + scale * g"),
     "the skip carries what the branch has handed back"),
    (but(THROUGH, "J.T @ g + scale * g", "scale * J.T @ g + g"),
     "λ at the branch instead of the skip"),
    (but(THROUGH, "scale * g", "scale"), "λ is added instead of λ times the gradient"),
    ("J = jacobians.sum(axis=0)\nreturn J.T @ g + scale * g", "the Jacobians are added up"),
    (but(THROUGH, "J.T @ g + scale * g", "J.T * g + scale * g"), None),
    (but(THROUGH, "+ scale", "- scale"), None),
    (but(THROUGH, "\nreturn", "\n    return", "[::-1]", ""), None),
    (but(THROUGH, "g = J.T @ g", "out = J.T @ g", "return g", "return out"), None),
    (but(THROUGH, "g = J.T @ g + scale * g", "g += J.T @ g + scale * g"), None),
    (but(THROUGH_MATRIX, "return M.T @ g", "return M"), None),
    (but(THROUGH_MATRIX, "M = I", "M = 0 * I"), None),
    (but(THROUGH, "return g", "return np.linalg.norm(g)"), None),
    ("return g @ np.prod([J + scale * np.eye(len(g)) for J in jacobians[::-1]], axis=0)", None),
]  # fmt: skip

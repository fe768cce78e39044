"""Answers to exercise 5.5, right and wrong."""

from tests.lessons.answer_bank.small_changes import but

BIAS = """
B, K, M_H, M_W = g.shape
grad = np.zeros(K)
for k in range(K):
    for n in range(B):
        for i in range(M_H):
            for j in range(M_W):
                grad[k] += g[n, k, i, j]
return grad
"""

RIGHT: list[str] = [
    "return g.sum(axis=(0, 2, 3))",
    "return np.einsum('bkij->k', g)",
    "return g.sum(axis=(2, 3)).sum(axis=0)",
    "return g.sum(0).sum(-1).sum(-1)",
    "return np.array([g[:, k].sum() for k in range(g.shape[1])])",
    "return np.moveaxis(g, 1, 0).reshape(g.shape[1], -1).sum(axis=1)",
    "return np.tensordot(g, np.ones((g.shape[0], *g.shape[2:])), axes=([0, 2, 3], [0, 1, 2]))",
    "return np.add.reduce(g, axis=(0, 2, 3))",
    BIAS,
]

WRONG: list[tuple[str, str | None]] = [
    ("return g.sum(axis=(0, 1))", "summed over pictures and filters: the places are kept"),
    ("return g.sum(axis=(0, 2, 3)) / g.shape[1]", None),
    ("return np.array([g[k].sum() for k in range(g.shape[1])])", None),
    ("return g.mean(axis=0).sum(axis=(1, 2))", "averaged over the batch"),
    ("return g.sum(axis=(0, 2, 3)) / len(g)", "averaged over the batch"),
    ("return g.mean(axis=(2, 3)).sum(axis=0)", "averaged over the places"),
    ("return g.sum(axis=(0, 2, 3)) / (g.shape[2] * g.shape[3])", "averaged over the places"),
    ("return g.mean(axis=(0, 2, 3))", "the mean instead of the sum"),
    ("return np.array([g[:, k].mean() for k in range(g.shape[1])])", "the mean instead of the sum"),
    ("return g.sum(axis=(2, 3))", "one bias for each picture"),
    ("return g[0].sum(axis=(1, 2))", "only the first picture counts"),
    (
        "grad = 0\nfor picture in g:\n    grad = picture.sum(axis=(1, 2))\nreturn grad",
        "only the last picture counts: = instead of +=",
    ),
    (but(BIAS, "+=", "="), "each value overwrites the one before"),
    ("return g.sum(axis=(1, 2, 3))", "summed over the filters"),
    ("return np.array([picture.sum() for picture in g])", "summed over the filters"),
    ("return g.sum(axis=0)", "one bias for each place"),
    ("return sum(g)", "one bias for each place"),
    ("return g.sum(axis=(0, 3))", "one bias for each row"),
    ("return g.sum(axis=(0, 2))", "one bias for each column"),
    ("return g.sum(axis=(0, 1, 2))", "only the columns are kept"),
    ("return g.sum(axis=(0, 1, 3))", "only the rows are kept"),
    ("return g.sum(axis=(0, 2, 3), keepdims=True)", "the summed axes are kept with length 1"),
    ("return g.sum()", "everything is summed into one number"),
    ("return np.sum(g)", "everything is summed into one number"),
    (but(BIAS, "np.zeros(K)", "0.0", "grad[k]", "grad"), "everything is summed into one number"),
    (but(BIAS, "grad[k] +=", "grad +="), "every filter gets the sum over all filters"),
    (
        "total, grad = 0, []\nfor k in range(g.shape[1]):\n    total += g[:, k].sum()\n"
        "    grad.append(total)\nreturn np.array(grad)",
        "the sum is not started afresh for each filter",
    ),
    (
        but(BIAS, "\nreturn", "\n    return"),
        "only the first bias is filled in: the return stands inside the loop",
    ),
    (but(BIAS, "g[n, k, i, j]", "1"), "the gradient that arrives is taken to be all ones"),
    (
        "B, K, M_H, M_W = g.shape\nreturn np.full(K, B * M_H * M_W)",
        "the gradient that arrives is taken to be all ones",
    ),
    ("return -g.sum(axis=(0, 2, 3))", None),
    ("return g.sum(axis=(0, 2, 3)).tolist()", None),
    ("return g.max(axis=(0, 2, 3))", None),
    ("return g", None),
    ("return np.ones(g.shape[1])", None),
    ("return np.abs(g).sum(axis=(0, 2, 3))", None),
    ("return g[:, :, 0, 0].sum(axis=0)", None),
    ("return g.sum(axis=(0, 2, 3))[::-1]", None),
    ("return g.sum(axis=(0, 2, 3)).astype(int)", None),
    ("return np.cumsum(g, axis=1)", None),
    ("return g.sum(axis=1)", None),
    ("return g.sum(axis=(1, 2, 3), keepdims=True)", None),
]

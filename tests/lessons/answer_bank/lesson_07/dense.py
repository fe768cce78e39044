"""Answers to exercise 7.2, right and wrong."""

from tests.lessons.answer_bank.small_changes import but

LOOPS = """
B, K = len(x), len(weight)
y = np.zeros((B, K))
for n in range(B):
    for k in range(K):
        y[n, k] = np.sum(x[n] * weight[k]) + bias[k]
return y
"""

RIGHT: list[str] = [
    "return x @ weight.T + bias",
    "return np.dot(x, weight.T) + bias",
    "return (weight @ x.T).T + bias",
    "return (weight @ x.T + bias[:, None]).T",
    "return np.einsum('nc,kc->nk', x, weight) + bias",
    "return np.matmul(x, np.transpose(weight)) + bias[None]",
    "return np.inner(x, weight) + bias",
    "return np.tensordot(x, weight, axes=(1, 1)) + bias",
    "return np.array([weight @ row + bias for row in x])",
    LOOPS,
]

WRONG: list[tuple[str, str | None]] = [
    ("return x @ weight + bias", "weight is not transposed"),
    ("return np.dot(x, weight) + bias", "weight is not transposed"),
    (
        "return x @ weight.reshape(x.shape[1], -1) + bias",
        "reshaped in place of transposed",
    ),
    ("return x @ weight.T", "the bias is left out"),
    ("return x @ weight.T - bias", "the bias is subtracted"),
    ("return x @ weight.T + bias[:, None]", "the bias is added along the wrong axis"),
    (
        "C = x.shape[1]\nreturn sum(x[:, [c]] * weight[:, c] + bias for c in range(C))",
        "the bias is added to every term of the sum",
    ),
    (but(LOOPS, "bias[k]", "bias.sum()"), "all biases are added to every output"),
    (
        "return np.sum(x[:, None] * weight + bias[:, None], axis=2)",
        "the bias is added to every term of the sum",
    ),
    ("return weight @ x.T + bias[:, None]", "rows and columns of the result are exchanged"),
    ("return weight @ x.T + bias", "weight and x have changed places"),
    (
        "return np.mean(x[:, None] * weight, axis=2) + bias",
        "the mean in place of the sum",
    ),
    ("return x * weight + bias", "multiplied number by number"),
    ("return np.maximum(x @ weight.T + bias, 0)", "a ReLU is applied"),
    (
        but(LOOPS, "np.zeros((B, K))", "np.zeros((B, K), x.dtype)"),
        "the fractions are cut off where x holds whole numbers",
    ),
    ("return weight @ x[0] + bias", "only the first example is computed"),
    ("for row in x:\n    return weight @ row + bias", "only the first example is computed"),
    ("return x @ (weight.T + bias)", None),
    ("return (x + bias) @ weight.T", None),
    ("return x @ weight.T * bias", None),
    ("return (x @ weight.T + bias).tolist()", None),
    ("return np.sum(x @ weight.T + bias)", None),
    (but(LOOPS, "range(K)", "range(K - 1)"), None),
    (but(LOOPS, "range(B)", "range(1, B)"), None),
    (but(LOOPS, "return y", "print(y)"), None),
    ("x += 1\nreturn x @ weight.T + bias", None),
]

# right, but three loops take seconds for what a product of matrices does in a thousandth
ENDLESS: list[str] = [
    """
    y = np.zeros((len(x), len(weight)))
    for n in range(len(x)):
        for k in range(len(weight)):
            y[n, k] = bias[k]
            for c in range(x.shape[1]):
                y[n, k] += x[n, c] * weight[k, c]
    return y
    """,
]

"""Answers to exercise 7.3, right and wrong."""

from tests.lessons.answer_bank.small_changes import but

PRODUCTS = """
grad_x = g @ weight
grad_weight = g.T @ x
grad_bias = g.sum(axis=0)
return grad_x, grad_weight, grad_bias
"""

EXAMPLES = """
grad_x = np.zeros(x.shape)
grad_weight = np.zeros(weight.shape)
grad_bias = np.zeros(len(weight))
for n in range(len(x)):
    grad_x[n] = g[n] @ weight
    grad_weight += np.outer(g[n], x[n])
    grad_bias += g[n]
return grad_x, grad_weight, grad_bias
"""

RIGHT: list[str] = [
    PRODUCTS,
    EXAMPLES,
    but(PRODUCTS, "g.T @ x", "(x.T @ g).T"),
    but(PRODUCTS, "g @ weight", "(weight.T @ g.T).T", "g.sum(axis=0)", "np.ones(len(g)) @ g"),
    but(PRODUCTS, "g.T @ x", "np.einsum('nk,nc->kc', g, x)"),
    but(
        PRODUCTS, "return grad_x, grad_weight, grad_bias", "return [grad_x, grad_weight, grad_bias]"
    ),
    but(PRODUCTS, "g.sum(axis=0)", "np.array([sum(column) for column in g.T])"),
    but(PRODUCTS, "g.T @ x", "np.tensordot(g, x, axes=(0, 0))"),
]

WRONG: list[tuple[str, str | None]] = [
    (but(PRODUCTS, "g @ weight", "g @ weight.T"), "weight is transposed in the gradient of x"),
    (but(PRODUCTS, "g.T @ x", "x.T @ g"), "the gradient of weight is transposed"),
    (
        but(PRODUCTS, "g.T @ x", "(x.T @ g).reshape(weight.shape)"),
        "reshaped in place of transposed",
    ),
    (
        but(PRODUCTS, "g.sum(axis=0)", "1.0 * g"),
        "the gradient of bias is not summed over the batch",
    ),
    (
        but(PRODUCTS, "g.sum(axis=0)", "g.sum(axis=1)"),
        "the gradient of bias is summed over the outputs",
    ),
    (but(PRODUCTS, "g.sum(axis=0)", "g.sum()"), "the gradient of bias is one number"),
    (
        but(PRODUCTS, "g.sum(axis=0)", "g.mean(axis=0)"),
        "the gradient of bias is averaged over the batch",
    ),
    (
        but(PRODUCTS, "g.sum(axis=0)", "g.mean(axis=0)", "g.T @ x", "g.T @ x / len(x)"),
        "weight and bias are averaged over the batch",
    ),
    (
        but(PRODUCTS, "g.T @ x", "g.T @ x / len(x)"),
        "the gradient of weight is averaged over the batch",
    ),
    (
        but(EXAMPLES, "grad_weight +=", "grad_weight ="),
        "only the last example counts for weight",
    ),
    (
        but(PRODUCTS, "g.T @ x", "np.tile(x.sum(axis=0), (len(weight), 1))"),
        "g is left out in the gradient of weight",
    ),
    (
        but(PRODUCTS, "g @ weight", "np.tile(weight.sum(axis=0), (len(x), 1))"),
        "g is left out in the gradient of x",
    ),
    (
        but(PRODUCTS, "g.sum(axis=0)", "np.ones(len(weight)) * len(x)"),
        "g is left out in the gradient of bias",
    ),
    (
        but(PRODUCTS, "return grad_x, grad_weight", "return grad_weight, grad_x"),
        "the gradients of weight and x have changed places",
    ),
    (
        but(
            PRODUCTS,
            "return grad_x, grad_weight, grad_bias",
            "return grad_weight, grad_bias, grad_x",
        ),
        "x comes last",
    ),
    (
        but(PRODUCTS, "return grad_x, grad_weight", "return grad_weight"),
        "the gradient of x is left out",
    ),
    (
        but(PRODUCTS, "return grad_x, grad_weight, grad_bias", "return grad_x, grad_weight"),
        "the gradient of bias is left out",
    ),
    (but(PRODUCTS, "g.sum(axis=0)", "1.0"), None),
    (but(PRODUCTS, "g.sum(axis=0)", "g[0]"), None),
    (but(PRODUCTS, "g.sum(axis=0)", "g.sum(axis=0, keepdims=True)"), None),
    (but(EXAMPLES, "grad_x[n] =", "grad_x ="), None),
    (but(EXAMPLES, "grad_bias +=", "grad_bias ="), None),
    (but(EXAMPLES, "range(len(x))", "range(len(x) - 1)"), None),
    (but(PRODUCTS, "g @ weight", "g @ weight * x"), None),
    (but(PRODUCTS, "return grad_x, grad_weight, grad_bias", "return grad_x"), None),
    (but(PRODUCTS, "return grad_x, grad_weight, grad_bias", "print(grad_x)"), None),
    (but(PRODUCTS, "grad_x = g @ weight", "g *= 1.5\ngrad_x = g @ weight"), None),
]

# right, but three loops take seconds for what a product of matrices does in a thousandth
ENDLESS: list[str] = [
    """
    grad_x, grad_weight = np.zeros(x.shape), np.zeros(weight.shape)
    for n in range(len(x)):
        for k in range(len(weight)):
            for c in range(x.shape[1]):
                grad_x[n, c] += g[n, k] * weight[k, c]
                grad_weight[k, c] += g[n, k] * x[n, c]
    return grad_x, grad_weight, g.sum(axis=0)
    """,
]

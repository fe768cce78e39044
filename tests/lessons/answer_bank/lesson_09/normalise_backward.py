"""Answers to exercise 9.3, right and wrong."""

from tests.lessons.answer_bank.small_changes import but

BACK = """
axes = (0, 2, 3)
s = np.sqrt(x.var(axis=axes, keepdims=True) + eps)
x_hat = (x - x.mean(axis=axes, keepdims=True)) / s
mean_g = g.mean(axis=axes, keepdims=True)
mean_gx = (g * x_hat).mean(axis=axes, keepdims=True)
grad_x = gamma[:, None, None] / s * (g - mean_g - x_hat * mean_gx)
grad_gamma = (g * x_hat).sum(axis=axes)
grad_beta = g.sum(axis=axes)
return grad_x, grad_gamma, grad_beta
"""

BACK_SUMS = """
B, C, H, W = x.shape
n = B * H * W
gamma4 = gamma.reshape(1, C, 1, 1)
mu = x.sum((0, 2, 3), keepdims=True) / n
var = ((x - mu) ** 2).sum((0, 2, 3), keepdims=True) / n
hat = (x - mu) * (var + eps) ** -0.5
dbeta = g.sum((0, 2, 3), keepdims=True)
dgamma = (g * hat).sum((0, 2, 3), keepdims=True)
dx = gamma4 / (n * np.sqrt(var + eps)) * (n * g - dbeta - hat * dgamma)
return dx, dgamma.reshape(C), dbeta.reshape(C)
"""

BACK_GRAPH = """
B, C, H, W = x.shape
n = B * H * W
dx, dgamma, dbeta = np.zeros(x.shape), np.zeros(C), np.zeros(C)
for k in range(C):
    row, up = x[:, k], g[:, k]
    c = row - row.mean()
    v = np.mean(c**2)
    s = np.sqrt(v + eps)
    hat = c / s
    dgamma[k], dbeta[k] = np.sum(up * hat), np.sum(up)
    dhat = up * gamma[k]
    ds = -np.sum(dhat * c) / s**2
    dv = ds / (2 * s)
    dc = dhat / s + dv * 2 * c / n
    dmu = -np.sum(dc)
    dx[:, k] = dc + dmu / n
return dx, dgamma, dbeta
"""

BACK_MATRIX = """
B, C, H, W = x.shape
n = B * H * W
rows = x.swapaxes(0, 1).reshape(C, n)
arriving = g.swapaxes(0, 1).reshape(C, n)
back = np.zeros((C, n))
dgamma, dbeta = [], []
for c in range(C):
    s = (rows[c].var() + eps) ** 0.5
    h = (rows[c] - rows[c].mean()) / s
    J = gamma[c] / s * (np.eye(n) - 1 / n - np.outer(h, h) / n)
    back[c] = J.T @ arriving[c]
    dgamma.append(h @ arriving[c])
    dbeta.append(arriving[c].sum())
return back.reshape(C, B, H, W).swapaxes(0, 1), np.array(dgamma), np.array(dbeta)
"""

RIGHT: list[str] = [
    BACK,
    BACK_SUMS,
    BACK_GRAPH,
    BACK_MATRIX,
    but(BACK, "(g * x_hat).sum(axis=axes)", "np.einsum('bchw,bchw->c', g, x_hat)",
        "g.sum(axis=axes)", "np.einsum('bchw->c', g)"),
    but(BACK, "return grad_x, grad_gamma, grad_beta", "return [grad_x, grad_gamma, grad_beta]"),
    but(BACK, "gamma[:, None, None] / s * (g - mean_g - x_hat * mean_gx)",
        "np.einsum('c,bchw->bchw', gamma, (g - mean_g - x_hat * mean_gx) / s)"),
]  # fmt: skip

WRONG: list[tuple[str, str | None]] = [
    (but(BACK, "(g - mean_g - x_hat * mean_gx)", "g"), "mean and variance taken for constants"),
    (but(BACK_GRAPH, "dc + dmu / n", "dc", "dhat / s + dv * 2 * c / n", "dhat / s"),
     "mean and variance taken for constants"),
    (but(BACK, " - x_hat * mean_gx", ""), "the variance taken for a constant"),
    (but(BACK_GRAPH, " + dv * 2 * c / n", ""), "the variance taken for a constant"),
    (but(BACK, " - mean_g ", " "), "the mean taken for a constant"),
    (but(BACK_GRAPH, "dc + dmu / n", "dc"), "the mean taken for a constant"),
    (but(BACK, "- x_hat * mean_gx", "+ x_hat * mean_gx"),
     "the variance's term with the wrong sign"),
    (but(BACK_GRAPH, "-np.sum(dhat * c)", "np.sum(dhat * c)"),
     "the variance's term with the wrong sign"),
    (but(BACK_GRAPH, "ds / (2 * s)", "ds / s"), "the variance's term twice"),
    (but(BACK, "gamma[:, None, None] / s", "1 / s"), "γ is left out of ∂L/∂x"),
    (but(BACK_GRAPH, "up * gamma[k]", "up"), "γ is left out of ∂L/∂x"),
    (but(BACK, "gamma[:, None, None] / s *", "gamma[:, None, None] *"),
     "not divided by √(σ² + ε)"),
    (but(BACK, "grad_gamma = (g * x_hat)", "grad_gamma = (g * x)"),
     "the gradient of γ with x instead of x̂"),
    (but(BACK, ".sum(", ".mean("), "means instead of sums for γ and β"),
    (but(BACK, "mean_g = g.mean", "mean_g = g.sum", "(g * x_hat).mean", "(g * x_hat).sum"),
     "sums instead of means in the bracket"),
    (but(BACK_SUMS, "(n * np.sqrt(var + eps)) * (n * g", "np.sqrt(var + eps) * (g"),
     "sums instead of means in the bracket"),
    (but(BACK, "axes = (0, 2, 3)", "axes = (2, 3)", ".sum(axis=axes)", ".sum(axis=(0, 2, 3))"),
     "each picture by itself"),
    (but(BACK, "return grad_x, grad_gamma, grad_beta", "return grad_x, grad_beta, grad_gamma"),
     "the gradients of γ and β exchanged"),
    (but(BACK_SUMS, "(n * np.sqrt(var + eps))", "np.sqrt(var + eps)"), "n times too large"),
    (but(BACK, "- mean_g - x_hat", "+ mean_g + x_hat"), "both terms are added"),
    (but(BACK_GRAPH, "dv * 2 * c", "dv * c"), "half of the variance's term"),
    (but(BACK, " + eps", ""), "ε is left out"),
    (but(BACK, "np.sqrt(x.var(axis=axes, keepdims=True) + eps)",
         "x.std(axis=axes, keepdims=True) + eps"),
     "ε outside the root"),
    (but(BACK, "var(axis=axes,", "var(axis=axes, ddof=1,"), "divided by n − 1"),
    (but(BACK, "/ s *", "/ s**2 *"), "divided by the variance"),
    (but(BACK_GRAPH, "np.sum(up * hat)", "np.sum(up * c)"),
     "the gradient of γ with x − μ instead of x̂"),
    (but(BACK, "keepdims=True)) / s", "keepdims=True))"), "x − μ instead of x̂ everywhere"),
    (but(BACK, "s = np.sqrt", "k = gamma[:, None, None]\ns = np.sqrt",
         "mean_g = g.mean", "g = g * k\nmean_g = g.mean", "gamma[:, None, None] / s", "1 / s"),
     "γ in the gradients of γ and β"),
    (but(BACK, "gamma[:, None, None]", "gamma"), "γ along the last axis"),
    (but(BACK_SUMS, ".reshape(C)", ""), "the gradients of γ and β keep four axes"),
    ("""
     N = x.shape[0]
     axes = (0, 2, 3)
     s = np.sqrt(x.var(axes, keepdims=True) + eps)
     hat = (x - x.mean(axes, keepdims=True)) / s
     dhat = g * gamma[:, None, None]
     total, along = dhat.sum(axes, keepdims=True), (dhat * hat).sum(axes, keepdims=True)
     return (N * dhat - total - hat * along) / (N * s), (g * hat).sum(axes), g.sum(axes)
     """,
     "n counts pictures only"),
    ("""
     axes = (0, 2, 3)
     k = gamma.reshape(1, -1, 1, 1)
     s = (x.var(axes, keepdims=True) + eps) ** 0.5
     hat = (x - x.mean(axes, keepdims=True)) / s
     d = k * g
     dx = k / s * (d - d.mean(axes, keepdims=True) - hat * (d * hat).mean(axes, keepdims=True))
     return dx, (g * hat).sum(axes), g.sum(axes)
     """,
     "γ twice in ∂L/∂x"),
    (but(BACK, "x_hat * mean_gx", "x * mean_gx"), "x instead of x̂ before the mean of g x̂"),
    (but(BACK, "mean_gx = (g * x_hat)", "mean_gx = (g * x)"), "the mean of g x instead of g x̂"),
    (but(BACK, "x_hat * mean_gx", "mean_gx"), "the mean of g x̂ without x̂ before it"),
    (but(BACK, "x_hat * mean_gx", "(x - x.mean(axis=axes, keepdims=True)) * mean_gx"),
     "the variance's term is s times too large"),
    (but(BACK, "mean_gx = (g * x_hat)", "mean_gx = (g * (x - x.mean(axis=axes, keepdims=True)))"),
     "the variance's term is s times too large"),
    (but(BACK, "x_hat * mean_gx", "x_hat * (g * x_hat)"), "g x̂ is not averaged"),
    (but(BACK, "(g - mean_g - x_hat * mean_gx)", "g - mean_g - x_hat * mean_gx"),
     "γ/s before the first term only"),
    (but(BACK, "/ s *", "* s *"), "multiplied by s instead of divided"),
    (but(BACK_GRAPH, "np.sum(up * hat)", "np.sum(up * gamma[k] * hat)"), "γ in its own gradient"),
    (but(BACK_GRAPH, "dmu = -np.sum(dc)", "dmu = np.sum(dc)"),
     "the mean's term with the wrong sign"),
    (but(BACK, "- mean_g -", "+ mean_g -"), "the mean's term with the wrong sign"),
    (but(BACK_GRAPH, "dc + dmu / n", "dc + dmu"), "the sum of g instead of its mean"),
    (but(BACK, "mean_g = g.mean", "mean_g = g.sum"), "the sum of g instead of its mean"),
    (but(BACK_GRAPH, "2 * c / n", "2 * c"), "the sum of g x̂ instead of its mean"),
    (but(BACK, "(g * x_hat).mean", "(g * x_hat).sum"), "the sum of g x̂ instead of its mean"),
    (but(BACK, "mean_g = g.mean(axis=axes, keepdims=True)",
         "n = x.shape[2] * x.shape[3]\nmean_g = g.sum(axis=axes, keepdims=True) / n",
         "(g * x_hat).mean(axis=axes, keepdims=True)",
         "(g * x_hat).sum(axis=axes, keepdims=True) / n"),
     "n counts the pixels of one picture"),
    (but(BACK, "mean_g = g.mean(axis=axes, keepdims=True)",
         "n = x.size\nmean_g = g.sum(axis=axes, keepdims=True) / n",
         "(g * x_hat).mean(axis=axes, keepdims=True)",
         "(g * x_hat).sum(axis=axes, keepdims=True) / n"),
     "n counts all channels"),
    (but(BACK, ", keepdims=True", ""), "the axes are not kept"),
    (but(BACK, "axes = (0, 2, 3)", "axes = (2, 3)"),
     "each picture by itself, and the gradients of γ and β too"),
    (but(BACK, "return grad_x, grad_gamma, grad_beta", "return grad_gamma, grad_beta, grad_x"),
     None),
    (but(BACK, "return grad_x, grad_gamma, grad_beta", "return grad_x"), None),
    (but(BACK, "axes = (0, 2, 3)", "axes = 0"), None),
    (but(BACK, "axes = (0, 2, 3)", "axes = (1, 2, 3)"), None),
    (but(BACK, "g - mean_g - x_hat", "g * (1 - mean_g) - x_hat"), None),
    (but(BACK_GRAPH, "np.zeros(x.shape)", "np.zeros_like(x)"),
     "the fractions of ∂L/∂x are cut off"),
    (but(BACK_GRAPH, "np.zeros(x.shape)", "np.empty_like(x)", "np.zeros(C)",
         "np.empty_like(gamma)"),
     "the fractions of all gradients are cut off"),
    (but(BACK_GRAPH, "/ s**2", "/ s"), "the variance's term is s times too large"),
    (but(BACK_GRAPH, "dmu = -np.sum(dc)", "dmu = -dc"), None),
    (but(BACK_GRAPH, "dc = dhat / s + dv", "dc = dv"), None),
    (but(BACK_GRAPH, "\nreturn", "\n    return"), None),
    (but(BACK, "x.var(axis=axes, keepdims=True)",
         "(x**2).mean(axis=axes, keepdims=True) - x.mean(axis=axes, keepdims=True) ** 2"),
     "the variance is the mean of the squares minus the square of the mean"),
]  # fmt: skip

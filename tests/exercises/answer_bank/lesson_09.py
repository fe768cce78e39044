"""Answers to the exercises of lesson 09, right and wrong."""

from __future__ import annotations

from tests.exercises.answer_bank.text import but

RIGHT: dict[str, list[str]] = {}
WRONG: dict[str, list[tuple[str, str | None]]] = {}

# 9.1

HE = "return np.sqrt(2 / np.prod(shape[1:]))"
HE_LOOP = """
terms = 1
for size in shape[1:]:
    terms *= size
return (2 / terms) ** 0.5
"""
HE_CASES = """
K, C = shape[:2]
area = 1 if len(shape) == 2 else np.prod(shape[2:])
return np.sqrt(2.0 / (C * area))
"""

RIGHT["09.he_std"] = [
    HE,
    HE_LOOP,
    HE_CASES,
    "import math\nreturn math.sqrt(2 / math.prod(shape[1:]))",
    "return np.sqrt(2 * shape[0] / np.prod(shape))",
    "return float(np.sqrt(2) / np.sqrt(np.zeros(shape[1:]).size))",
    "return (np.prod(shape[1:]) / 2) ** -0.5",
    "import functools\nreturn np.sqrt(2 / functools.reduce(lambda a, b: a * b, shape[1:]))",
    "return np.sqrt(2 / np.empty(shape)[0].size)",
]

WRONG["09.he_std"] = [
    ("return 2 / np.prod(shape[1:])", "the variance instead of its root"),
    (but(HE_LOOP, " ** 0.5", ""), "the variance instead of its root"),
    ("return 1 / np.sqrt(np.prod(shape[1:]))", "without the 2"),
    ("K, area = shape[0], np.prod(shape[2:])\nreturn np.sqrt(2 / (K * area))",
     "outputs counted instead of inputs"),
    (but(HE_CASES, "C * area", "K * area"), "outputs counted instead of inputs"),
    ("fan_in = shape[1]\nreturn np.sqrt(2 / fan_in)", "the kernel's area is left out"),
    ("n = shape[0]\nreturn np.sqrt(2 / n)", "the number of filters is used"),
    (but(HE, "shape[1:]", "shape[2:]"), "only the kernel's area is counted"),
    (but(HE, "shape[1:]", "shape"), "all the weights of the layer are counted"),
    (but(HE_LOOP, "shape[1:]", "shape"), "all the weights of the layer are counted"),
    ("area = np.prod(shape[2:])\nfan_in, fan_out = shape[1] * area, shape[0] * area\n"
     "return np.sqrt(2 / (fan_in + fan_out))",
     "Xavier's rule"),
    ("return 2 / np.sqrt(np.prod(shape[1:]))", "the 2 outside the root"),
    ("return 1 / np.sqrt(2 * np.prod(shape[1:]))", "divided by 2 instead of multiplied"),
    (but(HE, "shape[1:]", "shape[1:3]"), "one side of the kernel is forgotten"),
    ("return np.sqrt(np.prod(shape[1:]) / 2)", "upside down"),
    ("K, C, kH, kW = shape\nreturn np.sqrt(2 / (C * kH * kW))", "the shape is unpacked into four"),
    ("n = shape[1] * shape[2] * shape[3]\nreturn np.sqrt(2 / n)", "a fourth axis is always read"),
    (but(HE, "np.prod", "np.sum"), "the axes are added instead of multiplied"),
    ("n = 0\nfor size in shape[1:]:\n    n += size\nreturn np.sqrt(2 / n)",
     "the axes are added instead of multiplied"),
    (but(HE, "shape[1:]", "shape[:-1]"), "the last axis is left out instead of the first"),
    ("return np.sqrt(2 * np.prod(shape[1:]))", "multiplied by the fan in"),
    ("return np.sqrt(2) / np.prod(shape[1:])", "the root of the 2 alone"),
    (but(HE, "2 /", "6 /"), "the bound of a uniform draw"),
    (but(HE_CASES, "len(shape) == 2", "len(shape) < 4", "np.prod(shape[2:])", "shape[2] ** 2"),
     None),
    (but(HE, "shape[1:]", "shape[1:-1]"), None),
    (but(HE, "2 /", "3 /"), None),
    (but(HE, "2 /", "2 //"), None),
    ("return np.sqrt(2 / shape[1:])", None),
    ("return np.random.normal(0, np.sqrt(2 / np.prod(shape[1:])), shape)", None),
    ("return np.sqrt(2 / len(shape))", None),
    (but(HE_CASES, "K, C = shape[:2]", "C, K = shape[:2]", "C * area", "C + area"), None),
]  # fmt: skip

# 9.2

NORM = """
axes = (0, 2, 3)
mean = x.mean(axis=axes, keepdims=True)
var = x.var(axis=axes, keepdims=True)
x_hat = (x - mean) / np.sqrt(var + eps)
return gamma[:, None, None] * x_hat + beta[:, None, None]
"""
NORM_CHANNELS = """
y = np.zeros(x.shape)
for c in range(x.shape[1]):
    channel = x[:, c]
    y[:, c] = gamma[c] * (channel - channel.mean()) / np.sqrt(channel.var() + eps) + beta[c]
return y
"""
NORM_LOOPS = """
B, C, H, W = x.shape
n = B * H * W
y = np.zeros((B, C, H, W))
for c in range(C):
    total = 0.0
    for b in range(B):
        for i in range(H):
            for j in range(W):
                total += x[b, c, i, j]
    mean, squares = total / n, 0.0
    for b in range(B):
        for i in range(H):
            for j in range(W):
                squares += (x[b, c, i, j] - mean) ** 2
    var = squares / n
    for b in range(B):
        for i in range(H):
            for j in range(W):
                y[b, c, i, j] = gamma[c] * (x[b, c, i, j] - mean) / (var + eps) ** 0.5 + beta[c]
return y
"""
NORM_ROWS = """
B, C, H, W = x.shape
rows = x.transpose(1, 0, 2, 3).reshape(C, -1)
rows = rows - rows.mean(axis=1, keepdims=True)
rows = rows / np.sqrt((rows**2).mean(axis=1, keepdims=True) + eps)
rows = gamma[:, None] * rows + beta[:, None]
return rows.reshape(C, B, H, W).transpose(1, 0, 2, 3)
"""
NORM_BARE = """
mean = x.mean(axis=(0, 2, 3))
var = x.var(axis=(0, 2, 3))
x_hat = (x - mean) / np.sqrt(var + eps)
return gamma * x_hat + beta
"""

RIGHT["09.normalise"] = [
    NORM,
    NORM_CHANNELS,
    NORM_LOOPS,
    NORM_ROWS,
    but(NORM, "gamma[:, None, None]", "gamma.reshape(1, -1, 1, 1)",
        "beta[:, None, None]", "beta.reshape(1, -1, 1, 1)"),
    but(NORM, "x.var(axis=axes, keepdims=True)",
        "(x**2).mean(axis=axes, keepdims=True) - mean**2"),
    but(NORM, "x.var(axis=axes, keepdims=True)", "np.std(x, axis=axes, keepdims=True) ** 2"),
    but(NORM, "x.var(axis=axes, keepdims=True)", "np.var(x, axis=axes, ddof=0, keepdims=True)"),
    """
    last = np.moveaxis(x, 1, -1)
    last = (last - last.mean(axis=(0, 1, 2))) / np.sqrt(last.var(axis=(0, 1, 2)) + eps)
    return np.moveaxis(gamma * last + beta, -1, 1)
    """,
    """
    n = x.size // x.shape[1]
    c = x - np.einsum("bchw->c", x)[None, :, None, None] / n
    var = np.einsum("bchw,bchw->c", c, c) / n
    return np.einsum("c,bchw->bchw", gamma / np.sqrt(var + eps), c) + beta[:, None, None]
    """,
    """
    channels = []
    for c, (one_gamma, one_beta) in enumerate(zip(gamma, beta)):
        row = x[:, c].ravel()
        row = (row - np.average(row)) * (np.var(row) + eps) ** -0.5
        channels.append((one_gamma * row + one_beta).reshape(x[:, c].shape))
    return np.stack(channels, axis=1)
    """,
]  # fmt: skip

WRONG["09.normalise"] = [
    (but(NORM, "(0, 2, 3)", "(2, 3)"), "each picture by itself"),
    (but(NORM, "(0, 2, 3)", "(-2, -1)"), "each picture by itself"),
    (but(NORM, "(0, 2, 3)", "0"), "each pixel by itself"),
    (but(NORM, "(0, 2, 3)", "(1, 2, 3)"), "all channels of a picture together"),
    (but(NORM, "axis=axes, keepdims=True", ""), "all channels of the batch together"),
    (but(NORM, "(0, 2, 3)", "1"), "across the channels"),
    (but(NORM, "var(axis=axes", "var(axis=axes, ddof=1"), "divided by n − 1"),
    (but(NORM_LOOPS, "squares / n", "squares / (n - 1)"), "divided by n − 1"),
    (but(NORM, "np.sqrt(var + eps)", "(np.sqrt(var) + eps)"), "ε outside the root"),
    (but(NORM, "np.sqrt(var + eps)", "(x.std(axis=axes, keepdims=True) + eps)"),
     "ε outside the root"),
    (but(NORM, "np.sqrt(var + eps)", "np.sqrt(var)"), "ε is left out"),
    (but(NORM, "np.sqrt(var + eps)", "(var + eps)"), "divided by the variance"),
    (but(NORM, "(x - mean) /", "x /"), "not centred"),
    (but(NORM, " / np.sqrt(var + eps)", ""), "only centred"),
    (but(NORM, "return gamma[:, None, None] * x_hat + beta[:, None, None]", "return x_hat"),
     "γ and β are forgotten"),
    (but(NORM, " + beta[:, None, None]", ""), "β is forgotten"),
    (but(NORM, "* x_hat + beta[:, None, None]", "* (x_hat + beta[:, None, None])"),
     "β is scaled as well"),
    (but(NORM, "gamma[:, None, None] * x_hat + beta", "beta[:, None, None] * x_hat + gamma"),
     "γ and β exchanged"),
    (but(NORM, "x.var(axis=axes, keepdims=True)", "(x**2).mean(axis=axes, keepdims=True)"),
     "the mean square instead of the variance"),
    (but(NORM, "gamma[:, None, None] * ", ""), "γ is forgotten"),
    (but(NORM_CHANNELS, "gamma[c] * ", ""), "γ is forgotten"),
    (but(NORM, "[:, None, None]", ""), "γ and β along the last axis"),
    (but(NORM, ", keepdims=True", ""), "mean and variance along the last axis"),
    (NORM_BARE, "everything of a channel along the last axis"),
    (but(NORM_CHANNELS, "np.zeros(x.shape)", "np.zeros_like(x)"),
     "the fractions are cut off where x holds whole numbers"),
    (but(NORM_CHANNELS, "np.zeros(x.shape)", "x.copy()"),
     "the fractions are cut off where x holds whole numbers"),
    ("""
     x -= x.mean(axis=(0, 2, 3), keepdims=True)
     x_hat = x / np.sqrt(np.mean(x**2, axis=(0, 2, 3), keepdims=True) + eps)
     return gamma[:, None, None] * x_hat + beta[:, None, None]
     """,
     "x itself is changed"),
    ("""
     B, C, H, W = x.shape
     rows = x.reshape(C, B * H * W)
     mean, var = rows.mean(axis=1, keepdims=True), rows.var(axis=1, keepdims=True)
     return (gamma[:, None] * (rows - mean) / np.sqrt(var + eps) + beta[:, None]).reshape(x.shape)
     """,
     "reshaped without moving the channels to the front"),
    (but(NORM_LOOPS, "squares / n", "squares"), "the squares are added up, not averaged"),
    (but(NORM_CHANNELS, "\nreturn", "\n    return"), None),
    (but(NORM, "var(axis=axes, keepdims=True)", "var(axis=(2, 3), keepdims=True)"), None),
    (but(NORM, "np.sqrt(var + eps)", "np.sqrt(var - eps)"), None),
    (but(NORM, "np.sqrt(var + eps)", "np.abs(x - mean).mean(axis=axes, keepdims=True)"), None),
    (but(NORM, "(x - mean)", "(mean - x)"), None),
    (but(NORM, "gamma[:, None, None]", "gamma[:, None]", "beta[:, None, None]", "beta[:, None]"),
     None),
    (but(NORM, "[:, None, None]", "[:, None, None, None]"), "γ and β along the batch"),
    (but(NORM, "gamma[:, None, None]", "gamma[:, None, None, None]"), None),
    (but(NORM_LOOPS, "n = B * H * W", "n = B"), None),
    ("low, high = x.min(), x.max()\n"
     "return gamma[:, None, None] * (x - low) / (high - low + eps) + beta[:, None, None]",
     None),
]  # fmt: skip

# 9.3

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

RIGHT["09.normalise_backward"] = [
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

WRONG["09.normalise_backward"] = [
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
]  # fmt: skip

# 9.4

RUNNING = """
axes = (0, 2, 3)
mean = x.mean(axis=axes)
var = x.var(axis=axes, ddof=1)
new_mean = (1 - momentum) * running_mean + momentum * mean
new_var = (1 - momentum) * running_var + momentum * var
return new_mean, new_var
"""
RUNNING_BESSEL = """
B, C, H, W = x.shape
n = B * H * W
mu = np.mean(x, axis=(0, 2, 3))
sigma2 = np.var(x, axis=(0, 2, 3))
r = (1 - momentum) * running_mean + momentum * mu
v = (1 - momentum) * running_var + momentum * n / (n - 1) * sigma2
return r, v
"""
RUNNING_LOOP = """
means, variances = [], []
for c in range(x.shape[1]):
    numbers = x[:, c].ravel()
    n = len(numbers)
    mean = sum(numbers) / n
    var = sum((number - mean) ** 2 for number in numbers) / (n - 1)
    means.append(running_mean[c] + momentum * (mean - running_mean[c]))
    variances.append(running_var[c] + momentum * (var - running_var[c]))
return np.array(means), np.array(variances)
"""

RIGHT["09.update_running"] = [
    RUNNING,
    RUNNING_BESSEL,
    RUNNING_LOOP,
    but(RUNNING, "return new_mean, new_var", "return [new_mean, new_var]"),
    but(RUNNING, "x.var(axis=axes, ddof=1)", "np.std(x, axis=axes, ddof=1) ** 2"),
    "rows = np.moveaxis(x, 1, 0).reshape(x.shape[1], -1)\n"
    "var = np.cov(rows).reshape(len(rows), -1).diagonal()\n"
    "keep = 1 - momentum\n"
    "return keep * running_mean + momentum * rows.mean(1), keep * running_var + momentum * var",
    but(RUNNING, "(1 - momentum) * running_mean + momentum * mean",
        "running_mean + momentum * (mean - running_mean)"),
    but(RUNNING_BESSEL, "np.var(x, axis=(0, 2, 3))",
        "np.einsum('bchw,bchw->c', x, x) / n - mu**2"),
]  # fmt: skip

WRONG["09.update_running"] = [
    (but(RUNNING, ", ddof=1", ""), "the variance divided by n"),
    (but(RUNNING_BESSEL, " * n / (n - 1)", ""), "the variance divided by n"),
    (but(RUNNING, "(1 - momentum) * running_mean + momentum * mean",
         "momentum * running_mean + (1 - momentum) * mean",
         "(1 - momentum) * running_var + momentum * var",
         "momentum * running_var + (1 - momentum) * var"),
     "momentum is the share of the old"),
    (but(RUNNING, "x.var", "x.std"), "the standard deviation is kept"),
    (but(RUNNING, "return new_mean, new_var", "return mean, var"),
     "the old statistics are replaced"),
    (but(RUNNING, "(1 - momentum) * running", "running"),
     "the new is added without shrinking the old"),
    (but(RUNNING_BESSEL, "n = B * H * W", "n = B", "* n / (n - 1)", "* (n / (n - 1))"),
     "n counts pictures only"),
    (but(RUNNING_LOOP, "mean = sum(numbers) / n", "mean = sum(numbers) / (n - 1)",
         "(number - mean)", "(number - numbers.mean())"),
     "the mean divided by n − 1"),
    ("""
     r = (1 - momentum) * running_mean + momentum * x.mean(axis=(0, 2, 3))
     n = x.size / x.shape[1]
     var = ((x - r[None, :, None, None]) ** 2).sum(axis=(0, 2, 3)) / (n - 1)
     return r, (1 - momentum) * running_var + momentum * var
     """,
     "the variance about the running mean"),
    (but(RUNNING, "return new_mean, new_var", "return new_var, new_mean"),
     "mean and variance exchanged"),
    (but(RUNNING, ", ddof=1", "", "(1 - momentum) * running", "momentum * running",
         "+ momentum *", "+ (1 - momentum) *"),
     "momentum is the share of the old, and the variance divided by n"),
    (but(RUNNING_BESSEL, "n / (n - 1)", "(n - 1) / n"), "(n − 1)/n instead of n/(n − 1)"),
    (but(RUNNING_BESSEL, "(0, 2, 3))\nr =", "(0, 2, 3), ddof=1)\nr ="), "n/(n − 1) twice"),
    (but(RUNNING_BESSEL, "n = B * H * W", "n = x.size"), "n counts all channels"),
    (but(RUNNING_BESSEL, "(1 - momentum) * running_var + momentum * n / (n - 1) * sigma2",
         "((1 - momentum) * running_var + momentum * sigma2) * n / (n - 1)"),
     "the old variance is corrected as well"),
    (but(RUNNING, "return new_mean, new_var", "return new_mean, running_var"),
     "the variance does not move"),
    (but(RUNNING, "axis=axes", "axis=axes, keepdims=True"), "the statistics keep four axes"),
    (but(RUNNING, "new_mean = (1 - momentum) * running_mean + momentum * mean\n",
         "running_mean *= 1 - momentum\nrunning_mean += momentum * mean\n",
         "new_var = (1 - momentum) * running_var + momentum * var\n",
         "running_var *= 1 - momentum\nrunning_var += momentum * var\n",
         "return new_mean, new_var", "return running_mean, running_var"),
     "the old statistics are overwritten"),
    (but(RUNNING, "axes = (0, 2, 3)", "axes = (2, 3)"), None),
    (but(RUNNING, "axes = (0, 2, 3)", "axes = 0"), None),
    (but(RUNNING, "axis=axes, ddof=1", "ddof=1", "axis=axes", ""), None),
    (but(RUNNING, "+ momentum *", "- momentum *"), None),
    (but(RUNNING, "x.var(axis=axes, ddof=1)", "(x**2).mean(axis=axes)"), None),
    (but(RUNNING, "return new_mean, new_var", "return new_mean"), None),
    (but(RUNNING, "return new_mean, new_var", "running_mean, running_var = new_mean, new_var"),
     None),
    (but(RUNNING_LOOP, "return np.array(means), np.array(variances)",
         "    return np.array(means), np.array(variances)"),
     None),
]  # fmt: skip

# 9.5

FOLDED = """
scale = gamma / np.sqrt(var + eps)
new_weight = weight * scale[:, None, None, None]
new_bias = (bias - mean) * scale + beta
return new_weight, new_bias
"""
FOLDED_LOOP = """
K = weight.shape[0]
new_weight, new_bias = np.zeros(weight.shape), np.zeros(K)
for k in range(K):
    s = (var[k] + eps) ** 0.5
    new_weight[k] = gamma[k] * weight[k] / s
    new_bias[k] = gamma[k] * (bias[k] - mean[k]) / s + beta[k]
return new_weight, new_bias
"""
FOLDED_MATRIX = """
scale = np.diag(gamma * (var + eps) ** -0.5)
rows = weight.reshape(len(weight), -1)
return (scale @ rows).reshape(weight.shape), scale @ (bias - mean) + beta
"""

RIGHT["09.fold"] = [
    FOLDED,
    FOLDED_LOOP,
    FOLDED_MATRIX,
    but(FOLDED, "weight * scale[:, None, None, None]", "np.einsum('kcij,k->kcij', weight, scale)"),
    but(FOLDED, "weight * scale[:, None, None, None]", "weight * scale.reshape(-1, 1, 1, 1)"),
    but(FOLDED, "weight * scale[:, None, None, None]", "(weight.T * scale).T"),
    but(FOLDED, "(bias - mean) * scale + beta", "bias * scale + (beta - mean * scale)"),
    but(FOLDED, "weight * scale[:, None, None, None]",
        "np.array([s * filter for s, filter in zip(scale, weight)])"),
]  # fmt: skip

WRONG["09.fold"] = [
    (but(FOLDED, "(bias - mean) * scale + beta", "bias - mean * scale + beta"),
     "the convolution's bias is not scaled"),
    (but(FOLDED, "(bias - mean) * scale + beta", "beta - mean * scale"),
     "the convolution's bias is lost"),
    (but(FOLDED, "(bias - mean) * scale", "bias * scale"), "the mean is lost"),
    (but(FOLDED, " * scale + beta", " * scale"), "β is lost"),
    (but(FOLDED, "gamma / np.sqrt", "1 / np.sqrt"), "γ is lost"),
    (but(FOLDED_LOOP, " ** 0.5", ""), "divided by the variance"),
    (but(FOLDED, "np.sqrt(var + eps)", "np.sqrt(var)"), "ε is left out"),
    (but(FOLDED, "bias - mean", "bias + mean"), "the mean is added"),
    (but(FOLDED, "(bias - mean) * scale + beta", "(bias - mean + beta) * scale"), "β is scaled"),
    (but(FOLDED, "return new_weight", "return weight"), "the weights are left as they were"),
    (but(FOLDED, "scale[:, None, None, None]", "scale"),
     "the scale along the last axis of the weights"),
    (but(FOLDED, "scale[:, None, None, None]", "scale[None, :, None, None]"),
     "the scale along the input channels"),
    (but(FOLDED, "scale[:, None, None, None]", "scale[:, None, None]"),
     "the scale along the input channels"),
    (but(FOLDED, "scale[:, None, None, None]", "scale[:, None]"),
     "the scale along the rows of the kernel"),
    (but(FOLDED, "np.sqrt(var + eps)", "(np.sqrt(var) + eps)"), "ε outside the root"),
    (but(FOLDED, "(bias - mean) * scale + beta", "bias - mean + beta"),
     "neither bias nor mean is scaled"),
    (but(FOLDED, "(bias - mean) * scale + beta", "bias * scale - mean + beta"),
     "the mean is not scaled"),
    (but(FOLDED, "return new_weight, new_bias", "return new_weight, bias"),
     "the bias is left as it was"),
    (but(FOLDED, "gamma / np.sqrt", "gamma * np.sqrt"), "multiplied by the standard deviation"),
    (but(FOLDED, "gamma / np", "beta / np", "+ beta", "+ gamma"), "γ and β exchanged"),
    (but(FOLDED, "new_weight = weight * scale[:, None, None, None]",
         "weight *= scale[:, None, None, None]", "return new_weight", "return weight"),
     "the weights are overwritten"),
    ("""
     scale = gamma / np.sqrt(var + eps)
     for k in range(len(weight)):
         weight[k] = weight[k] * scale[k]
     return weight, (bias - mean) * scale + beta
     """,
     "the fractions of the weights are cut off"),
    (but(FOLDED_LOOP, "np.zeros(weight.shape)", "np.zeros_like(weight)"),
     "the fractions of the weights are cut off"),
    (but(FOLDED_LOOP, "np.zeros(weight.shape)", "np.zeros_like(weight)", "np.zeros(K)",
         "np.zeros_like(bias)"),
     "the fractions of weights and bias are cut off"),
    (but(FOLDED, "return new_weight, new_bias", "return new_bias, new_weight"), None),
    (but(FOLDED, "weight * scale", "(weight - mean[:, None, None, None]) * scale"), None),
    (but(FOLDED, "new_bias = (bias - mean) * scale + beta", "new_bias = scale + beta"), None),
    (but(FOLDED, "gamma / np.sqrt(var + eps)", "gamma / np.sqrt(weight.var() + eps)"), None),
    (but(FOLDED, "weight * scale", "weight + scale"), None),
    (but(FOLDED, "(bias - mean)", "(mean - bias)"), None),
    (but(FOLDED_LOOP, "gamma[k] * (bias[k]", "(bias[k]"), "γ is lost in the bias"),
    (but(FOLDED_LOOP, "gamma[k] * weight[k]", "weight[k]"), "γ is lost in the weights"),
    (but(FOLDED_LOOP, "- mean[k]) / s", "- mean[k])"),
     "the bias is multiplied by γ, but not divided"),
    (but(FOLDED_LOOP, "gamma[k] * (bias[k] - mean[k]) / s", "gamma[k] * bias[k] - mean[k] / s"),
     None),
    (but(FOLDED_LOOP, "\nreturn", "\n    return"), None),
]  # fmt: skip

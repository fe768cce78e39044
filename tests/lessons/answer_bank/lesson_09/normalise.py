"""Answers to exercise 9.2, right and wrong."""

from tests.lessons.answer_bank.small_changes import but

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

RIGHT: list[str] = [
    NORM,
    NORM_CHANNELS,
    NORM_LOOPS,
    NORM_ROWS,
    but(NORM, "gamma[:, None, None]", "gamma.reshape(1, -1, 1, 1)",
        "beta[:, None, None]", "beta.reshape(1, -1, 1, 1)"),
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

WRONG: list[tuple[str, str | None]] = [
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
    (but(NORM, "x.var(axis=axes, keepdims=True)",
         "(x**2).mean(axis=axes, keepdims=True) - mean**2"),
     "the variance is the mean of the squares minus the square of the mean"),
    (but(NORM, "x.var(axis=axes, keepdims=True)",
         "(x.astype(np.longdouble)**2).mean(axis=axes, keepdims=True) - mean**2"),
     "the variance is the mean of the squares minus the square of the mean"),
]  # fmt: skip

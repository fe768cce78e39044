"""Answers to exercise 9.6, right and wrong."""

from tests.lessons.answer_bank.small_changes import but

ROWS = """
parts = x.reshape(len(x), groups, -1)
mean = parts.mean(axis=2, keepdims=True)
var = parts.var(axis=2, keepdims=True)
x_hat = ((parts - mean) / np.sqrt(var + eps)).reshape(x.shape)
return gamma[:, None, None] * x_hat + beta[:, None, None]
"""

FIVE = """
B, C, H, W = x.shape
parts = x.reshape(B, groups, C // groups, H, W)
mean = parts.mean(axis=(2, 3, 4), keepdims=True)
var = parts.var(axis=(2, 3, 4), keepdims=True)
x_hat = ((parts - mean) / np.sqrt(var + eps)).reshape(B, C, H, W)
return gamma[:, None, None] * x_hat + beta[:, None, None]
"""

LOOPS = """
B, C, H, W = x.shape
y = np.zeros((B, C, H, W))
size = C // groups
for b in range(B):
    for k in range(groups):
        part = x[b, k * size : (k + 1) * size]
        y[b, k * size : (k + 1) * size] = (part - part.mean()) / np.sqrt(part.var() + eps)
return y * gamma[:, None, None] + beta[:, None, None]
"""

RIGHT: list[str] = [
    ROWS,
    FIVE,
    LOOPS,
    but(ROWS, "gamma[:, None, None]", "gamma.reshape(-1, 1, 1)"),
    but(FIVE, "(2, 3, 4)", "(-1, -2, -3)"),
    but(ROWS, "parts.var(axis=2, keepdims=True)", "((parts - mean)**2).mean(2, keepdims=True)"),
    but(ROWS, "len(x)", "x.shape[0]"),
]

WRONG: list[tuple[str, str | None]] = [
    ("axes = (0, 2, 3)\nm, v = x.mean(axes, keepdims=True), x.var(axes, keepdims=True)\n"
     "return gamma[:, None, None] * (x - m) / np.sqrt(v + eps) + beta[:, None, None]",
     "the batch is normalised"),
    (but(FIVE, "(2, 3, 4)", "(0, 2, 3, 4)"), "groups of the whole batch"),
    (but(ROWS, "groups, -1", "1, -1"), "one group always"),
    (but(ROWS, "groups, -1", "x.shape[1], -1"), "each channel by itself always"),
    (but(LOOPS, "size = C // groups", "size = groups", "range(groups)", "range(C // groups)"),
     "groups taken for the channels in a group"),
    (but(FIVE, "(2, 3, 4)", "2"), "every place by itself"),
    (but(FIVE, "groups, C // groups, H", "C // groups, groups, H", "(2, 3, 4)", "(1, 3, 4)"),
     "channels of a group are not neighbours"),
    (but(ROWS, "gamma[:, None, None] * x_hat + beta[:, None, None]", "x_hat"),
     "γ and β are left out"),
    (but(ROWS, " + beta[:, None, None]", ""), "β is left out"),
    (but(ROWS, "gamma[:, None, None] * ", ""), "γ is left out"),
    (but(ROWS, "var + eps", "var"), "ε is left out"),
    (but(ROWS, "np.sqrt(var + eps)", "(np.sqrt(var) + eps)"), "ε outside the root"),
    (but(ROWS, "np.sqrt(var + eps)", "(var + eps)"), "divided by the variance"),
    (but(ROWS, "var(axis=2, ", "var(axis=2, ddof=1, "), "the variance divided by n − 1"),
    (but(ROWS, "(parts - mean)", "parts"), "the mean is not subtracted"),
    (but(ROWS, ".reshape(x.shape)", "", "gamma[:, None, None]", "gamma[:groups, None]",
         "beta[:, None, None]", "beta[:groups, None]", "return ", "y = ")
     + "\nreturn y.reshape(x.shape)", "one γ for each group"),
    (but(ROWS, "axis=2", "axis=1"), "the mean over the groups"),
    (but(ROWS, "gamma[:, None, None]", "gamma"), None),
    (but(ROWS, ".reshape(x.shape)", ""), None),
    (but(ROWS, "- mean", "+ mean"), None),
    (but(ROWS, "* x_hat +", "+ x_hat *"), None),
    (but(LOOPS, "range(groups)", "range(groups - 1)"), None),
    (but(ROWS, "mean = parts.mean", "mean = parts.max"), None),
]  # fmt: skip

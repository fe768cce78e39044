"""Answers to exercise 9.4, right and wrong."""

from tests.lessons.answer_bank.small_changes import but

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

RIGHT: list[str] = [
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
]  # fmt: skip

WRONG: list[tuple[str, str | None]] = [
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
    (but(RUNNING_BESSEL, "np.var(x, axis=(0, 2, 3))",
         "np.einsum('bchw,bchw->c', x, x) / n - mu**2"),
     "the variance is the mean of the squares minus the square of the mean"),
]  # fmt: skip

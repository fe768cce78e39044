"""Answers to the exercises of lesson 07, right and wrong."""

from __future__ import annotations

from tests.exercises.answer_bank.text import but

RIGHT: dict[str, list[str]] = {}
WRONG: dict[str, list[tuple[str, str | None]]] = {}

# 7.1

RIGHT["07.relu_backward"] = [
    "return g * (x > 0)",
    "return np.where(x > 0, g, 0)",
    "return np.where(x <= 0, 0.0, g)",
    "grad = np.array(g)\ngrad[x <= 0] = 0\nreturn grad",
    "return g * np.maximum(np.sign(x), 0)",
    "return np.einsum('...,...->...', g, (x > 0).astype(float))",
    "return np.heaviside(x, 0) * g",
    "grad = np.zeros(x.shape)\nmask = x > 0\ngrad[mask] = g[mask]\nreturn grad",
    """
    grad = [b if a > 0 else 0 for a, b in zip(x.reshape(-1), g.reshape(-1))]
    return np.array(grad).reshape(x.shape)
    """,
    "from course_utils.ops import relu_backward as back\nreturn back(g.astype(float), x)",
]

WRONG["07.relu_backward"] = [
    ("return g * (x >= 0)", "at zero the gradient is let through"),
    ("return np.where(x < 0, 0, g)", "at zero the gradient is let through"),
    ("return np.heaviside(x, 1) * g", "at zero the gradient is let through"),
    ("return np.heaviside(x, 0.5) * g", "at zero the gradient is halved"),
    ("return g * (np.sign(x) + 1) / 2", "at zero the gradient is halved"),
    ("return np.maximum(g, 0)", "ReLU is applied to the gradient"),
    ("return g * (g > 0)", "ReLU is applied to the gradient"),
    ("return np.maximum(g, 0) * (x > 0)", "negative gradients are stopped as well"),
    ("return np.where((x > 0) & (g > 0), g, 0)", "negative gradients are stopped as well"),
    ("return g * (x < 0)", "the gradient is let through where x is negative"),
    ("return g * (x != 0)", "the gradient is let through wherever x is not 0"),
    ("return np.where(x == 0, 0, g)", "the gradient is let through wherever x is not 0"),
    ("return np.where(x > 0, 1.0, 0.0)", "the upstream gradient is left out"),
    ("return x > 0", "the comparison itself is returned"),
    ("return np.maximum(x, 0)", "the forward pass is computed"),
    ("return x * (x > 0)", "the forward pass is computed"),
    ("return g * np.maximum(x, 0)", "multiplied by the value instead of the slope"),
    ("return np.where(x > 0, g * x, 0)", "multiplied by the value instead of the slope"),
    ("return g * np.sign(x)", "multiplied by the sign of x"),
    ("return g", "everything is let through"),
    ("return 1.0 * g", "everything is let through"),
    ("return np.where(x > 0, g, 0.01 * g)", "a hundredth is let through where x is negative"),
    ("return g[x > 0]", "the gradients that are stopped are left out instead of set to 0"),
    ("return np.where(x > 0, g, 1)", None),
    ("return g + (x > 0)", None),
    ("return np.maximum(g * x, 0)", None),
    ("return g * x", None),
    ("return -g * (x > 0)", None),
    ("g[x <= 0] = 0\nreturn g", None),
    ("return (g * (x > 0)).tolist()", None),
    ("return (g * (x > 0)).astype(int)", None),
    ("return g if (x > 0).all() else 0 * g", None),
    ("return g * (x > 0) if x > 0 else 0", None),
    ("return np.where(x > 0, g)", None),
    ("return g * (x > 1)", None),
    ("return (g * (x > 0)).sum()", None),
    ("return (g * (x > 0)).T", None),
]

# 7.2

SHARES = """
e = np.exp(z - z.max(axis=1, keepdims=True))
return e / e.sum(axis=1, keepdims=True)
"""
ROWS = """
p = np.zeros(z.shape)
for n in range(len(z)):
    e = np.exp(z[n] - max(z[n]))
    p[n] = e / sum(e)
return p
"""

RIGHT["07.softmax"] = [
    SHARES,
    ROWS,
    "from scipy.special import softmax\nreturn softmax(z, axis=1)",
    "from scipy.special import logsumexp\nreturn np.exp(z - logsumexp(z, axis=1, keepdims=True))",
    "e = np.exp((z.T - z.max(axis=1)).T)\nreturn (e.T / e.sum(axis=1)).T",
    "e = np.exp(z - z.max(axis=-1)[:, None])\nreturn e / e.sum(-1)[:, None]",
    "return np.array([np.exp(row - row.max()) / np.exp(row - row.max()).sum() for row in z])",
    "return 1 / np.exp(np.minimum(z[:, None, :] - z[:, :, None], 700)).sum(axis=2)",
    "e = np.exp(z - np.amax(z, 1, keepdims=True))\n"
    "return np.einsum('bk,b->bk', e, 1 / np.einsum('bk->b', e))",
    "z = z - z.max(axis=1).reshape(-1, 1)\n"
    "return np.exp(z - np.log(np.exp(z).sum(axis=1)).reshape(-1, 1))",
]

WRONG["07.softmax"] = [
    ("e = np.exp(z)\nreturn e / e.sum(axis=1, keepdims=True)", "no shift: large scores overflow"),
    (but(ROWS, " - max(z[n])", ""), "no shift: large scores overflow"),
    (
        "e = np.exp(z - z.max())\nreturn e / e.sum(axis=1, keepdims=True)",
        "one shift for the whole batch",
    ),
    (
        but(SHARES, "z.max(axis=1,", "z.max(axis=0,"),
        "each column is shifted by its own largest score",
    ),
    (but(SHARES, "z.max(", "z.mean("), "shifted by the mean instead of the largest score"),
    (but(ROWS, "max(z[n])", "np.mean(z[n])"), "shifted by the mean instead of the largest score"),
    (but(SHARES, "z.max(", "z.min("), "shifted by the smallest score instead of the largest"),
    (
        "e = np.exp(np.clip(z, -700, 700))\nreturn e / e.sum(axis=1, keepdims=True)",
        "large scores are clipped",
    ),
    (
        "e = np.exp(np.clip(z, -100, 100))\nreturn e / e.sum(axis=1, keepdims=True)",
        "large scores are clipped",
    ),
    (
        but(SHARES, "z.max(axis=1, keepdims=True)", "z.max(axis=1)"),
        "keepdims is missing in the maximum",
    ),
    (
        but(SHARES, "e.sum(axis=1, keepdims=True)", "e.sum(axis=1)"),
        "keepdims is missing in the sum",
    ),
    (but(SHARES, ", keepdims=True", ""), "keepdims is missing in maximum and sum"),
    (but(SHARES, "axis=1", "axis=0"), "columns instead of rows"),
    ("e = np.exp(z - z.max(axis=0))\nreturn e / e.sum(axis=0)", "columns instead of rows"),
    (but(SHARES, "e.sum(axis=1,", "e.sum(axis=0,"), "the sum runs down the columns"),
    (
        "e = np.exp(z)\nreturn e / e.sum(axis=0)",
        "the sum runs down the columns, and there is no shift",
    ),
    ("e = np.exp(z - z.max())\nreturn e / e.sum()", "everything sums to 1 together"),
    (but(SHARES, "e.sum(axis=1, keepdims=True)", "e.sum()"), "the sum runs over the whole batch"),
    (
        "return np.exp(z) / np.exp(z).sum()",
        "the sum runs over the whole batch, and there is no shift",
    ),
    (
        "return np.exp(z) / sum(sum(np.exp(z)))",
        "the sum runs over the whole batch, and there is no shift",
    ),
    (but(SHARES, " / e.sum(axis=1, keepdims=True)", ""), "not divided by the sum"),
    (but(SHARES, "e.sum(", "e.max("), "not divided by the sum"),
    ("return np.exp(z)", "only the exponential"),
    ("return z / z.sum(axis=1, keepdims=True)", "no exponential"),
    (
        "s = z - z.min(axis=1, keepdims=True)\nreturn s / s.sum(axis=1, keepdims=True)",
        "no exponential, but the smallest score subtracted",
    ),
    (but(SHARES, "np.exp(", "np.exp2("), "powers of two instead of e"),
    (but(SHARES, "np.exp(", "2.0 ** ("), "powers of two instead of e"),
    (
        but(SHARES, "z - z.max(axis=1, keepdims=True)", "-z + z.min(axis=1, keepdims=True)"),
        "the sign of the scores is turned round",
    ),
    (
        "from scipy.special import log_softmax\nreturn log_softmax(z, axis=1)",
        "the logarithm of the probabilities",
    ),
    ("return 1 / (1 + np.exp(-z))", "a sigmoid for each score"),
    ("from scipy.special import expit\nreturn expit(z)", "a sigmoid for each score"),
    ("return (z == z.max(axis=1, keepdims=True)).astype(float)", "all or nothing"),
    ("return z.argmax(axis=1)", "the class with the largest score"),
    (
        but(ROWS, "np.zeros(z.shape)", "np.zeros_like(z)"),
        "the fractions are cut off where z holds whole numbers",
    ),
    (but(SHARES, "e.sum(axis=1, keepdims=True)", "(e.sum(axis=1, keepdims=True) + 1e-6)"), None),
    (but(SHARES, "return e /", "return np.round(e /").rstrip() + ", 3)", None),
    (but(SHARES, "return ", "p = "), None),
    ("e = np.exp(abs(z))\nreturn e / e.sum(axis=1, keepdims=True)", None),
    (
        "z -= z.max(axis=1, keepdims=True)\ne = np.exp(z)\nreturn e / e.sum(axis=1, keepdims=True)",
        None,
    ),
    (
        but(
            SHARES,
            "return e / e.sum(axis=1, keepdims=True)",
            "return (e / e.sum(axis=1, keepdims=True)).tolist()",
        ),
        None,
    ),
    (
        but(
            SHARES,
            "return e / e.sum(axis=1, keepdims=True)",
            "return (e / e.sum(axis=1, keepdims=True)).T",
        ),
        None,
    ),
    (
        but(ROWS, "\nreturn", "\n    return"),
        "only the first row is filled in: the return stands inside the loop",
    ),
    ("return np.ones(z.shape) / z.shape[1]", None),
    ("return z", None),
    ("return np.tanh(z)", None),
    ("return np.exp(z) / np.sum(z, axis=1, keepdims=True)", None),
]

# 7.3

LOSS = """
shifted = z - z.max(axis=1, keepdims=True)
log_sum = np.log(np.exp(shifted).sum(axis=1))
right = shifted[np.arange(len(z)), target]
return np.mean(log_sum - right)
"""
BY_ROW = """
total = 0.0
for row, y in zip(z, target):
    row = row - row.max()
    total += np.log(np.exp(row).sum()) - row[y]
return total / len(z)
"""
PROBABLE = """
e = np.exp(z - z.max(axis=1, keepdims=True))
p = e / e.sum(axis=1, keepdims=True)
return -np.mean(np.log(p[np.arange(len(z)), target]))
"""

RIGHT["07.cross_entropy"] = [
    LOSS,
    BY_ROW,
    but(LOSS, "return np.mean(log_sum - right)", "return float((log_sum - right).sum() / len(z))"),
    but(
        LOSS,
        "right = shifted[np.arange(len(z)), target]",
        "right = (np.eye(z.shape[1])[target] * shifted).sum(axis=1)",
    ),
    but(
        LOSS,
        "shifted[np.arange(len(z)), target]",
        "np.take_along_axis(shifted, target[:, None], axis=1)[:, 0]",
    ),
    "from scipy.special import log_softmax\n"
    "return -log_softmax(z, axis=1)[np.arange(len(z)), target].mean()",
    "from scipy.special import logsumexp\n"
    "return np.mean(logsumexp(z, axis=1) - z[np.arange(len(z)), target])",
    "truth = np.eye(z.shape[1])[target]\nshifted = z - z.max(axis=1, keepdims=True)\n"
    "return (np.log(np.exp(shifted).sum(axis=1)).sum() - np.einsum('bk,bk', truth, shifted)) / "
    "len(z)",
    "differences = z - z[np.arange(len(z)), target][:, None]\n"
    "top = differences.max(axis=1)\n"
    "return np.mean(top + np.log(np.exp(differences - top[:, None]).sum(axis=1)))",
    "return np.mean(np.logaddexp.reduce(z, axis=1) - z[np.arange(len(z)), target])",
    "from course_utils.ops import cross_entropy as loss\nreturn loss(z.astype(float), target)",
]

ZERO = "the logarithm of a probability that has become zero"
WRONG["07.cross_entropy"] = [
    (but(BY_ROW, "row.max()", "z.max()"), "one shift for the whole batch"),
    (but(LOSS, "z.max(axis=1, keepdims=True)", "z.max()"), "one shift for the whole batch"),
    (
        but(LOSS, "z.max(axis=1, keepdims=True)", "z.max(axis=0)"),
        "each column is shifted by its own largest score",
    ),
    (
        but(LOSS, "z.max(axis=1, keepdims=True)", "z.max(axis=1)"),
        "keepdims is missing in the maximum",
    ),
    (but(LOSS, "np.mean", "np.sum"), "summed over the batch instead of averaged"),
    (but(BY_ROW, " / len(z)", ""), "summed over the batch instead of averaged"),
    (but(LOSS, "np.mean(log_sum - right)", "log_sum - right"), "one number for each row"),
    (but(LOSS, "right = shifted[", "right = z["), "the right score is not shifted"),
    (
        but(LOSS, "np.exp(shifted).sum(axis=1)", "np.exp(shifted).sum()"),
        "the exponentials of all rows are summed together",
    ),
    (
        but(LOSS, "np.log(np.exp(shifted).sum(axis=1))", "np.log(sum(sum(np.exp(shifted))))"),
        "the exponentials of all rows are summed together",
    ),
    (PROBABLE, ZERO),
    (
        but(LOSS, "shifted = z - z.max(axis=1, keepdims=True)", "shifted = z"),
        "no shift: large scores overflow",
    ),
    (
        but(PROBABLE, " - z.max(axis=1, keepdims=True)", ""),
        "a softmax without shift, and its logarithm",
    ),
    (but(PROBABLE, "target])", "target] + 1e-12)"), "1e-12 is added inside the logarithm"),
    (but(PROBABLE, "target])", "target] + 1e-15)"), "1e-15 is added inside the logarithm"),
    (but(PROBABLE, "target])", "target] + 1e-10)"), "1e-10 is added inside the logarithm"),
    (but(PROBABLE, "target])", "target] + 1e-9)"), "1e-9 is added inside the logarithm"),
    (but(PROBABLE, "target])", "target] + 1e-8)"), "1e-8 is added inside the logarithm"),
    (but(LOSS, "return", "return -"), "the sign is wrong"),
    (but(LOSS, "log_sum - right", "right - log_sum"), "the sign is wrong"),
    (
        but(LOSS, "log_sum - right)", "log_sum - right) / z.shape[1]"),
        "divided by the number of classes too",
    ),
    (
        "shifted = z - z.max(axis=1, keepdims=True)\n"
        "log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))\n"
        "return -np.mean(np.eye(z.shape[1])[target] * log_p)",
        "divided by the number of classes too",
    ),
    (
        but(BY_ROW, "/ len(z)", "/ z.shape[1]"),
        "divided by the number of classes instead of the number of rows",
    ),
    (
        but(LOSS, "np.mean(log_sum - right)", "np.mean(log_sum - right) / np.log(2)"),
        "logarithm to base two",
    ),
    (
        but(LOSS, "np.mean(log_sum - right)", "np.mean(log_sum - right) / np.log(10)"),
        "logarithm to base ten",
    ),
    (
        but(
            PROBABLE,
            "np.mean(np.log(p[np.arange(len(z)), target]))",
            "np.log(np.mean(p[np.arange(len(z)), target]))",
        ),
        "the logarithm of the mean probability",
    ),
    (
        but(
            PROBABLE,
            "-np.mean(np.log(p[np.arange(len(z)), target]))",
            "1 - np.mean(p[np.arange(len(z)), target])",
        ),
        "one minus the probability",
    ),
    (
        but(PROBABLE, "np.log(p[np.arange(len(z)), target])", "p[np.arange(len(z)), target]"),
        "minus the probability, without the logarithm",
    ),
    ("return -np.mean(z[np.arange(len(z)), target])", "softmax is left out"),
    (
        but(LOSS, "log_sum - right", "-right"),
        "the logarithm of the sum is left out after the shift",
    ),
    (
        but(LOSS, "np.log(np.exp(shifted).sum(axis=1))", "np.exp(shifted).sum(axis=1)"),
        "the sum stands without its logarithm",
    ),
    (
        "shifted = z - z.max(axis=1, keepdims=True)\n"
        "log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))\n"
        "return -np.mean(log_p[:, target])",
        "whole columns are picked instead of one score in each row",
    ),
    (but(LOSS, ", target]", ", target - 1]"), "classes are counted from 1"),
    (
        but(LOSS, ", target]", ", z.argmax(axis=1)]"),
        "the class with the largest score takes the place of the right one",
    ),
    (
        but(LOSS, "right = shifted[np.arange(len(z)), target]", "right = shifted.max(axis=1)"),
        "the class with the largest score takes the place of the right one",
    ),
    (
        "shifted = z - z.max(axis=0)\nlog_p = shifted - np.log(np.exp(shifted).sum(axis=0))\n"
        "return -np.mean(log_p[np.arange(len(z)), target])",
        "columns instead of rows",
    ),
    ("return np.mean(z.argmax(axis=1) != target)", "the share of wrong answers"),
    (
        but(
            PROBABLE,
            "return -np.mean(np.log(p[np.arange(len(z)), target]))",
            "return np.mean((p - np.eye(z.shape[1])[target]) ** 2)",
        ),
        "the squared error of the probabilities",
    ),
    (
        but(
            PROBABLE,
            "return -np.mean(np.log(p[np.arange(len(z)), target]))",
            "truth = np.eye(z.shape[1])[target]\n"
            "return -np.mean(np.sum(np.log(np.where(truth == 1, p, 1 - p)), axis=1))",
        ),
        "a yes-or-no question for each class",
    ),
    (
        "from scipy.special import entr, softmax\n"
        "return np.mean(entr(softmax(z, axis=1)).sum(axis=1))",
        "the entropy of the prediction",
    ),
    (but(LOSS, ", target]", ", target + 1]"), None),
    (
        but(BY_ROW, "\nreturn", "\n    return"),
        "only the first row is counted: the return stands inside the loop",
    ),
    (but(BY_ROW, "total +=", "total ="), "each row overwrites the one before"),
    (but(PROBABLE, "np.log(", "np.log1p("), None),
    (but(PROBABLE, "np.log(p[", "np.log(np.clip(p, 1e-7, 1)["), None),
    (but(LOSS, "return np.mean(log_sum - right)", "return str(np.mean(log_sum - right))"), None),
    (but(LOSS, "return np.mean(log_sum - right)", "return np.exp(np.mean(log_sum - right))"), None),
    (but(LOSS, "return np.mean(log_sum - right)", "return [np.mean(log_sum - right)]"), None),
    (but(LOSS, "right = shifted[np.arange(len(z)), target]", "right = z[target]"), None),
    ("z -= 1\n" + LOSS.strip(), None),
    (but(LOSS, "np.mean(log_sum - right)", "round(np.mean(log_sum - right), 3)"), None),
    ("return np.mean(target)", None),
    ("return 0.0", None),
]

# 7.4

GRADIENT = """
e = np.exp(z - z.max(axis=1, keepdims=True))
p = e / e.sum(axis=1, keepdims=True)
p[np.arange(len(z)), target] -= 1
return p / len(z)
"""
ONE_HOT = """
e = np.exp(z - z.max(axis=1, keepdims=True))
p = e / e.sum(axis=1, keepdims=True)
truth = np.eye(z.shape[1])[target]
return (p - truth) / len(z)
"""
EACH_ROW = """
B, K = z.shape
grad = np.zeros((B, K))
for n in range(B):
    e = np.exp(z[n] - z[n].max())
    for k in range(K):
        grad[n, k] = e[k] / e.sum() / B
    grad[n, target[n]] -= 1 / B
return grad
"""

RIGHT["07.cross_entropy_backward"] = [
    GRADIENT,
    ONE_HOT,
    EACH_ROW,
    "from scipy.special import softmax\n"
    "return (softmax(z, axis=1) - np.eye(z.shape[1])[target]) / z.shape[0]",
    but(ONE_HOT, "np.eye(z.shape[1])[target]", "(np.arange(z.shape[1]) == target[:, None])"),
    but(
        ONE_HOT,
        "truth = np.eye(z.shape[1])[target]",
        "truth = np.zeros(z.shape)\nfor n, y in enumerate(target):\n    truth[n, y] = 1",
    ),
    but(
        GRADIENT,
        "p[np.arange(len(z)), target] -= 1\nreturn p / len(z)",
        "p /= len(z)\np[np.arange(len(z)), target] -= 1 / len(z)\nreturn p",
    ),
    """
    e = np.exp(z - z.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    rows = np.arange(len(z))
    # the chain rule through the softmax: p_y (truth − p_k), times −1/p_y
    return -(np.eye(z.shape[1])[target] - p) / len(z)
    """,
    but(
        ONE_HOT,
        "return (p - truth) / len(z)",
        "return np.einsum('bk,b->bk', p - truth, np.full(len(z), 1 / len(z)))",
    ),
    "from course_utils.ops import cross_entropy_backward as back\n"
    "return back(1.0, z.astype(float), target)[0]",
]

WRONG["07.cross_entropy_backward"] = [
    (but(EACH_ROW, "z[n].max()", "z.max()"), "one shift for the whole batch"),
    (but(ONE_HOT, "z.max(axis=1, keepdims=True)", "z.max()"), "one shift for the whole batch"),
    (
        but(ONE_HOT, "z.max(axis=1, keepdims=True)", "z.max(axis=0)"),
        "each column is shifted by its own largest score",
    ),
    (
        but(ONE_HOT, "z.max(axis=1, keepdims=True)", "z.max(axis=1)"),
        "keepdims is missing in the maximum",
    ),
    (but(GRADIENT, " / len(z)", ""), "not divided by the batch size"),
    (but(ONE_HOT, "/ len(z)", "/ z.shape[1]"), "divided by the number of classes"),
    (but(ONE_HOT, "/ len(z)", "/ z.size"), "divided by the number of all scores"),
    (but(ONE_HOT, "p - truth", "truth - p"), "the sign is wrong"),
    (but(GRADIENT, "return p", "return -p"), "the sign is wrong"),
    (but(GRADIENT, "-= 1", "+= 1"), "the truth is added"),
    (but(ONE_HOT, "p - truth", "p + truth"), "the truth is added"),
    (but(ONE_HOT, "p - truth", "p - target[:, None]"), "the number of the class is subtracted"),
    (
        but(GRADIENT, "p[np.arange(len(z)), target] -= 1", "p -= target.reshape(-1, 1)"),
        "the number of the class is subtracted",
    ),
    (but(ONE_HOT, "(p - truth) /", "p - truth /"), "only the truth is divided by the batch size"),
    (
        but(GRADIENT, "-= 1\nreturn p / len(z)", "-= 1 / len(z)\nreturn p"),
        "only the truth is divided by the batch size",
    ),
    (but(GRADIENT, "p[np.arange(len(z)), target] -= 1\n", ""), "the truth is not subtracted"),
    (
        but(GRADIENT, "p[np.arange(len(z)), target] -= 1", "p -= 1"),
        "1 is subtracted at every class",
    ),
    (
        but(GRADIENT, "[np.arange(len(z)), target]", "[:, target]"),
        "1 is subtracted in whole columns",
    ),
    (but(GRADIENT, "[np.arange(len(z)), target]", "[target]"), "1 is subtracted in whole rows"),
    (but(GRADIENT, ", target]", ", target - 1]"), "classes are counted from 1"),
    (
        but(GRADIENT, ", target]", ", z.argmax(axis=1)]"),
        "1 is subtracted where the largest score is",
    ),
    (but(ONE_HOT, "(p - truth)", "truth * (p - 1)"), "only the right class gets a gradient"),
    (
        """
        e = np.exp(z - z.max(axis=1, keepdims=True))
        p = e / e.sum(axis=1, keepdims=True)
        grad = np.zeros(z.shape)
        rows = np.arange(len(z))
        grad[rows, target] = -1 / p[rows, target]
        return grad / len(z)
        """,
        "the gradient with respect to the probabilities",
    ),
    (
        but(ONE_HOT, "(p - truth)", "(p - truth) * p * (1 - p)"),
        "multiplied by the slope p(1 − p) once more",
    ),
    (but(ONE_HOT, "(p - truth)", "p * (1 - p)"), "the slope p(1 − p) alone"),
    (but(ONE_HOT, "(p - truth)", "2 * (p - truth)"), "the factor 2 of a squared error"),
    (but(ONE_HOT, "(p - truth)", "(z - truth)"), "softmax is left out"),
    (but(ONE_HOT, "(p - truth)", "(e - truth)"), "the exponentials are not divided by their sum"),
    (but(ONE_HOT, "(p - truth)", "((z == z.max(axis=1, keepdims=True)) - truth)"), None),
    (
        but(ONE_HOT, "(p - truth)", "(np.eye(z.shape[1])[z.argmax(axis=1)] - truth)"),
        "all or nothing in place of probabilities",
    ),
    (but(ONE_HOT, " - z.max(axis=1, keepdims=True)", ""), "no shift: large scores overflow"),
    (but(ONE_HOT, "axis=1", "axis=0"), "columns instead of rows"),
    (
        but(
            ONE_HOT,
            "e.sum(axis=1, keepdims=True)",
            "e.sum()",
            "z.max(axis=1, keepdims=True)",
            "z.max()",
        ),
        "everything sums to 1 together",
    ),
    (
        but(EACH_ROW, "\nreturn", "\n    return"),
        "only the first row is filled in: the return stands inside the loop",
    ),
    (but(EACH_ROW, "np.zeros((B, K))", "np.zeros_like(z)"), None),
    (
        """
        e = np.exp(z - z.max(axis=1, keepdims=True))
        p = e / e.sum(axis=1, keepdims=True)
        p[np.arange(len(z)), target] -= 1
        grad = np.zeros_like(z)
        grad[:] = p / len(z)
        return grad
        """,
        "the fractions are cut off where z holds whole numbers",
    ),
    (but(GRADIENT, ", target]", ", target + 1]"), None),
    (but(GRADIENT, "return p / len(z)", "return p / len(z), p"), None),
    (but(ONE_HOT, "return (p - truth) / len(z)", "return np.mean(p - truth)"), None),
    (but(ONE_HOT, "return (p - truth) / len(z)", "return ((p - truth) / len(z)).T"), None),
    (but(ONE_HOT, "return (p - truth) / len(z)", "return ((p - truth) / len(z)).tolist()"), None),
    (but(ONE_HOT, "(p - truth)", "(p - truth) ** 2"), None),
    (but(ONE_HOT, "(p - truth)", "abs(p - truth)"), None),
    (but(ONE_HOT, "e = ", "z -= 0.5\ne = "), None),
    ("return z", None),
    ("return np.eye(z.shape[1])[target] / len(z)", None),
    (but(ONE_HOT, "(p - truth)", "(np.log(p) - truth)"), None),
    (but(EACH_ROW, "grad[n, target[n]] -= 1 / B", "grad[n, target[n]] -= 1"), None),
]

# 7.5

STEP = """
v = momentum * v + grad
w = w - lr * v
return w, v
"""

RIGHT["07.momentum_step"] = [
    STEP,
    but(STEP, "return w, v", "return [w, v]"),
    but(STEP, "return w, v", "return np.array([w, v])"),
    "new = v * momentum\nnew = new + grad\nreturn w - new * lr, new",
    "w_new = w - lr * (momentum * v + grad)\nreturn w_new, (w - w_new) / lr",
    "v_new = np.add(np.multiply(momentum, v), grad)\nreturn np.subtract(w, lr * v_new), v_new",
    "v = v.astype(float)\nw = w.astype(float)\nv *= momentum\nv += grad\nw -= lr * v\nreturn w, v",
    """
    shape = w.shape
    pairs = zip(w.reshape(-1), v.reshape(-1), grad.reshape(-1))
    new = [(a - lr * (momentum * b + c), momentum * b + c) for a, b, c in pairs]
    return [np.array(part).reshape(shape) for part in zip(*new)]
    """,
    "v = np.einsum('i,i...->...', [momentum, 1.0], np.array([v, grad]))\nreturn w - lr * v, v",
]

WRONG["07.momentum_step"] = [
    ("w = w - lr * v\nv = momentum * v + grad\nreturn w, v", "the step uses the old v"),
    ("return w - lr * v, momentum * v + grad", "the step uses the old v"),
    (but(STEP, "+ grad", "+ (1 - momentum) * grad"), "the gradient is weighted by 1 − momentum"),
    (
        but(STEP, "momentum * v + grad", "(1 - momentum) * v + momentum * grad"),
        "the shares of old v and gradient are exchanged",
    ),
    (
        but(STEP, "momentum * v + grad", "v + momentum * grad"),
        "momentum weights the gradient instead of the old v",
    ),
    (
        but(STEP, "momentum * v + grad", "momentum * (v + grad)"),
        "momentum weights the gradient too",
    ),
    (but(STEP, "momentum * v + grad", "v + grad"), "the whole old v is kept"),
    (but(STEP, "momentum * v + grad", "grad"), "the old v is forgotten"),
    (
        but(STEP, "lr", "Q", "momentum", "lr", "Q", "momentum"),
        "momentum and learning rate are exchanged",
    ),
    (but(STEP, "w - lr", "w + lr"), "uphill"),
    (but(STEP, "+ grad", "- grad", "w - lr", "w + lr"), "v has the opposite sign"),
    (but(STEP, "+ grad", "- grad"), "the gradient is subtracted in v, and v from w"),
    (but(STEP, "+ grad", "+ lr * grad", "lr * v\n", "v\n"), "the learning rate inside v"),
    (
        but(STEP, "+ grad", "- lr * grad", "w - lr * v", "w + v"),
        "the learning rate inside v, with the opposite sign",
    ),
    (but(STEP, "+ grad", "+ lr * grad"), "the learning rate comes in twice"),
    (but(STEP, "w - lr * v", "w - v"), "the learning rate is left out"),
    (
        "return w - lr * grad - momentum * v, momentum * v + grad",
        "the learning rate reaches the gradient only",
    ),
    (but(STEP, "w - lr * v", "w - lr * grad"), "momentum is remembered but not used"),
    (but(STEP, "lr * v", "lr * (grad + momentum * v)"), "Nesterov's variant"),
    ("return w - lr * (momentum * v + grad), v", "the old v is returned"),
    ("return w, momentum * v + grad", "the old w is returned"),
    (but(STEP, "w = w - lr * v", "w = lr * v"), "the step is returned instead of the new w"),
    (but(STEP, "return w, v", "return v, w"), "v is returned before w"),
    (but(STEP, "return w, v", "return w"), "only w is returned"),
    ("v *= momentum\nv += grad\nw -= lr * v\nreturn w, v", None),
    ("v[:] = momentum * v + grad\nreturn w - lr * v, v", None),
    (but(STEP, "return w, v", "return v"), None),
    (but(STEP, "return w, v", "print(w, v)"), None),
    (but(STEP, "w = w - lr", "w = momentum * w - lr"), None),
    (but(STEP, "lr * v", "lr / v"), None),
    (but(STEP, "momentum * v", "momentum**2 * v"), None),
    (but(STEP, "grad", "grad**2"), None),
    (but(STEP, "return w, v", "return {'w': w, 'v': v}"), None),
    (but(STEP, "w - lr * v", "w * lr - v"), None),
    (but(STEP, "return w, v", "return w.tolist(), v.tolist()"), None),
    (but(STEP, "return w, v", "return w, v, grad"), None),
    (but(STEP, "return w, v", "return w.astype(int), v"), None),
    ("return w, v", None),
]

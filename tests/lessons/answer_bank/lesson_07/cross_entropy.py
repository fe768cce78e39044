"""Answers to exercise 7.5, right and wrong."""

from tests.lessons.answer_bank.small_changes import but

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

RIGHT: list[str] = [
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

WRONG: list[tuple[str, str | None]] = [
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
    (
        but(PROBABLE, "target])", "target] + 1e-12)"),
        "1e-12 is added inside the logarithm, or the probability clipped there",
    ),
    (
        but(PROBABLE, "target])", "target] + 1e-15)"),
        "1e-15 is added inside the logarithm, or the probability clipped there",
    ),
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
    (
        but(PROBABLE, "np.log(p[", "np.log(np.clip(p, 1e-7, 1)["),
        "probabilities are clipped at 1e-7",
    ),
    (but(LOSS, "return np.mean(log_sum - right)", "return str(np.mean(log_sum - right))"), None),
    (but(LOSS, "return np.mean(log_sum - right)", "return np.exp(np.mean(log_sum - right))"), None),
    (but(LOSS, "return np.mean(log_sum - right)", "return [np.mean(log_sum - right)]"), None),
    (but(LOSS, "right = shifted[np.arange(len(z)), target]", "right = z[target]"), None),
    ("z -= 1\n" + LOSS.strip(), None),
    (but(LOSS, "np.mean(log_sum - right)", "round(np.mean(log_sum - right), 3)"), None),
    ("return np.mean(target)", None),
    ("return 0.0", None),
    # a larger float only moves the overflow
    (
        "e = np.exp(z.astype(np.longdouble))\n"
        "return float(np.mean(np.log(e.sum(axis=1)) - z[np.arange(len(z)), target]))",
        None,
    ),
    (
        but(
            PROBABLE,
            "-np.mean(np.log(p[np.arange(len(z)), target]))",
            "-np.mean(target * np.log(p))",
        ),
        "the numbers of the classes are multiplied by the logarithms",
    ),
    (
        but(PROBABLE, "p[np.arange(len(z)), target]", "p[target]"),
        "whole rows are picked instead of one score in each row",
    ),
    (
        but(PROBABLE, "np.log(", "np.log10("),
        "logarithm to base ten, of a probability that has become 0 besides",
    ),
    (
        but(PROBABLE, "np.log(", "np.log2("),
        "logarithm to base two, of a probability that has become 0 besides",
    ),
    *(
        (
            but(PROBABLE, "return", f"p = np.clip(p, {small}, 1 - {small})\nreturn"),
            f"probabilities are clipped at {small}",
        )
        for small in ("1e-9", "1e-10")
    ),
    *(
        (
            but(PROBABLE, "return", f"p = np.clip(p, {small}, 1)\nreturn"),
            f"probabilities are clipped at {small}",
        )
        for small in ("1e-7", "1e-8")
    ),
    (but(PROBABLE, "target]))", "target] + 1e-7))"), "1e-7 is added inside the logarithm"),
    (
        but(PROBABLE, "return", "p = np.maximum(p, 1e-12)\nreturn"),
        "1e-12 is added inside the logarithm, or the probability clipped there",
    ),
]

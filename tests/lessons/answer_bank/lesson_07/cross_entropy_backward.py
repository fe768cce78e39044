"""Answers to exercise 7.6, right and wrong."""

from tests.lessons.answer_bank.small_changes import but

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

DIFFERENCES = """
def loss(z):
    top = z.max(axis=1, keepdims=True)
    logs = z - top - np.log(np.sum(np.exp(z - top), axis=1, keepdims=True))
    return -logs[np.arange(len(z)), target].mean()

grad = np.zeros(z.shape)
for n in range(z.shape[0]):
    for k in range(z.shape[1]):
        up, down = z.astype(float), z.astype(float)
        up[n, k] += 1e-5
        down[n, k] -= 1e-5
        grad[n, k] = (loss(up) - loss(down)) / (2 * 1e-5)
return grad
"""

RIGHT: list[str] = [
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

WRONG: list[tuple[str, str | None]] = [
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
    (
        but(EACH_ROW, "grad[n, target[n]] -= 1 / B", "grad[n, target[n]] -= 1"),
        "only the probabilities are divided by the batch size",
    ),
    # a larger float only moves the overflow
    (
        but(
            GRADIENT, "np.exp(z - z.max(axis=1, keepdims=True))", "np.exp(z.astype(np.longdouble))"
        ),
        None,
    ),
    (but(GRADIENT, "z.max", "z.min"), None),
    (
        but(ONE_HOT, "(p - truth)", "(p - target)"),
        "the numbers of the classes are subtracted along the wrong axis",
    ),
    (
        but(ONE_HOT, "np.eye(z.shape[1])[target]", "np.arange(z.shape[1]) == target"),
        "the classes are compared along the wrong axis",
    ),
    (
        but(ONE_HOT, "(p - truth) / len(z)", "p / len(z) - truth"),
        "only the probabilities are divided by the batch size",
    ),
    (
        but(ONE_HOT, "return (p - truth)", "return (p - truth).sum(axis=0)"),
        "the gradients of the rows are added up",
    ),
    (DIFFERENCES.replace("1e-5", "1e-3"), "central differences with the step 1e-3"),
    (DIFFERENCES.replace("1e-5", "1e-4"), "central differences with the step 1e-4"),
    (DIFFERENCES.replace("1e-5", "1e-5"), "central differences with the step 1e-5"),
    (DIFFERENCES.replace("1e-5", "1e-6"), "central differences with the step 1e-6"),
    (DIFFERENCES.replace("1e-5", "1e-7"), "central differences with the step 1e-7"),
]

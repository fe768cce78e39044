"""Answers to exercise 7.7, right and wrong."""

from tests.lessons.answer_bank.small_changes import but

STEP = """
v = momentum * v + grad
w = w - lr * v
return w, v
"""

RIGHT: list[str] = [
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

WRONG: list[tuple[str, str | None]] = [
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
    (
        but(STEP, "momentum * v + grad", "grad + momentum * v + momentum**2 * v"),
        "the old sum is added once for every power",
    ),
    (
        but(STEP, "momentum * v + grad", "(1 + momentum) * grad"),
        "the new gradient stands for the older ones",
    ),
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

"""Answers to exercise 10.1, right and wrong."""

from tests.lessons.answer_bank.small_changes import but

BLOCK = """
h = np.maximum(W1 @ x, 0)
F = W2 @ h
return np.maximum(F + scale * x, 0)
"""

BLOCK_LOOPS = """
C = len(x)
h = np.zeros(C)
for i in range(C):
    for j in range(C):
        h[i] += W1[i, j] * x[j]
    if h[i] < 0:
        h[i] = 0
y = np.zeros(C)
for i in range(C):
    for j in range(C):
        y[i] += W2[i, j] * h[j]
    y[i] += scale * x[i]
    y[i] = max(y[i], 0)
return y
"""

RIGHT: list[str] = [
    BLOCK,
    BLOCK_LOOPS,
    "relu = lambda v: v * (v > 0)\nreturn relu(W2.dot(relu(W1.dot(x))) + scale * x)",
    "h = (W1 @ x).clip(0)\nreturn (W2 @ h + scale * x).clip(min=0)",
    "h = np.einsum('ij,j->i', W1, x)\nh = np.where(h > 0, h, 0)\n"
    "H = np.einsum('ij,j->i', W2, h) + np.eye(len(x)) * scale @ x\n"
    "return np.where(H > 0, H, 0)",
    "h = W1 @ x\nh[h < 0] = 0\ny = W2 @ h + scale * x\ny[y < 0] = 0\nreturn y",
    "M = np.hstack([W2, scale * np.eye(len(x))])\n"
    "return np.maximum(M @ np.concatenate([np.maximum(W1 @ x, 0), x]), 0)",
    but(BLOCK, "W1 @ x", "x @ W1.T", "W2 @ h", "(h[None] @ W2.T)[0]"),
    but(BLOCK, "np.maximum(F + scale * x, 0)", "(np.abs(F + scale * x) + (F + scale * x)) / 2"),
]

WRONG: list[tuple[str, str | None]] = [
    (but(BLOCK, " + scale * x", ""), "the skip is left out"),
    (but(BLOCK, "scale * x", "x"), "the skip is not scaled"),
    (but(BLOCK, "F + scale * x", "scale * F + x"), "the branch is scaled instead of the skip"),
    (but(BLOCK, "F + scale * x", "scale * (F + x)"), "branch and skip are both scaled"),
    ("x = scale * x" + BLOCK.replace("F + scale * x", "F + x"), "branch and skip are both scaled"),
    (but(BLOCK, "np.maximum(F + scale * x, 0)", "np.maximum(F, 0) + scale * x"),
     "the last ReLU before the sum"),
    (but(BLOCK, "F + scale * x", "F + scale * np.maximum(x, 0)"), "ReLU on the skip"),
    (but(BLOCK, "W1 @ x", "W1 @ x + scale * x", "F + scale * x", "F"),
     "added after the first layer, inside its ReLU"),
    (but(BLOCK, "W2 @ h", "W2 @ (h + scale * x)", "F + scale * x", "F"),
     "added between the layers"),
    (but(BLOCK, "np.maximum(F + scale * x, 0)", "F + scale * x"), "the last ReLU is forgotten"),
    (but(BLOCK, "np.maximum(W1 @ x, 0)", "W1 @ x"), "no ReLU between the layers"),
    ("return np.maximum(W2 @ W1 @ x + scale * x, 0)", "no ReLU between the layers"),
    (but(BLOCK, "W1 @", "V @", "W2 @", "W1 @", "V @", "W2 @"), "the layers in the wrong order"),
    (but(BLOCK, "W1 @ x", "x @ W1", "W2 @ h", "h @ W2"), "the weights transposed"),
    (but(BLOCK_LOOPS, "W1[i, j]", "W1[j, i]", "W2[i, j]", "W2[j, i]"), "the weights transposed"),
    (but(BLOCK, "F + scale", "F - scale"), "the skip is subtracted"),
    (but(BLOCK, "W2 @ h", "np.maximum(W2 @ h, 0)"), "a third ReLU, before the sum"),
    (but(BLOCK, "scale * x", "scale * h"), "the skip begins after the first layer"),
    (but(BLOCK, "@", "*"), "* in place of @"),
    (but(BLOCK, "scale * x", "scale + x"), "λ is added"),
    (but(BLOCK, "np.maximum(F + scale * x, 0)", "np.maximum(F, 0) + np.maximum(scale * x, 0)"),
     "a ReLU on each way instead of one after the sum"),
    (but(BLOCK, "np.maximum(W1 @ x, 0)", "W1 @ x", "np.maximum(F + scale * x, 0)",
         "F + scale * x"),
     None),
    (but(BLOCK, "np.maximum(F + scale * x, 0)", "max(F + scale * x, 0)"), None),
    (but(BLOCK, "np.maximum", "np.minimum"), None),
    (but(BLOCK, "np.maximum", "np.max"), None),
    (but(BLOCK, "scale * x", "scale @ x"), None),
    (but(BLOCK, "F + scale * x, 0", "F + scale * x, 0, x"), None),
    (but(BLOCK, "return np", "np"), None),
    (but(BLOCK, "np.maximum(F + scale * x, 0)", "np.concatenate([F, scale * x])"), None),
    (but(BLOCK_LOOPS, "h[i] += ", "h[i] = "), None),
]  # fmt: skip

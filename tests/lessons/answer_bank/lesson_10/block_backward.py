"""Answers to exercise 10.2, right and wrong."""

from tests.lessons.answer_bank.small_changes import but

BACK = """
h = W1 @ x
H = W2 @ np.maximum(h, 0) + scale * x
g = g * (H > 0)
branch = W1.T @ ((W2.T @ g) * (h > 0))
return branch + scale * g
"""

BACK_JACOBIAN = """
h = W1 @ x
H = W2 @ np.maximum(h, 0) + scale * x
J = W2 @ np.diag((h > 0).astype(float)) @ W1 + scale * np.eye(len(x))
return g @ np.diag((H > 0).astype(float)) @ J
"""

BACK_LOOPS = """
C = len(x)
h = [sum(W1[i, j] * x[j] for j in range(C)) for i in range(C)]
H = [sum(W2[i, j] * max(h[j], 0) for j in range(C)) + scale * x[i] for i in range(C)]
grad = np.zeros(C)
for i in range(C):
    if H[i] <= 0:
        continue
    grad[i] += scale * g[i]
    for j in range(C):
        if h[j] > 0:
            for s in range(C):
                grad[s] += g[i] * W2[i, j] * W1[j, s]
return grad
"""

RIGHT: list[str] = [
    BACK,
    BACK_JACOBIAN,
    BACK_LOOPS,
    but(BACK, "W1.T @ ((W2.T @ g) * (h > 0))", "((g @ W2) * (h > 0)) @ W1"),
    but(BACK, "g = g * (H > 0)", "g = np.where(H > 0, g, 0)"),
    but(BACK, "(h > 0)", "np.sign(np.maximum(h, 0))"),
    but(BACK, "W1.T @ ((W2.T @ g) * (h > 0))",
        "np.linalg.multi_dot([W1.T, np.diag(1.0 * (h > 0)), W2.T, g])"),
    but(BACK, "W1.T @ ((W2.T @ g) * (h > 0))", "np.einsum('i,ij,j,js->s', g, W2, h > 0, W1)"),
    """
    C = len(x)
    M = np.concatenate([W2, scale * np.eye(C)], axis=1)
    h = W1 @ x
    after = g * (M @ np.concatenate([np.maximum(h, 0), x]) > 0)
    both = M.T @ after
    return W1.T @ (both[:C] * (h > 0)) + both[C:]
    """,
    """
    from course_utils.ops import relu, relu_backward
    h = W1 @ x
    arrived = relu_backward(g.astype(float), W2 @ relu(h) + scale * x)
    return W1.T @ relu_backward(W2.T @ arrived, h.astype(float)) + scale * arrived
    """,
]  # fmt: skip

WRONG: list[tuple[str, str | None]] = [
    (but(BACK, " + scale * g", ""), "nothing flows through the skip"),
    (but(BACK, "branch + scale", "scale"), "through the skip only"),
    (but(BACK, "branch + scale * g", "branch + g"), "λ is left out of the gradient"),
    (but(BACK, "branch + scale * g", "branch + scale"),
     "λ is added instead of λ times the gradient"),
    (but(BACK, "branch + scale * g", "scale * branch + g"),
     "λ on the branch instead of the skip"),
    (but(BACK, "branch + scale * g", "scale * (branch + g)"), "λ on both ways"),
    (but(BACK, "g = g * (H > 0)\n", ""), "the last ReLU lets everything through"),
    (but(BACK, "g = g *", "after = g *", "W2.T @ g", "W2.T @ after"),
     "the last ReLU acts on the branch only"),
    (but(BACK, "scale * g", "scale * g * (x > 0)"), "a mask on the skip"),
    (but(BACK, " * (h > 0)", ""), "the ReLU between the layers is forgotten"),
    (but(BACK_JACOBIAN, "return g @ np.diag((H > 0).astype(float)) @ J",
         "return J @ (g * (H > 0))"),
     "the gradient goes forward through the layers"),
    (but(BACK, "(H > 0)", "(W2 @ np.maximum(h, 0) > 0)"), "the mask of F instead of H"),
    (but(BACK, "H = W2 @ np.maximum(h, 0) + scale * x", "H = W2 @ np.maximum(h, 0)"),
     "the mask of F instead of H"),
    (but(BACK, "scale * g", "scale * g * x"), "the skip's gradient times x"),
    (but(BACK, "g = g * (H > 0)\n", "", " * (h > 0)", ""), "no ReLU on the way back"),
    ("return g @ (W2 @ W1 + scale * np.eye(len(x)))", "no ReLU on the way back"),
    (but(BACK, ".T", ""), "W1 and W2 without transposes"),
    (but(BACK, "W1.T @ ((W2.T @ g)", "W2.T @ ((W1.T @ g)"), "W1 is passed before W2"),
    (but(BACK, "+ scale * x", "+ x"), "the mask of F(x) + x"),
    (but(BACK, "(H > 0)", "(g > 0)"), "the mask of g"),
    ("g = np.maximum(g, 0)\nbranch = W1.T @ np.maximum(W2.T @ g, 0)\nreturn branch + scale * g",
     "ReLU of the gradients"),
    (but(BACK, "(H > 0)", "np.maximum(H, 0)", "(h > 0)", "np.maximum(h, 0)"),
     "the ReLU's value instead of its slope"),
    ("""
     h = W1 @ x
     H = W2 @ np.maximum(h, 0) + scale * x
     g = g * (H > 0)
     g = W2.T @ g
     g = g * (h > 0)
     g = W1.T @ g
     return g + scale * g
     """,
     "the skip carries what the branch has handed back"),
    (but(BACK, "(h > 0)", "(x > 0)"), "the mask of x between the layers"),
    (but(BACK, "W2 @ np.maximum(h, 0)", "W2 @ h"), "H without the ReLU between the layers"),
    (but(BACK_JACOBIAN, "scale * np.eye(len(x))", "scale"), "λ is added to every element of J"),
    (but(BACK, "(W2.T @ g) * (h > 0)", "W2.T @ (g * (h > 0))"), "the inner mask before W2"),
    (but(BACK, "(H > 0)", "(H > 0) * (h > 0)", "((W2.T @ g) * (h > 0))", "(W2.T @ g)"),
     "both masks before the ways part"),
    (but(BACK, "(h > 0)", "(inner > 0)", "(H > 0)", "(h > 0)", "inner", "H"),
     "the masks exchanged"),
    (but(BACK, "(h > 0)", "(np.maximum(h, 0))"),
     "the ReLU's value instead of its slope, in the branch"),
    (but(BACK, "(H > 0)", "np.maximum(H, 0)"),
     "the ReLU's value instead of its slope, at the end"),
    (but(BACK, "g = g * (H > 0)\n", "", "branch + scale * g", "(branch + scale * g) * (H > 0)"),
     "the last ReLU's mask after both ways"),
    (but(BACK, "g = g * (H > 0)\n", "", "scale * g", "scale * g * (H > 0)"),
     "the last ReLU acts on the skip only"),
    (but(BACK, "W2.T @ g", "W2 @ g"), "W2 without its transpose"),
    (but(BACK_LOOPS, "W2[i, j] * W1[j, s]", "W2[j, i] * W1[j, s]"), "W2 without its transpose"),
    (but(BACK, "W1.T @", "W1 @"), "W1 without its transpose"),
    (but(BACK, "(h > 0)", "(H > 0)"), "the mask of H between the layers too"),
    (but(BACK, "W1.T @ ((W2.T @ g) * (h > 0))", "(W1.T @ (W2.T @ g)) * (h > 0)"),
     "the inner mask after W1"),
    (but(BACK, "((W2.T @ g) * (h > 0))", "np.maximum(W2.T @ g, 0)"),
     "ReLU of the gradient in the branch"),
    (but(BACK, "return branch + scale * g", "return branch + scale * x"),
     "the skip hands back λx"),
    (but(BACK, "W2 @ np.maximum(h, 0)", "np.maximum(W2 @ np.maximum(h, 0), 0)"),
     "a ReLU before the sum in H"),
    (but(BACK, "+ scale * x", "+ scale * np.maximum(x, 0)"), "a ReLU on the skip in H"),
    (but(BACK, "(h > 0)", "(h < 0)", "(H > 0)", "(H < 0)"), None),
    (but(BACK, "branch + scale", "branch - scale"), "the skip's gradient is subtracted"),
    (but(BACK, "branch + scale * g", "branch * scale * g"), "the two ways are multiplied"),
    (but(BACK, "g = g *", "g *="), None),
    (but(BACK, "@", "*"), None),
    (but(BACK, "return branch + scale * g", "return branch, scale * g"), None),
    (but(BACK, "W1.T @ ((W2.T @ g) * (h > 0))", "W2.T @ (g * (h > 0))"), None),
    ("return np.maximum(W2 @ np.maximum(W1 @ g, 0) + scale * g, 0)",
     "the block is applied to g"),
    ("return np.maximum(W2 @ np.maximum(W1 @ x, 0) + scale * x, 0)", None),
    (but(BACK, "(H > 0)", "(H >= 0)", "(h > 0)", "(h >= 0)"),
     "at 0 the ReLUs let the gradient through"),
    (but(BACK, "(H > 0)", "(H >= 0)"), "at 0 the last ReLU lets the gradient through"),
    (but(BACK, "(h > 0)", "(h >= 0)"), "at 0 the inner ReLU lets the gradient through"),
    (but(BACK, "(h > 0)", "(h > 1e-9)"), None),
]  # fmt: skip

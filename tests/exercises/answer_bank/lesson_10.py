"""Answers to the exercises of lesson 10, right and wrong."""

from __future__ import annotations

from tests.exercises.answer_bank.text import but

RIGHT: dict[str, list[str]] = {}
WRONG: dict[str, list[tuple[str, str | None]]] = {}

# 10.1

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

RIGHT["10.block"] = [
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

WRONG["10.block"] = [
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

# 10.2

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

RIGHT["10.block_backward"] = [
    BACK,
    BACK_JACOBIAN,
    BACK_LOOPS,
    but(BACK, "W1.T @ ((W2.T @ g) * (h > 0))", "((g @ W2) * (h > 0)) @ W1"),
    but(BACK, "g = g * (H > 0)", "g = np.where(H > 0, g, 0)"),
    but(BACK, "(H > 0)", "(H >= 0)", "(h > 0)", "np.sign(np.maximum(h, 0))"),
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

WRONG["10.block_backward"] = [
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
]  # fmt: skip

# 10.3

THROUGH = """
for J in jacobians[::-1]:
    g = J.T @ g + scale * g
return g
"""
THROUGH_INDEX = """
L = len(jacobians)
for l in range(L - 1, -1, -1):
    g = g @ jacobians[l] + scale * g
return g
"""
THROUGH_RECURSION = """
if len(jacobians) == 0:
    return g
J = jacobians[-1]
return gradient_through(J.T @ g + scale * g, jacobians[:-1], scale)
"""
THROUGH_PATHS = """
import itertools
total = np.zeros(len(g))
for through in itertools.product([0, 1], repeat=len(jacobians)):
    path = g.astype(float)
    for J, branch in zip(jacobians[::-1], through):
        path = path @ J if branch else scale * path
    total += path
return total
"""
THROUGH_MATRIX = """
I = np.eye(len(g))
M = I
for J in jacobians:
    M = (J + scale * I) @ M
return M.T @ g
"""

RIGHT["10.gradient_through"] = [
    THROUGH,
    THROUGH_INDEX,
    THROUGH_RECURSION,
    THROUGH_PATHS,
    THROUGH_MATRIX,
    but(THROUGH, "J.T @ g + scale * g", "(J + scale * np.eye(len(g))).T @ g"),
    but(THROUGH, "J.T @ g", "np.einsum('t,ts->s', g, J)"),
    but(THROUGH, "jacobians[::-1]", "reversed(jacobians)", "J.T @ g", "np.dot(g, J)"),
    but(THROUGH, "jacobians[::-1]", "np.flip(jacobians, axis=0).swapaxes(1, 2)", "J.T", "J"),
    "factors = [J + scale * np.eye(len(g)) for J in jacobians[::-1]]\n"
    "return np.linalg.multi_dot([g[None], *factors, np.eye(len(g))])[0]",
    "import functools\nreturn functools.reduce(lambda v, J: v @ J + scale * v, jacobians[::-1], g)",
]

WRONG["10.gradient_through"] = [
    (but(THROUGH, "[::-1]", ""), "the blocks in forward order"),
    (but(THROUGH, "J.T @ g", "J @ g"), "the Jacobian is not transposed"),
    (but(THROUGH, "J.T @ g", "J @ g", "[::-1]", ""), "not transposed, and in forward order"),
    (but(THROUGH_MATRIX, "M.T @ g", "M @ g"), "not transposed, and in forward order"),
    (but(THROUGH, "J.T @ g + scale * g", "(J + scale).T @ g"), "λ is added to every element of J"),
    (but(THROUGH_MATRIX, "scale * I", "scale"), "λ is added to every element of J"),
    (but(THROUGH, " + scale * g", ""), "the skips are left out"),
    (but(THROUGH, "J.T @ g + scale * g", "scale * g"), "the skips only"),
    (but(THROUGH, "scale * g", "g"), "λ is taken for 1"),
    (but(THROUGH_MATRIX, "scale * I", "I"), "λ is taken for 1"),
    ("plain = g\nfor J in jacobians[::-1]:\n    plain = J.T @ plain\n"
     "return plain + scale ** len(jacobians) * g",
     "only the two outermost paths"),
    ("start = g\nfor J in jacobians[::-1]:\n    g = J.T @ g\nreturn g + scale * start",
     "one skip around all blocks"),
    ("y = np.zeros(len(g))\nfor J in jacobians:\n    y += J.T @ g + scale * g\nreturn y",
     "the blocks are added instead of chained"),
    (but(THROUGH, "J.T @ g + scale * g", "scale * (J.T @ g + g)"), "λ on the branch as well"),
    (but(THROUGH_INDEX, "range(L - 1, -1", "range(L - 2, -1"), "the last block is left out"),
    (but(THROUGH, "for", "first = g\nfor", "scale * g", "scale * first"),
     "every skip carries the first gradient"),
    (but(THROUGH_INDEX, "range(L - 1, -1, -1)", "range(L - 1, 0, -1)"),
     "the first block is left out"),
    (but(THROUGH, "\nreturn", "\n    return"), "only the last block"),
    (but(THROUGH, "g = J.T @ g + scale * g", "g = J.T @ g\n    g = g + scale * g"),
     "the skip carries what the branch has handed back"),
    (but(THROUGH, "J.T @ g + scale * g", "scale * J.T @ g + g"),
     "λ at the branch instead of the skip"),
    (but(THROUGH, "scale * g", "scale"), "λ is added instead of λ times the gradient"),
    ("J = jacobians.sum(axis=0)\nreturn J.T @ g + scale * g", "the Jacobians are added up"),
    (but(THROUGH, "J.T @ g + scale * g", "J.T * g + scale * g"), None),
    (but(THROUGH, "+ scale", "- scale"), None),
    (but(THROUGH, "\nreturn", "\n    return", "[::-1]", ""), None),
    (but(THROUGH, "g = J.T @ g", "out = J.T @ g", "return g", "return out"), None),
    (but(THROUGH, "g = J.T @ g + scale * g", "g += J.T @ g + scale * g"), None),
    (but(THROUGH_MATRIX, "return M.T @ g", "return M"), None),
    (but(THROUGH_MATRIX, "M = I", "M = 0 * I"), None),
    (but(THROUGH, "return g", "return np.linalg.norm(g)"), None),
    ("return g @ np.prod([J + scale * np.eye(len(g)) for J in jacobians[::-1]], axis=0)", None),
]  # fmt: skip

# 10.4

WEIGHTS = """
from math import comb
return np.array([comb(L, k) * scale ** (L - k) for k in range(L + 1)])
"""
WEIGHTS_LOOP = """
from math import factorial
y = np.zeros(L + 1)
for k in range(L + 1):
    paths = factorial(L) // (factorial(k) * factorial(L - k))
    y[k] = paths * scale ** (L - k)
return y
"""
WEIGHTS_SUBSETS = """
import itertools
y = np.zeros(L + 1)
for through in itertools.product([0, 1], repeat=L):
    k = sum(through)
    y[k] += scale ** (L - k)
return y
"""
WEIGHTS_ROW = """
row = [1.0]
for _ in range(L):
    row = [a + b for a, b in zip([scale * r for r in row] + [0.0], [0.0] + row)]
return np.array(row)
"""

RIGHT["10.path_weights"] = [
    WEIGHTS,
    WEIGHTS_LOOP,
    WEIGHTS_SUBSETS,
    WEIGHTS_ROW,
    "from scipy.special import comb\nk = np.arange(L + 1)\nreturn comb(L, k) * scale ** (L - k)",
    "y = np.ones(1)\nfor _ in range(L):\n    y = np.convolve(y, [scale, 1.0])\nreturn y",
    "return (np.polynomial.Polynomial([scale, 1.0]) ** L).coef",
    "if L == 0:\n    return np.ones(1)\nrest = path_weights(L - 1, scale)\n"
    "return np.append(scale * rest, 0) + np.insert(rest, 0, 0)",
]

WRONG["10.path_weights"] = [
    (but(WEIGHTS, " * scale ** (L - k)", ""), "λ is left out"),
    (but(WEIGHTS, "comb(L, k) * ", ""), "paths are not counted"),
    (but(WEIGHTS, "scale ** (L - k)", "scale**k"), "λ for each branch instead of each skip"),
    (but(WEIGHTS_LOOP, "scale ** (L - k)", "scale**k"), "λ for each branch instead of each skip"),
    (but(WEIGHTS, "range(L + 1)", "range(1, L + 1)"), "the path through no branch is left out"),
    (but(WEIGHTS, "scale ** (L - k)", "scale**L"), "λ^L for every path"),
    (but(WEIGHTS, "scale ** (L - k)", "scale * (L - k)"), "λ times the number of skips"),
    (but(WEIGHTS, "comb", "perm"), "the order of the branches is counted"),
    (but(WEIGHTS_LOOP, "(factorial(k) * factorial(L - k))", "factorial(L - k)"),
     "the order of the branches is counted"),
    (but(WEIGHTS, "comb(L, k)", "2**k"), "2^k paths"),
    (but(WEIGHTS, "])", "]) / 2**L"), "divided by the number of paths"),
    (but(WEIGHTS, "range(L + 1)", "range(L)"), "the path through every branch is left out"),
    (but(WEIGHTS_LOOP, "zeros(L + 1)", "zeros(L)", "range(L + 1)", "range(L)"),
     "the path through every branch is left out"),
    (but(WEIGHTS, "return np.array", "return sum"), "the terms are added up"),
    ("return (1 + scale) ** L", "the terms are added up"),
    (but(WEIGHTS, "scale ** (L - k)", "scale"), "λ once for every path"),
    (but(WEIGHTS_LOOP, "zeros(L + 1)", "zeros(L + 1, dtype=int)"), "the fractions are cut off"),
    (but(WEIGHTS, "scale **", "(scale**2) **"), "λ squared"),
    (but(WEIGHTS_LOOP, "(factorial(k) * factorial(L - k))", "factorial(k)"), "L!/k! paths"),
    (but(WEIGHTS, "comb(L, k) *", "comb(L, k) +"), None),
    (but(WEIGHTS, "scale ** (L - k)", "scale ** L - k"), None),
    (but(WEIGHTS, "comb(L, k)", "comb(L + 1, k)"), None),
    (but(WEIGHTS, "comb(L, k) * scale", "(comb(L, k) * scale)"), None),
    (but(WEIGHTS, "])", "])[:, None]"), None),
    (but(WEIGHTS_LOOP, "zeros(L + 1)", "zeros(L)"), None),
    (but(WEIGHTS_LOOP, "\nreturn", "\n    return"), None),
    (but(WEIGHTS_LOOP, "// (factorial(k) * factorial(L - k))",
         "// factorial(k) * factorial(L - k)"),
     None),
    (but(WEIGHTS, "comb(L, k)", "2**L"), None),
    (but(WEIGHTS, "np.array([", "np.cumsum([", "])", "])"), None),
]  # fmt: skip

# 10.5

SHORT = """
B, C, H, W = x.shape
thin = x[:, :, ::stride, ::stride]
y = np.zeros((B, K, thin.shape[2], thin.shape[3]))
before = (K - C) // 2
y[:, before : before + C] = thin
return y
"""
SHORT_PAD = """
extra = K - x.shape[1]
before = extra // 2
behind = extra - before
return np.pad(x[:, :, ::stride, ::stride], ((0, 0), (before, behind), (0, 0), (0, 0)))
"""
SHORT_JOIN = """
thin = x[:, :, ::stride, ::stride]
B, C, H, W = thin.shape
before = (K - C) // 2
first, second = np.zeros((B, before, H, W)), np.zeros((B, K - C - before, H, W))
return np.concatenate([first, thin, second], axis=1)
"""
SHORT_LOOPS = """
B, C, H, W = x.shape
Hs, Ws = -(-H // stride), -(-W // stride)
before = (K - C) // 2
y = np.zeros((B, K, Hs, Ws))
for b in range(B):
    for c in range(C):
        for i in range(Hs):
            for j in range(Ws):
                y[b, before + c, i, j] = x[b, c, i * stride, j * stride]
return y
"""

RIGHT["10.shortcut_a"] = [
    SHORT,
    SHORT_PAD,
    SHORT_JOIN,
    SHORT_LOOPS,
    but(SHORT, "thin.shape[2], thin.shape[3]", "(H - 1) // stride + 1, (W - 1) // stride + 1"),
    but(SHORT, "thin.shape[3]))", "thin.shape[3]), dtype=x.dtype)"),
    but(SHORT, "x[:, :, ::stride, ::stride]",
        "x[..., range(0, H, stride), :][..., range(0, W, stride)]"),
    """
    C = x.shape[1]
    w = np.eye(K, C, -((K - C) // 2))
    return np.einsum("kc,bchw->bkhw", w, x[:, :, ::stride, ::stride])
    """,
    """
    from course_utils.ops import conv2d
    C = x.shape[1]
    w = np.zeros((K, C, 1, 1))
    for c in range(C):
        w[(K - C) // 2 + c, c] = 1
    return conv2d(x.astype(float), w, stride=stride)
    """,
]  # fmt: skip

WRONG["10.shortcut_a"] = [
    (but(SHORT, "y[:, before : before + C]", "y[:, :C]"), "all zero channels behind"),
    (but(SHORT_PAD, "(before, behind)", "(0, extra)"), "all zero channels behind"),
    (but(SHORT, "y[:, before : before + C]", "y[:, K - C :]"), "all zero channels before"),
    (but(SHORT_PAD, "extra // 2", "-(-extra // 2)"), "half, rounded up, before"),
    (but(SHORT_PAD, "(before, behind)", "(behind, before)"), "half, rounded up, before"),
    ("""
     from course_utils.ops import avg_pool2d
     B, C, H, W = x.shape
     Hs, Ws = -(-H // stride), -(-W // stride)
     y = np.zeros((B, K, Hs, Ws))
     before = (K - C) // 2
     for i in range(Hs):
         for j in range(Ws):
             part = x[:, :, i * stride : (i + 1) * stride, j * stride : (j + 1) * stride]
             y[:, before : before + C, i, j] = np.mean(part, axis=(2, 3))
     return y
     """,
     "means of windows"),
    (but(SHORT_LOOPS, "i * stride, j * stride", "i, j"), "the upper left corner is cut out"),
    (but(SHORT, "x[:, :, ::stride, ::stride]", "x"), "the picture is not thinned out"),
    (but(SHORT, "::stride, ::stride", "stride - 1 :: stride, stride - 1 :: stride"),
     "the last pixel of each step is kept"),
    (but(SHORT, "::stride, ::stride", "::stride"), "only rows are thinned out"),
    (but(SHORT, "y[:, before : before + C] = thin",
         "for k in range(K):\n    y[:, k] = thin[:, k % C]"),
     "the old channels are repeated"),
    (but(SHORT, "y[:, before : before + C] = thin",
         "for c in range(C):\n    y[:, c * (K // C)] = thin[:, c]"),
     "the old channels are spread out"),
    (but(SHORT_LOOPS, "-(-H // stride), -(-W // stride)", "H // stride, W // stride"),
     "the size is rounded down"),
    (but(SHORT, "thin.shape[2], thin.shape[3]", "H // stride, W // stride"),
     "no room for the last row and column"),
    (but(SHORT_PAD, "(before, behind)", "(before, before)"),
     "as many zero channels behind as before"),
    ("p = K // 4\nreturn np.pad(x[:, :, ::stride, ::stride], ((0, 0), (p, p), (0, 0), (0, 0)))",
     "K // 4 zero channels on each side"),
    (but(SHORT_PAD, "(before, behind)", "(extra, extra)"), "K − C zero channels on each side"),
    (but(SHORT, "::stride, ::stride", "::2, ::2"), "a stride of 2 always"),
    ("""
     B, C, H, W = x.shape
     Hs, Ws = -(-H // stride), -(-W // stride)
     y = np.zeros((B, K, Hs, Ws))
     before = (K - C) // 2
     for i in range(Hs):
         for j in range(Ws):
             part = x[:, :, i * stride : (i + 1) * stride, j * stride : (j + 1) * stride]
             y[:, before : before + C, i, j] = part.max(axis=(2, 3))
     return y
     """,
     "the largest value of each window"),
    (but(SHORT, "::stride, ::stride", ":, ::stride"), "only columns are thinned out"),
    ("return x[:, :, ::stride, ::stride]", "no channels are added"),
    (but(SHORT, "x[:, :, ::stride, ::stride]", "x[:, ::stride, ::stride]"),
     "the stride on the channels"),
    (but(SHORT, "x[:, :, ::stride, ::stride]", "x[::stride, ::stride]"), None),
    (but(SHORT, "before = (K - C) // 2", "before = (K - C) / 2"), None),
    (but(SHORT, "(K - C) // 2", "C // 2"), "C // 2 zero channels before"),
    (but(SHORT, "before = (K - C) // 2", "before = K // 2"), "K // 2 zero channels before"),
    (but(SHORT_PAD, "extra // 2", "extra", "(before, behind)", "(before, 0), (0, behind)"), None),
    (but(SHORT_PAD, "((0, 0), (before, behind), (0, 0), (0, 0))",
         "((0, 0), (0, 0), (before, behind), (0, 0))"),
     "rows of zeros instead of channels"),
    (but(SHORT_PAD, "((0, 0), (before, behind), (0, 0), (0, 0))",
         "((before, behind), (0, 0), (0, 0), (0, 0))"),
     "pictures of zeros instead of channels"),
    (but(SHORT, "thin = x[:, :, ::stride, ::stride]",
         "thin = np.zeros((B, C, H, W))\nfor i in range(0, H, stride):\n"
         "    for j in range(0, W, stride):\n        thin[:, :, i, j] = x[:, :, i, j]"),
     "pixels are set to zero instead of left out"),
    (but(SHORT, "before : before + C", "before:-before"), "the slice ends at −before"),
    (but(SHORT, "before : before + C", "before : K - before"), "the slice ends at K − before"),
    (but(SHORT, "before : before + C", "before:C"), "the slice ends at C"),
    (but(SHORT, "thin = x[:, :, ::stride, ::stride]",
         "from course_utils.ops import avg_pool2d\nthin = avg_pool2d(x.astype(float), stride)"),
     "average pooling"),
    (but(SHORT, "thin = x[:, :, ::stride, ::stride]",
         "from course_utils.ops import max_pool2d\nthin = max_pool2d(x.astype(float), stride)"),
     "max pooling"),
    (but(SHORT, "thin.shape[2], thin.shape[3]", "H // stride + 1, W // stride + 1"),
     "room for one row and column too many"),
    ("thin = x[:, :, ::stride, ::stride]\nreturn np.repeat(thin, K // x.shape[1], axis=1)",
     "each old channel is repeated beside itself"),
    (but(SHORT_JOIN, "[first, thin, second]", "[first, thin]"), "no zero channels behind"),
    (but(SHORT_PAD, "before, behind), (0, 0), (0, 0))", "before, behind), (0, 0), (0, 0)), 'edge'"),
     None),
    (but(SHORT, "np.zeros", "np.ones"), "ones instead of zeros"),
    (but(SHORT, "return y", "return thin + y"), None),
    (but(SHORT_JOIN, "axis=1", "axis=0"), None),
    (but(SHORT_JOIN, ", axis=1", ""), None),
]  # fmt: skip

# 10.6

COUNT = """
n = (depth - 2) // 6
total = 9 * 3 * 16 + 2 * 16
C = 16
for K in (16, 32, 64):
    total += 9 * C * K + 2 * K
    total += (2 * n - 1) * (9 * K * K + 2 * K)
    C = K
total += 64 * 10 + 10
return total
"""
COUNT_LAYERS = """
n = (depth - 2) // 6
channels = [3, 16] + [16] * (2 * n) + [32] * (2 * n) + [64] * (2 * n)
total = 0
for C, K in zip(channels, channels[1:]):
    total += K * C * 3 * 3
    total += 2 * K
return total + 10 * (64 + 1)
"""
COUNT_BLOCKS = """
def conv_bn(C, K):
    return K * C * 9 + K + K

def basic(C, K):
    return conv_bn(C, K) + conv_bn(K, K)

n = (depth - 2) // 6
total, C = conv_bn(3, 16), 16
for K in (16, 32, 64):
    for _ in range(n):
        total += basic(C, K)
        C = K
return total + 64 * 10 + 10
"""

RIGHT["10.cifar_parameters"] = [
    COUNT,
    COUNT_LAYERS,
    COUNT_BLOCKS,
    but(COUNT, "(depth - 2) // 6", "depth // 6"),
    but(COUNT, "return total", "return np.sum([total])"),
    but(COUNT, "(depth - 2) // 6", "round((depth - 2) / 6)"),
    "n = depth // 6\nreturn 97216 * n - 21926",
    """
    n = (depth - 2) // 6
    return 464 + sum(
        (C * 9 + 2) * K + (2 * n - 1) * (K * 9 + 2) * K
        for C, K in [(16, 16), (16, 32), (32, 64)]
    ) + 650
    """,
    """
    from course_utils.nn.models import CifarResNet
    return CifarResNet(depth, rng=None).count_parameters()
    """,
]  # fmt: skip

WRONG["10.cifar_parameters"] = [
    (but(COUNT, " + 2 * K", "", " + 2 * 16", ""), "normalisations are not counted"),
    (but(COUNT_LAYERS, "    total += 2 * K\n", ""), "normalisations are not counted"),
    (but(COUNT_LAYERS, "total += 2 * K", "total += K"), "one number for each normalised map"),
    (but(COUNT_BLOCKS, "+ K + K", "+ 4 * K"), "running statistics are counted"),
    (but(COUNT_BLOCKS, "+ K + K", "+ K + 2 * K"), "convolutions with biases"),
    (but(COUNT_BLOCKS, "total += basic(C, K)",
         "total += basic(C, K)\n        if C != K:\n            total += C * K + 2 * K"),
     "skips with projections"),
    (but(COUNT, " + 10\n", "\n"), "the dense layer's bias is left out"),
    (but(COUNT_BLOCKS, " + 64 * 10 + 10", ""), "the dense layer is left out"),
    (but(COUNT, "9 * C * K", "9 * K * K"), "every convolution of a stage has equal channels"),
    (but(COUNT_BLOCKS, " + conv_bn(K, K)", ""), "one convolution in each block"),
    (but(COUNT_LAYERS, "(2 * n)", "n"), "one convolution in each block"),
    (but(COUNT, "9 * 3 * 16 + 2 * 16", "0"), "the first layer is left out"),
    (but(COUNT, "(depth - 2) // 6", "depth // 6 + 1"), "one block too many"),
    (but(COUNT_BLOCKS, "range(n)", "range(n + 1)"), "one block too many"),
    (but(COUNT, "9 * 3 * 16", "9 * 16"), "grey pictures"),
    (but(COUNT, "2 * n - 1", "2 * n"), "2n convolutions after the first of a stage"),
    (but(COUNT, "64 * 10 + 10", "8 * 8 * 64 * 10 + 10"), "the dense layer sees every pixel"),
    (but(COUNT, " + 2 * 16", ""), "the first layer is not normalised"),
    (but(COUNT, "C = 16\nfor", "C = 3\nfor"), "the first stage sees the colours"),
    (but(COUNT_BLOCKS, "return conv_bn(C, K) + conv_bn(K, K)", "return conv_bn(C, K) + K * K * 9"),
     "one normalisation in each block"),
    (but(COUNT, "(9 * K * K + 2 * K)", "9 * K * K"), "one normalisation in each stage"),
    (but(COUNT, "9 * C * K + 2 * K", "9 * C * K"),
     "the normalisation of a stage's first convolution is left out"),
    (but(COUNT, "(depth - 2) // 6", "(depth - 2) // 2"), "n = (depth − 2) / 2"),
    (but(COUNT, "    C = K\n", ""), "the last stage sees 16 channels"),
    (but(COUNT, "(depth - 2) // 6", "(depth - 2) / 6"), None),
    (but(COUNT_BLOCKS, "(depth - 2) // 6", "(depth - 2) / 6"), None),
    (but(COUNT, "(depth - 2) // 6", "depth"), None),
    (but(COUNT, "(depth - 2) // 6", "(depth - 2) // 3"), None),
    (but(COUNT, "\n    C = K\ntotal", "\n    C = K\n    total"), None),
    (but(COUNT, "return total", "return total / 1e6"), None),
    (but(COUNT_BLOCKS, "K * C * 9", "K * 9"), "filters are taken for flat, without the depth C"),
    (but(COUNT, "9 * ", "3 * "), None),
    (but(COUNT, "(16, 32, 64)", "(64, 128, 256, 512)"), None),
    (but(COUNT, "\nreturn", "\n    return", "total += 64", "    total += 64"), None),
    (but(COUNT_BLOCKS, "        C = K\n", ""), None),
    (but(COUNT, "64 * 10 + 10", "64 * 100 + 100"), None),
]  # fmt: skip

"""Exercise 10.3: the gradient through many blocks."""

import numpy as np

from course_utils.exercises import Case, Exercise, rounded_normals


def gradient_through(g, jacobians, scale):
    """Gradient at the input of L blocks H = F + scale·x; jacobians (L, n, n) are those of F."""
    for J in jacobians[::-1]:  # the last block is passed first
        g = J.T @ g + scale * g
    return g.astype(float)


EXERCISE = Exercise(
    id="10.gradient_through",
    title="Through many blocks",
    minutes=6,
    difficulty=2,
    reference=gradient_through,
    cases=[
        Case(
            np.array([1.0, 0.0]),
            np.array([[[0.0, 2.0], [0.0, 0.0]]]),
            3.0,
            note="one block: Jᵀ g = 0, 2, plus three times g: 3, 2",
        ),
        Case(
            np.array([1.0, 0.0]),
            np.array([[[0.0, 0.0], [0.0, 1.0]], [[0.0, 2.0], [0.0, 0.0]]]),
            3.0,
            note="the second block first: 3, 2; then the first: 0, 2 plus 9, 6: 9, 8",
        ),
        Case(
            np.array([1, -1]),
            np.array([[[1, 2], [0, 1]], [[0, 1], [3, 0]]]),
            2.0,
        ),
        Case(*rounded_normals(31, (3,), (4, 3, 3)), 0.5),
        Case(*rounded_normals(32, (4,), (3, 4, 4)), 1.1),
        Case(*rounded_normals(33, (2,), (5, 2, 2)), 1.0),
        Case(*rounded_normals(34, (3,), (2, 3, 3)), 0.0),
    ],
    hints=[
        "One block hands back J.T @ g + scale * g.",
        "That is the upstream gradient of the block before. Which block is passed first?",
        "for J in jacobians[::-1]: g = J.T @ g + scale * g.",
    ],
)


@EXERCISE.misconception(
    "the blocks in forward order", "On the way back the last block comes first: jacobians[::-1]."
)
def _(g, jacobians, scale):
    return gradient_through(g, jacobians[::-1], scale)


@EXERCISE.misconception(
    "the Jacobian is not transposed", "∂L/∂x[s] = Σ_t g[t] J[t, s]: that is J.T @ g, or g @ J."
)
def _(g, jacobians, scale):
    return gradient_through(g, jacobians.transpose(0, 2, 1), scale)


@EXERCISE.misconception(
    "not transposed, and in forward order",
    "Back through a product means the transposed factors in the opposite order.",
)
def _(g, jacobians, scale):
    return gradient_through(g, jacobians.transpose(0, 2, 1)[::-1], scale)


@EXERCISE.misconception(
    "λ is added to every element of J",
    "J + λ in NumPy adds λ everywhere. In (∂F/∂x + λ) the λ stands for λI: it belongs on the "
    "diagonal.",
)
def _(g, jacobians, scale):
    return gradient_through(g, jacobians + scale, 0.0)


@EXERCISE.misconception(
    "the skips are left out", "That is the plain network. Each block adds scale·g."
)
def _(g, jacobians, scale):
    return gradient_through(g, jacobians, 0.0)


@EXERCISE.misconception(
    "the skips only", "λ^L g is one of the 2^L paths: the one through no branch."
)
def _(g, jacobians, scale):
    return scale ** len(jacobians) * g


@EXERCISE.misconception(
    "λ is taken for 1", "The gradient through each skip is multiplied by scale."
)
def _(g, jacobians, scale):
    return gradient_through(g, jacobians, 1.0)


@EXERCISE.misconception(
    "only the two outermost paths",
    "All branches, or all skips: those are two paths of 2^L. At every block the gradient goes "
    "both ways.",
)
def _(g, jacobians, scale):
    return gradient_through(g, jacobians, 0.0) + scale ** len(jacobians) * g


@EXERCISE.misconception("one skip around all blocks", "Every block has its own skip.")
def _(g, jacobians, scale):
    return gradient_through(g, jacobians, 0.0) + scale * g


@EXERCISE.misconception(
    "the blocks are added instead of chained",
    "Each block's result is the next one's upstream gradient: g = J.T @ g + scale * g.",
)
def _(g, jacobians, scale):
    total = np.zeros(len(g))
    for J in jacobians:
        total = total + (J.T @ g + scale * g)
    return total


@EXERCISE.misconception("λ on the branch as well", "λ stands at the skip alone.")
def _(g, jacobians, scale):
    for J in jacobians[::-1]:
        g = scale * (J.T @ g + g)
    return g


@EXERCISE.misconception("the last block is left out", "All L blocks are passed.")
def _(g, jacobians, scale):
    return gradient_through(g, jacobians[:-1], scale)


@EXERCISE.misconception(
    "every skip carries the first gradient",
    "A block's skip carries the gradient that has arrived at *this* block: J.T @ g + scale * g, "
    "with the same g in both terms.",
)
def _(g, jacobians, scale):
    total = g
    for J in jacobians[::-1]:
        total = J.T @ total + scale * g
    return total


@EXERCISE.misconception(
    "the first block is left out", "All L blocks are passed, down to the one with index 0."
)
def _(g, jacobians, scale):
    return gradient_through(g, jacobians[1:], scale)


@EXERCISE.misconception(
    "only the last block",
    "The return stands inside the loop, or the loop begins anew each time: all L blocks are "
    "passed.",
)
def _(g, jacobians, scale):
    return gradient_through(g, jacobians[-1:], scale)


@EXERCISE.misconception(
    "the skip carries what the branch has handed back",
    "g was overwritten before the skip took its share: J.T @ g + scale * g in one line.",
)
def _(g, jacobians, scale):
    return (1 + scale) ** len(jacobians) * gradient_through(g, jacobians, 0.0)


@EXERCISE.misconception(
    "λ at the branch instead of the skip", "λ stands at the skip: J.T @ g + scale * g."
)
def _(g, jacobians, scale):
    return gradient_through(g, scale * jacobians, 1.0)


@EXERCISE.misconception(
    "λ is added instead of λ times the gradient",
    "(∂F/∂x + λI) multiplies the gradient as a whole: λ times g, not λ.",
)
def _(g, jacobians, scale):
    for J in jacobians[::-1]:
        g = J.T @ g + scale
    return g


@EXERCISE.misconception(
    "the Jacobians are added up",
    "The blocks follow one another, so their brackets are multiplied: hand g from block to block.",
)
def _(g, jacobians, scale):
    return gradient_through(g, jacobians.sum(axis=0)[None], scale)

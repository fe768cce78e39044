"""Exercise 10.2: backward through a residual block."""

import numpy as np

from course_utils.exercises import Case, Exercise, rounded_normals

from .block import block


def block_backward(g, x, W1, W2, scale):
    """Gradient of x through relu(F(x) + scale·x), F(x) = W2 relu(W1 x); g is that of the output."""
    h = W1 @ x
    H = W2 @ np.maximum(h, 0) + scale * x
    g = g * (H > 0)  # the last ReLU is passed before the ways part
    through_branch = W1.T @ ((W2.T @ g) * (h > 0))
    return through_branch + scale * g


EXERCISE = Exercise(
    id="10.block_backward",
    title="Two ways back",
    minutes=10,
    difficulty=3,
    reference=block_backward,
    cases=[
        Case(
            np.array([10.0, 1.0]),
            np.array([2.0, 1.0]),
            np.array([[1.0, 0.0], [0.0, 1.0]]),
            np.array([[1.0, 0.0], [3.0, 0.0]]),
            0.5,
            note=(
                "all ReLUs are open; W2ᵀ g = (10 + 3, 0), W1ᵀ leaves it; plus half of g: 18, 0.5"
            ),
        ),
        Case(
            np.array([10.0, 1.0]),
            np.array([2.0, 4.0]),
            np.array([[1.0, 0.0], [0.0, -1.0]]),
            np.array([[1.0, 5.0], [-3.0, 5.0]]),
            1.0,
            note=(
                "W1 x = 2, −4, so the second is closed; F = 2, −6 and H = 4, −2, so g becomes "
                "10, 0; W2ᵀ g = 10, 50, masked 10, 0; plus g: 20, 0"
            ),
        ),
        Case(
            np.array([1, 2]),
            np.array([1, 2]),
            np.array([[1, -1], [0, 1]]),
            np.array([[1, 1], [2, 0]]),
            3.0,
        ),
        Case(*rounded_normals(21, (4,), (4,), (4, 4), (4, 4)), 0.7),
        Case(*rounded_normals(22, (5,), (5,), (5, 5), (5, 5)), 1.3),
        Case(*rounded_normals(23, (3,), (3,), (3, 3), (3, 3)), 0.0),
        Case(*rounded_normals(24, (6,), (6,), (6, 6), (6, 6)), 1.0),
        Case(*rounded_normals(25, (6,), (6,), (6, 6), (6, 6)), 0.4),
        Case(
            np.array([5.0, 7.0]),
            np.array([1.0, 0.0]),
            np.array([[1.0, 0.0], [0.0, 1.0]]),
            np.array([[1.0, 1.0], [0.0, 1.0]]),
            1.0,
            note=(
                "W1 x = 1, 0 and H = 1, 0: at 0 the slope of a ReLU is 0, as in 7.1, so g becomes "
                "5, 0; W2ᵀ g = 5, 5, masked 5, 0; plus g: 10, 0"
            ),
        ),
        Case(
            np.array([5.0, 7.0]),
            np.array([1e-200, 1e-200]),
            np.array([[1.0, 0.0], [0.0, -1.0]]),
            np.array([[1.0, 2.0], [-2.0, 4.0]]),
            1.0,
            note=(
                "W1 x = 1e-200, −1e-200 and H = 2e-200, −1e-200: however near to 0, the first is "
                "open and the second closed. g becomes 5, 0; W2ᵀ g = 5, 10, masked 5, 0; plus g: "
                "10, 0"
            ),
        ),
        Case(
            np.array([1.0, 2.0]),
            np.array([-3.0, 1.0]),
            np.array([[-1.0, 0.0], [0.0, 1.0]]),
            np.array([[0.0, 2.0], [1.0, 1.0]]),
            1.0,
            note=(
                "h = 3, 1; F = 2, 4; H = −1, 5, so the negative x has closed the first output: g "
                "becomes 0, 2; W2ᵀ g = 2, 2, W1ᵀ makes −2, 2; plus g: −2, 4"
            ),
        ),
    ],
    hints=[
        "Compute h = W1 x and H = F(x) + scale·x again: their signs say which ReLUs were open.",
        "The output's ReLU comes last, so it is passed first: g * (H > 0).",
        "Through the branch: W2.T @ g, times (h > 0), then W1.T @ that.",
        "Through the skip: scale * g, with the same masked g. Add the two.",
    ],
)


def both_ways(g, x, W1, W2, scale, last=True):
    """Hand g back through the branch, and through the last ReLU, as the skip gets it."""
    h = W1 @ x
    H = W2 @ np.maximum(h, 0) + scale * x
    after = g * (H > 0) if last else g
    return W1.T @ ((W2.T @ after) * (h > 0)), after


@EXERCISE.misconception(
    "nothing flows through the skip",
    "x also occurs in the sum itself, with the factor λ: add scale times the gradient of H.",
)
def _(g, x, W1, W2, scale):
    return both_ways(g, x, W1, W2, scale)[0]


@EXERCISE.misconception(
    "through the skip only",
    "x also occurs inside F: the branch hands back W1ᵀ(…) as any layer does.",
)
def _(g, x, W1, W2, scale):
    return scale * both_ways(g, x, W1, W2, scale)[1]


@EXERCISE.misconception(
    "λ is left out of the gradient",
    "∂(λx)/∂x = λ: the gradient through the skip is scale times that of H.",
)
def _(g, x, W1, W2, scale):
    branch, skip = both_ways(g, x, W1, W2, scale)
    return branch + skip


@EXERCISE.misconception(
    "λ is added instead of λ times the gradient",
    "(∂F/∂x + λ) multiplies the upstream gradient as a whole: λ times g, not λ.",
)
def _(g, x, W1, W2, scale):
    branch, _ = both_ways(g, x, W1, W2, scale)
    return branch + scale


@EXERCISE.misconception(
    "λ on the branch instead of the skip", "λ stands at the skip: the branch's gradient has no λ."
)
def _(g, x, W1, W2, scale):
    branch, skip = both_ways(g, x, W1, W2, scale)
    return scale * branch + skip


@EXERCISE.misconception("λ on both ways", "λ stands at the skip alone.")
def _(g, x, W1, W2, scale):
    branch, skip = both_ways(g, x, W1, W2, scale)
    return scale * (branch + skip)


@EXERCISE.misconception(
    "the gradient goes forward through the layers",
    "Forward W, backward its transpose, and in the opposite order.",
)
def _(g, x, W1, W2, scale):
    _, skip = both_ways(g, x, W1, W2, scale)
    return W2 @ ((W1 @ x > 0) * (W1 @ skip)) + scale * skip


@EXERCISE.misconception("the skip's gradient times x", "The derivative of λx is λ, not λx.")
def _(g, x, W1, W2, scale):
    branch, skip = both_ways(g, x, W1, W2, scale)
    return branch + scale * skip * x


@EXERCISE.misconception(
    "W1 and W2 without transposes",
    "∂L/∂x[s] = Σ_t g[t] W[t, s]: on the way back each layer is its transpose, W.T @ g.",
)
def _(g, x, W1, W2, scale):
    _, skip = both_ways(g, x, W1, W2, scale)
    return W1 @ ((W2 @ skip) * (W1 @ x > 0)) + scale * skip


@EXERCISE.misconception(
    "W1 is passed before W2",
    "The last layer is passed first on the way back: W2.T @ g, the mask, then W1.T.",
)
def _(g, x, W1, W2, scale):
    _, skip = both_ways(g, x, W1, W2, scale)
    return W2.T @ ((W1.T @ skip) * (W1 @ x > 0)) + scale * skip


@EXERCISE.misconception(
    "the skip carries what the branch has handed back",
    "g was overwritten before the skip took its share. Both ways begin with the same masked g.",
)
def _(g, x, W1, W2, scale):
    return (1 + scale) * both_ways(g, x, W1, W2, scale)[0]


@EXERCISE.misconception(
    "λ is added to every element of J",
    "J + λ in NumPy adds λ everywhere. In (∂F/∂x + λ) the λ stands for λI: it belongs on the "
    "diagonal, and g @ (λI) is λ g.",
)
def _(g, x, W1, W2, scale):
    branch, skip = both_ways(g, x, W1, W2, scale)
    return branch + scale * skip.sum()


@EXERCISE.misconception(
    "W2 without its transpose", "On the way back each layer is its transpose: W2.T @ g, then W1.T."
)
def _(g, x, W1, W2, scale):
    _, skip = both_ways(g, x, W1, W2, scale)
    return W1.T @ ((W2 @ skip) * (W1 @ x > 0)) + scale * skip


@EXERCISE.misconception(
    "W1 without its transpose", "On the way back each layer is its transpose: W2.T @ g, then W1.T."
)
def _(g, x, W1, W2, scale):
    _, skip = both_ways(g, x, W1, W2, scale)
    return W1 @ ((W2.T @ skip) * (W1 @ x > 0)) + scale * skip


@EXERCISE.misconception(
    "the block is applied to g",
    "Backward is not the block once more. Each step is replaced by its derivative, in the "
    "opposite order: mask of H, W2.T, mask of h, W1.T, and λ g besides.",
)
def _(g, x, W1, W2, scale):
    return block(g, W1, W2, scale)


@EXERCISE.misconception(
    "the skip hands back λx",
    "Forward λx goes along the skip; back goes λ times the *gradient*, scale * g.",
)
def _(g, x, W1, W2, scale):
    return both_ways(g, x, W1, W2, scale)[0] + scale * x


@EXERCISE.misconception(
    "the skip's gradient is subtracted",
    "x occurs in the branch and in the skip, and the sum adds both: so do the gradients.",
)
def _(g, x, W1, W2, scale):
    branch, skip = both_ways(g, x, W1, W2, scale)
    return branch - scale * skip


@EXERCISE.misconception(
    "the two ways are multiplied",
    "What comes back along two ways is added: (J + λI), not J times λ.",
)
def _(g, x, W1, W2, scale):
    branch, skip = both_ways(g, x, W1, W2, scale)
    return branch * scale * skip

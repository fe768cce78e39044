"""Exercise 10.1: forward through a residual block."""

import numpy as np

from course_utils.exercises import Case, Exercise, rounded_normals


def block(x, W1, W2, scale):
    """Output relu(F(x) + scale·x) of a residual block, F(x) = W2 relu(W1 x); x is (C,)."""
    branch = W2 @ np.maximum(W1 @ x, 0)
    return np.maximum(branch + scale * x, 0)  # the last ReLU comes after the sum


EXERCISE = Exercise(
    id="10.block",
    title="A path around two layers",
    minutes=5,
    difficulty=1,
    reference=block,
    cases=[
        Case(
            np.array([2.0, -1.0]),
            np.array([[1.0, 0.0], [0.0, 1.0]]),
            np.array([[1.0, 0.0], [3.0, 0.0]]),
            0.5,
            note="W1 x = 2, −1; ReLU 2, 0; W2 of it 2, 6; plus half of x: 3, 5.5",
        ),
        Case(
            np.array([2.0, -4.0]),
            np.array([[1.0, 0.0], [0.0, 1.0]]),
            np.array([[-3.0, 0.0], [0.5, 0.0]]),
            1.0,
            note="F = −6, 1; plus x: −4, −3; the last ReLU leaves 0, 0",
        ),
        Case(
            np.array([1, 2]),
            np.array([[1, -1], [0, 1]]),
            np.array([[1, 1], [2, 0]]),
            3.0,
            note="W1 x = −1, 2; ReLU 0, 2; W2 of it 2, 0; plus 3x: 5, 6",
        ),
        Case(*rounded_normals(11, (4,), (4, 4), (4, 4)), 0.7),
        Case(*rounded_normals(12, (5,), (5, 5), (5, 5)), 1.3),
        Case(*rounded_normals(13, (3,), (3, 3), (3, 3)), 0.0),
        Case(*rounded_normals(14, (6,), (6, 6), (6, 6)), 1.0),
    ],
    hints=[
        "First the branch F(x): W1, then ReLU, then W2.",
        "Then the sum with scale * x, and only then the last ReLU.",
        "np.maximum(W2 @ np.maximum(W1 @ x, 0) + scale * x, 0).",
    ],
)


@EXERCISE.misconception(
    "the skip is left out", "This is two plain layers. The block adds scale·x to what they give."
)
def _(x, W1, W2, scale):
    return np.maximum(W2 @ np.maximum(W1 @ x, 0), 0)


@EXERCISE.misconception(
    "the skip is not scaled", "H(x) = F(x) + λx: the skip is multiplied by λ, here `scale`."
)
def _(x, W1, W2, scale):
    return np.maximum(W2 @ np.maximum(W1 @ x, 0) + x, 0)


@EXERCISE.misconception(
    "the branch is scaled instead of the skip", "λ belongs to the skip: F(x) + λx."
)
def _(x, W1, W2, scale):
    return np.maximum(scale * (W2 @ np.maximum(W1 @ x, 0)) + x, 0)


@EXERCISE.misconception(
    "branch and skip are both scaled", "λ belongs to the skip alone: F(x) + λx."
)
def _(x, W1, W2, scale):
    return np.maximum(scale * (W2 @ np.maximum(W1 @ x, 0) + x), 0)


@EXERCISE.misconception(
    "the last ReLU before the sum",
    "The sum comes first, then the ReLU. Otherwise the branch could only ever add, never take "
    "away.",
)
def _(x, W1, W2, scale):
    return np.maximum(W2 @ np.maximum(W1 @ x, 0), 0) + scale * x


@EXERCISE.misconception(
    "ReLU on the skip", "The skip carries x as it is; nothing acts on it but λ."
)
def _(x, W1, W2, scale):
    return np.maximum(W2 @ np.maximum(W1 @ x, 0) + scale * np.maximum(x, 0), 0)


@EXERCISE.misconception(
    "added after the first layer, inside its ReLU",
    "The skip goes around *both* layers: it is added to what W2 gives.",
)
def _(x, W1, W2, scale):
    return np.maximum(W2 @ np.maximum(W1 @ x + scale * x, 0), 0)


@EXERCISE.misconception(
    "added between the layers", "The skip goes around *both* layers: it is added to what W2 gives."
)
def _(x, W1, W2, scale):
    return np.maximum(W2 @ (np.maximum(W1 @ x, 0) + scale * x), 0)


@EXERCISE.misconception("the last ReLU is forgotten", "This block ends with a ReLU after the sum.")
def _(x, W1, W2, scale):
    return W2 @ np.maximum(W1 @ x, 0) + scale * x


@EXERCISE.misconception("no ReLU between the layers", "Without it, W2 W1 is one linear layer.")
def _(x, W1, W2, scale):
    return np.maximum(W2 @ (W1 @ x) + scale * x, 0)


@EXERCISE.misconception("the layers in the wrong order", "W1 sees x first, then W2 sees its ReLU.")
def _(x, W1, W2, scale):
    return np.maximum(W1 @ np.maximum(W2 @ x, 0) + scale * x, 0)


@EXERCISE.misconception(
    "the weights transposed", "Forward it is W1 @ x. The transposes belong to the way back."
)
def _(x, W1, W2, scale):
    return np.maximum(W2.T @ np.maximum(W1.T @ x, 0) + scale * x, 0)


@EXERCISE.misconception("the skip is subtracted", "H(x) = F(x) + λx.")
def _(x, W1, W2, scale):
    return np.maximum(W2 @ np.maximum(W1 @ x, 0) - scale * x, 0)


@EXERCISE.misconception(
    "a third ReLU, before the sum",
    "The second layer has no ReLU of its own: its ReLU has moved behind the sum. Otherwise the "
    "branch could only ever add, never take away.",
)
def _(x, W1, W2, scale):
    branch = np.maximum(W2 @ np.maximum(W1 @ x, 0), 0)
    return np.maximum(branch + scale * x, 0)


@EXERCISE.misconception(
    "the skip begins after the first layer",
    "The skip goes around *both* layers: what it carries is x.",
)
def _(x, W1, W2, scale):
    h = np.maximum(W1 @ x, 0)
    return np.maximum(W2 @ h + scale * h, 0)


@EXERCISE.misconception(
    "* in place of @",
    "W1 * x multiplies each column of the matrix by a number of x; a layer is W1 @ x.",
)
def _(x, W1, W2, scale):
    return np.maximum(W2 * np.maximum(W1 * x, 0) + scale * x, 0)


@EXERCISE.misconception("λ is added", "λ multiplies the skip: F(x) + λx.")
def _(x, W1, W2, scale):
    return np.maximum(W2 @ np.maximum(W1 @ x, 0) + scale + x, 0)


@EXERCISE.misconception(
    "a ReLU on each way instead of one after the sum",
    "The sum comes first, then one ReLU: what the branch takes away has to meet what the skip "
    "brings.",
)
def _(x, W1, W2, scale):
    return np.maximum(W2 @ np.maximum(W1 @ x, 0), 0) + scale * np.maximum(x, 0)

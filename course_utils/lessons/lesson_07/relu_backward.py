"""Exercise 7.1: the gradient of ReLU, from its output alone."""

import numpy as np

from course_utils.exercises import Case, Exercise, rounded_normals


def relu_backward(g, y):
    """Gradient of x, from g, the gradient of y = max(x, 0), and y itself; at x = 0 it is 0."""
    return g * (y > 0)  # y is positive exactly where x was


def _random(seed, *shape):
    """Draw gradients, and outputs of a ReLU."""
    g, x = rounded_normals(seed, shape, shape, scale=2.0)
    return g, np.maximum(x, 0)


EXERCISE = Exercise(
    id="07.relu_backward",
    title="Through the kink",
    minutes=4,
    difficulty=1,
    reference=relu_backward,
    cases=[
        Case(
            np.array([10.0, 20.0, -30.0]),
            np.array([1.0, 0.0, 3.0]),
            note="the second x was 0 or below and lets nothing through: 10, 0, −30",
        ),
        Case(np.array([1, 2, 3]), np.array([0.5, 0.0, 0.0]), note="1, 0, 0"),
        Case(
            np.array([0.5, -0.5, 1.5]),
            np.array([0, 2, 3]),
            note="y holds whole numbers and g fractions, which have to be kept: 0, −0.5, 1.5",
        ),
        Case(
            np.array([7.0, 8.0, 9.0, -6.0]),
            np.array([1e-300, 0.0, 2.0, 0.0]),
            note="the first y is 1e-300: however near to 0, it is positive: 7, 0, 9, 0",
        ),
        Case(*_random(11, 3, 4)),
        Case(*_random(12, 2, 2, 3)),
    ],
    hints=[
        "What is the slope of max(x, 0) for x > 0, and for x < 0? And what is y in either case?",
        "The slope is 1 where y > 0 and 0 where y = 0. The chain rule multiplies it by g.",
        "g * (y > 0): a comparison counts as 0 or 1.",
    ],
)


@EXERCISE.misconception(
    "everything is let through",
    "y ≥ 0 holds for every output of a ReLU. Where y is 0, x was 0 or below: y stays 0 when x "
    "changes a little, and nothing flows back. Only y > 0 lets the gradient through.",
)
def _(g, y):
    return np.array(g)


@EXERCISE.misconception(
    "where y is 0 the gradient is halved",
    "One half is a subgradient at x = 0, but the choice asked for, PyTorch's, is 0; and below, "
    "where y is 0 too, 0 is the only slope.",
)
def _(g, y):
    return g * np.where(y == 0, 0.5, 1.0)


@EXERCISE.misconception(
    "nothing is let through",
    "No output of a ReLU is negative. Where x was positive y is x, positive too, and the slope "
    "is 1.",
)
def _(g, y):
    return g * (y < 0)


@EXERCISE.misconception(
    "ReLU is applied to the gradient",
    "It is the sign of the input x that decides, which y still tells, not the sign of g.",
)
def _(g, y):
    return np.maximum(g, 0)


@EXERCISE.misconception(
    "negative gradients are stopped as well",
    "Where y > 0 the slope is 1 for gradients of either sign. (Stopping negative ones too is a "
    "trick for pictures, called guided backpropagation, and no gradient.)",
)
def _(g, y):
    return g * (y > 0) * (g > 0)


@EXERCISE.misconception(
    "the gradient is let through where y is 0",
    "It is the other way round: where x is positive y follows it, so the slope is 1; where x is "
    "negative y stays 0.",
)
def _(g, y):
    return g * (y <= 0)


@EXERCISE.misconception("the upstream gradient is left out", "The slope, 0 or 1, multiplies g.")
def _(g, y):
    return (y > 0).astype(float)


@EXERCISE.misconception(
    "the comparison itself is returned",
    "y > 0 gives True and False, which stand for the slopes 1 and 0. The slope multiplies g: g * "
    "(y > 0).",
)
def _(g, y):
    return y > 0


@EXERCISE.misconception(
    "the output is returned",
    "y is what came out of the ReLU. Asked for is how the loss depends on x: g times the slope "
    "of max(x, 0).",
)
def _(g, y):
    return np.array(y)


@EXERCISE.misconception(
    "multiplied by the value instead of the slope",
    "Where x > 0 the output is x, whose derivative is 1, not x.",
)
def _(g, y):
    return g * y


@EXERCISE.misconception(
    "a hundredth is let through where y is 0",
    "That is the leaky ReLU. The slope of max(x, 0) is 0 for negative x.",
)
def _(g, y):
    return np.where(y > 0, g, 0.01 * g)


@EXERCISE.misconception(
    "the gradients that are stopped are left out instead of set to 0",
    "g[y > 0] picks some values and loses their places. The gradient has the shape of x, with 0 "
    "where nothing flows back: g * (y > 0).",
)
def _(g, y):
    return g[y > 0]


@EXERCISE.misconception(
    "the fractions are cut off where y holds whole numbers",
    "np.zeros_like(y) takes the dtype of y, and an array of integers cannot hold fractions. "
    "np.zeros(y.shape) makes floats.",
)
def _(g, y):
    return (g * (y > 0)).astype(y.dtype)


@EXERCISE.misconception(
    "the comparison stands in square brackets",
    "In formulas [y > 0] is 1 or 0, in Python a list of one item, which adds an axis. Round "
    "brackets do: g * (y > 0).",
)
def _(g, y):
    return g * [y > 0]


@EXERCISE.misconception(
    "one answer is asked about the whole array",
    "Python's if, max and min need one True or False, and y > 0 has one for each element. A "
    "product goes element by element: g * (y > 0).",
)
def _(g, y):
    return g if y > 0 else 0 * g


@EXERCISE.misconception(
    "g and y have changed places",
    "The sign of y decides what is let through, and g is what comes through: g * (y > 0).",
)
def _(g, y):
    return y * (g > 0)

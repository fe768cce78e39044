"""Exercise 7.1: the gradient of ReLU."""

import numpy as np

from course_utils.exercises import Case, Exercise, rounded_normals


def relu_backward(g, x):
    """Gradient of x where y = max(x, 0) and g is the gradient of y; at x = 0 it is 0."""
    return g * (x > 0)


EXERCISE = Exercise(
    id="07.relu_backward",
    title="Through the kink",
    minutes=3,
    difficulty=1,
    reference=relu_backward,
    cases=[
        Case(
            np.array([10.0, 20.0, -30.0]),
            np.array([1.0, -2.0, 3.0]),
            note="the second value was negative and lets nothing through: 10, 0, −30",
        ),
        Case(np.array([5.0, 5.0]), np.array([0.0, 1.0]), note="at the kink itself: 0, then 5"),
        Case(np.array([1, 2, 3]), np.array([0.5, -0.5, 0.0])),
        Case(
            np.array([0.5, -0.5, 1.5]),
            np.array([-1, 2, 3]),
            note="x holds whole numbers and g fractions, which have to be kept: 0, −0.5, 1.5",
        ),
        Case(
            np.array([7.0, 8.0]),
            np.array([1e-300, -1e-300]),
            note="however near to 0, the first is positive and the second negative: 7, 0",
        ),
        Case(*rounded_normals(11, (3, 4), (3, 4), scale=2.0)),
        Case(*rounded_normals(12, (2, 2, 3), (2, 2, 3), scale=2.0)),
    ],
    hints=[
        "What is the slope of max(x, 0) for x > 0, and for x < 0?",
        "1 and 0. The chain rule multiplies it by g.",
        "g * (x > 0): a comparison counts as 0 or 1.",
    ],
)


@EXERCISE.misconception(
    "at zero the gradient is let through",
    "At 0 any slope from 0 to 1 is a subgradient; PyTorch takes 0, and so do we: x > 0.",
)
def _(g, x):
    return g * (x >= 0)


@EXERCISE.misconception(
    "at zero the gradient is halved",
    "One half is a valid subgradient at 0, but the choice asked for, PyTorch's, is 0.",
)
def _(g, x):
    return g * np.where(x == 0, 0.5, x > 0)


@EXERCISE.misconception(
    "ReLU is applied to the gradient",
    "It is the sign of the input x that decides, not the sign of g.",
)
def _(g, x):
    return np.maximum(g, 0)


@EXERCISE.misconception(
    "negative gradients are stopped as well",
    "Where x > 0 the slope is 1 for gradients of either sign. (Stopping negative ones too is a "
    "trick for pictures, called guided backpropagation, and no gradient.)",
)
def _(g, x):
    return g * (x > 0) * (g > 0)


@EXERCISE.misconception(
    "the gradient is let through where x is negative",
    "It is the other way round: where x is positive y follows it, so the slope is 1; where x is "
    "negative y stays 0.",
)
def _(g, x):
    return g * (x < 0)


@EXERCISE.misconception(
    "the gradient is let through wherever x is not 0",
    "Where x is negative y stays 0 whatever x does: nothing flows back. Only x > 0 lets the "
    "gradient through.",
)
def _(g, x):
    return g * (x != 0)


@EXERCISE.misconception("the upstream gradient is left out", "The slope, 0 or 1, multiplies g.")
def _(g, x):
    return (x > 0).astype(float)


@EXERCISE.misconception(
    "the comparison itself is returned",
    "x > 0 gives True and False, which stand for the slopes 1 and 0. The slope multiplies g: g * "
    "(x > 0).",
)
def _(g, x):
    return x > 0


@EXERCISE.misconception(
    "the forward pass is computed",
    "max(x, 0) is the output y. Asked for is how the loss depends on x: g times the slope of "
    "max(x, 0).",
)
def _(g, x):
    return np.maximum(x, 0)


@EXERCISE.misconception(
    "multiplied by the value instead of the slope",
    "For x > 0 the output is x, whose derivative is 1, not x.",
)
def _(g, x):
    return g * np.maximum(x, 0)


@EXERCISE.misconception(
    "multiplied by the sign of x",
    "The slope of max(x, 0) is 0 for negative x, not −1; −1 is the slope of |x|.",
)
def _(g, x):
    return g * np.sign(x)


@EXERCISE.misconception(
    "everything is let through",
    "Where x was negative the output is 0 whatever x does: nothing flows back.",
)
def _(g, x):
    return np.array(g)


@EXERCISE.misconception(
    "a hundredth is let through where x is negative",
    "That is the leaky ReLU. The slope of max(x, 0) is 0 for negative x.",
)
def _(g, x):
    return np.where(x > 0, g, 0.01 * g)


@EXERCISE.misconception(
    "the gradients that are stopped are left out instead of set to 0",
    "g[x > 0] picks some values and loses their places. The gradient has the shape of x, with 0 "
    "where nothing flows back: g * (x > 0).",
)
def _(g, x):
    return g[x > 0]


@EXERCISE.misconception(
    "the comparison stands in square brackets",
    "In formulas [x > 0] is 1 or 0, in Python a list of one item, which adds an axis. Round "
    "brackets do: g * (x > 0).",
)
def _(g, x):
    return g * [x > 0]


@EXERCISE.misconception(
    "one answer is asked about the whole array",
    "Python's if, max and min need one True or False, and x > 0 has one for each element. A "
    "product goes element by element: g * (x > 0).",
)
def _(g, x):
    return g if x > 0 else 0 * g


@EXERCISE.misconception(
    "g and x have changed places",
    "The sign of x decides what is let through, and g is what comes through: g * (x > 0).",
)
def _(g, x):
    return x * (g > 0)

"""Exercise 7.2: the dense layer."""

import numpy as np

from course_utils.exercises import Case, Exercise, rounded_normals


def dense(x, weight, bias):
    """Y[n, k] = Σ_c x[n, c] weight[k, c] + bias[k], for x (B, C) and weight (K, C): (B, K)."""
    return x @ weight.T + bias  # row n of x times row k of weight; the bias joins every row


EXERCISE = Exercise(
    id="07.dense",
    title="All sums at once",
    minutes=4,
    difficulty=1,
    reference=dense,
    cases=[
        Case(
            np.array([[1.0, 2.0]]),
            np.array([[1.0, 10.0], [0.0, 1.0], [1.0, 0.0]]),
            np.array([0.5, 0.0, -1.0]),
            note="1·1 + 2·10 + 0.5, 1·0 + 2·1 + 0, 1·1 + 2·0 − 1: 21.5, 2, 0",
        ),
        Case(
            np.array([[1.0, 2.0], [3.0, 4.0]]),
            np.array([[1.0, 10.0], [0.0, 1.0]]),
            np.array([100.0, 200.0]),
            note="1 + 20 + 100 and 2 + 200; 3 + 40 + 100 and 4 + 200",
        ),
        Case(
            np.array([[1, 2], [0, 1], [2, 0]]),
            np.array([[0.5, 1.5]]),
            np.array([0.25]),
            note="x holds whole numbers: 0.5 + 3 + 0.25, 1.5 + 0.25, 1 + 0.25",
        ),
        Case(*rounded_normals(61, (4, 3), (5, 3), (5,), scale=2.0)),
        Case(*rounded_normals(62, (3, 3), (3, 3), (3,), scale=2.0)),
        Case(
            *rounded_normals(63, (32, 400), (120, 400), (120,)),
            note="as large as in LeNet-5: a product of matrices takes a thousandth of a second",
        ),
    ],
    hints=[
        "For one example and one output: row n of x times row k of weight, summed.",
        "A @ B takes rows of A times *columns* of B. Which matrix has weight's rows as columns?",
        "x @ weight.T has shape (B, K). A bias of shape (K,) is added to each of its rows.",
    ],
    seconds=0.5,  # three loops over the last case took 1.4
)


@EXERCISE.misconception(
    "weight is not transposed",
    "x @ weight runs over the rows of weight, of which there are K. The sum is over c, the second "
    "axis of both: x @ weight.T.",
)
def _(x, weight, bias):
    return x @ weight + bias


@EXERCISE.misconception(
    "reshaped in place of transposed",
    "reshape keeps the order of the numbers and only breaks the rows elsewhere. weight.T turns "
    "rows into columns.",
)
def _(x, weight, bias):
    return x @ weight.reshape(weight.shape[::-1]) + bias


@EXERCISE.misconception("the bias is left out", "Each output k has a number bias[k] added to it.")
def _(x, weight, bias):
    return x @ weight.T


@EXERCISE.misconception("the bias is subtracted", "The bias is added.")
def _(x, weight, bias):
    return x @ weight.T - bias


@EXERCISE.misconception(
    "the bias is added along the wrong axis",
    "bias[:, None] is a column: one number for each example. There is one for each output, so a "
    "plain + bias does it.",
)
def _(x, weight, bias):
    return x @ weight.T + bias[:, None]


@EXERCISE.misconception(
    "the bias is added to every term of the sum",
    "bias[k] stands outside the sum over c: it is added once.",
)
def _(x, weight, bias):
    return x @ weight.T + x.shape[1] * bias


@EXERCISE.misconception("all biases are added to every output", "Output k gets bias[k] alone.")
def _(x, weight, bias):
    return x @ weight.T + bias.sum()


@EXERCISE.misconception(
    "rows and columns of the result are exchanged",
    "weight @ x.T has the outputs as rows. One example in each row: (B, K).",
)
def _(x, weight, bias):
    return (x @ weight.T + bias).T


@EXERCISE.misconception(
    "weight and x have changed places",
    "weight @ x.T has shape (K, B), and the biases then join the wrong axis. x @ weight.T has "
    "one example in each row.",
)
def _(x, weight, bias):
    return weight @ x.T + bias


@EXERCISE.misconception(
    "the mean in place of the sum", "The terms are added up and not divided by their number."
)
def _(x, weight, bias):
    return x @ weight.T / x.shape[1] + bias


@EXERCISE.misconception(
    "multiplied number by number",
    "x * weight multiplies numbers in the same places. Every example meets every row of weight: "
    "that is the matrix product x @ weight.T.",
)
def _(x, weight, bias):
    return x * weight + bias


@EXERCISE.misconception(
    "a ReLU is applied", "The layer is linear; what comes after it is another layer."
)
def _(x, weight, bias):
    return np.maximum(x @ weight.T + bias, 0)


@EXERCISE.misconception(
    "the fractions are cut off where x holds whole numbers",
    "np.zeros_like(x) and x.dtype make an array of integers, which cannot hold fractions.",
)
def _(x, weight, bias):
    return (x @ weight.T + bias).astype(x.dtype)


@EXERCISE.misconception(
    "only the first example is computed",
    "x has one example in each row, and each of them gets a row of outputs.",
)
def _(x, weight, bias):
    return weight @ x[0] + bias

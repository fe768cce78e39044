"""Exercise 7.3: the gradients of the dense layer."""

import numpy as np

from course_utils.exercises import Case, Exercise, rounded_normals


def dense_backward(g, x, weight):
    """Gradients of x (B, C), weight (K, C) and bias (K,), from g (B, K), that of the result."""
    grad_x = g @ weight  # sum over the outputs k in which x[n, c] occurs
    grad_weight = g.T @ x  # sum over the examples n in which weight[k, c] occurs
    grad_bias = g.sum(axis=0)  # the same, with the factor 1
    return grad_x, grad_weight, grad_bias


EXERCISE = Exercise(
    id="07.dense_backward",
    title="Where does each number occur?",
    minutes=9,
    difficulty=2,
    reference=dense_backward,
    cases=[
        Case(
            np.array([[1.0, 2.0]]),
            np.array([[3.0, 4.0, 5.0]]),
            np.array([[1.0, 10.0, 0.0], [0.0, 1.0, 100.0]]),
            note="x: 1·1 + 2·0, 1·10 + 2·1, 1·0 + 2·100; weight: 1 and 2 times (3, 4, 5); bias: "
            "1, 2",
        ),
        Case(
            np.array([[1.0], [10.0]]),
            np.array([[2.0], [3.0]]),
            np.array([[5.0]]),
            note="two examples: x: 5 and 50; weight: 1·2 + 10·3 = 32; bias: 1 + 10 = 11",
        ),
        Case(
            np.array([[1, 0], [0, 1], [1, 1]]),
            np.array([[1, 2], [3, 4], [5, 6]]),
            np.array([[1, 2], [3, 4]]),
            note="weight: rows 1 and 3 of x added, (6, 8), and rows 2 and 3, (8, 10)",
        ),
        Case(*rounded_normals(71, (4, 5), (4, 3), (5, 3), scale=2.0)),
        Case(*rounded_normals(72, (3, 3), (3, 3), (3, 3), scale=2.0)),
        Case(
            *rounded_normals(73, (32, 120), (32, 400), (120, 400)),
            note="as large as in LeNet-5: products of matrices take a thousandth of a second",
        ),
    ],
    hints=[
        "In which outputs does weight[k, c] occur, and with which factor? And bias[k]?",
        "weight[k, c] occurs in Y[n, k] of every example n, with the factor x[n, c]: its gradient "
        "is Σ_n g[n, k] x[n, c]. The bias has the factor 1.",
        "As a product of matrices the sum over n reads g.T @ x. And the one over k, in the "
        "gradient of x, reads g @ weight.",
    ],
    seconds=0.5,  # three loops over the last case took 1.4
)


def _parts(g, x, weight, **others):
    """Give the three gradients, some of them replaced by others."""
    grad_x, grad_weight, grad_bias = dense_backward(g, x, weight)
    right = {"of_x": grad_x, "of_weight": grad_weight, "of_bias": grad_bias}
    return tuple((right | others).values())


@EXERCISE.misconception(
    "weight is transposed in the gradient of x",
    "The sum in the gradient of x runs over the outputs k, which are the rows of weight: g @ "
    "weight, of shape (B, C).",
)
def _(g, x, weight):
    return _parts(g, x, weight, of_x=g @ weight.T)


@EXERCISE.misconception(
    "the gradient of weight is transposed",
    "x.T @ g has shape (C, K). weight has one row for each output, and so has its gradient: g.T "
    "@ x.",
)
def _(g, x, weight):
    return _parts(g, x, weight, of_weight=x.T @ g)


@EXERCISE.misconception(
    "reshaped in place of transposed",
    "reshape keeps the order of the numbers and only breaks the rows elsewhere: g.T @ x has "
    "shape (K, C) as it is.",
)
def _(g, x, weight):
    return _parts(g, x, weight, of_weight=(x.T @ g).reshape(weight.shape))


@EXERCISE.misconception(
    "the gradient of bias is not summed over the batch",
    "bias[k] occurs in the output of every example, so their gradients are added: g.sum(axis=0).",
)
def _(g, x, weight):
    return _parts(g, x, weight, of_bias=np.array(g))


@EXERCISE.misconception(
    "the gradient of bias is summed over the outputs",
    "axis=1 adds up the outputs of one example. Every bias belongs to one output and meets all "
    "examples: axis=0.",
)
def _(g, x, weight):
    return _parts(g, x, weight, of_bias=g.sum(axis=1))


@EXERCISE.misconception(
    "the gradient of bias is one number", "There are K biases: sum over the batch only, axis=0."
)
def _(g, x, weight):
    return _parts(g, x, weight, of_bias=float(g.sum()))


@EXERCISE.misconception(
    "the gradient of bias is averaged over the batch",
    "The examples' gradients are added. Where the loss is a mean, the factor 1/B is in g already.",
)
def _(g, x, weight):
    return _parts(g, x, weight, of_bias=g.mean(axis=0))


@EXERCISE.misconception(
    "weight and bias are averaged over the batch",
    "The examples' gradients are added. Where the loss is a mean, the factor 1/B is in g already.",
)
def _(g, x, weight):
    return _parts(g, x, weight, of_weight=g.T @ x / len(x), of_bias=g.mean(axis=0))


@EXERCISE.misconception(
    "the gradient of weight is averaged over the batch",
    "The examples' gradients are added. Where the loss is a mean, the factor 1/B is in g already.",
)
def _(g, x, weight):
    return _parts(g, x, weight, of_weight=g.T @ x / len(x))


@EXERCISE.misconception(
    "only the last example counts for weight",
    "Each example overwrites the one before. Their contributions are added: += in a loop, or g.T "
    "@ x at once.",
)
def _(g, x, weight):
    return _parts(g, x, weight, of_weight=np.outer(g[-1], x[-1]))


@EXERCISE.misconception(
    "g is left out in the gradient of weight",
    "x[n, c] is the factor of weight[k, c] in the output; the chain rule multiplies it by g[n, k].",
)
def _(g, x, weight):
    return _parts(g, x, weight, of_weight=np.ones(g.shape).T @ x)


@EXERCISE.misconception(
    "g is left out in the gradient of x",
    "weight[k, c] is the factor of x[n, c] in the output; the chain rule multiplies it by g[n, k].",
)
def _(g, x, weight):
    return _parts(g, x, weight, of_x=np.ones(g.shape) @ weight)


@EXERCISE.misconception(
    "g is left out in the gradient of bias",
    "The factor of the bias is 1; the chain rule multiplies it by g[n, k].",
)
def _(g, x, weight):
    return _parts(g, x, weight, of_bias=np.full(g.shape[1], float(len(g))))


@EXERCISE.misconception(
    "the gradients of weight and x have changed places",
    "Asked for are first x's, then weight's, then bias's: the order of the arguments of dense.",
)
def _(g, x, weight):
    grad_x, grad_weight, grad_bias = dense_backward(g, x, weight)
    return grad_weight, grad_x, grad_bias


@EXERCISE.misconception(
    "x comes last",
    "Asked for are first x's, then weight's, then bias's: the order of the arguments of dense.",
)
def _(g, x, weight):
    grad_x, grad_weight, grad_bias = dense_backward(g, x, weight)
    return grad_weight, grad_bias, grad_x


@EXERCISE.misconception(
    "the gradient of x is left out",
    "The layer before needs it, or nothing could be learnt there. Three gradients: x, weight, "
    "bias.",
)
def _(g, x, weight):
    return dense_backward(g, x, weight)[1:]


@EXERCISE.misconception(
    "the gradient of bias is left out", "Three gradients are asked for: x, weight, bias."
)
def _(g, x, weight):
    return dense_backward(g, x, weight)[:2]

"""Exercise 5.5: the gradient of the bias."""

import numpy as np

from course_utils.exercises import Case, Exercise, rounded_normals

from .partly_zero import only_first


def grad_bias(g):
    """Gradient of the bias (K,) from g (B, K, M_H, M_W)."""
    return g.sum(axis=(0, 2, 3))  # b[k] was added in every picture, at every place


EXERCISE = Exercise(
    id="05.grad_bias",
    title="Back to the bias",
    minutes=3,
    difficulty=1,
    reference=grad_bias,
    cases=[
        Case(
            np.array([[[[1.0, 2.0]], [[3.0, 4.0]]]]),
            note="filter 0: 1 + 2 = 3, filter 1: 3 + 4 = 7",
        ),
        Case(
            np.array([[[[1.0]], [[2.0]]], [[[10.0]], [[20.0]]]]),
            note="two pictures: 1 + 10 = 11 and 2 + 20 = 22",
        ),
        Case(
            np.array([[[[1.0, 2.0], [3.0, 4.0]]]]),
            note="one filter, used at four places: 1 + 2 + 3 + 4 = 10",
        ),
        Case(*rounded_normals(31, (3, 4, 2, 5))),
        Case(*rounded_normals(32, (2, 1, 3, 3))),
        Case(*rounded_normals(33, (4, 3, 1, 2))),
    ],
    hints=[
        "In which elements of y does b[k] appear, and with which factor?",
        "In every picture and at every place of map k, with factor 1.",
        "Sum over all axes except the one of the filters: axis=(0, 2, 3).",
    ],
)


@EXERCISE.misconception(
    "averaged over the batch",
    "Each picture adds its share; a mean over the batch, if there is one, is in g.",
)
def _(g):
    return g.sum(axis=(0, 2, 3)) / len(g)


@EXERCISE.misconception(
    "averaged over the places",
    "b[k] was added with factor 1 at every place, so the derivatives add up.",
)
def _(g):
    return g.sum(axis=0).mean(axis=(1, 2))


@EXERCISE.misconception(
    "the mean instead of the sum",
    "b[k] was added with factor 1 at every place, so the derivatives add up.",
)
def _(g):
    return g.mean(axis=(0, 2, 3))


@EXERCISE.misconception(
    "one bias for each picture", "All pictures share the bias: sum over the batch as well."
)
def _(g):
    return g.sum(axis=(2, 3))


@EXERCISE.misconception(
    "only the first picture counts",
    "All pictures of the batch share the bias: sum over the batch as well.",
)
def _(g):
    return g[0].sum(axis=(1, 2))


@EXERCISE.misconception(
    "only the last picture counts: = instead of +=",
    "Each picture adds its share to the gradient of the shared bias.",
)
def _(g):
    return g[-1].sum(axis=(1, 2))


@EXERCISE.misconception(
    "each value overwrites the one before",
    "b[k] was added at every place of every picture, and the contributions add up: += in place "
    "of =.",
)
def _(g):
    return g[-1, :, -1, -1]


@EXERCISE.misconception(
    "summed over the filters",
    "Axis 1 counts the filters, and each has a bias of its own: keep that axis.",
)
def _(g):
    return g.sum(axis=(1, 2, 3))


@EXERCISE.misconception(
    "one bias for each place",
    "The bias is shared over the places: sum over rows and columns as well.",
)
def _(g):
    return g.sum(axis=0)


@EXERCISE.misconception(
    "one bias for each row",
    "The bias is shared over the places: axis 2, the rows, has to be summed as well.",
)
def _(g):
    return g.sum(axis=(0, 3))


@EXERCISE.misconception(
    "one bias for each column",
    "The bias is shared over the places: axis 3, the columns, has to be summed as well.",
)
def _(g):
    return g.sum(axis=(0, 2))


@EXERCISE.misconception(
    "only the columns are kept",
    "The axes are (B, K, M_H, M_W): the one to keep is axis 1, the filters.",
)
def _(g):
    return g.sum(axis=(0, 1, 2))


@EXERCISE.misconception(
    "only the rows are kept",
    "The axes are (B, K, M_H, M_W): the one to keep is axis 1, the filters.",
)
def _(g):
    return g.sum(axis=(0, 1, 3))


@EXERCISE.misconception(
    "the summed axes are kept with length 1",
    "The gradient has the shape of the bias, (K,). keepdims=True leaves (1, K, 1, 1).",
)
def _(g):
    return g.sum(axis=(0, 2, 3), keepdims=True)


@EXERCISE.misconception(
    "everything is summed into one number", "There are K biases: keep the axis of the filters."
)
def _(g):
    return g.sum()


@EXERCISE.misconception(
    "every filter gets the sum over all filters", "b[k] is contained in map k only: g[:, k]."
)
def _(g):
    return np.full(g.shape[1], g.sum())


@EXERCISE.misconception(
    "the sum is not started afresh for each filter",
    "Your sum goes on growing from one filter to the next. Set it back to zero for each.",
)
def _(g):
    return np.cumsum(g.sum(axis=(0, 2, 3)))


@EXERCISE.misconception(
    "only the first bias is filled in: the return stands inside the loop",
    "The function returns in the first round of the loop over the filters. Indent return as far "
    "as the for, so that it comes after the loop.",
)
def _(g):
    return only_first(g.sum(axis=(0, 2, 3)))


@EXERCISE.misconception(
    "the gradient that arrives is taken to be all ones",
    "Your result counts the outputs that contain b[k]. Each has its own weight in the loss: sum "
    "g over them.",
)
def _(g):
    return np.ones(g.shape).sum(axis=(0, 2, 3))


@EXERCISE.misconception(
    "summed over pictures and filters: the places are kept",
    "The axes are (B, K, M_H, M_W): the one to keep is axis 1, the filters.",
)
def _(g):
    return g.sum(axis=(0, 1))

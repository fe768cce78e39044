"""Exercise 9.4: the running statistics."""

import numpy as np

from course_utils.exercises import Case, Exercise, rounded_normals

from .rounded_positives import rounded_positives


def update_running(running_mean, running_var, x, momentum):
    """New running mean and new running variance, each (C,), after a batch x (B, C, H, W)."""
    mean = x.mean(axis=(0, 2, 3))
    var = x.var(axis=(0, 2, 3), ddof=1)  # divided by n − 1: an estimate for all pictures
    new_mean = (1 - momentum) * running_mean + momentum * mean
    return new_mean, (1 - momentum) * running_var + momentum * var


EXERCISE = Exercise(
    id="09.update_running",
    title="What is kept for later",
    minutes=5,
    difficulty=2,
    reference=update_running,
    cases=[
        Case(
            np.array([0.0]),
            np.array([1.0]),
            np.array([[[[1.0]]], [[[5.0]]]]),
            0.25,
            note=(
                "mean 3: 0.75·0 + 0.25·3 = 0.75; variance (4 + 4)/(2 − 1) = 8: "
                "0.75·1 + 0.25·8 = 2.75"
            ),
        ),
        Case(
            np.array([4.0]),
            np.array([2.0]),
            np.array([[[[0.0, 3.0, 6.0]]]]),
            0.5,
            note="mean 3: 2 + 1.5 = 3.5; variance 18/2 = 9: 1 + 4.5 = 5.5",
        ),
        Case(
            np.array([0.0]),
            np.array([1.0]),
            np.array([[[[2.0**36 - 1, 2.0**36 + 1]]]]),
            0.5,
            note=(
                "mean 2³⁶: 0 + 2³⁵; variance (1 + 1)/(2 − 1) = 2, however large the mean is: "
                "0.5 + 1 = 1.5"
            ),
        ),
        Case(
            np.array([1, 2]),
            np.array([1, 3]),
            np.arange(16).reshape(2, 2, 2, 2) % 7,
            0.5,
        ),
        Case(
            *rounded_normals(31, (3,), scale=2.0),
            rounded_positives(32, 3),
            *rounded_normals(33, (4, 3, 2, 3), scale=2.0),
            0.1,
        ),
        Case(
            *rounded_normals(34, (2,), scale=2.0),
            rounded_positives(35, 2),
            *rounded_normals(36, (3, 2, 3, 5), scale=2.0),
            0.9,
        ),
    ],
    hints=[
        "Both move the same way: (1 − momentum) · old + momentum · new.",
        "The new variance divides by n − 1: x.var(axis=(0, 2, 3), ddof=1).",
    ],
)


def _with_ddof(running_mean, running_var, x, momentum, ddof=1):
    axes = (0, 2, 3)
    return (
        (1 - momentum) * running_mean + momentum * x.mean(axis=axes),
        (1 - momentum) * running_var + momentum * x.var(axis=axes, ddof=ddof),
    )


@EXERCISE.misconception(
    "the variance divided by n",
    "The running variance takes in the batch's variance divided by n − 1, although the batch "
    "itself is normalised with the one divided by n.",
)
def _(running_mean, running_var, x, momentum):
    return _with_ddof(running_mean, running_var, x, momentum, ddof=0)


@EXERCISE.misconception(
    "momentum is the share of the old",
    "In PyTorch's batch normalisation, momentum is the share of the *new* batch, 0.1 by default. "
    "(In its SGD it is the share of the old direction.)",
)
def _(running_mean, running_var, x, momentum):
    return _with_ddof(running_mean, running_var, x, 1 - momentum)


@EXERCISE.misconception(
    "the standard deviation is kept", "Variances are averaged, not standard deviations."
)
def _(running_mean, running_var, x, momentum):
    mean, _ = _with_ddof(running_mean, running_var, x, momentum)
    std = x.std(axis=(0, 2, 3), ddof=1)
    return mean, (1 - momentum) * running_var + momentum * std


@EXERCISE.misconception(
    "the old statistics are replaced",
    "The statistics move a share of the way, so that one odd batch does little harm.",
)
def _(running_mean, running_var, x, momentum):
    return x.mean(axis=(0, 2, 3)), x.var(axis=(0, 2, 3), ddof=1)


@EXERCISE.misconception(
    "the new is added without shrinking the old",
    "A running mean takes 1 − momentum of the old and momentum of the new.",
)
def _(running_mean, running_var, x, momentum):
    mean, var = x.mean(axis=(0, 2, 3)), x.var(axis=(0, 2, 3), ddof=1)
    return running_mean + momentum * mean, running_var + momentum * var


@EXERCISE.misconception("n counts pictures only", "A channel has n = B·H·W numbers in a batch.")
def _(running_mean, running_var, x, momentum):
    mean, var = _with_ddof(running_mean, running_var, x, 1.0, ddof=0)
    B = len(x)
    unbiased = B / (B - 1) * var
    return (
        (1 - momentum) * running_mean + momentum * mean,
        (1 - momentum) * running_var + momentum * unbiased,
    )


@EXERCISE.misconception(
    "the mean divided by n − 1",
    "Only the variance is divided by n − 1, because the mean was itself estimated from the same "
    "numbers.",
)
def _(running_mean, running_var, x, momentum):
    _, var = _with_ddof(running_mean, running_var, x, momentum)
    n = x.size / x.shape[1]
    mean = x.sum(axis=(0, 2, 3)) / (n - 1)
    return (1 - momentum) * running_mean + momentum * mean, var


@EXERCISE.misconception(
    "the variance about the running mean",
    "The batch's variance is taken about the batch's own mean.",
)
def _(running_mean, running_var, x, momentum):
    mean, _ = _with_ddof(running_mean, running_var, x, momentum)
    n = x.size / x.shape[1]
    var = ((x - mean[:, None, None]) ** 2).sum(axis=(0, 2, 3)) / (n - 1)
    return mean, (1 - momentum) * running_var + momentum * var


@EXERCISE.misconception(
    "mean and variance exchanged", "The running mean first, then the running variance."
)
def _(running_mean, running_var, x, momentum):
    mean, var = _with_ddof(running_mean, running_var, x, momentum)
    return var, mean


@EXERCISE.misconception(
    "momentum is the share of the old, and the variance divided by n",
    "In PyTorch momentum is the share of the *new* (in Keras it is that of the old), and the "
    "variance that is kept is divided by n − 1.",
)
def _(running_mean, running_var, x, momentum):
    return _with_ddof(running_mean, running_var, x, 1 - momentum, ddof=0)


def _corrected(running_mean, running_var, x, momentum, factor):
    axes = (0, 2, 3)
    return (
        (1 - momentum) * running_mean + momentum * x.mean(axis=axes),
        (1 - momentum) * running_var + momentum * factor * x.var(axis=axes),
    )


@EXERCISE.misconception(
    "(n − 1)/n instead of n/(n − 1)",
    "A sample's own variance is on average too *small*: n/(n − 1) makes it larger.",
)
def _(running_mean, running_var, x, momentum):
    n = x.size / x.shape[1]
    return _corrected(running_mean, running_var, x, momentum, (n - 1) / n)


@EXERCISE.misconception(
    "n/(n − 1) twice",
    "ddof=1 divides by n − 1 already. The factor n/(n − 1) is for the variance divided by n.",
)
def _(running_mean, running_var, x, momentum):
    n = x.size / x.shape[1]
    return _corrected(running_mean, running_var, x, momentum, (n / (n - 1)) ** 2)


@EXERCISE.misconception(
    "n counts all channels", "A channel has n = B·H·W numbers in a batch: x.size / C."
)
def _(running_mean, running_var, x, momentum):
    return _corrected(running_mean, running_var, x, momentum, x.size / (x.size - 1))


@EXERCISE.misconception(
    "the old variance is corrected as well",
    "n/(n − 1) belongs to the batch's variance alone; the old one was corrected when it came in.",
)
def _(running_mean, running_var, x, momentum):
    n = x.size / x.shape[1]
    mean, var = _with_ddof(running_mean, running_var, x, momentum, ddof=0)
    return mean, n / (n - 1) * var


@EXERCISE.misconception(
    "the variance does not move", "Both statistics take in a share of the batch."
)
def _(running_mean, running_var, x, momentum):
    return _with_ddof(running_mean, running_var, x, momentum)[0], running_var.astype(float)


@EXERCISE.misconception(
    "the statistics keep four axes",
    "Running statistics have the shape (C,), so the batch's mean and variance are taken without "
    "keepdims.",
)
def _(running_mean, running_var, x, momentum):
    axes = (0, 2, 3)
    mean = x.mean(axis=axes, keepdims=True)
    var = x.var(axis=axes, ddof=1, keepdims=True)
    return (
        (1 - momentum) * running_mean + momentum * mean,
        (1 - momentum) * running_var + momentum * var,
    )


@EXERCISE.misconception(
    "the old statistics are overwritten",
    "Right, but += writes into the arrays that were passed in, and fails where they hold whole "
    "numbers. old + momentum * (new - old) makes new ones.",
)
def _(running_mean, running_var, x, momentum):
    running_mean += momentum * (x.mean(axis=(0, 2, 3)) - running_mean)
    running_var += momentum * (x.var(axis=(0, 2, 3), ddof=1) - running_var)
    return running_mean, running_var


@EXERCISE.misconception(
    "the variance is the mean of the squares minus the square of the mean",
    "On paper that is the same. In floats the mean of the squares and the square of the mean agree "
    "in all their digits where the mean is large, and their difference is lost. Subtract the mean "
    "first, then square, as x.var does.",
)
def _(running_mean, running_var, x, momentum):
    axes, n = (0, 2, 3), x.size // x.shape[1]
    mean = x.mean(axis=axes)
    var = ((x**2).mean(axis=axes) - mean**2) * n / (n - 1)
    return (
        (1 - momentum) * running_mean + momentum * mean,
        (1 - momentum) * running_var + momentum * var,
    )

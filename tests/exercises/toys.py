"""Two small exercises on which the engine is tested, written as those of the lessons are."""

import numpy as np

from course_utils.exercises import Case, Exercise


def running_sum(x, scale=1.0):
    """Running sums of x (N,), times `scale`: shape (N,)."""
    N = len(x)
    y = np.zeros(N)
    total = 0.0
    for n in range(N):
        total += x[n]  # the sum of x[0], …, x[n]
        y[n] = scale * total
    return y


RUNNING_SUM = Exercise(
    id="99.running_sum",
    title="Running sums",
    minutes=3,
    difficulty=1,
    reference=running_sum,
    cases=[
        Case(np.array([1.0, 2.0, 4.0]), note="1, 1 + 2 = 3, 1 + 2 + 4 = 7"),
        Case(np.array([1, 2, 4]), scale=0.5),
        Case.random(lambda rng: (rng.normal(size=6),), seed=1, scale=2.0),
        Case.random(lambda rng: (rng.normal(size=9),), seed=2),
    ],
    hints=[
        "Keep a total.",
        "Add, then store.",
        "`total += x[n]`, then `y[n] = scale * total`.",
    ],
    seconds=0.5,
)


@RUNNING_SUM.misconception("each sum leaves out its own item", "Add x[n] first.")
def _(x, scale=1.0):
    return running_sum(x, scale) - scale * x


@RUNNING_SUM.misconception("the scale is forgotten", "Multiply by `scale`.")
def _(x, scale=1.0):
    return running_sum(x)


@RUNNING_SUM.misconception("the sum runs backwards", "Start at x[0].")
def _(x, scale=1.0):
    return running_sum(x[::-1], scale)


@RUNNING_SUM.misconception("it asks for a key", "There is no dict here.")
def _(x, scale=1.0):
    raise KeyError("scale")


def half(n):
    """Half of n, rounded down."""
    return n // 2


HALF = Exercise(
    id="99.half",
    title="Halves",
    minutes=1,
    difficulty=1,
    reference=half,
    cases=[Case(6, note="6 / 2"), Case(7), Case(1), Case(0)],
    hints=["Which operator divides whole numbers?", "`//`"],
    seconds=0.5,
)


@HALF.misconception("rounds up", "Down.")
def _(n):
    return -(-n // 2)


@HALF.misconception("doubles", "Halve.")
def _(n):
    return 2 * n


@HALF.misconception("does nothing", "Halve.")
def _(n):
    return n

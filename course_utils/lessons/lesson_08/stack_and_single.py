"""Exercise 8.4: small kernels in a stack."""

from course_utils.exercises import Case, Exercise


def stack_and_single(C, n):
    """Parameters (ints) of n layers 3×3, and of the one layer with their field; C maps always."""
    F = 2 * n + 1  # each layer of the stack adds 2 to the field
    return n * (9 * C * C + C), F * F * C * C + C


EXERCISE = Exercise(
    id="08.stack_and_single",
    title="A stack against one",
    minutes=2,
    difficulty=1,
    reference=stack_and_single,
    cases=[
        Case(1, 2, note="one channel: 2·(9 + 1) = 20 against 5·5 + 1 = 26", expected=(20, 26)),
        Case(2, 1, note="a stack of one: 9·4 + 2 = 38 on both sides", expected=(38, 38)),
        Case(1, 3, note="3·(9 + 1) = 30 against 7·7 + 1 = 50", expected=(30, 50)),
        Case(10, 2),
        Case(64, 3),
        Case(3, 5),
    ],
    hints=[
        "How many pixels across does one unit see after n layers of 3×3? Lesson 03 has 3, 5, 7.",
        "A layer of side F from C to C channels has C·(C·F·F + 1) parameters.",
    ],
)


@EXERCISE.misconception(
    "the biases are forgotten", "Each layer has C biases: n·C in the stack, C in the single layer."
)
def _(C, n):
    return n * 9 * C * C, (2 * n + 1) ** 2 * C * C


@EXERCISE.misconception(
    "one set of biases for the whole stack", "Each of the n layers has its own C biases."
)
def _(C, n):
    return n * 9 * C * C + C, (2 * n + 1) ** 2 * C * C + C


@EXERCISE.misconception(
    "the field is taken for 3n",
    "The windows of a layer overlap, so each further layer adds F − 1 = 2: the field is 2n + 1 "
    "(lesson 03).",
)
def _(C, n):
    return n * (9 * C * C + C), (3 * n) ** 2 * C * C + C


@EXERCISE.misconception(
    "the fields are multiplied: 3 to the power n",
    "At stride 1 each layer adds 2 to the field: 3, 5, 7.",
)
def _(C, n):
    return n * (9 * C * C + C), (3**n) ** 2 * C * C + C


@EXERCISE.misconception(
    "the field is taken for 2n", "The field starts at 1, one pixel, and grows by 2: 3, 5, 7."
)
def _(C, n):
    return n * (9 * C * C + C), (2 * n) ** 2 * C * C + C


@EXERCISE.misconception(
    "C weights for each place of the kernel, instead of C times C",
    "There are C filters, and each spans C channels.",
)
def _(C, n):
    return n * (9 * C + C), (2 * n + 1) ** 2 * C + C


@EXERCISE.misconception(
    "one layer of the stack only", "The stack has n layers, each with weights of its own."
)
def _(C, n):
    return 9 * C * C + C, (2 * n + 1) ** 2 * C * C + C


@EXERCISE.misconception(
    "the single layer keeps 3×3", "It has to see as much as the stack: a kernel of side 2n + 1."
)
def _(C, n):
    return n * (9 * C * C + C), 9 * C * C + C


@EXERCISE.misconception(
    "the two stand in the wrong order", "The stack first, then the single layer."
)
def _(C, n):
    return (2 * n + 1) ** 2 * C * C + C, n * (9 * C * C + C)

"""Exercise 2.3: reflection at the border."""

from course_utils.exercises import Case, Exercise


def reflect_index(i, N):
    """Index in 0 … N - 1 that i (-N < i < 2N - 1) reflects to; the edge is not repeated."""
    if i < 0:
        return -i  # mirror at sample 0: −1 becomes 1
    if i >= N:
        return 2 * (N - 1) - i  # mirror at sample N − 1: N becomes N − 2
    return i


EXERCISE = Exercise(
    id="02.reflect_index",
    title="A mirror at the border",
    minutes=7,
    difficulty=1,
    reference=reflect_index,
    cases=[
        Case(2, 5, note="0 <= 2 <= 4: it lies inside and stays 2"),
        Case(-1, 5, note="one step left of sample 0 shows one step right of it: 0 + 1 = 1"),
        Case(5, 5, note="one step right of sample 4 shows one step left of it: 4 − 1 = 3"),
        Case(0, 5, note="the mirror stands on sample 0, which shows itself: 0"),
        Case(4, 5, note="the mirror stands on sample 4, which shows itself: 4"),
        Case(-4, 5, note="four steps left of sample 0: 0 + 4 = 4"),
        Case(8, 5, note="four steps right of sample 4: 4 − 4 = 0"),
        Case(-2, 3, note="two steps left of sample 0: 0 + 2 = 2"),
        Case(4, 3, note="two steps right of sample 2: 2 − 2 = 0"),
        Case(6, 4, note="three steps right of sample 3: 3 − 3 = 0"),
        Case(6, 5, note="two steps right of sample 4: 4 − 2 = 2"),
    ],
    hints=[
        "Draw five samples and a mirror standing on sample 0. What does −1 show? And −2?",
        "On the right, the mirror stands on sample N − 1. The index N − 1 + k shows N − 1 − k.",
        "So i becomes −i on the left and 2 * (N - 1) - i on the right.",
    ],
)


def _reflecting(left, right):
    """Make a rule out of what it does on either side; indices inside stay."""

    def rule(i, N):
        if i < 0:
            return left(i, N)
        return right(i, N) if i >= N else i

    return rule


EXERCISE.misconception(
    "the edge sample is repeated (NumPy calls this symmetric)",
    "Here the mirror stands on the edge sample, not beside it: −1 shows sample 1, as in "
    "PyTorch's and NumPy's mode 'reflect'.",
)(_reflecting(lambda i, N: -i - 1, lambda i, N: 2 * N - 1 - i))


def _mirror(i, N):
    return -i if i < 0 else 2 * (N - 1) - i


EXERCISE.misconception(
    "the left edge sample is repeated",
    "The mirror stands on sample 0: one step left of it, at −1, shows one step right of it, "
    "sample 1. So i becomes −i, not −i − 1.",
)(_reflecting(lambda i, N: -i - 1, _mirror))

EXERCISE.misconception(
    "the right edge sample is repeated",
    "The mirror stands on sample N − 1: index N − 1 + k shows N − 1 − k. Adding the two gives "
    "2(N − 1), so i becomes 2(N − 1) − i.",
)(_reflecting(_mirror, lambda i, N: 2 * N - 1 - i))

EXERCISE.misconception(
    "the right mirror stands one sample too far out",
    "The mirror stands on the last sample, N − 1, not at N: index N − 1 + k shows N − 1 − k. "
    "Adding the two gives 2(N − 1), so i becomes 2(N − 1) − i.",
)(_reflecting(_mirror, lambda i, N: 2 * N - i))


@EXERCISE.misconception(
    "the index wraps around",
    "Modulo N continues the signal periodically: that is circular padding. A mirror reverses the "
    "direction.",
)
def _(i, N):
    return i % N


EXERCISE.misconception(
    "the right side wraps around",
    "The left side is a mirror, but i − N (or i % N) starts again from sample 0 on the right. "
    "There i becomes 2(N − 1) − i.",
)(_reflecting(_mirror, lambda i, N: i % N))

EXERCISE.misconception(
    "the left side wraps around",
    "i + N continues with the samples of the other end. In the mirror, −1 shows sample 1: i "
    "becomes −i.",
)(_reflecting(lambda i, N: i + N, _mirror))


@EXERCISE.misconception(
    "the edge is repeated forever (replicate)",
    "Clamping to 0 and N − 1 shows the edge sample again and again: replicate padding. A mirror "
    "shows what lies further in.",
)
def _(i, N):
    return min(max(i, 0), N - 1)


EXERCISE.misconception(
    "only the left side is mirrored",
    "An index of N or more lies outside as well. Mirrored at N − 1 it becomes 2(N − 1) − i.",
)(_reflecting(_mirror, lambda i, N: i))

EXERCISE.misconception(
    "only the right side is mirrored",
    "A negative index lies outside as well, although Python would take x[-1] for the last "
    "sample. Mirrored at 0 it becomes −i.",
)(_reflecting(lambda i, N: i, _mirror))


@EXERCISE.misconception(
    "the index N is taken for one inside",
    "Counting from 0, the last sample is N − 1, and N lies outside already: the condition is i "
    ">= N, not i > N.",
)
def _(i, N):
    return i if i == N else reflect_index(i, N)


@EXERCISE.misconception(
    "an index inside gets no answer",
    "Where neither condition holds, the function comes to its end without a return. An index "
    "inside stays as it is: return i.",
)
def _(i, N):
    return None if 0 <= i < N else reflect_index(i, N)


EXERCISE.misconception(
    "an index on the right gets no answer",
    "An index of N or more lies outside as well, and the function comes to its end without a "
    "return. Mirrored at N − 1 it becomes 2(N − 1) − i.",
)(_reflecting(_mirror, lambda i, N: None))


@EXERCISE.misconception(
    "the numbers are right, but floats instead of ints",
    "An index has to be an int: x[1.0] raises an error. Subtracting is enough here; where a "
    "float has come in, int(...) makes a whole number of it.",
)
def _(i, N):
    return float(reflect_index(i, N))

"""Exercise 5.2: zeros between the gradients."""

import numpy as np

from course_utils.exercises import Case, Exercise, rounded_normals

from .partly_zero import but_one, only_first


def insert_zeros(g, S):
    """Spread g (M,) with S - 1 zeros between neighbours, none at the ends: ((M - 1)·S + 1,)."""
    spread = np.zeros((len(g) - 1) * S + 1)
    spread[::S] = g
    return spread


EXERCISE = Exercise(
    id="05.insert_zeros",
    title="Zeros in between",
    minutes=4,
    difficulty=1,
    reference=insert_zeros,
    cases=[
        Case(np.array([1.0, 2.0, 3.0]), 2, note="1, 0, 2, 0, 3"),
        Case(np.array([1.0, 2.0]), 3, note="1, 0, 0, 2"),
        Case(np.array([4.0, 5.0]), 1, note="stride 1: nothing to insert"),
        Case(np.array([7.0]), 4),
        Case(np.array([2, 4, 6]), 2),
        Case(*rounded_normals(41, 5), 3),
        Case(*rounded_normals(42, 4), 2),
    ],
    hints=[
        "Neighbours end up S places apart. Where is the last of M values, then?",
        "At (M − 1)·S, so the result has (M − 1)·S + 1 places.",
        "spread[::S] addresses every S-th place, beginning with the first.",
    ],
)


def _spread_into(g, S, length):
    """Spread into a row of another length."""
    spread = np.zeros(length)
    spread[::S] = g
    return spread


@EXERCISE.misconception(
    "zeros after the last value as well",
    "Zeros go between neighbours. Whether anything follows the last value depends on what was "
    "left over at the end (output_padding), not on the stride.",
)
def _(g, S):
    return _spread_into(g, S, len(g) * S)


@EXERCISE.misconception(
    "zeros before the first value as well",
    "Zeros go between neighbours. The first value stays at place 0, where its window started.",
)
def _(g, S):
    return insert_zeros(g, S) if S == 1 else np.append(np.zeros(S - 1), insert_zeros(g, S))


@EXERCISE.misconception(
    "zeros at both ends as well",
    "Zeros go between neighbours, none before the first value and none after the last.",
)
def _(g, S):
    return np.pad(insert_zeros(g, S), S - 1)


@EXERCISE.misconception(
    "S zeros between neighbours instead of S − 1",
    "Neighbours end up S places apart, so S − 1 zeros lie between them.",
)
def _(g, S):
    return insert_zeros(g, S + 1)


@EXERCISE.misconception(
    "S − 2 zeros between neighbours instead of S − 1",
    "Neighbours end up S places apart: g[t] goes to place t·S.",
)
def _(g, S):
    return insert_zeros(g, S - 1)


@EXERCISE.misconception(
    "always one zero, whatever the stride", "The gap depends on the stride: S − 1 zeros."
)
def _(g, S):
    return insert_zeros(g, 2)


@EXERCISE.misconception(
    "the length is M·S − 1",
    "The last of the M values stands at (M − 1)·S, so there are (M − 1)·S + 1 places. For S = 2 "
    "that happens to be M·S − 1.",
)
def _(g, S):
    return _spread_into(g, S, len(g) * S - 1)


@EXERCISE.misconception(
    "the + 1 is missing in the length, and the values do not fit",
    "The last of the M values stands at (M − 1)·S. Counting from 0, that makes (M − 1)·S + 1 "
    "places.",
)
def _(g, S):
    return _spread_into(g, S, (len(g) - 1) * S)


@EXERCISE.misconception(
    "the + 1 is missing in the length, and the last index does not exist",
    "The last of the M values stands at (M − 1)·S. Counting from 0, that makes (M − 1)·S + 1 "
    "places.",
)
def _(g, S):
    spread = np.zeros((len(g) - 1) * S)
    for t in range(len(g)):
        spread[t * S] = g[t]
    return spread


@EXERCISE.misconception(
    "the values stand side by side, and the zeros after them",
    "The length is right. But g[t] goes to place t·S: spread[::S], not spread[: len(g)].",
)
def _(g, S):
    return np.append(g, np.zeros((len(g) - 1) * (S - 1)))


@EXERCISE.misconception(
    "S − 1 zeros after the last value, and none between",
    "S − 1 zeros go between any two neighbours, and none after the last value.",
)
def _(g, S):
    return np.append(g, np.zeros(S - 1))


@EXERCISE.misconception(
    "nothing is inserted",
    "With stride S neighbouring outputs come from windows S places apart, and g has to be spread "
    "as far: g[t] goes to place t·S.",
)
def _(g, S):
    return np.array(g)


@EXERCISE.misconception(
    "values are repeated instead of zeros inserted",
    "At the places the stride skipped there was no output, so no gradient comes from there: zero.",
)
def _(g, S):
    return np.repeat(g, S)[: (len(g) - 1) * S + 1]


EXERCISE.misconception(
    "every value is repeated S times",
    "At the places the stride skipped there was no output, so no gradient comes from there: S − "
    "1 zeros between neighbours.",
)(np.repeat)


@EXERCISE.misconception(
    "values are left out, as in a forward stride",
    "Forward, the stride leaves values out. Backward puts them back in their places.",
)
def _(g, S):
    return g[::S]


@EXERCISE.misconception(
    "values in between are interpolated",
    "The gradient at the skipped places is zero, not something between the neighbours.",
)
def _(g, S):
    places = np.arange((len(g) - 1) * S + 1) / S
    return np.interp(places, np.arange(len(g)), g)


@EXERCISE.misconception(
    "only the first value is set: the return stands inside the loop",
    "The function returns in the first round of the loop. Indent return as far as the for, so "
    "that it comes after the loop.",
)
def _(g, S):
    return insert_zeros(only_first(g), S)


@EXERCISE.misconception(
    "the first value is never set",
    "Python counts from 0: range(M) begins with g[0], range(1, M) leaves it out.",
)
def _(g, S):
    return insert_zeros(but_one(g, 0), S)


@EXERCISE.misconception(
    "one zero at the end",
    "The last of the M values stands at (M − 1)·S. Counting from 0, that makes (M − 1)·S + 1 "
    "places, and nothing follows.",
)
def _(g, S):
    return np.append(insert_zeros(g, S), 0.0)


@EXERCISE.misconception(
    "the last value is never set",
    "The values are g[0], …, g[M − 1], and range(M) already stops there.",
)
def _(g, S):
    return insert_zeros(but_one(g, -1), S)


@EXERCISE.misconception(
    "the fractions are cut off",
    "An array of integers cannot hold fractions. np.zeros(…) makes floats.",
)
def _(g, S):
    return insert_zeros(g, S).astype(int)


@EXERCISE.misconception(
    "the values stand S − 1 apart",
    "With S − 1 zeros between them, neighbours stand S apart: value t is at t·S.",
)
def _(g, S):
    spread = np.zeros((len(g) - 1) * S + 1)
    for t in range(len(g)):
        spread[t * (S - 1)] = g[t]
    return spread


@EXERCISE.misconception(
    "nothing is left where S is 1: [: -(S - 1)]",
    "For S = 1 that is [:-0], which is [:0], an empty array. The result has (M − 1)·S + 1 "
    "places: [: (M - 1) * S + 1].",
)
def _(g, S):
    return insert_zeros(g, S) if S > 1 else insert_zeros(g, S)[:0]

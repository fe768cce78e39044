"""Exercise 3.1: the output size."""

from course_utils.exercises import Case, Exercise

from .room_to_move import room
from .whole_numbers import FLOATS


def output_size(N, F, S=1, P=0, d=1):
    """Outputs M (int) of F weights over N samples: stride S, P zeros a side, dilation d."""
    span = d * (F - 1) + 1  # from the first weight to the last, both included
    last_start = N + 2 * P - span  # starts run 0, S, 2S, … and must not pass this
    return last_start // S + 1


EXERCISE = Exercise(
    id="03.output_size",
    title="The output size, all letters",
    minutes=6,
    difficulty=1,
    reference=output_size,
    cases=[
        Case(5, 3, note="the last start is 5 − 3 = 2: starts 0, 1, 2 make 2 + 1 = 3"),
        Case(7, 3, 2, note="the last start is 7 − 3 = 4: starts 0, 2, 4 make 4/2 + 1 = 3"),
        Case(8, 3, 2, note="8 − 3 = 5: starts 0, 2, 4, as 6 is beyond 5; ⌊5/2⌋ + 1 = 3"),
        Case(5, 3, 1, 1, note="a zero on each side: 5 + 2·1 − 3 = 4, and 4 + 1 = 5"),
        Case(7, 3, 1, 0, 2, note="3 weights, 2 apart, span 2·2 + 1 = 5: 7 − 5 + 1 = 3"),
        Case(224, 11, 4, 2, note="224 + 2·2 − 11 = 217, ⌊217/4⌋ + 1 = 54 + 1 = 55"),
        Case(224, 7, 2, 3, note="224 + 2·3 − 7 = 223, ⌊223/2⌋ + 1 = 111 + 1 = 112"),
        Case(10, 4, 3, note="10 − 4 = 6, 6/3 + 1 = 3"),
        Case(11, 2, 4, 1, 3, note="span 3·1 + 1 = 4: 11 + 2·1 − 4 = 9, ⌊9/4⌋ + 1 = 3"),
        Case(9, 1, 5, note="9 − 1 = 8, ⌊8/5⌋ + 1 = 2"),
        Case(6, 6, note="it fits once: 6 − 6 + 1 = 1"),
        Case(13, 3, 3, 2, 4, note="span 4·2 + 1 = 9: 13 + 2·2 − 9 = 8, ⌊8/3⌋ + 1 = 3"),
        Case(12, 5, 3, 1, 2, note="span 2·4 + 1 = 9: 12 + 2·1 − 9 = 5, ⌊5/3⌋ + 1 = 2"),
        Case(9, 4, 2, note="9 − 4 = 5, ⌊5/2⌋ + 1 = 3"),
    ],
    hints=[
        "How many samples does the window span when its F weights are d apart? "
        "Count the F − 1 gaps.",
        "With the padding there are N + 2P samples. The last start that fits is N + 2P − span.",
        "The starts are 0, S, 2S, … up to the last that fits: last_start // S + 1 of them.",
    ],
)


@EXERCISE.misconception(
    "rounds instead of taking the floor",
    "A window that fits by half does not fit. Division with // takes the floor.",
)
def _(N, F, S=1, P=0, d=1):
    return round(room(N, F, P, d) / S) + 1


@EXERCISE.misconception(
    "rounds the finished number instead of taking the floor",
    "A window that fits by half does not fit, and round would count it (or not: Python rounds "
    "halves to the even number). Division with // takes the floor.",
)
def _(N, F, S=1, P=0, d=1):
    return round(room(N, F, P, d) / S + 1)


@EXERCISE.misconception(
    "rounds up instead of down",
    "Rounding up counts one window that hangs over the end. Pooling layers can ask for that "
    "(ceil_mode, section 5); a convolution does not.",
)
def _(N, F, S=1, P=0, d=1):
    return -(-room(N, F, P, d) // S) + 1


@EXERCISE.misconception(
    "the fraction is kept: / instead of //",
    "There is no half window: what is left over after the last whole step is dropped. The "
    "division // takes the floor and returns an int; / always returns a float.",
)
def _(N, F, S=1, P=0, d=1):
    return room(N, F, P, d) / S + 1


@EXERCISE.misconception(
    "the padding is left out",
    "P zeros are put on each side before the window moves, so it has N + 2P samples to move "
    "over, not N.",
)
def _(N, F, S=1, P=0, d=1):
    return room(N, F, 0, d) // S + 1


@EXERCISE.misconception(
    "the padding is counted once",
    "P zeros are put on each side, so the samples grow from N to N + 2P.",
)
def _(N, F, S=1, P=0, d=1):
    return (N + P - d * (F - 1) - 1) // S + 1


@EXERCISE.misconception(
    "the padding is dilated too",
    "Dilation pulls the weights of the window apart. The zeros at the border are samples and "
    "stay next to each other: N + 2P, whatever d is.",
)
def _(N, F, S=1, P=0, d=1):
    return (N + 2 * P * d - d * (F - 1) - 1) // S + 1


@EXERCISE.misconception(
    "the dilation is ignored",
    "F weights that stand d apart span d(F − 1) + 1 samples instead of F.",
)
def _(N, F, S=1, P=0, d=1):
    return (N + 2 * P - F) // S + 1


@EXERCISE.misconception(
    "the dilation multiplies F",
    "F weights have F − 1 gaps between them, and only the gaps are stretched: the span is d(F − "
    "1) + 1, not dF.",
)
def _(N, F, S=1, P=0, d=1):
    return (N + 2 * P - d * F) // S + 1


@EXERCISE.misconception(
    "the span is counted as dF + 1",
    "F weights have F − 1 gaps of d between them, and the last weight is one sample more: d(F − "
    "1) + 1. Check it with d = 1, where the span must be F.",
)
def _(N, F, S=1, P=0, d=1):
    return (N + 2 * P - d * F - 1) // S + 1


@EXERCISE.misconception(
    "the dilation is added to F",
    "F + d − 1 stretches one gap. All F − 1 gaps are d long: the span is d(F − 1) + 1. The two "
    "agree for F = 2 only (or d = 1).",
)
def _(N, F, S=1, P=0, d=1):
    return (N + 2 * P - (F + d - 1)) // S + 1


@EXERCISE.misconception(
    "d samples are skipped between two weights, instead of d − 1",
    "Dilation d means that neighbouring weights stand d apart, with d − 1 samples between them; "
    "d = 1 is the plain window. The span is d(F − 1) + 1.",
)
def _(N, F, S=1, P=0, d=1):
    return (N + 2 * P - (d + 1) * (F - 1) - 1) // S + 1


@EXERCISE.misconception(
    "the span is counted as d(F − 1)",
    "From the first weight to the last there are d(F − 1) steps, and one sample more than steps: "
    "the span is d(F − 1) + 1.",
)
def _(N, F, S=1, P=0, d=1):
    return (N + 2 * P - d * (F - 1)) // S + 1


@EXERCISE.misconception(
    "the + 1 is missing",
    "The division counts the steps; the places are one more, as a fence has one more post than "
    "it has gaps.",
)
def _(N, F, S=1, P=0, d=1):
    return room(N, F, P, d) // S


@EXERCISE.misconception(
    "the 1 is added before dividing",
    "The 1 counts the first place and must not be divided by the stride: first ⌊ … / S⌋, then + "
    "1. (Leaving out both the − 1 of the span and the + 1 of the places comes to the same.)",
)
def _(N, F, S=1, P=0, d=1):
    return (N + 2 * P - d * (F - 1)) // S


@EXERCISE.misconception(
    "the stride is ignored",
    "You count every place where the window fits. With stride S it stops only at 0, S, 2S, …: "
    "the room to move is divided by S before the 1 is added.",
)
def _(N, F, S=1, P=0, d=1):
    return room(N, F, P, d) + 1


@EXERCISE.misconception(
    "only N − F + 1: no stride, padding or dilation",
    "That is the size for stride 1, no padding and dilation 1. The padding makes N + 2P of N, "
    "the dilation d(F − 1) + 1 of F, and the stride divides what is left.",
)
def _(N, F, S=1, P=0, d=1):
    return N - F + 1


@EXERCISE.misconception(
    "brackets are missing: // S reaches only the 1 beside it",
    "// binds more tightly than − and +, so … - 1 // S divides the 1 alone. Put the whole room "
    "in brackets: (N + 2 * P - d * (F - 1) - 1) // S + 1.",
)
def _(N, F, S=1, P=0, d=1):
    return N + 2 * P - d * (F - 1) - 1 // S + 1


@EXERCISE.misconception(
    "brackets are missing: // S reaches only the span",
    "// binds more tightly than − and +, so N + 2 * P - span // S divides the span alone. Put "
    "the whole room in brackets: (N + 2 * P - span) // S + 1.",
)
def _(N, F, S=1, P=0, d=1):
    return N + 2 * P - (d * (F - 1) + 1) // S + 1


@EXERCISE.misconception(
    "the stride divides N alone",
    "What is divided is the room that the window has to move in, N + 2P minus its span.",
)
def _(N, F, S=1, P=0, d=1):
    return (N + 2 * P) // S - d * (F - 1)


@EXERCISE.misconception(
    "N over S, rounded up",
    "⌈N/S⌉ is what TensorFlow's padding SAME aims at (section 3), with just the padding that "
    "this needs. Here the padding is given, and the window's span counts.",
)
def _(N, F, S=1, P=0, d=1):
    return -(-N // S)


@EXERCISE.misconception("the numbers are right, but floats instead of ints", FLOATS)
def _(*arguments):
    return float(output_size(*arguments))

"""Exercise 8.3: the padding of the first layer of AlexNet."""

from course_utils.exercises import Case, Exercise


def padding_for(N, F, S, M):
    """Smallest padding P (int, 0 or more) with which a window F at stride S has M places."""
    needed = (M - 1) * S + F  # from the first sample of the first window to the last of the last
    missing = max(needed - N, 0)
    return (missing + 1) // 2  # half on each side; half of an odd number is rounded up


EXERCISE = Exercise(
    id="08.padding_for",
    title="The padding that a paper left out",
    minutes=5,
    difficulty=2,
    reference=padding_for,
    cases=[
        Case(
            7,
            3,
            2,
            4,
            note="starts 0, 2, 4, 6; the last window needs samples 6, 7, 8: 9 in all, 2 are "
            "missing, 1 on each side",
            expected=1,
        ),
        Case(9, 3, 2, 4, note="9 samples are just enough: 0", expected=0),
        Case(
            8,
            3,
            2,
            4,
            note="1 is missing; a zero on each side is one more than needed, and the floor "
            "removes it: 1",
            expected=1,
        ),
        Case(14, 3, 3, 4, note="3·3 + 3 = 12 would do, there are 14: 0", expected=0),
        Case(5, 5, 1, 5, note="4 + 5 = 9, 4 are missing: 2 on each side"),
        Case(224, 7, 2, 112, note="111·2 + 7 = 229, 5 are missing: 3"),
        Case(227, 11, 4, 55),
        Case(224, 11, 4, 54),
        Case(6, 4, 3, 4, note="3·3 + 4 = 13, 7 are missing: 4"),
        Case(10, 3, 4, 3),
        Case(32, 3, 1, 32),
        Case(40, 9, 5, 10),
    ],
    hints=[
        "Where does the last of the M windows start, and where does it end?",
        "It ends at (M − 1)·S + F. If that is more than N, zeros have to make up for it.",
        "They stand on both sides, equally many. Half of an odd number: try it both ways on "
        "N = 8, F = 3, S = 2, M = 4.",
    ],
)


@EXERCISE.misconception(
    "the padding is taken to count once",
    "P zeros are put on each side: 2P samples more, so half of what is missing.",
)
def _(N, F, S, M):
    return max((M - 1) * S + F - N, 0)


@EXERCISE.misconception("the zeros of both sides together", "P is the number of zeros on one side.")
def _(N, F, S, M):
    return 2 * padding_for(N, F, S, M)


@EXERCISE.misconception(
    "half of an odd number is rounded down",
    "Then one sample is still missing and the last window does not fit. One zero too many does "
    "no harm: the floor removes it.",
)
def _(N, F, S, M):
    return max((M - 1) * S + F - N, 0) // 2


@EXERCISE.misconception(
    "half a zero",
    "The formula without its floor gives halves. The padding is a whole number: round up, and "
    "let the floor in (3.5) remove what is too much.",
)
def _(N, F, S, M):
    return max((M - 1) * S + F - N, 0) / 2


@EXERCISE.misconception(
    "the padding that keeps the size at stride 1",
    "(F − 1)/2 keeps the size at stride 1. Here the stride is S and the size asked for is M.",
)
def _(N, F, S, M):
    return (F - 1) // 2


@EXERCISE.misconception(
    "M windows are taken to need M·S + F samples",
    "The M-th window starts at (M − 1)·S: there are M − 1 steps between M places.",
)
def _(N, F, S, M):
    return (max(M * S + F - N, 0) + 1) // 2


@EXERCISE.misconception(
    "the size is taken for M·S",
    "The windows start S apart, and the last of them reaches F samples from its start: (M − 1)·S "
    "+ F.",
)
def _(N, F, S, M):
    return (max(M * S - N, 0) + 1) // 2


@EXERCISE.misconception(
    "the length of the last window is left out",
    "The last window starts at (M − 1)·S and needs F samples from there.",
)
def _(N, F, S, M):
    return (max((M - 1) * S + 1 - N, 0) + 1) // 2


def _padding_search(size):
    """Smallest padding that gives M by another formula for the size; −1 where there is none."""

    def function(N, F, S, M):
        fitting = (P for P in range(2 * N + F) if N + 2 * P >= F and size(N, F, S, P) == M)
        return next(fitting, -1)

    return function


@EXERCISE.misconception(
    "the size is rounded up", "A window that fits by a part is not computed: M is rounded down."
)
@_padding_search
def _(N, F, S, P):
    return -(-(N + 2 * P - F) // S) + 1


@EXERCISE.misconception(
    "the size is rounded to the nearest",
    "Three quarters of a window are no window: M is rounded down.",
)
@_padding_search
def _(N, F, S, P):
    return round((N + 2 * P - F) / S) + 1


@EXERCISE.misconception(
    "the + 1 of the size is missing",
    "The division counts steps; the places are one more (lesson 03).",
)
@_padding_search
def _(N, F, S, P):
    return (N + 2 * P - F) // S


def _places(N, F, S, P):
    return (N + 2 * P - F) // S + 1


@EXERCISE.misconception(
    "the largest padding instead of the smallest",
    "Several paddings can give the same M, because of the floor. The smallest is asked for.",
)
def _(N, F, S, M):
    return max(P for P in range(2 * N + F + M * S) if _places(N, F, S, P) == M)


@EXERCISE.misconception(
    "a negative padding",
    "Where there are samples to spare the floor leaves them unseen, and no padding is needed: 0.",
)
def _(N, F, S, M):
    return -(-((M - 1) * S + F - N) // 2)

"""Exercise 3.4: pooling with ceil_mode."""

from course_utils.exercises import Case, Exercise

from .whole_numbers import FLOATS


def pool_size(N, F, S, P=0):
    """Outputs (int) of a pooling window of F, stride S, P padded a side, with ceil_mode on."""
    M = -((F - N - 2 * P) // S) + 1  # ⌈(N + 2P − F)/S⌉ + 1, the ceiling as minus the floor of minus
    if (M - 1) * S >= N + P:  # a window must not start in the padding on the right
        M -= 1
    return M


EXERCISE = Exercise(
    id="03.pool_size",
    title="A window that may hang over",
    minutes=7,
    difficulty=3,
    reference=pool_size,
    cases=[
        Case(5, 2, 2, note="⌈(5 − 2)/2⌉ + 1 = 3: starts 0, 2, 4; the last hangs over by 1"),
        Case(6, 2, 2, note="⌈(6 − 2)/2⌉ + 1 = 3: starts 0, 2, 4; it divides evenly"),
        Case(5, 1, 3, note="⌈(5 − 1)/3⌉ + 1 = 3, but the third would start at 6 >= 5: 2"),
        Case(2, 1, 2, note="⌈(2 − 1)/2⌉ + 1 = 2, but the second would start at 2 >= 2: 1"),
        Case(
            3, 4, 2, 2, note="⌈(3 + 4 − 4)/2⌉ + 1 = 3; the third starts at 4 < 3 + 2 and stays: 3"
        ),
        Case(7, 3, 2, note="⌈(7 − 3)/2⌉ + 1 = 3: starts 0, 2, 4"),
        Case(112, 3, 2, note="⌈(112 − 3)/2⌉ + 1 = 55 + 1 = 56; 55·2 = 110 < 112"),
        Case(112, 3, 2, 1, note="⌈(112 + 2 − 3)/2⌉ + 1 = 56 + 1 = 57; 56·2 = 112 < 112 + 1"),
        Case(
            3, 2, 2, 1, note="⌈(3 + 2 − 2)/2⌉ + 1 = 3, but the third would start at 4 >= 3 + 1: 2"
        ),
        Case(3, 3, 1, 1, note="(3 + 2 − 3)/1 + 1 = 3: starts 0, 1, 2, all below 3 + 1"),
        Case(
            2, 3, 3, 1, note="⌈(2 + 2 − 3)/3⌉ + 1 = 2, but the second would start at 3 >= 2 + 1: 1"
        ),
        Case(
            5, 2, 3, 1, note="⌈(5 + 2 − 2)/3⌉ + 1 = 3, but the third would start at 6 >= 5 + 1: 2"
        ),
        Case(
            7, 2, 4, 1, note="⌈(7 + 2 − 2)/4⌉ + 1 = 3, but the third would start at 8 >= 7 + 1: 2"
        ),
        Case(
            6, 3, 4, 1, note="⌈(6 + 2 − 3)/4⌉ + 1 = 3, but the third would start at 8 >= 6 + 1: 2"
        ),
        Case(
            4, 4, 3, 2, note="⌈(4 + 4 − 4)/3⌉ + 1 = 3, but the third would start at 6 >= 4 + 2: 2"
        ),
        Case(
            9, 2, 5, 1, note="⌈(9 + 2 − 2)/5⌉ + 1 = 3, but the third would start at 10 >= 9 + 1: 2"
        ),
        Case(9, 2, 5, 0, note="⌈(9 − 2)/5⌉ + 1 = 3, but the third would start at 10 >= 9: 2"),
        Case(
            5, 4, 3, 2, note="⌈(5 + 4 − 4)/3⌉ + 1 = 3; the third starts at 6 < 5 + 2 and stays: 3"
        ),
        Case(10, 3, 4, note="⌈(10 − 3)/4⌉ + 1 = 3; the third starts at 8 < 10 and stays: 3"),
    ],
    hints=[
        "Without the special rule it is the usual formula with the ceiling in place of the floor. "
        "In Python the ceiling of p / q is -(-p // q).",
        "The last window starts at (M − 1)·S, counted from the left end of the padding. "
        "From which position on is there no sample any more?",
        "Samples end at N + P. If (M - 1) * S >= N + P, take one window away.",
    ],
)


@EXERCISE.misconception(
    "the floor is taken, as without ceil_mode",
    "With ceil_mode a last window may hang over the end, so the division rounds up: -(-p // S), "
    "with one minus inside the division and one outside. With both on the same side, -(-p) // S "
    "or -(-(p // S)), they cancel. (Dropping every window that hangs over comes to the floor as "
    "well.)",
)
def _(N, F, S, P=0):
    return (N + 2 * P - F) // S + 1


def _ceiling(p, q):
    return -(-p // q)


@EXERCISE.misconception(
    "the last window may start in the padding",
    "This is (3.9) alone. A window that starts at N + P or later (counted from the start of the "
    "left padding) would hold no sample at all; rule (3.10) drops it, and it asks for the start "
    "of the last window, (M' − 1)·S, with the M' that counts all windows.",
)
def _(N, F, S, P=0):
    return _ceiling(N + 2 * P - F, S) + 1


def _dropped(M, S, end):
    """M, or one less where the last window starts at `end` or later."""
    last_start = (M - 1) * S
    return M - 1 if last_start >= end else M


def _ending_at(N, F, S, P, end):
    return _dropped(_ceiling(N + 2 * P - F, S) + 1, S, end)


@EXERCISE.misconception(
    "the last window is dropped too early",
    "Starts are counted from the left end of the padding, so the samples end at N + P, not at N.",
)
def _(N, F, S, P=0):
    return _ending_at(N, F, S, P, N)


@EXERCISE.misconception(
    "the last window is dropped where it starts beyond N",
    "Starts are counted from the left end of the padding, where the samples stand at P, …, N + P "
    "− 1. A start is too late from N + P on: (M − 1)·S >= N + P.",
)
def _(N, F, S, P=0):
    return _ending_at(N, F, S, P, N + 1)


@EXERCISE.misconception(
    "a window may start right after the last sample",
    "The samples stand at P, …, N + P − 1. A window that starts at N + P already holds no "
    "sample: the comparison is >=, not >.",
)
def _(N, F, S, P=0):
    return _ending_at(N, F, S, P, N + P + 1)


@EXERCISE.misconception(
    "a window may start anywhere in the padding on the right",
    "The rule asks for a sample, not for a place in the padded row: samples end at N + P, the "
    "padding at N + 2P.",
)
def _(N, F, S, P=0):
    return _ending_at(N, F, S, P, N + 2 * P)


@EXERCISE.misconception(
    "the rule looks at the window after the last",
    "Counting from 0, the last of M windows starts at (M − 1)·S; M·S is where the next one would "
    "start.",
)
def _(N, F, S, P=0):
    M = _ceiling(N + 2 * P - F, S) + 1
    return M - 1 if M * S >= N + P else M


@EXERCISE.misconception(
    "the rule is turned round",
    "A window is taken away when its start is too late, (M − 1)·S >= N + P, and kept otherwise.",
)
def _(N, F, S, P=0):
    M = _ceiling(N + 2 * P - F, S) + 1
    return M - 1 if (M - 1) * S < N + P else M


@EXERCISE.misconception(
    "the + 1 is missing",
    "The ceiling counts the steps from the first window to the last; the windows are one more. "
    "(Or you take one window away in every case: rule (3.10) does so only where the last one "
    "starts at N + P or later.)",
)
def _(N, F, S, P=0):
    return _dropped(_ceiling(N + 2 * P - F, S), S, N + P)


@EXERCISE.misconception(
    "the + 1 stands inside the outer minus",
    "-(-p // S + 1) takes the 1 away instead of adding it. The bracket closes before it: -(-p // "
    "S) + 1.",
)
def _(N, F, S, P=0):
    return _dropped(-(-(N + 2 * P - F) // S + 1), S, N + P)


@EXERCISE.misconception(
    "one more than the floor, always",
    "If the stride divides evenly there is nothing left over, and no further window.",
)
def _(N, F, S, P=0):
    return (N + 2 * P - F) // S + 2


@EXERCISE.misconception(
    "rounds to the nearest instead of up",
    "A window may hang over even if little is left for it, so every fraction is rounded up: -(-p "
    "// S), or math.ceil(p / S).",
)
def _(N, F, S, P=0):
    return _dropped(round((N + 2 * P - F) / S) + 1, S, N + P)


@EXERCISE.misconception(
    "one minus sign is missing: -p // S",
    "-p // S is minus the ceiling, a negative number. A second minus turns it round: -(-p // S).",
)
def _(N, F, S, P=0):
    return _dropped(-(N + 2 * P - F) // S + 1, S, N + P)


@EXERCISE.misconception(
    "the minus reaches only N",
    "The minus has to change the sign of the whole numerator: -(N + 2 * P - F), or F - N - 2 * P.",
)
def _(N, F, S, P=0):
    return _dropped(-((-N + 2 * P - F) // S) + 1, S, N + P)


@EXERCISE.misconception(
    "brackets are missing: // S reaches only F",
    "// binds more tightly than + and −, and a minus belongs to what stands right beside it. Put "
    "the numerator in brackets: -(-(N + 2 * P - F) // S).",
)
def _(N, F, S, P=0):
    return _dropped(-(-N + 2 * P - F // S) + 1, S, N + P)


@EXERCISE.misconception(
    "the padding is left out", "The window moves over N + 2P places, and the samples end at N + P."
)
def _(N, F, S, P=0):
    return _ending_at(N, F, S, 0, N)


@EXERCISE.misconception(
    "the padding is counted once",
    "P places are added on each side, so the window moves over N + 2P.",
)
def _(N, F, S, P=0):
    return _dropped(_ceiling(N + P - F, S) + 1, S, N + P)


@EXERCISE.misconception(
    "N over S, rounded up",
    "⌈N/S⌉ counts one window for every started group of S samples, whatever F and P are. Here "
    "the window's own size takes room, and the padding gives some.",
)
def _(N, F, S, P=0):
    return _ceiling(N, S)


@EXERCISE.misconception("the numbers are right, but floats instead of ints", FLOATS)
def _(*arguments):
    return float(pool_size(*arguments))

"""Exercise 3.2: what no window sees."""

from course_utils.exercises import Case, Exercise

from .output_size import output_size
from .room_to_move import room
from .whole_numbers import FLOATS


def unused(N, F, S=1, P=0, d=1):
    """How many samples (int) of the padded input lie to the right of the last window."""
    span = d * (F - 1) + 1
    return (N + 2 * P - span) % S


EXERCISE = Exercise(
    id="03.unused",
    title="What no window sees",
    minutes=5,
    difficulty=1,
    reference=unused,
    cases=[
        Case(8, 3, 2, note="windows start at 0, 2, 4; the last covers 4, 5, 6 and leaves 7: 1"),
        Case(7, 3, 2, note="windows start at 0, 2, 4; the last covers 4, 5, 6, the end: 0"),
        Case(10, 3, 4, note="windows start at 0 and 4; the last covers 4, 5, 6, leaves 7, 8, 9: 3"),
        Case(10, 3, note="with stride 1 the last window ends at the end: 0"),
        Case(224, 11, 4, note="224 − 11 = 213 = 53·4 + 1: 1"),
        Case(224, 11, 4, 2, note="224 + 2·2 − 11 = 217 = 54·4 + 1: 1"),
        Case(11, 2, 4, 1, 3, note="span 3·1 + 1 = 4: 11 + 2·1 − 4 = 9 = 2·4 + 1: 1"),
        Case(12, 3, 3, 1, 2, note="span 2·2 + 1 = 5: 12 + 2·1 − 5 = 9 = 3·3: 0"),
        Case(15, 4, 5, 2, note="15 + 2·2 − 4 = 15 = 3·5: 0"),
        Case(12, 3, 4, 0, 3, note="span 3·2 + 1 = 7: 12 − 7 = 5 = 1·4 + 1: 1"),
        Case(11, 3, 4, 1, note="11 + 2·1 − 3 = 10 = 2·4 + 2: 2"),
        Case(14, 4, 5, 0, 2, note="span 2·3 + 1 = 7: 14 − 7 = 7 = 1·5 + 2: 2"),
        Case(13, 2, 6, 3, 5, note="span 5·1 + 1 = 6: 13 + 2·3 − 6 = 13 = 2·6 + 1: 1"),
        Case(9, 3, 4, 2, 2, note="span 2·2 + 1 = 5: 9 + 2·2 − 5 = 8 = 2·4: 0"),
    ],
    hints=[
        "Where does the last window end? It starts at (M − 1)·S.",
        "The room to move is N + 2P − span, and every step takes S of it.",
        "What is left after as many whole steps as possible is a remainder: %.",
    ],
)


@EXERCISE.misconception(
    "nothing is ever left over",
    "When the stride does not divide the room evenly, one step more would carry the window over "
    "the end, and the last samples are never seen.",
)
def _(N, F, S=1, P=0, d=1):
    return 0


@EXERCISE.misconception(
    "the remainder of N alone",
    "The window itself takes up its span; what the stride divides is N + 2P minus the span.",
)
def _(N, F, S=1, P=0, d=1):
    return N % S


@EXERCISE.misconception(
    "the remainder of N + 2P, without the window",
    "The last start is at most N + 2P − span: the window takes up its span before the first step "
    "is made. The stride divides what remains.",
)
def _(N, F, S=1, P=0, d=1):
    return (N + 2 * P) % S


@EXERCISE.misconception(
    "the remainder of N − F: neither padding nor dilation",
    "The window moves over N + 2P samples and spans d(F − 1) + 1 of them: these two take the "
    "places of N and F.",
)
def _(N, F, S=1, P=0, d=1):
    return (N - F) % S


@EXERCISE.misconception(
    "the padding is left out", "The window moves over N + 2P samples, zeros included."
)
def _(N, F, S=1, P=0, d=1):
    return room(N, F, 0, d) % S


@EXERCISE.misconception(
    "the padding is counted once",
    "P zeros are put on each side, so there are N + 2P samples to move over.",
)
def _(N, F, S=1, P=0, d=1):
    return (N + P - d * (F - 1) - 1) % S


@EXERCISE.misconception(
    "the padding is left out at the end",
    "Starts are counted from the left end of the padding, so the samples after the last window "
    "have to be counted up to N + 2P, the right end of the padding, not up to N.",
)
def _(N, F, S=1, P=0, d=1):
    return room(N, F, P, d) % S - 2 * P


@EXERCISE.misconception(
    "the zeros on the right are not counted",
    "That is how many samples of the signal itself lie to the right of the last window. Asked "
    "for are samples of the padded input, its zeros included.",
)
def _(N, F, S=1, P=0, d=1):
    return max(0, room(N, F, P, d) % S - P)


@EXERCISE.misconception(
    "the dilation is ignored",
    "F weights that stand d apart span d(F − 1) + 1 samples instead of F.",
)
def _(N, F, S=1, P=0, d=1):
    return (N + 2 * P - F) % S


@EXERCISE.misconception(
    "the dilation multiplies F",
    "F weights have F − 1 gaps between them, and only the gaps are stretched: the span is d(F − "
    "1) + 1, not dF.",
)
def _(N, F, S=1, P=0, d=1):
    return (N + 2 * P - d * F) % S


@EXERCISE.misconception(
    "off by one: the span is counted as d(F − 1)",
    "From the first weight to the last, both included, the span is d(F − 1) + 1.",
)
def _(N, F, S=1, P=0, d=1):
    return (N + 2 * P - d * (F - 1)) % S


@EXERCISE.misconception(
    "one less than are left over",
    "If the last window covers everything up to position e (counted from 0), then e + 1 samples "
    "are covered and N + 2P − (e + 1) are left.",
)
def _(N, F, S=1, P=0, d=1):
    return room(N, F, P, d) % S - 1


@EXERCISE.misconception(
    "the quotient instead of the remainder",
    "// counts the steps that fit; % says what is left over.",
)
def _(N, F, S=1, P=0, d=1):
    return room(N, F, P, d) // S


@EXERCISE.misconception(
    "counts what is missing for one more window",
    "That is how many more samples another window would need. Asked for is how many samples are "
    "left over.",
)
def _(N, F, S=1, P=0, d=1):
    return -room(N, F, P, d) % S


@EXERCISE.misconception(
    "S minus what is left over",
    "The remainder itself is what is left over. S minus the remainder is how many more samples "
    "another window would need (and S where nothing is left over).",
)
def _(N, F, S=1, P=0, d=1):
    return S - room(N, F, P, d) % S


@EXERCISE.misconception(
    "the last window is taken to start at M·S",
    "M windows start at 0, S, …, (M − 1)·S. Counting from 0, the last of them is number M − 1.",
)
def _(N, F, S=1, P=0, d=1):
    return room(N, F, P, d) % S - S


@EXERCISE.misconception(
    "the samples after M steps, without the window's length",
    "M·S is where a further window would start, not where the last one ends. The last one starts "
    "at (M − 1)·S and reaches span samples from there.",
)
def _(N, F, S=1, P=0, d=1):
    return N + 2 * P - output_size(N, F, S, P, d) * S


@EXERCISE.misconception(
    "the samples minus the outputs",
    "N − M says how much smaller the output is. A window reads F samples for each output, so the "
    "two differ even where every sample is read.",
)
def _(N, F, S=1, P=0, d=1):
    return N - output_size(N, F, S, P, d)


@EXERCISE.misconception(
    "counts the samples of the signal that are never read, wherever they are",
    "Gaps between the windows, and inside a dilated one, are never read either (the next "
    "paragraph counts them). Asked for here is only what lies to the right of the last window, "
    "zeros of the padding included.",
)
def _(N, F, S=1, P=0, d=1):
    M = output_size(N, F, S, P, d)
    seen = {m * S + d * a - P for m in range(M) for a in range(F)}
    return len(set(range(N)) - seen)


@EXERCISE.misconception(
    "counts all that is never read, between the windows as well",
    "Gaps between the windows, and inside a dilated one, are never read either (the next "
    "paragraph counts them). Asked for here is only what lies to the right of the last window.",
)
def _(N, F, S=1, P=0, d=1):
    M = output_size(N, F, S, P, d)
    seen = {m * S + d * a for m in range(M) for a in range(F)}
    return len(set(range(N + 2 * P)) - seen)


@EXERCISE.misconception("the numbers are right, but floats instead of ints", FLOATS)
def _(*arguments):
    return float(unused(*arguments))

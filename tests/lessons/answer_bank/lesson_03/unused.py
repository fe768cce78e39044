"""Answers to exercise 3.2, right and wrong."""

from tests.lessons.answer_bank.lesson_03.output_size import FLOATS
from tests.lessons.answer_bank.small_changes import but

REST = "return (N + 2 * P - d * (F - 1) - 1) % S"

LAST = "M = (N + 2 * P - d * (F - 1) - 1) // S + 1\n"

RIGHT: list[str] = [
    REST,
    LAST + "return N + 2 * P - ((M - 1) * S + d * (F - 1) + 1)",
    LAST + "return len(range((M - 1) * S + d * (F - 1) + 1, N + 2 * P))",
    "return divmod(N + 2 * P - d * (F - 1) - 1, S)[1]",
    "return np.mod(N + 2 * P - d * (F - 1) - 1, S)",
    "room = N + 2 * P - d * (F - 1) - 1\nwhile room >= S:\n    room -= S\nreturn room",
]

WRONG: list[tuple[str, str | None]] = [
    ("return 0", "nothing is ever left over"),
    ("return N % S", "the remainder of N alone"),
    ("return (N + 2 * P) % S", "the remainder of N + 2P, without the window"),
    ("return (N - F) % S", "the remainder of N − F: neither padding nor dilation"),
    (but(REST, " + 2 * P", ""), "the padding is left out"),
    (but(REST, "2 * P", "P"), "the padding is counted once"),
    (
        LAST + "return N - ((M - 1) * S + d * (F - 1) + 1)",
        "the padding is left out at the end",
    ),
    (
        LAST + "return max(0, N + P - ((M - 1) * S + d * (F - 1) + 1))",
        "the zeros on the right are not counted",
    ),
    (but(REST, "d * (F - 1) - 1", "F"), "the dilation is ignored"),
    (but(REST, "d * (F - 1) - 1", "d * F"), "the dilation multiplies F"),
    (but(REST, "(F - 1) - 1", "(F - 1)"), "off by one: the span is counted as d(F − 1)"),
    (
        LAST + "return N + 2 * P - 1 - ((M - 1) * S + d * (F - 1) + 1)",
        "one less than are left over",
    ),
    (but(REST, "%", "//"), "the quotient instead of the remainder"),
    (
        "return -(N + 2 * P - d * (F - 1) - 1) % S",
        "counts what is missing for one more window",
    ),
    (but(REST, "return ", "return S - "), "S minus what is left over"),
    (
        LAST + "return N + 2 * P - (M * S + d * (F - 1) + 1)",
        "the last window is taken to start at M·S",
    ),
    (
        LAST + "return N + 2 * P - M * S",
        "the samples after M steps, without the window's length",
    ),
    (LAST + "return N - M", "the samples minus the outputs"),
    (
        LAST + "seen = {m * S + d * a - P for m in range(M) for a in range(F)}\n"
        "return len(set(range(N)) - seen)",
        "counts the samples of the signal that are never read, wherever they are",
    ),
    (
        LAST + "seen = {m * S + d * a for m in range(M) for a in range(F)}\n"
        "return sum(i not in seen for i in range(N + 2 * P))",
        "counts all that is never read, between the windows as well",
    ),
    (LAST + "return N - M * S", None),
    (LAST + "return N + 2 * P - (M - 1) * S - F", None),
    (LAST + "return list(range((M - 1) * S + d * (F - 1) + 1, N + 2 * P))", None),
    ("room = (N + 2 * P - d * (F - 1) - 1) / S\nreturn room - int(room)", None),
    (but(REST, " % S", " % S != 0"), None),
    ("import math\nreturn math.fmod(N + 2 * P - d * (F - 1) - 1, S)", FLOATS),
]

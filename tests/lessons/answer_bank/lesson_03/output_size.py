"""Answers to exercise 3.1, right and wrong."""

from tests.lessons.answer_bank.small_changes import but

FLOATS = "the numbers are right, but floats instead of ints"

SIZE = "return (N + 2 * P - d * (F - 1) - 1) // S + 1"

RIGHT: list[str] = [
    SIZE,
    "return (N + 2 * P - d * (F - 1) - 1 + S) // S",
    "return int((N + 2 * P - d * (F - 1) - 1) / S + 1)",
    "return int(np.floor((N + 2 * P - d * (F - 1) - 1) / S)) + 1",
    "import math\nreturn math.floor((N + 2 * P - d * (F - 1) - 1) / S + 1)",
    "return np.int64(N + 2 * P - d * (F - 1) - 1) // S + 1",
    "return len(range(0, N + 2 * P - d * (F - 1), S))",
    "steps, rest = divmod(N + 2 * P - d * (F - 1) - 1, S)\nreturn steps + 1",
    "if N + 2 * P < d * (F - 1) + 1:\n    return 0\nreturn 1 + output_size(N - S, F, S, P, d)",
    """
    start, count = 0, 0
    while start + d * (F - 1) < N + 2 * P:
        start += S
        count += 1
    return count
    """,
]

WRONG: list[tuple[str, str | None]] = [
    (
        "return round((N + 2 * P - d * (F - 1) - 1) / S) + 1",
        "rounds instead of taking the floor",
    ),
    (
        "return round((N + 2 * P - d * (F - 1) - 1) / S + 1)",
        "rounds the finished number instead of taking the floor",
    ),
    (
        "import math\nreturn math.ceil((N + 2 * P - d * (F - 1) - 1) / S) + 1",
        "rounds up instead of down",
    ),
    (but(SIZE, "//", "/"), "the fraction is kept: / instead of //"),
    (but(SIZE, " + 2 * P", ""), "the padding is left out"),
    (but(SIZE, "2 * P", "P"), "the padding is counted once"),
    (but(SIZE, "2 * P", "2 * P * d"), "the padding is dilated too"),
    (but(SIZE, "d * (F - 1) - 1", "F"), "the dilation is ignored"),
    ("return int((N - F + 2 * P) / S) + 1", "the dilation is ignored"),
    (but(SIZE, "d * (F - 1) - 1", "d * F"), "the dilation multiplies F"),
    (but(SIZE, "d * (F - 1) - 1", "F - (d - 1) * F"), "the dilation multiplies F"),
    (but(SIZE, "d * (F - 1) - 1", "(d * F + 1)"), "the span is counted as dF + 1"),
    (but(SIZE, "d * (F - 1) - 1", "d * F - 1"), "the span is counted as dF + 1"),
    (but(SIZE, "d * (F - 1) - 1", "(F + d - 1)"), "the dilation is added to F"),
    (
        but(SIZE, "d * (F - 1) - 1", "((F - 1) * (d + 1) + 1)"),
        "d samples are skipped between two weights, instead of d − 1",
    ),
    (
        but(SIZE, "d * (F - 1) - 1", "(F + d * (F - 1))"),
        "d samples are skipped between two weights, instead of d − 1",
    ),
    (but(SIZE, "(F - 1) - 1", "(F - 1)"), "the span is counted as d(F − 1)"),
    (but(SIZE, " // S + 1", " // S"), "the + 1 is missing"),
    (but(SIZE, " - 1) // S + 1", " - 1 + 1) // S"), "the 1 is added before dividing"),
    (but(SIZE, "(F - 1) - 1) // S + 1", "(F - 1)) // S"), "the 1 is added before dividing"),
    (but(SIZE, " // S", ""), "the stride is ignored"),
    ("return N - F + 1", "only N − F + 1: no stride, padding or dilation"),
    (
        but(SIZE, "return (", "return ", "- 1) //", "- 1 //"),
        "brackets are missing: // S reaches only the 1 beside it",
    ),
    (
        "span = d * (F - 1) + 1\nreturn N + 2 * P - span // S + 1",
        "brackets are missing: // S reaches only the span",
    ),
    ("return (N + 2 * P) // S - d * (F - 1)", "the stride divides N alone"),
    ("return -(-N // S)", "N over S, rounded up"),
    ("return -(-(N + 2 * P) // S)", None),
    ("return np.floor((N + 2 * P - d * (F - 1) - 1) / S) + 1", FLOATS),
    (but(SIZE, "return ", "print(") + ")", None),
    (SIZE + ",", None),
    ("return (F + 2 * P - d * (N - 1) - 1) // S + 1", None),
]

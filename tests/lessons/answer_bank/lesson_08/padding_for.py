"""Answers to exercise 8.3, right and wrong."""

from tests.lessons.answer_bank.small_changes import but

PADDING = """
last = (M - 1) * S + F
P = 0
while N + 2 * P < last:
    P += 1
return P
"""

HALVED = """
missing = (M - 1) * S + F - N
return max(0, -(-missing // 2))
"""

SEARCH = """
P = 0
while (N + 2 * P - F) // S + 1 != M:
    P += 1
return P
"""

RIGHT: list[str] = [
    PADDING,
    HALVED,
    SEARCH,
    "return max(0, int(np.ceil(((M - 1) * S + F - N) / 2)))",
    "missing = max(0, (M - 1) * S + F - N)\nreturn missing // 2 + missing % 2",
]

WRONG: list[tuple[str, str | None]] = [
    ("return max(0, (M - 1) * S + F - N)", "the padding is taken to count once"),
    (but(SEARCH, "2 * P", "P"), "the padding is taken to count once"),
    ("return max(0, (M - 1) * S + F - N) // 2", "half of an odd number is rounded down"),
    ("return max(0, (M - 1) * S + F - N) / 2", "half a zero"),
    ("return (F - 1) // 2", "the padding that keeps the size at stride 1"),
    ("return F // 2", None),
    (but(HALVED, "(M - 1) * S", "M * S"), "M windows are taken to need M·S + F samples"),
    (but(HALVED, "(M - 1) * S + F - N", "M * S - N"), "the size is taken for M·S"),
    (but(HALVED, "(M - 1) * S + F - N", "(M - 1) * S + 1 - N"),
     "the length of the last window is left out"),
    (
        "for P in range(1000):\n    if np.ceil((N + 2 * P - F) / S) + 1 == M:\n        return P\n"
        "return -1",
        "the size is rounded up",
    ),
    (
        "for P in range(1000):\n    if round((N + 2 * P - F) / S) + 1 == M:\n        return P\n"
        "return -1",
        "the size is rounded to the nearest",
    ),
    (
        "for P in range(1000):\n    if N + 2 * P >= F and (N + 2 * P - F) // S == M:\n"
        "        return P\nreturn -1",
        "the + 1 of the size is missing",
    ),
    (
        "return max(P for P in range(1000) if (N + 2 * P - F) // S + 1 == M)",
        "the largest padding instead of the smallest",
    ),
    ("return -(-((M - 1) * S + F - N) // 2)", "a negative padding"),
    ("return int(np.ceil(((M - 1) * S + F - N) / 2))", "a negative padding"),
    ("return ((M - 1) * S + F - N) // 2", None),
    ("return ((M - 1) * S + F - N) / 2", None),
    (but(PADDING, "return P", "return 2 * P"), "the zeros of both sides together"),
]  # fmt: skip

ENDLESS: list[str] = [but(SEARCH, "P = 0", "P = 1")]

"""Answers to exercise 2.3, right and wrong."""

from tests.lessons.answer_bank.small_changes import but

MIRROR = """
if i < 0:
    return -i
if i >= N:
    return 2 * (N - 1) - i
return i
"""

RIGHT: list[str] = [
    MIRROR,
    but(MIRROR, "2 * (N - 1) - i", "N - 1 - (i - (N - 1))"),
    "i = abs(i)\nreturn 2 * N - 2 - i if i > N - 1 else i",
    "return N - 1 - abs(N - 1 - abs(i))",
    "return min(abs(i), 2 * (N - 1) - i)",
    "i = i % (2 * N - 2)\nreturn min(i, 2 * N - 2 - i)",
    "return list(range(N))[i] if 0 <= i < N else abs(i) if i < 0 else 2 * N - i - 2",
    "return np.pad(np.arange(N), N - 1, mode='reflect')[i + N - 1]",
    """
    while not 0 <= i < N:
        if i < 0:
            i = -i
        if i >= N:
            i = 2 * N - 2 - i
    return i
    """,
]

WRONG: list[tuple[str, str | None]] = [
    (
        but(MIRROR, "-i\n", "-i - 1\n", "2 * (N - 1)", "2 * N - 1"),
        "the edge sample is repeated (NumPy calls this symmetric)",
    ),
    (
        "return np.pad(np.arange(N), N, mode='symmetric')[i + N]",
        "the edge sample is repeated (NumPy calls this symmetric)",
    ),
    (but(MIRROR, "return -i", "return -i - 1"), "the left edge sample is repeated"),
    (but(MIRROR, "2 * (N - 1)", "2 * N - 1"), "the right edge sample is repeated"),
    (but(MIRROR, "2 * (N - 1) - i", "N - 1 - (i - N)"), "the right edge sample is repeated"),
    (but(MIRROR, "2 * (N - 1) - i", "2 * N - i"), "the right mirror stands one sample too far out"),
    (but(MIRROR, "2 * (N - 1) - i", "N - i % N"), "the right mirror stands one sample too far out"),
    ("return i % N", "the index wraps around"),
    ("return abs(i) % N", "the right side wraps around"),
    (but(MIRROR, "2 * (N - 1) - i", "i - N"), "the right side wraps around"),
    (but(MIRROR, "return -i", "return N + i"), "the left side wraps around"),
    ("return max(0, min(i, N - 1))", "the edge is repeated forever (replicate)"),
    (
        but(MIRROR, "-i", "0", "2 * (N - 1) - i", "N - 1"),
        "the edge is repeated forever (replicate)",
    ),
    ("return abs(i)", "only the left side is mirrored"),
    ("return i if i < N else 2 * (N - 1) - i", "only the right side is mirrored"),
    (but(MIRROR, ">=", ">"), "the index N is taken for one inside"),
    (but(MIRROR, "\nreturn i\n", ""), "an index inside gets no answer"),
    ("if i < 0:\n    return -i\nelif i < N:\n    return i", "an index on the right gets no answer"),
    ("return N - 1.0 - abs(N - 1 - abs(i))", "the numbers are right, but floats instead of ints"),
    (but(MIRROR, "2 * (N - 1) - i", "N - 1 - i"), None),
    (but(MIRROR, "2 * (N - 1) - i", "N - 2"), None),
    (but(MIRROR, "return -i", "return 1"), None),
    ("return -i", None),
    (but(MIRROR, "return", "print(i); "), None),
]

"""Answers to the toy exercise of lesson 00, right and wrong."""

from tests.lessons.answer_bank.small_changes import but

MEAN = "return (x[:-1] + x[1:]) / 2"
LOOP = """
y = np.zeros(len(x) - 1)
for t in range(len(x) - 1):
    y[t] = (x[t] + x[t + 1]) / 2
return y
"""

RIGHT: list[str] = [
    MEAN,
    LOOP,
    "return np.convolve(x, [0.5, 0.5], mode='valid')",
    "return np.lib.stride_tricks.sliding_window_view(x, 2).mean(axis=1)",
    "return np.array([np.mean(x[t : t + 2]) for t in range(len(x) - 1)])",
]

WRONG: list[tuple[str, str | None]] = [
    (but(MEAN, " / 2", ""), "the sum is not divided"),
    (but(LOOP, " / 2", ""), "the sum is not divided"),
    ("return np.diff(x)", "the difference is taken instead of the mean"),
    ("return (x + np.roll(x, -1)) / 2", "the last value is paired with the first"),
    ("return np.mean(x)", "one mean of all values"),
    ("return sum(x) / len(x)", "one mean of all values"),
    (but(MEAN, "(", "", ")", ""), "only the second of the two is divided"),
    (but(MEAN, "/ 2", "// 2"), None),
    (but(LOOP, "/ 2", "// 2"), None),
    (
        but(LOOP, "np.zeros(len(x) - 1)", "np.zeros(len(x))"),
        "as many places as x has, the last of them empty",
    ),
    (
        """
        for t in range(len(x) - 1):
            return (x[t] + x[t + 1]) / 2
        """,
        "the return stands inside the loop: one number comes back",
    ),
    (
        but(LOOP, "\nreturn", "\n    return"),
        "the return stands inside the loop: one place is filled",
    ),
    (
        but(LOOP, "x[t + 1]", "x[t - 1]"),
        "each value is paired with the one before it, the first with the last",
    ),
    (but(LOOP, "np.zeros(len(x) - 1)", "np.zeros_like(x)[:-1]"), None),
]

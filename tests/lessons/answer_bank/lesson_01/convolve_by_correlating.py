"""Answers to exercise 1.4, right and wrong."""

from tests.lessons.answer_bank.small_changes import but

CORRELATE = "return np.correlate(np.pad(x, len(w) - 1), w[::-1], mode='valid')"

BACKWARDS = "the result stands in reverse order: x is flipped, or the arguments are exchanged"

BOTH = "a correlation, and backwards: both are flipped, or the arguments are exchanged"

NO_EFFECT = "the zeros have no effect (no padding, or both sequences padded)"

RIGHT: list[str] = [
    CORRELATE,
    "return np.correlate(x, w[::-1], mode='full')",
    "zeros = np.zeros(len(w) - 1)\n"
    "return np.correlate(np.concatenate([zeros, x, zeros]), np.flip(w), 'valid')",
    "return np.correlate(np.pad(x[::-1], len(w) - 1), w, 'valid')[::-1]",
    "return np.correlate(np.pad(w, len(x) - 1), x[::-1], 'valid')",
    "zeros = [0] * (len(w) - 1)\nreturn np.correlate(np.hstack([zeros, x, zeros]), w[::-1])",
]

WRONG: list[tuple[str, str | None]] = [
    (
        but(CORRELATE, "np.pad(x, len(w) - 1)", "np.zeros(len(w) - 1) + x + np.zeros(len(w) - 1)"),
        "zeros are added to x instead of being put beside it",
    ),
    (
        but(CORRELATE, "np.pad(x, len(w) - 1)", "[0] * (len(w) - 1) + x + [0] * (len(w) - 1)"),
        "zeros are added to x instead of being put beside it",
    ),
    (but(CORRELATE, "[::-1]", ""), "the kernel is not flipped"),
    ("return np.correlate(x, w, mode='full')", "the kernel is not flipped"),
    (but(CORRELATE, "len(w) - 1", "len(w)"), "padded by F instead of F − 1"),
    (but(CORRELATE, "len(w) - 1", "len(w) // 2"), "padded by half of F"),
    (but(CORRELATE, "len(w) - 1", "(len(w) - 1) // 2"), "padded by half of F − 1"),
    (but(CORRELATE, "len(w) - 1", "len(x) - 1"), "padded by N − 1"),
    (but(CORRELATE, "len(w) - 1", "(len(w) - 1, 0)"), "padded on the left only"),
    (but(CORRELATE, "len(w) - 1", "(0, len(w) - 1)"), "padded on the right only"),
    ("return np.correlate(x, w[::-1], mode='valid')", NO_EFFECT),
    ("return np.convolve(x, w, mode='valid')", NO_EFFECT),
    (
        "F = len(w)\nreturn np.correlate(np.pad(x, F - 1), np.pad(w[::-1], F - 1), 'valid')",
        NO_EFFECT,
    ),
    ("return np.correlate(x, w, mode='valid')", "neither padded nor flipped"),
    (but(CORRELATE, "w[::-1]", "w", "pad(x", "pad(x[::-1]"), BACKWARDS),
    ("return np.correlate(w[::-1], np.pad(x, len(w) - 1), mode='valid')", BACKWARDS),
    (but(CORRELATE, "pad(x", "pad(x[::-1]"), BOTH),
    ("return np.correlate(w, np.pad(x, len(w) - 1), mode='valid')", BOTH),
    (but(CORRELATE, "valid", "same"), "mode 'same' on the padded signal"),
    ("return np.correlate(x, w[::-1], mode='same')", "mode 'same' on the signal itself"),
    (but(CORRELATE, "valid", "full"), "mode 'full' on the padded signal"),
    (
        but(CORRELATE, "len(w) - 1", "len(w) - 1, mode='edge'"),
        "padded with copies of the edge samples",
    ),
    (but(CORRELATE, "len(w) - 1", "len(w) + 1"), None),
    (but(CORRELATE, "len(w) - 1", "(len(w), len(w) - 1)"), None),
    (but(CORRELATE, "w[::-1]", "w.flip()"), None),
    (but(CORRELATE, "w[::-1]", "reversed(w)"), None),
    ("return list(np.convolve(x, w))", None),
]

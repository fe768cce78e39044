"""Answers to exercise 1.3, right and wrong."""

from tests.lessons.answer_bank.small_changes import but

CHAIN = """
k = np.array([1.0])
for w in kernels:
    k = np.convolve(k, w)
return k
"""

FIRST = """
k = kernels[0]
for w in kernels[1:]:
    k = np.convolve(k, w)
return k
"""

RIGHT: list[str] = [
    CHAIN,
    FIRST,
    but(CHAIN, "np.array([1.0])", "1"),
    but(CHAIN, "in kernels", "in reversed(kernels)"),
    "from functools import reduce\nreturn reduce(np.convolve, kernels)",
    """
    if len(kernels) == 1:
        return kernels[0]
    return np.convolve(kernels[0], combine(kernels[1:]))
    """,
    """
    M = sum(len(w) for w in kernels) - len(kernels) + 1
    spectrum = np.ones(M, dtype=complex)
    for w in kernels:
        spectrum *= np.fft.fft(w, M)
    return np.fft.ifft(spectrum).real
    """,
]

WRONG: list[tuple[str, str | None]] = [
    (but(CHAIN, "np.array([1.0])", "[]"), "starts from an empty list"),
    ("return sum(kernels)", "the kernels are added"),
    ("return np.sum(kernels, axis=0)", "the kernels are added"),
    (but(CHAIN, "np.convolve(k, w)", "k + w", "[1.0]", "[0.0]"), "the kernels are added"),
    (but(CHAIN, "np.convolve(k, w)", "k * w"), "the kernels are multiplied element by element"),
    (but(FIRST, "np.convolve(k, w)", "k * w"), "the kernels are multiplied element by element"),
    ("return np.concatenate(kernels)", "the kernels are strung together"),
    (but(CHAIN, "(k, w)", "(k, w, 'same')"), "the result is cut by mode='same'"),
    (but(FIRST, "(k, w)", "(k, w, mode='same')"), "the result is cut by mode='same'"),
    (but(FIRST, "(k, w)", "(k, w, mode='valid')"), "the result is cut by mode='valid'"),
    (
        but(FIRST, "np.convolve(k, w)", "np.correlate(k, w, 'full')"),
        "correlates the kernels, which flips every one but the first",
    ),
    (
        but(FIRST, "(k, w)", "(k, w[::-1])"),
        "correlates the kernels, which flips every one but the first",
    ),
    (
        but(CHAIN, "np.convolve(k, w)", "np.correlate(k, w, 'full')"),
        "correlates the kernels, and the result stands reversed",
    ),
    (but(CHAIN, "np.array([1.0])", "np.zeros(1)"), "starts from zero"),
    (but(FIRST, "kernels[1:]", "kernels"), "the first kernel is used twice"),
    (but(CHAIN, "in kernels", "in kernels[1:]"), "the first kernel is left out"),
    (but(CHAIN, "in kernels", "in kernels[:-1]"), "the last kernel is left out"),
    (
        but(CHAIN, "w in kernels", "i in range(len(kernels) - 1)", "(k, w)", "(k, kernels[i])"),
        "the last kernel is left out",
    ),
    (
        but(CHAIN, "\nreturn", "\n    return"),
        "only the first kernel comes in: the return stands inside the loop",
    ),
    (
        "return np.convolve(kernels[0], kernels[1])",
        "only the first two kernels come in",
    ),
    (
        """
        for i in range(len(kernels) - 1):
            k = np.convolve(kernels[i], kernels[i + 1])
        return k
        """,
        "only the last two kernels come in",
    ),
    (
        but(CHAIN, "(k, w)", "(np.array([1.0]), w)"),
        "each round starts afresh, and only the last kernel is left",
    ),
    (but(CHAIN, "    k = np", "    np"), "the result of np.convolve is not kept"),
    (but(CHAIN, "convolve", "polymul"), "leading zeros are dropped, as np.polymul does"),
    ("return np.convolve(*kernels)", None),
    ("return np.mean(kernels, axis=0)", None),
    (but(CHAIN, "return k", "return k.tolist()"), None),
    (but(CHAIN, "return k", "return k / 2"), None),
    ("k = kernels.pop(0)\nwhile kernels:\n    k = np.convolve(k, kernels.pop(0))\nreturn k", None),
]

"""Answers to exercise 5.2, right and wrong."""

from tests.lessons.answer_bank.small_changes import but

SPREAD = """
spread = np.zeros((len(g) - 1) * S + 1)
spread[::S] = g
return spread
"""

BY_INDEX = """
M = len(g)
spread = np.zeros((M - 1) * S + 1)
for t in range(M):
    spread[t * S] = g[t]
return spread
"""

RIGHT: list[str] = [
    SPREAD,
    BY_INDEX,
    "return np.kron(g, np.eye(1, S)[0])[: (len(g) - 1) * S + 1]",
    "M = len(g)\nreturn np.array([g[t // S] if t % S == 0 else 0 for t in range((M - 1) * S + 1)])",
    "return np.column_stack([g, np.zeros((len(g), S - 1))]).reshape(-1)[: (len(g) - 1) * S + 1]",
    "return np.insert(np.asarray(g, float), np.repeat(np.arange(1, len(g)), S - 1), 0)",
    but(SPREAD, "(len(g) - 1) * S + 1", "len(g) * S - (S - 1)"),
    """
    parts = []
    for value in g[:-1]:
        parts += [value] + [0] * (S - 1)
    return np.array(parts + [g[-1]])
    """,
    """
    M = len(g)
    places = np.zeros((M, (M - 1) * S + 1))
    places[np.arange(M), np.arange(M) * S] = 1
    return g @ places
    """,
]

WRONG: list[tuple[str, str | None]] = [
    (but(BY_INDEX, "[t * S]", "[t * (S - 1)]"), "the values stand S − 1 apart"),
    (
        "spread = []\nfor value in g:\n    spread += [value] + [0] * (S - 1)\n"
        "return np.array(spread[: -(S - 1)])",
        "nothing is left where S is 1: [: -(S - 1)]",
    ),
    (but(SPREAD, "(len(g) - 1) * S + 1", "len(g) + S - 1"), None),
    (but(BY_INDEX, "* S + 1", "* S + 2"), "one zero at the end"),
    (but(SPREAD, "(len(g) - 1) * S + 1", "len(g) * S"), "zeros after the last value as well"),
    ("return np.kron(g, np.eye(1, S)[0])", "zeros after the last value as well"),
    (
        "parts = []\nfor value in g:\n    parts += [value] + [0] * (S - 1)\nreturn np.array(parts)",
        "zeros after the last value as well",
    ),
    (
        but(SPREAD, "(len(g) - 1) * S + 1", "len(g) * S", "[::S]", "[S - 1 :: S]"),
        "zeros before the first value as well",
    ),
    (
        "spread = np.zeros((len(g) + 1) * S - 1)\nspread[S - 1 :: S] = g\nreturn spread",
        "zeros at both ends as well",
    ),
    (
        but(SPREAD, "S + 1", "(S + 1) + 1", "[::S]", "[:: S + 1]"),
        "S zeros between neighbours instead of S − 1",
    ),
    (
        but(SPREAD, "S + 1", "(S - 1) + 1", "[::S]", "[:: S - 1]"),
        "S − 2 zeros between neighbours instead of S − 1",
    ),
    (but(SPREAD, "* S", "* 2", "::S", "::2"), "always one zero, whatever the stride"),
    (
        "return np.insert(g.astype(float), range(1, len(g)), 0)",
        "always one zero, whatever the stride",
    ),
    (but(SPREAD, "(len(g) - 1) * S + 1", "len(g) * S - 1"), "the length is M·S − 1"),
    (but(SPREAD, "* S + 1", "* S"), "the + 1 is missing in the length, and the values do not fit"),
    (
        but(BY_INDEX, "* S + 1", "* S"),
        "the + 1 is missing in the length, and the last index does not exist",
    ),
    (but(SPREAD, "[::S]", "[: len(g)]"), "the values stand side by side, and the zeros after them"),
    (but(BY_INDEX, "[t * S]", "[t]"), "the values stand side by side, and the zeros after them"),
    (
        "return np.concatenate([g, np.zeros(S - 1)])",
        "S − 1 zeros after the last value, and none between",
    ),
    ("return np.pad(g, (0, S - 1))", "S − 1 zeros after the last value, and none between"),
    ("return g.copy()", "nothing is inserted"),
    ("return g", "nothing is inserted"),
    (
        "return np.repeat(g, S)[: (len(g) - 1) * S + 1]",
        "values are repeated instead of zeros inserted",
    ),
    ("return np.repeat(g, S)", "every value is repeated S times"),
    ("return np.kron(g, np.ones(S))", "every value is repeated S times"),
    ("return g[::S]", "values are left out, as in a forward stride"),
    (
        "return np.interp(np.arange((len(g) - 1) * S + 1) / S, np.arange(len(g)), g)",
        "values in between are interpolated",
    ),
    (
        but(BY_INDEX, "\nreturn", "\n    return"),
        "only the first value is set: the return stands inside the loop",
    ),
    (but(BY_INDEX, "range(M)", "range(M - 1)"), "the last value is never set"),
    (but(SPREAD, "S + 1)", "S + 1, dtype=int)"), "the fractions are cut off"),
    (but(SPREAD, "[::S]", "[1::S]"), None),
    (but(SPREAD, "zeros", "ones"), None),
    (but(SPREAD, "return spread", "return spread.tolist()"), None),
    (but(SPREAD, "\nreturn spread", ""), None),
    (but(SPREAD, "= g\n", "= g[::-1]\n"), None),
    (but(SPREAD, "= g\n", "= g / S\n"), None),
    (but(SPREAD, "(len(g) - 1) * S + 1", "(len(g), S)"), None),
    (but(BY_INDEX, "t * S]", "t + S]"), None),
    ("return np.insert(g, range(1, len(g)), [0] * (S - 1))", None),
    ("g.resize((len(g) - 1) * S + 1)\nreturn g", None),
    (but(BY_INDEX, "range(M)", "range(1, M)"), "the first value is never set"),
]

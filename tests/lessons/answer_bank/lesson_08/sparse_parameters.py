"""Answers to exercise 8.2, right and wrong."""

from tests.lessons.answer_bank.small_changes import but

SPARSE = """
total = 0
for maps in connections:
    total += len(maps) * F**2 + 1
return total
"""

RIGHT: list[str] = [
    SPARSE,
    "return sum(len(maps) for maps in connections) * F * F + len(connections)",
    "return sum([len(c) * F * F + 1 for c in connections])",
    "return sum(np.ones((len(c), F, F)).size + 1 for c in connections)",
    """
    total = len(connections)
    for maps in connections:
        for _ in maps:
            total += F * F
    return total
    """,
]

WRONG: list[tuple[str, str | None]] = [
    (but(SPARSE, " + 1", ""), "the biases are forgotten"),
    (but(SPARSE, "len(maps) * F**2 + 1", "len(maps) * (F**2 + 1)"), "one bias for each kernel"),
    (but(SPARSE, " + 1", "", "return total", "return total + 1"),
     "one bias for the whole layer"),
    (
        "C = max(m for maps in connections for m in maps) + 1\n"
        "return len(connections) * (C * F * F + 1)",
        "every filter looks at every map",
    ),
    ("return len(connections) * (F * F + 1)", "one kernel for each filter, shared by its maps"),
    (
        "different = set()\nfor maps in connections:\n    different |= set(maps)\n"
        "return len(different) * F * F + len(connections)",
        "one kernel for each map, shared by the filters",
    ),
    (but(SPARSE, "F**2", "F"), "F weights in a kernel"),
    (but(SPARSE, "len(maps)", "sum(maps)"),
     "the numbers of the maps are added, instead of counted"),
    (but(SPARSE, "\nreturn", "\n    return"), "only the first filter"),
    (but(SPARSE, "+=", "="), "only the last filter"),
]  # fmt: skip

"""Answers to exercise 8.4, right and wrong."""

from tests.lessons.answer_bank.small_changes import but

STACK = """
F = 2 * n + 1
stack = n * (C * C * 9 + C)
single = C * C * F * F + C
return stack, single
"""

RIGHT: list[str] = [
    STACK,
    but(STACK, "return stack, single", "return [stack, single]"),
    "F = 1\nfor _ in range(n):\n    F += 2\nreturn n * C * (9 * C + 1), C * (C * F**2 + 1)",
]

WRONG: list[tuple[str, str | None]] = [
    (but(STACK, " * 9 + C", " * 9", "F + C", "F"), "the biases are forgotten"),
    (but(STACK, "n * (C * C * 9 + C)", "n * C * C * 9 + C"),
     "one set of biases for the whole stack"),
    (but(STACK, "2 * n + 1", "3 * n"), "the field is taken for 3n"),
    (but(STACK, "2 * n + 1", "3**n"), "the fields are multiplied: 3 to the power n"),
    (but(STACK, "2 * n + 1", "2 * n"), "the field is taken for 2n"),
    (but(STACK, "C * C", "C"), "C weights for each place of the kernel, instead of C times C"),
    (but(STACK, "n * (C", "(C"), "one layer of the stack only"),
    (but(STACK, "F = 2 * n + 1", "F = 3"), "the single layer keeps 3×3"),
    (but(STACK, "stack, single", "single, stack"), "the two stand in the wrong order"),
    (but(STACK, "return stack, single", "return stack / single"), None),
    (but(STACK, "return stack, single", "return stack"), None),
]  # fmt: skip

"""Answers to exercise 3.4, right and wrong."""

from tests.lessons.answer_bank.lesson_03.output_size import FLOATS
from tests.lessons.answer_bank.small_changes import but

POOL = """
M = -(-(N + 2 * P - F) // S) + 1
if (M - 1) * S >= N + P:
    M -= 1
return M
"""

CEILING = "-(-(N + 2 * P - F) // S)"

RIGHT: list[str] = [
    POOL,
    but(POOL, "if", "while"),
    but(POOL, CEILING, "(N + 2 * P - F + S - 1) // S"),
    "import math\n" + but(POOL, CEILING, "math.ceil((N + 2 * P - F) / S)").strip(),
    but(POOL, CEILING, "int(np.ceil((N + 2 * P - F) / S))"),
    f"M = {CEILING} + 1\nreturn M - ((M - 1) * S >= N + P)",
    f"return min({CEILING} + 1, -(-(N + P) // S))",
    "M = 1\nwhile (M - 1) * S + F < N + 2 * P and M * S < N + P:\n    M += 1\nreturn M",
]

WRONG: list[tuple[str, str | None]] = [
    ("return (N + 2 * P - F) // S + 1", "the floor is taken, as without ceil_mode"),
    (but(POOL, CEILING, "(N + 2 * P - F) // S"), "the floor is taken, as without ceil_mode"),
    (but(POOL, CEILING, "-(-(N + 2 * P - F)) // S"), "the floor is taken, as without ceil_mode"),
    (but(POOL, CEILING, "-(-((N + 2 * P - F) // S))"), "the floor is taken, as without ceil_mode"),
    (
        but(POOL, "(M - 1) * S >= N + P", "(M - 1) * S + F > N + 2 * P"),
        "the floor is taken, as without ceil_mode",
    ),
    (f"return {CEILING} + 1", "the last window may start in the padding"),
    (
        f"M = {CEILING}\nif (M - 1) * S >= N + P:\n    M -= 1\nreturn M + 1",
        "the last window may start in the padding",
    ),
    (but(POOL, "N + P:", "N:"), "the last window is dropped too early"),
    (but(POOL, ">= N + P:", "> N:"), "the last window is dropped where it starts beyond N"),
    (but(POOL, ">=", ">"), "a window may start right after the last sample"),
    (
        but(POOL, "N + P:", "N + 2 * P:"),
        "a window may start anywhere in the padding on the right",
    ),
    (
        but(POOL, "(M - 1) * S >=", "(M - 1) * S - P >="),
        "a window may start anywhere in the padding on the right",
    ),
    (but(POOL, "(M - 1) * S >=", "M * S >="), "the rule looks at the window after the last"),
    (but(POOL, ">=", "<"), "the rule is turned round"),
    (but(POOL, " + 1\n", "\n"), "the + 1 is missing"),
    (f"M = {CEILING} + 1\nreturn M - 1", "the + 1 is missing"),
    (but(POOL, "S) + 1", "S + 1)"), "the + 1 stands inside the outer minus"),
    ("return (N + 2 * P - F) // S + 2", "one more than the floor, always"),
    (
        but(POOL, CEILING, "round((N + 2 * P - F) / S)"),
        "rounds to the nearest instead of up",
    ),
    (but(POOL, CEILING, "-(N + 2 * P - F) // S"), "one minus sign is missing: -p // S"),
    (but(POOL, CEILING, "-((-N + 2 * P - F) // S)"), "the minus reaches only N"),
    (
        but(POOL, CEILING, "-(-N + 2 * P - F // S)"),
        "brackets are missing: // S reaches only F",
    ),
    (but(POOL, " + 2 * P", "", "N + P:", "N:"), "the padding is left out"),
    (but(POOL, "2 * P", "P"), "the padding is counted once"),
    ("return -(-N // S)", "N over S, rounded up"),
    (f"return min({CEILING} + 1, -(-N // S))", "the last window is dropped too early"),
    (but(POOL, CEILING, "np.ceil((N + 2 * P - F) / S)"), FLOATS),
    (f"M = {CEILING} + 1\nif (M - 1) * S >= N + P:\n    return M - 1", None),
    ("M = (N + 2 * P - F) // S + 1\nreturn M + ((N + 2 * P - F) % S > P)", None),
    (but(POOL, " + 2 * P", ""), "the padding is left out"),
]

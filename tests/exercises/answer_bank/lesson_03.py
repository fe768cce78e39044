"""Answers to the exercises of lesson 03, right and wrong."""

from __future__ import annotations

from tests.exercises.answer_bank.text import but

RIGHT: dict[str, list[str]] = {}
WRONG: dict[str, list[tuple[str, str | None]]] = {}

# 3.1

FLOATS = "the numbers are right, but floats instead of ints"
SIZE = "return (N + 2 * P - d * (F - 1) - 1) // S + 1"

RIGHT["03.output_size"] = [
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

WRONG["03.output_size"] = [
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

# 3.2

REST = "return (N + 2 * P - d * (F - 1) - 1) % S"
LAST = "M = (N + 2 * P - d * (F - 1) - 1) // S + 1\n"

RIGHT["03.unused"] = [
    REST,
    LAST + "return N + 2 * P - ((M - 1) * S + d * (F - 1) + 1)",
    LAST + "return len(range((M - 1) * S + d * (F - 1) + 1, N + 2 * P))",
    "return divmod(N + 2 * P - d * (F - 1) - 1, S)[1]",
    "return np.mod(N + 2 * P - d * (F - 1) - 1, S)",
    "room = N + 2 * P - d * (F - 1) - 1\nwhile room >= S:\n    room -= S\nreturn room",
]

WRONG["03.unused"] = [
    ("return 0", "nothing is ever left over"),
    ("return N % S", "the remainder of N alone"),
    ("return (N + 2 * P) % S", "the remainder of N + 2P, without the window"),
    ("return (N - F) % S", "the remainder of N − F: neither padding nor dilation"),
    (but(REST, " + 2 * P", ""), "the padding is left out"),
    (but(REST, "2 * P", "P"), "the padding is counted once"),
    (
        LAST + "return N - ((M - 1) * S + d * (F - 1) + 1)",
        "the padding is left out at the end",
    ),
    (
        LAST + "return max(0, N + P - ((M - 1) * S + d * (F - 1) + 1))",
        "the zeros on the right are not counted",
    ),
    (but(REST, "d * (F - 1) - 1", "F"), "the dilation is ignored"),
    (but(REST, "d * (F - 1) - 1", "d * F"), "the dilation multiplies F"),
    (but(REST, "(F - 1) - 1", "(F - 1)"), "off by one: the span is counted as d(F − 1)"),
    (
        LAST + "return N + 2 * P - 1 - ((M - 1) * S + d * (F - 1) + 1)",
        "one less than are left over",
    ),
    (but(REST, "%", "//"), "the quotient instead of the remainder"),
    (
        "return -(N + 2 * P - d * (F - 1) - 1) % S",
        "counts what is missing for one more window",
    ),
    (but(REST, "return ", "return S - "), "S minus what is left over"),
    (
        LAST + "return N + 2 * P - (M * S + d * (F - 1) + 1)",
        "the last window is taken to start at M·S",
    ),
    (
        LAST + "return N + 2 * P - M * S",
        "the samples after M steps, without the window's length",
    ),
    (LAST + "return N - M", "the samples minus the outputs"),
    (
        LAST + "seen = {m * S + d * a - P for m in range(M) for a in range(F)}\n"
        "return len(set(range(N)) - seen)",
        "counts the samples of the signal that are never read, wherever they are",
    ),
    (
        LAST + "seen = {m * S + d * a for m in range(M) for a in range(F)}\n"
        "return sum(i not in seen for i in range(N + 2 * P))",
        "counts all that is never read, between the windows as well",
    ),
    (LAST + "return N - M * S", None),
    (LAST + "return N + 2 * P - (M - 1) * S - F", None),
    (LAST + "return list(range((M - 1) * S + d * (F - 1) + 1, N + 2 * P))", None),
    ("room = (N + 2 * P - d * (F - 1) - 1) / S\nreturn room - int(room)", None),
    (but(REST, " % S", " % S != 0"), None),
    ("import math\nreturn math.fmod(N + 2 * P - d * (F - 1) - 1, S)", FLOATS),
]

# 3.3

HALVES = "total = d * (F - 1)\nreturn total // 2, total - total // 2"

RIGHT["03.same_padding"] = [
    HALVES,
    but(HALVES, "total - total // 2", "(total + 1) // 2"),
    but(HALVES, "total - total // 2", "-(-total // 2)"),
    but(HALVES, "total // 2, total - total // 2", "[total // 2, total - total // 2]"),
    but(HALVES, "total // 2, total - total // 2", "np.array([total // 2, total - total // 2])"),
    "import math\ntotal = d * (F - 1)\nreturn math.floor(total / 2), math.ceil(total / 2)",
    "half, rest = divmod(d * (F - 1), 2)\nreturn half, half + rest",
    "total = d * (F - 1)\nreturn int(total / 2), total - int(total / 2)",
    """
    total = d * (F - 1)
    if total % 2 == 0:
        return total // 2, total // 2
    return (total - 1) // 2, (total + 1) // 2
    """,
]

SYMMETRIC = "the same number on both sides always, "
WRONG["03.same_padding"] = [
    ("return d * F // 2, d * F // 2", "half of dF on both sides"),
    ("return F // 2, F // 2", "half of F on both sides, whatever the dilation"),
    ("return d * (F // 2), d * (F // 2)", "half of F on both sides, then multiplied by d"),
    (but(HALVES, "d * (F - 1)", "d * F"), "dF is split in two"),
    (but(HALVES, "d * (F - 1)", "d * (F - 1) + 1"), "the span is split in two"),
    (but(HALVES, "d * (F - 1)", "d * F - 1"), "dF − 1 is split in two: brackets are missing"),
    (but(HALVES, "total - total", "total"), SYMMETRIC + "rounded down"),
    ("return d * (F - 1) // 2, d * (F - 1) // 2", SYMMETRIC + "rounded down"),
    ("span = d * (F - 1) + 1\nreturn span // 2, span // 2", SYMMETRIC + "rounded up"),
    ("return (F - 1) // 2, (F - 1) // 2", SYMMETRIC + "and the dilation is ignored"),
    ("return int((F - 1) / 2), int((F - 1) / 2)", SYMMETRIC + "and the dilation is ignored"),
    (
        "return d * ((F - 1) // 2), d * ((F - 1) // 2)",
        SYMMETRIC + "undilated half times d",
    ),
    ("return d * (F - 1) / 2, d * (F - 1) / 2", "half zeros: / instead of //"),
    (
        "total = d * (F - 1)\nreturn round(total / 2), total - round(total / 2)",
        "the half is rounded with round",
    ),
    ("total = d * (F - 1)\nreturn total // 2, total // 2 + 1", "one more after, always"),
    (
        "before = d * (F - 1) // 2\nreturn (before, before) if F % 2 else (before, before + 1)",
        "one more after whenever F is even",
    ),
    (but(HALVES, "d * ", ""), "the dilation is ignored"),
    (
        but(HALVES, "total // 2, total - total // 2", "total - total // 2, total // 2"),
        "the extra zero goes before",
    ),
    ("return d * (F - 1), d * (F - 1)", "everything is put on each side"),
    ("return 0, d * (F - 1)", "everything goes after"),
    ("return d * (F - 1), 0", "everything goes before"),
    (
        "before = (F - 1) // 2\nreturn d * before, d * (F - 1 - before)",
        "splits the undilated padding, then dilates the halves",
    ),
    ("total = d * (F - 1)\nreturn np.floor(total / 2), np.ceil(total / 2)", FLOATS),
    ("return d * (F - 1)", None),
    ("return d * (F - 1) // 2", None),
    ("total = d * (F - 1)\nreturn {'before': total // 2, 'after': total - total // 2}", None),
    ("return F, F", None),
]

# 3.4

POOL = """
M = -(-(N + 2 * P - F) // S) + 1
if (M - 1) * S >= N + P:
    M -= 1
return M
"""
CEILING = "-(-(N + 2 * P - F) // S)"

RIGHT["03.pool_size"] = [
    POOL,
    but(POOL, "if", "while"),
    but(POOL, CEILING, "(N + 2 * P - F + S - 1) // S"),
    "import math\n" + but(POOL, CEILING, "math.ceil((N + 2 * P - F) / S)").strip(),
    but(POOL, CEILING, "int(np.ceil((N + 2 * P - F) / S))"),
    f"M = {CEILING} + 1\nreturn M - ((M - 1) * S >= N + P)",
    f"return min({CEILING} + 1, -(-(N + P) // S))",
    "M = 1\nwhile (M - 1) * S + F < N + 2 * P and M * S < N + P:\n    M += 1\nreturn M",
]

WRONG["03.pool_size"] = [
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

# 3.5

FIELD = """
size, jump, first = 1, 1, 0
for F, S, P, d in layers:
    size += d * (F - 1) * jump
    first -= P * jump
    jump *= S
return size, jump, first
"""
NO_MOVE = "the padding does not move the field"

RIGHT["03.receptive_field"] = [
    FIELD,
    but(FIELD, "return size, jump, first", "return [size, jump, first]"),
    but(FIELD, "1, 1, 0", "np.int64(1), np.int64(1), np.int64(0)"),
    but(FIELD, "return size, jump, first", "return np.array([size, jump, first])"),
    """
    size, jump, first = 1, 1, 0
    for F, S, P, d in layers:
        size, jump, first = size + d * (F - 1) * jump, jump * S, first - P * jump
    return size, jump, first
    """,
    """
    if not layers:
        return 1, 1, 0
    size, jump, first = receptive_field(layers[:-1])
    F, S, P, d = layers[-1]
    return size + d * (F - 1) * jump, jump * S, first - P * jump
    """,
    """
    size, jump, first = 1, 1, 0
    for F, S, P, d in reversed(layers):
        size = (size - 1) * S + d * (F - 1) + 1
        first = first * S - P
        jump *= S
    return size, jump, first
    """,
    """
    rows = np.array(layers, dtype=int).reshape(-1, 4)
    jumps = np.cumprod(np.append(1, rows[:, 1]))
    size = 1 + np.sum(rows[:, 3] * (rows[:, 0] - 1) * jumps[:-1])
    return size, jumps[-1], -np.sum(rows[:, 2] * jumps[:-1])
    """,
]

WRONG["03.receptive_field"] = [
    (but(FIELD, "(F - 1) * jump", "(F - 1)"), "steps of later layers are counted as one pixel"),
    (
        but(FIELD, "P * jump", "P"),
        "padding in later layers is counted in pixels, not in jumps",
    ),
    (
        but(FIELD, "(F - 1) * jump", "(F - 1)", "P * jump", "P"),
        "neither window nor padding is counted in jumps",
    ),
    (
        but(FIELD, "(F - 1) * jump", "(F - 1) * S"),
        "the window is multiplied by the layer's own stride instead of the jump",
    ),
    (
        but(FIELD, "P * jump", "P * S"),
        "the padding is multiplied by the layer's own stride instead of the jump",
    ),
    (
        but(FIELD, "    jump *= S\n", "", "    size", "    jump *= S\n    size"),
        "the layer's own stride is applied to its own window",
    ),
    (
        but(FIELD, "    jump *= S\n", "", "    first", "    jump *= S\n    first"),
        "the jump grows before the padding is counted",
    ),
    (
        """
        size, jump, first = 1, 1, 0
        for F, S, P, d in layers:
            first -= P * jump
            jump *= S
            size += d * (F - 1) * jump
        return size, jump, first
        """,
        "the jump grows before the window is counted",
    ),
    (but(FIELD, "= 1, 1, 0", "= 0, 1, 0", "(F - 1)", "F"), "F is added instead of F − 1"),
    (but(FIELD, "(F - 1)", "F"), "F is added instead of F − 1, starting from 1"),
    (but(FIELD, "d * (F - 1)", "(d * (F - 1) + 1)"), "the whole span is added, d(F − 1) + 1"),
    (but(FIELD, "= 1, 1, 0", "= 0, 1, 0"), "the size starts from 0"),
    (but(FIELD, "+= d * (F - 1) * jump", "*= F"), "the kernel sizes are multiplied"),
    (but(FIELD, "jump *= S", "jump += S"), "the strides are added"),
    (but(FIELD, "jump *= S", "jump += S - 1"), "S − 1 is added to the jump"),
    (but(FIELD, "jump *= S", "jump = S"), "the jump is the stride of the last layer only"),
    (but(FIELD, "in layers", "in reversed(layers)"), "the layers are read from the top down"),
    (but(FIELD, "in layers", "in layers[::-1]"), "the layers are read from the top down"),
    (
        but(FIELD, "\nreturn", "\n    return"),
        "only the first layer is counted: the return stands inside the loop",
    ),
    (but(FIELD, "    first -= P * jump\n", ""), NO_MOVE),
    (but(FIELD, "return size, jump, first", "return size, jump, max(0, first)"), NO_MOVE),
    (but(FIELD, "first -=", "first +="), "the padding moves the field to the right"),
    (but(FIELD, "P * jump", "2 * P * jump"), "the padding of both sides moves the field"),
    (
        but(FIELD, "(F - 1) * jump", "(F - 1) * jump - 2 * P * jump"),
        "the padding is taken off the size",
    ),
    (but(FIELD, "d * (F - 1)", "(F - 1)"), "the dilation is ignored"),
    (but(FIELD, "F, S, P, d", "F, S, d, P"), "padding and dilation are exchanged"),
    (
        """
        jump, first = 1, 0
        for F, S, P, d in layers:
            first -= P * jump
            jump *= S
        seen = {0}
        for F, S, P, d in layers[::-1]:
            seen = {unit * S + d * a for unit in seen for a in range(F)}
        return len(seen), jump, first
        """,
        "only the samples really seen are counted",
    ),
    (
        but(FIELD, "return size, jump, first", "return size, first, jump"),
        "jump and first stand in the wrong order",
    ),
    (but(FIELD, "= 1, 1, 0", "= 1.0, 1.0, 0.0"), FLOATS),
    (but(FIELD, "= 1, 1, 0", "= 1, 0, 0"), None),
    (but(FIELD, "return size, jump, first", "return size"), None),
    (
        but(FIELD, "for F, S, P, d in layers:", "while layers:\n    F, S, P, d = layers.pop(0)"),
        None,
    ),
    (but(FIELD, "P * jump", "F // 2 * jump"), None),
    ("F, S, P, d = layers\nreturn F, S, -P", None),
]

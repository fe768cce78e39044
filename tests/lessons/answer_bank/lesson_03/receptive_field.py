"""Answers to exercise 3.5, right and wrong."""

from tests.lessons.answer_bank.lesson_03.output_size import FLOATS
from tests.lessons.answer_bank.small_changes import but

FIELD = """
size, jump, first = 1, 1, 0
for F, S, P, d in layers:
    size += d * (F - 1) * jump
    first -= P * jump
    jump *= S
return size, jump, first
"""

NO_MOVE = "the padding does not move the field"

RIGHT: list[str] = [
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

WRONG: list[tuple[str, str | None]] = [
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
    (
        but(FIELD, "first -= P * jump", "first += (d * (F - 1) // 2 - P) * jump"),
        "the centre of the field is given for its first pixel",
    ),
    (
        but(FIELD, "first -= P * jump", "first += (d * (F - 1) / 2 - P) * jump"),
        "the exact centre of the field is given for its first pixel",
    ),
    (
        but(FIELD, "return size, jump, first", "return size, jump, first + (size - 1) / 2"),
        "the exact centre of the field is given for its first pixel",
    ),
]

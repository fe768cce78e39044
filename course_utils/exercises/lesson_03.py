"""Exercises of lesson 03, output size."""

from __future__ import annotations

from course_utils.exercises import Case, Exercise, Misconception

# 3.1 the output size


def output_size(N: int, F: int, S: int = 1, P: int = 0, d: int = 1) -> int:
    """Outputs M of a window of F weights over N samples: stride S, P zeros a side, dilation d."""
    span = d * (F - 1) + 1  # from the first weight to the last, both included
    last_start = N + 2 * P - span  # starts run 0, S, 2S, … and must not pass this
    return last_start // S + 1


def _size_rounds(N: int, F: int, S: int = 1, P: int = 0, d: int = 1) -> int:
    return round((N + 2 * P - d * (F - 1) - 1) / S) + 1


def _size_ceils(N: int, F: int, S: int = 1, P: int = 0, d: int = 1) -> int:
    return -(-(N + 2 * P - d * (F - 1) - 1) // S) + 1


def _size_padding_once(N: int, F: int, S: int = 1, P: int = 0, d: int = 1) -> int:
    return (N + P - d * (F - 1) - 1) // S + 1


def _size_dilates_f(N: int, F: int, S: int = 1, P: int = 0, d: int = 1) -> int:
    return (N + 2 * P - d * F) // S + 1


def _size_no_one(N: int, F: int, S: int = 1, P: int = 0, d: int = 1) -> int:
    return (N + 2 * P - d * (F - 1) - 1) // S


def _size_one_inside(N: int, F: int, S: int = 1, P: int = 0, d: int = 1) -> int:
    return (N + 2 * P - d * (F - 1)) // S


def _size_no_dilation(N: int, F: int, S: int = 1, P: int = 0, d: int = 1) -> int:
    del d
    return (N + 2 * P - F) // S + 1


def _size_divides_first(N: int, F: int, S: int = 1, P: int = 0, d: int = 1) -> int:
    return (N + 2 * P) // S - d * (F - 1)


OUTPUT_SIZE = Exercise(
    id="03.output_size",
    title="The output size, all letters",
    minutes=6,
    difficulty=1,
    reference=output_size,
    cases=[
        Case(5, 3, note="starts 0, 1, 2: three"),
        Case(7, 3, 2, note="starts 0, 2, 4: three"),
        Case(8, 3, 2, note="starts 0, 2, 4; 6 would need sample 8: still three"),
        Case(5, 3, 1, 1, note="one zero on each side makes 7 samples: five starts"),
        Case(7, 3, 1, 0, 2, note="three weights two apart span five samples: starts 0, 1, 2"),
        Case(224, 11, 4, 2),
        Case(224, 7, 2, 3),
        Case(10, 4, 3),
        Case(11, 2, 4, 1, 3),
        Case(9, 1, 5),
        Case(6, 6),
        Case(13, 3, 3, 2, 4),
        Case(12, 5, 3, 1, 2),
    ],
    misconceptions=[
        Misconception(
            "rounds instead of taking the floor",
            _size_rounds,
            "A window that fits by half does not fit. Division with // takes the floor.",
        ),
        Misconception(
            "rounds up instead of down",
            _size_ceils,
            "Rounding up counts one window that hangs over the end. Pooling layers can ask for "
            "that (ceil_mode, section 5); a convolution does not.",
        ),
        Misconception(
            "the padding is counted once",
            _size_padding_once,
            "P zeros are put on each side, so the samples grow from N to N + 2P.",
        ),
        Misconception(
            "the dilation multiplies F",
            _size_dilates_f,
            "F weights have F − 1 gaps between them, and only the gaps are stretched: "
            "the span is d(F − 1) + 1, not dF.",
        ),
        Misconception(
            "the + 1 is missing",
            _size_no_one,
            "The division counts the steps; the places are one more, as a fence has one more "
            "post than it has gaps.",
        ),
        Misconception(
            "the 1 is added before dividing",
            _size_one_inside,
            "The 1 counts the first place and must not be divided by the stride: "
            "first ⌊ … / S⌋, then + 1.",
        ),
        Misconception(
            "the dilation is ignored",
            _size_no_dilation,
            "A dilated window spans d(F − 1) + 1 samples instead of F.",
        ),
        Misconception(
            "the stride divides N alone",
            _size_divides_first,
            "What is divided is the room that the window has to move in, N + 2P minus its span.",
        ),
    ],
    hints=[
        "How many samples does the window span when its F weights are d apart? "
        "Count the F − 1 gaps.",
        "With the padding there are N + 2P samples. The last start that fits is N + 2P − span.",
        "The starts are 0, S, 2S, … up to the last that fits: last_start // S + 1 of them.",
    ],
)


# 3.2 what no window sees


def unused(N: int, F: int, S: int = 1, P: int = 0, d: int = 1) -> int:
    """How many samples of the padded input lie to the right of the last window."""
    span = d * (F - 1) + 1
    return (N + 2 * P - span) % S


def _unused_zero(N: int, F: int, S: int = 1, P: int = 0, d: int = 1) -> int:
    del N, F, S, P, d
    return 0


def _unused_of_n(N: int, F: int, S: int = 1, P: int = 0, d: int = 1) -> int:
    del F, P, d
    return N % S


def _unused_quotient(N: int, F: int, S: int = 1, P: int = 0, d: int = 1) -> int:
    return (N + 2 * P - d * (F - 1) - 1) // S


def _unused_missing(N: int, F: int, S: int = 1, P: int = 0, d: int = 1) -> int:
    return -(N + 2 * P - d * (F - 1) - 1) % S


def _unused_off_by_one(N: int, F: int, S: int = 1, P: int = 0, d: int = 1) -> int:
    return (N + 2 * P - d * (F - 1)) % S


def _unused_no_padding(N: int, F: int, S: int = 1, P: int = 0, d: int = 1) -> int:
    del P
    return (N - d * (F - 1) - 1) % S


UNUSED = Exercise(
    id="03.unused",
    title="What no window sees",
    minutes=5,
    difficulty=1,
    reference=unused,
    cases=[
        Case(8, 3, 2, note="the last window covers 4, 5, 6: sample 7 is left over"),
        Case(7, 3, 2, note="the last window covers 4, 5, 6: nothing is left over"),
        Case(10, 3, 4, note="windows start at 0 and 4 and end at 6: 7, 8, 9 are left over"),
        Case(10, 3),
        Case(224, 11, 4),
        Case(224, 11, 4, 2),
        Case(11, 2, 4, 1, 3),
        Case(12, 3, 3, 1, 2),
        Case(15, 4, 5, 2),
    ],
    misconceptions=[
        Misconception(
            "nothing is ever left over",
            _unused_zero,
            "When the stride does not divide the room evenly, the last samples are never seen.",
        ),
        Misconception(
            "the remainder of N alone",
            _unused_of_n,
            "The window itself takes up its span; what the stride divides is N + 2P minus the "
            "span.",
        ),
        Misconception(
            "the quotient instead of the remainder",
            _unused_quotient,
            "// counts the steps that fit; % says what is left over.",
        ),
        Misconception(
            "counts what is missing for one more window",
            _unused_missing,
            "That is how many more samples another window would need. Asked for is how many "
            "samples are left over.",
        ),
        Misconception(
            "off by one: the span is counted as d(F − 1)",
            _unused_off_by_one,
            "From the first weight to the last, both included, the span is d(F − 1) + 1.",
        ),
        Misconception(
            "the padding is left out",
            _unused_no_padding,
            "The window moves over N + 2P samples.",
        ),
    ],
    hints=[
        "Where does the last window end? It starts at (M − 1)·S.",
        "The room to move is N + 2P − span, and every step takes S of it.",
        "What is left after as many whole steps as possible is a remainder: %.",
    ],
)


# 3.3 same padding


def same_padding(F: int, d: int = 1) -> tuple[int, int]:
    """Zeros (before, after) that keep the size at stride 1; an odd one goes after."""
    total = d * (F - 1)  # 2P = d(F − 1) makes M = N
    before = total // 2
    return before, total - before


def _same_half_f(F: int, d: int = 1) -> tuple[int, int]:
    return d * F // 2, d * F // 2


def _same_always_symmetric(F: int, d: int = 1) -> tuple[int, int]:
    return d * (F - 1) // 2, d * (F - 1) // 2


def _same_no_dilation(F: int, d: int = 1) -> tuple[int, int]:
    del d
    return (F - 1) // 2, F - 1 - (F - 1) // 2


def _same_extra_before(F: int, d: int = 1) -> tuple[int, int]:
    before, after = same_padding(F, d)
    return after, before


def _same_total_each(F: int, d: int = 1) -> tuple[int, int]:
    return d * (F - 1), d * (F - 1)


def _same_dilates_half(F: int, d: int = 1) -> tuple[int, int]:
    before = (F - 1) // 2
    return d * before, d * (F - 1 - before)


SAME_PADDING = Exercise(
    id="03.same_padding",
    title="Padding that keeps the size",
    minutes=5,
    difficulty=2,
    reference=same_padding,
    cases=[
        Case(3, note="a window of 3 loses 2 samples: one zero on each side"),
        Case(2, note="a window of 2 loses 1 sample: one zero, after"),
        Case(1, note="a window of 1 loses nothing"),
        Case(5),
        Case(4),
        Case(3, 2),
        Case(4, 3),
        Case(2, 4),
        Case(6, 2),
        Case(7, 5),
    ],
    misconceptions=[
        Misconception(
            "half of F on both sides",
            _same_half_f,
            "A window of F loses F − 1 samples, not F. For odd F at dilation 1 the rounding hides "
            "the mistake; an even F shows it.",
        ),
        Misconception(
            "the same number on both sides always",
            _same_always_symmetric,
            "When d(F − 1) is odd, one side needs one more. With (F − 1)/2 rounded down on both "
            "sides the output is one sample short.",
        ),
        Misconception(
            "the dilation is ignored",
            _same_no_dilation,
            "A dilated window spans d(F − 1) + 1 samples and loses d(F − 1).",
        ),
        Misconception(
            "the extra zero goes before",
            _same_extra_before,
            "PyTorch puts the odd zero after (right and bottom), and so do we.",
        ),
        Misconception(
            "everything is put on each side",
            _same_total_each,
            "d(F − 1) is the total for both sides together.",
        ),
        Misconception(
            "splits the undilated padding, then dilates the halves",
            _same_dilates_half,
            "Split the total d(F − 1) evenly: for F = 2 and d = 4 that is 2 and 2, not 0 and 4.",
        ),
    ],
    hints=[
        "At stride 1, M = N + before + after − d(F − 1). What must before + after be?",
        "The total is d(F − 1). Split it as evenly as whole numbers allow.",
        "before = total // 2, and the rest goes after.",
    ],
)


# 3.4 pooling with ceil_mode


def pool_size(N: int, F: int, S: int, P: int = 0) -> int:
    """Outputs of a pooling window of F, stride S, P padded a side, with ceil_mode on."""
    M = -((F - N - 2 * P) // S) + 1  # ⌈(N + 2P − F)/S⌉ + 1, the ceiling as minus the floor of minus
    if (M - 1) * S >= N + P:  # a window must not start in the padding on the right
        M -= 1
    return M


def _pool_floor(N: int, F: int, S: int, P: int = 0) -> int:
    return (N + 2 * P - F) // S + 1


def _pool_no_rule(N: int, F: int, S: int, P: int = 0) -> int:
    return -((F - N - 2 * P) // S) + 1


def _pool_rule_at_n(N: int, F: int, S: int, P: int = 0) -> int:
    M = -((F - N - 2 * P) // S) + 1
    return M - 1 if (M - 1) * S >= N else M


def _pool_plus_one(N: int, F: int, S: int, P: int = 0) -> int:
    return (N + 2 * P - F) // S + 2


def _pool_padding_once(N: int, F: int, S: int, P: int = 0) -> int:
    M = -((F - N - P) // S) + 1
    return M - 1 if (M - 1) * S >= N + P else M


POOL_SIZE = Exercise(
    id="03.pool_size",
    title="A window that may hang over",
    minutes=7,
    difficulty=3,
    reference=pool_size,
    cases=[
        Case(5, 2, 2, note="starts 0, 2, 4; the last window hangs over by one"),
        Case(6, 2, 2, note="it divides evenly: starts 0, 2, 4"),
        Case(5, 1, 3, note="starts 0, 3; a third would start at 6, outside"),
        Case(7, 3, 2),
        Case(112, 3, 2),
        Case(112, 3, 2, 1),
        Case(3, 2, 2, 1),
        Case(5, 2, 3, 1),
        Case(7, 2, 4, 1),
        Case(6, 3, 4, 1),
        Case(4, 4, 3, 2),
        Case(9, 2, 5, 1),
        Case(9, 2, 5, 0),
    ],
    misconceptions=[
        Misconception(
            "the floor is taken, as without ceil_mode",
            _pool_floor,
            "With ceil_mode a last window may hang over the end, so the division rounds up.",
        ),
        Misconception(
            "the last window may start in the padding",
            _pool_no_rule,
            "A window that starts at N + P or later (counted from the start of the left padding) "
            "would hold no sample at all; it is dropped.",
        ),
        Misconception(
            "the last window is dropped too early",
            _pool_rule_at_n,
            "Starts are counted from the left end of the padding, so the samples end at N + P, "
            "not at N.",
        ),
        Misconception(
            "one more than the floor, always",
            _pool_plus_one,
            "If the stride divides evenly there is nothing left over, and no further window.",
        ),
        Misconception(
            "the padding is counted once",
            _pool_padding_once,
            "P on each side: N + 2P.",
        ),
    ],
    hints=[
        "Without the special rule it is the usual formula with the ceiling in place of the floor. "
        "In Python the ceiling of p / q is -(-p // q).",
        "The last window starts at (M − 1)·S, counted from the left end of the padding. "
        "From which position on is there no sample any more?",
        "Samples end at N + P. If (M - 1) * S >= N + P, take one window away.",
    ],
)


# 3.5 the receptive field


def receptive_field(layers: list[tuple[int, int, int, int]]) -> tuple[int, int, int]:
    """Size, jump and first pixel of output 0's field, for rows (F, S, P, d) from the input up."""
    size, jump, first = 1, 1, 0  # one pixel of the input sees itself
    for F, S, P, d in layers:
        size += d * (F - 1) * jump  # d(F − 1) further steps, each one jump of the layer below
        first -= P * jump  # padding starts the first window that many steps further left
        jump *= S  # from here on, neighbours are S times as far apart
    return size, jump, first


def _field_no_jump(layers: list[tuple[int, int, int, int]]) -> tuple[int, int, int]:
    _, jump, first = receptive_field(layers)
    return 1 + sum(d * (F - 1) for F, _, _, d in layers), jump, first


def _field_jump_first(layers: list[tuple[int, int, int, int]]) -> tuple[int, int, int]:
    size, jump, first = 1, 1, 0
    for F, S, P, d in layers:
        jump *= S
        size += d * (F - 1) * jump
        first -= P * jump
    return size, jump, first


def _field_adds_f(layers: list[tuple[int, int, int, int]]) -> tuple[int, int, int]:
    size, jump, first = 0, 1, 0
    for F, S, P, d in layers:
        size += d * F * jump
        first -= P * jump
        jump *= S
    return size, jump, first


def _field_product(layers: list[tuple[int, int, int, int]]) -> tuple[int, int, int]:
    _, jump, first = receptive_field(layers)
    size = 1
    for F, _, _, _ in layers:
        size *= F
    return size, jump, first


def _field_jump_adds(layers: list[tuple[int, int, int, int]]) -> tuple[int, int, int]:
    size, jump, first = 1, 1, 0
    for F, S, P, d in layers:
        size += d * (F - 1) * jump
        first -= P * jump
        jump += S - 1
    return size, jump, first


def _field_backwards(layers: list[tuple[int, int, int, int]]) -> tuple[int, int, int]:
    return receptive_field(layers[::-1])


def _field_no_padding(layers: list[tuple[int, int, int, int]]) -> tuple[int, int, int]:
    size, jump, _ = receptive_field(layers)
    return size, jump, 0


def _field_no_dilation(layers: list[tuple[int, int, int, int]]) -> tuple[int, int, int]:
    return receptive_field([(F, S, P, 1) for F, S, P, _ in layers])


RECEPTIVE_FIELD = Exercise(
    id="03.receptive_field",
    title="What one output sees",
    minutes=9,
    difficulty=2,
    reference=receptive_field,
    cases=[
        Case([(3, 1, 0, 1)], note="one window of three: pixels 0, 1, 2"),
        Case([(3, 1, 0, 1), (3, 1, 0, 1)], note="three windows, one apart: pixels 0 to 4"),
        Case([(3, 2, 0, 1), (3, 1, 0, 1)], note="three windows, two apart: pixels 0 to 6"),
        Case([(3, 1, 1, 1)], note="the first window starts in the padding, at −1"),
        Case([(3, 1, 0, 2)], note="three weights two apart: pixels 0, 2, 4 span five"),
        Case([]),
        Case([(5, 1, 0, 1), (2, 2, 0, 1), (5, 1, 0, 1), (2, 2, 0, 1)]),
        Case([(7, 2, 3, 1), (3, 2, 1, 1), (3, 1, 1, 1)]),
        Case([(3, 3, 1, 2), (4, 2, 2, 1), (2, 1, 0, 3)]),
    ],
    misconceptions=[
        Misconception(
            "steps of later layers are counted as one pixel",
            _field_no_jump,
            "One step in a layer is as many input pixels as all strides below it multiplied "
            "together: that is the jump.",
        ),
        Misconception(
            "the layer's own stride is applied to its own window",
            _field_jump_first,
            "The window of a layer steps over the outputs of the layer below, so it uses the "
            "jump from before its own stride.",
        ),
        Misconception(
            "F is added instead of F − 1",
            _field_adds_f,
            "A window of F covers the one unit you had and F − 1 more.",
        ),
        Misconception(
            "the kernel sizes are multiplied",
            _field_product,
            "Two windows of 3 see 5 pixels, not 9: the windows overlap.",
        ),
        Misconception(
            "the strides are added",
            _field_jump_adds,
            "A stride of 2 on top of a stride of 3 moves by 6 input pixels: jumps multiply.",
        ),
        Misconception(
            "the layers are read from the top down",
            _field_backwards,
            "The rows go from the input up, and the order matters: a stride acts on all layers "
            "above it and on none below.",
        ),
        Misconception(
            "the padding does not move the field",
            _field_no_padding,
            "With padding the first window starts P steps before the first unit of the layer "
            "below, and each of those steps is one jump.",
        ),
        Misconception(
            "the dilation is ignored",
            _field_no_dilation,
            "F weights d apart reach d(F − 1) steps further, not F − 1.",
        ),
    ],
    hints=[
        "Start with one pixel: size 1, jump 1 (neighbouring units are one pixel apart), first 0. "
        "Go up layer by layer.",
        "A window reaches d(F − 1) steps beyond the unit where it starts. "
        "How many input pixels is one step in the layer below?",
        "size += d * (F - 1) * jump and first -= P * jump, and only then jump *= S.",
    ],
)

EXERCISES = [OUTPUT_SIZE, UNUSED, SAME_PADDING, POOL_SIZE, RECEPTIVE_FIELD]

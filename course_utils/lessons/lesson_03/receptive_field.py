"""Exercise 3.5: the receptive field."""

import math

from course_utils.exercises import Case, Exercise

from .whole_numbers import FLOATS


def receptive_field(layers):
    """Size, jump and first pixel (ints) of output 0's field: rows (F, S, P, d), input first."""
    size, jump, first = 1, 1, 0  # one pixel of the input sees itself
    for F, S, P, d in layers:
        size += d * (F - 1) * jump  # d(F − 1) further steps, each one jump of the layer below
        first -= P * jump  # padding starts the first window that many steps further left
        jump *= S  # from here on, neighbours are S times as far apart
    return size, jump, first


def _random_layers(count):
    """A recipe for a stack: F up to 5, S up to 3, P up to 2, d up to 3, never all plain."""

    def draw(rng):
        highest = (5, 3, 2, 3)
        lowest = (2, 1, 0, 1)
        rows = rng.integers(lowest, highest, size=(count, 4), endpoint=True)
        return [(int(F), int(S), int(P), int(d)) for F, S, P, d in rows]

    return draw


EXERCISE = Exercise(
    id="03.receptive_field",
    title="What one output sees",
    minutes=9,
    difficulty=2,
    reference=receptive_field,
    cases=[
        Case([(3, 1, 0, 1)], note="one window of 3 sees pixels 0, 1, 2: size 1 + 2·1 = 3"),
        Case(
            [(3, 1, 0, 1), (3, 1, 0, 1)],
            note="three windows, 1 apart, see pixels 0 to 4: size 3 + 2·1 = 5",
        ),
        Case(
            [(3, 2, 0, 1), (3, 1, 0, 1)],
            note="three windows, 2 apart, see pixels 0 to 6: size 3 + 2·2 = 7, jump 1·2 = 2",
        ),
        Case([(3, 1, 1, 1)], note="the first window starts 1 before pixel 0: first 0 − 1·1 = −1"),
        Case(
            [(3, 2, 1, 1)],
            note="the first window starts 1 before pixel 0, whatever its stride: "
            "size 1 + 2·1 = 3, jump 1·2 = 2, first 0 − 1·1 = −1",
        ),
        Case([(3, 1, 0, 2)], note="pixels 0, 2, 4 lie in a stretch of 5: size 1 + 2·2·1 = 5"),
        Case([], note="no layer: a pixel sees itself, size 1, jump 1, first 0"),
        Case(
            [(2, 2, 0, 1), (3, 1, 1, 1)],
            note="size 1 + 1·1 = 2, then 2 + 2·2 = 6; jump 1·2 = 2; first 0 − 1·2 = −2",
        ),
        Case(
            [(5, 1, 0, 1), (2, 2, 0, 1), (5, 1, 0, 1), (2, 2, 0, 1)],
            note="size 1 + 4·1 = 5, 5 + 1·1 = 6, 6 + 4·2 = 14, 14 + 1·2 = 16; jump 2·2 = 4",
        ),
        Case(
            [(7, 2, 3, 1), (3, 2, 1, 1), (3, 1, 1, 1)],
            note="size 1 + 6·1 = 7, 7 + 2·2 = 11, 11 + 2·4 = 19; first −3·1 − 1·2 − 1·4 = −9",
        ),
        Case(
            [(3, 3, 1, 2), (4, 2, 2, 1), (2, 1, 0, 3)],
            note="size 1 + 4·1 = 5, 5 + 3·3 = 14, 14 + 3·6 = 32; first −1·1 − 2·3 = −7",
        ),
        Case.random(_random_layers(2), 71),
        Case.random(_random_layers(3), 72),
        Case.random(_random_layers(4), 73),
    ],
    hints=[
        "Start with one pixel: size 1, jump 1 (neighbouring units are one pixel apart), first 0. "
        "Go up layer by layer.",
        "A window reaches d(F − 1) steps beyond the unit where it starts. "
        "How many input pixels is one step in the layer below?",
        "size += d * (F - 1) * jump and first -= P * jump, and only then jump *= S.",
    ],
)


def _field(
    layers,
    grow=lambda jump, F, S, P, d: d * (F - 1) * jump,
    move=lambda jump, S, P: P * jump,
    stretch=lambda jump, S: jump * S,
    start=1,
):
    """Run the recurrence with one of its lines changed."""
    size, jump, first = start, 1, 0
    for F, S, P, d in layers:
        size += grow(jump, F, S, P, d)
        first -= move(jump, S, P)
        jump = stretch(jump, S)
    return size, jump, first


@EXERCISE.misconception(
    "steps of later layers are counted as one pixel",
    "One step in a layer is as many input pixels as all strides below it multiplied together: "
    "that is the jump. size += d * (F - 1) * jump.",
)
def _(layers):
    return _field(layers, grow=lambda jump, F, S, P, d: d * (F - 1))


@EXERCISE.misconception(
    "padding in later layers is counted in pixels, not in jumps",
    "A zero of padding stands beside the outputs of the layer below, and these are one jump of "
    "input pixels apart: first −= P · jump.",
)
def _(layers):
    return _field(layers, move=lambda jump, S, P: P)


@EXERCISE.misconception(
    "neither window nor padding is counted in jumps",
    "Window and padding of a layer step over the outputs of the layer below, and these are one "
    "jump of input pixels apart: both d(F − 1) and P are multiplied by the jump.",
)
def _(layers):
    return _field(layers, grow=lambda jump, F, S, P, d: d * (F - 1), move=lambda jump, S, P: P)


@EXERCISE.misconception(
    "the window is multiplied by the layer's own stride instead of the jump",
    "The stride of a layer moves its whole window; inside the window the weights stand one unit "
    "of the layer below apart, which is the jump: all strides below, multiplied.",
)
def _(layers):
    return _field(layers, grow=lambda jump, F, S, P, d: d * (F - 1) * S)


@EXERCISE.misconception(
    "the padding is multiplied by the layer's own stride instead of the jump",
    "The first window starts P units of the layer below further left, whatever its own stride "
    "is. Such a unit is one jump wide: first −= P · jump.",
)
def _(layers):
    return _field(layers, move=lambda jump, S, P: P * S)


@EXERCISE.misconception(
    "the layer's own stride is applied to its own window",
    "The window of a layer steps over the outputs of the layer below, so it uses the jump from "
    "before its own stride: jump *= S comes last.",
)
def _(layers):
    return _field(
        layers,
        grow=lambda jump, F, S, P, d: d * (F - 1) * jump * S,
        move=lambda jump, S, P: P * jump * S,
    )


@EXERCISE.misconception(
    "the jump grows before the padding is counted",
    "The zeros stand beside the outputs of the layer below, so their width is the jump from "
    "before this layer's stride: jump *= S comes last.",
)
def _(layers):
    return _field(layers, move=lambda jump, S, P: P * jump * S)


@EXERCISE.misconception(
    "the jump grows before the window is counted",
    "The window steps over the outputs of the layer below, so its steps have the jump from "
    "before this layer's stride: jump *= S comes last.",
)
def _(layers):
    return _field(layers, grow=lambda jump, F, S, P, d: d * (F - 1) * jump * S)


@EXERCISE.misconception(
    "F is added instead of F − 1",
    "A window of F covers the one unit you had and F − 1 more. Start with size 1 and add d(F − "
    "1)·jump.",
)
def _(layers):
    return _field(layers, grow=lambda jump, F, S, P, d: d * F * jump, start=0)


@EXERCISE.misconception(
    "F is added instead of F − 1, starting from 1",
    "A window of F covers the one unit you had and F − 1 more: size += d(F − 1)·jump.",
)
def _(layers):
    return _field(layers, grow=lambda jump, F, S, P, d: d * F * jump)


@EXERCISE.misconception(
    "the whole span is added, d(F − 1) + 1",
    "The span counts the unit where the window starts, and that is in the size already. What "
    "comes on top are the steps beyond it, d(F − 1).",
)
def _(layers):
    return _field(layers, grow=lambda jump, F, S, P, d: (d * (F - 1) + 1) * jump)


@EXERCISE.misconception(
    "the size starts from 0",
    "Before any layer a pixel sees itself: size 1. Each layer adds the steps beyond.",
)
def _(layers):
    return _field(layers, start=0)


@EXERCISE.misconception(
    "the kernel sizes are multiplied", "Two windows of 3 see 5 pixels, not 9: the windows overlap."
)
def _(layers):
    _, jump, first = receptive_field(layers)
    return math.prod(F for F, _, _, _ in layers), jump, first


@EXERCISE.misconception(
    "the strides are added",
    "A stride of 2 on top of a stride of 3 moves by 2·3 = 6 input pixels: jumps multiply, jump "
    "*= S.",
)
def _(layers):
    return _field(layers, stretch=lambda jump, S: jump + S)


@EXERCISE.misconception(
    "S − 1 is added to the jump",
    "A stride of 2 on top of a stride of 3 moves by 2·3 = 6 input pixels, not 4: jumps multiply, "
    "jump *= S.",
)
def _(layers):
    return _field(layers, stretch=lambda jump, S: jump + S - 1)


@EXERCISE.misconception(
    "the jump is the stride of the last layer only",
    "A stride of 2 on top of a stride of 3 moves by 2·3 = 6 input pixels. The jump carries all "
    "strides so far: jump *= S, not jump = S.",
)
def _(layers):
    return _field(layers, stretch=lambda jump, S: S)


@EXERCISE.misconception(
    "the layers are read from the top down",
    "The rows go from the input up, and the order matters: a stride acts on all layers above it "
    "and on none below.",
)
def _(layers):
    return receptive_field(layers[::-1])


@EXERCISE.misconception(
    "only the first layer is counted: the return stands inside the loop",
    "The function returns in the first round of the loop (and returns None where there is no "
    "layer). Indent return as far as the for, so that it comes after the loop.",
)
def _(layers):
    return receptive_field(layers[:1]) if layers else None


@EXERCISE.misconception(
    "the padding does not move the field",
    "With padding the first window starts P steps before the first unit of the layer below, and "
    "each of those steps is one jump. So first is negative, or 0 without padding: an answer "
    "below 0 is meant as it stands.",
)
def _(layers):
    return _field(layers, move=lambda jump, S, P: 0)


@EXERCISE.misconception(
    "the padding moves the field to the right",
    "Zeros on the left let the first window start before the first sample, at a negative index: "
    "first −= P · jump.",
)
def _(layers):
    return _field(layers, move=lambda jump, S, P: -P * jump)


@EXERCISE.misconception(
    "the padding of both sides moves the field",
    "Only the zeros on the left decide where the first window starts: P, not 2P.",
)
def _(layers):
    return _field(layers, move=lambda jump, S, P: 2 * P * jump)


@EXERCISE.misconception(
    "the padding is taken off the size",
    "The size counts all places that the windows reach, zeros of the padding included. Where "
    "they lie is what first says.",
)
def _(layers):
    return _field(layers, grow=lambda jump, F, S, P, d: (d * (F - 1) - 2 * P) * jump)


@EXERCISE.misconception(
    "the dilation is ignored", "F weights d apart reach d(F − 1) steps further, not F − 1."
)
def _(layers):
    return receptive_field([(F, S, P, 1) for F, S, P, _ in layers])


@EXERCISE.misconception(
    "padding and dilation are exchanged",
    "Each row is (F, S, P, d), in this order: for F, S, P, d in layers.",
)
def _(layers):
    return receptive_field([(F, S, d, P) for F, S, P, d in layers])


@EXERCISE.misconception(
    "only the samples really seen are counted",
    "With dilation, or a window narrower than the stride below, some samples in the middle are "
    "skipped. The size goes from the first sample seen to the last, both included.",
)
def _(layers):
    _, jump, first = receptive_field(layers)
    seen = {0}
    for F, S, _, d in reversed(layers):
        seen = {unit * S + d * a for unit in seen for a in range(F)}
    return len(seen), jump, first


@EXERCISE.misconception(
    "jump and first stand in the wrong order",
    "All three numbers are right. They are returned as (size, jump, first).",
)
def _(layers):
    size, jump, first = receptive_field(layers)
    return size, first, jump


@EXERCISE.misconception("the numbers are right, but floats instead of ints", FLOATS)
def _(*arguments):
    return tuple(map(float, receptive_field(*arguments)))


@EXERCISE.misconception(
    "the centre of the field is given for its first pixel",
    "A field that begins at pixel 0 has its centre at (size − 1)/2. Asked for is where it "
    "begins: only the padding moves that, by −P jumps.",
)
def _(layers):
    size, jump, first = receptive_field(layers)
    centre = 0
    step = 1
    for F, S, P, d in layers:
        centre += (d * (F - 1) // 2 - P) * step
        step *= S
    return size, jump, centre


@EXERCISE.misconception(
    "the exact centre of the field is given for its first pixel",
    "A field that begins at pixel 0 has its centre at (size − 1)/2. Asked for is where it "
    "begins: only the padding moves that, by −P jumps.",
)
def _(layers):
    size, jump, first = receptive_field(layers)
    return size, jump, first + (size - 1) / 2

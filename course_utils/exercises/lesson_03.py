"""Exercises of lesson 03, output size."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from course_utils.exercises import Case, Exercise, Misconception

_FLOATS = (
    "/, np.floor, np.ceil and math.fmod give a float even where the number is whole. Sizes and "
    "places are used as lengths and indices, and these have to be ints: divide with //, or put "
    "int(...) around the result."
)

# 3.1 the output size


def output_size(N: int, F: int, S: int = 1, P: int = 0, d: int = 1) -> int:
    """Outputs M (int) of F weights over N samples: stride S, P zeros a side, dilation d."""
    span = d * (F - 1) + 1  # from the first weight to the last, both included
    last_start = N + 2 * P - span  # starts run 0, S, 2S, … and must not pass this
    return last_start // S + 1


def _room(N: int, F: int, P: int = 0, d: int = 1) -> int:
    """How far the window can move."""
    return N + 2 * P - d * (F - 1) - 1


OUTPUT_SIZE = Exercise(
    id="03.output_size",
    title="The output size, all letters",
    minutes=6,
    difficulty=1,
    reference=output_size,
    cases=[
        Case(5, 3, note="the last start is 5 − 3 = 2: starts 0, 1, 2 make 2 + 1 = 3"),
        Case(7, 3, 2, note="the last start is 7 − 3 = 4: starts 0, 2, 4 make 4/2 + 1 = 3"),
        Case(8, 3, 2, note="8 − 3 = 5: starts 0, 2, 4, as 6 is beyond 5; ⌊5/2⌋ + 1 = 3"),
        Case(5, 3, 1, 1, note="a zero on each side: 5 + 2·1 − 3 = 4, and 4 + 1 = 5"),
        Case(7, 3, 1, 0, 2, note="3 weights, 2 apart, span 2·2 + 1 = 5: 7 − 5 + 1 = 3"),
        Case(224, 11, 4, 2, note="224 + 2·2 − 11 = 217, ⌊217/4⌋ + 1 = 54 + 1 = 55"),
        Case(224, 7, 2, 3, note="224 + 2·3 − 7 = 223, ⌊223/2⌋ + 1 = 111 + 1 = 112"),
        Case(10, 4, 3, note="10 − 4 = 6, 6/3 + 1 = 3"),
        Case(11, 2, 4, 1, 3, note="span 3·1 + 1 = 4: 11 + 2·1 − 4 = 9, ⌊9/4⌋ + 1 = 3"),
        Case(9, 1, 5, note="9 − 1 = 8, ⌊8/5⌋ + 1 = 2"),
        Case(6, 6, note="it fits once: 6 − 6 + 1 = 1"),
        Case(13, 3, 3, 2, 4, note="span 4·2 + 1 = 9: 13 + 2·2 − 9 = 8, ⌊8/3⌋ + 1 = 3"),
        Case(12, 5, 3, 1, 2, note="span 2·4 + 1 = 9: 12 + 2·1 − 9 = 5, ⌊5/3⌋ + 1 = 2"),
        Case(9, 4, 2, note="9 − 4 = 5, ⌊5/2⌋ + 1 = 3"),
    ],
    misconceptions=[
        Misconception(
            "rounds instead of taking the floor",
            lambda N, F, S=1, P=0, d=1: round(_room(N, F, P, d) / S) + 1,
            "A window that fits by half does not fit. Division with // takes the floor.",
        ),
        Misconception(
            "rounds the finished number instead of taking the floor",
            lambda N, F, S=1, P=0, d=1: round(_room(N, F, P, d) / S + 1),
            "A window that fits by half does not fit, and round would count it (or not: Python "
            "rounds halves to the even number). Division with // takes the floor.",
        ),
        Misconception(
            "rounds up instead of down",
            lambda N, F, S=1, P=0, d=1: -(-_room(N, F, P, d) // S) + 1,
            "Rounding up counts one window that hangs over the end. Pooling layers can ask for "
            "that (ceil_mode, section 5); a convolution does not.",
        ),
        Misconception(
            "the fraction is kept: / instead of //",
            lambda N, F, S=1, P=0, d=1: _room(N, F, P, d) / S + 1,
            "There is no half window: what is left over after the last whole step is dropped. "
            "The division // takes the floor and returns an int; / always returns a float.",
        ),
        Misconception(
            "the padding is left out",
            lambda N, F, S=1, P=0, d=1: _room(N, F, 0, d) // S + 1,
            "P zeros are put on each side before the window moves, so it has N + 2P samples to "
            "move over, not N.",
        ),
        Misconception(
            "the padding is counted once",
            lambda N, F, S=1, P=0, d=1: (N + P - d * (F - 1) - 1) // S + 1,
            "P zeros are put on each side, so the samples grow from N to N + 2P.",
        ),
        Misconception(
            "the padding is dilated too",
            lambda N, F, S=1, P=0, d=1: (N + 2 * P * d - d * (F - 1) - 1) // S + 1,
            "Dilation pulls the weights of the window apart. The zeros at the border are samples "
            "and stay next to each other: N + 2P, whatever d is.",
        ),
        Misconception(
            "the dilation is ignored",
            lambda N, F, S=1, P=0, d=1: (N + 2 * P - F) // S + 1,
            "F weights that stand d apart span d(F − 1) + 1 samples instead of F.",
        ),
        Misconception(
            "the dilation multiplies F",
            lambda N, F, S=1, P=0, d=1: (N + 2 * P - d * F) // S + 1,
            "F weights have F − 1 gaps between them, and only the gaps are stretched: "
            "the span is d(F − 1) + 1, not dF.",
        ),
        Misconception(
            "the span is counted as dF + 1",
            lambda N, F, S=1, P=0, d=1: (N + 2 * P - d * F - 1) // S + 1,
            "F weights have F − 1 gaps of d between them, and the last weight is one sample more: "
            "d(F − 1) + 1. Check it with d = 1, where the span must be F.",
        ),
        Misconception(
            "the dilation is added to F",
            lambda N, F, S=1, P=0, d=1: (N + 2 * P - (F + d - 1)) // S + 1,
            "F + d − 1 stretches one gap. All F − 1 gaps are d long: the span is d(F − 1) + 1. "
            "The two agree for F = 2 only (or d = 1).",
        ),
        Misconception(
            "d samples are skipped between two weights, instead of d − 1",
            lambda N, F, S=1, P=0, d=1: (N + 2 * P - (d + 1) * (F - 1) - 1) // S + 1,
            "Dilation d means that neighbouring weights stand d apart, with d − 1 samples between "
            "them; d = 1 is the plain window. The span is d(F − 1) + 1.",
        ),
        Misconception(
            "the span is counted as d(F − 1)",
            lambda N, F, S=1, P=0, d=1: (N + 2 * P - d * (F - 1)) // S + 1,
            "From the first weight to the last there are d(F − 1) steps, and one sample more than "
            "steps: the span is d(F − 1) + 1.",
        ),
        Misconception(
            "the + 1 is missing",
            lambda N, F, S=1, P=0, d=1: _room(N, F, P, d) // S,
            "The division counts the steps; the places are one more, as a fence has one more "
            "post than it has gaps.",
        ),
        Misconception(
            "the 1 is added before dividing",
            lambda N, F, S=1, P=0, d=1: (N + 2 * P - d * (F - 1)) // S,
            "The 1 counts the first place and must not be divided by the stride: "
            "first ⌊ … / S⌋, then + 1. (Leaving out both the − 1 of the span and the + 1 of the "
            "places comes to the same.)",
        ),
        Misconception(
            "the stride is ignored",
            lambda N, F, S=1, P=0, d=1: _room(N, F, P, d) + 1,
            "You count every place where the window fits. With stride S it stops only at 0, S, "
            "2S, …: the room to move is divided by S before the 1 is added.",
        ),
        Misconception(
            "only N − F + 1: no stride, padding or dilation",
            lambda N, F, S=1, P=0, d=1: N - F + 1,
            "That is the size for stride 1, no padding and dilation 1. The padding makes N + 2P of "
            "N, the dilation d(F − 1) + 1 of F, and the stride divides what is left.",
        ),
        Misconception(
            "brackets are missing: // S reaches only the 1 beside it",
            lambda N, F, S=1, P=0, d=1: N + 2 * P - d * (F - 1) - 1 // S + 1,
            "// binds more tightly than − and +, so … - 1 // S divides the 1 alone. Put the whole "
            "room in brackets: (N + 2 * P - d * (F - 1) - 1) // S + 1.",
        ),
        Misconception(
            "brackets are missing: // S reaches only the span",
            lambda N, F, S=1, P=0, d=1: N + 2 * P - (d * (F - 1) + 1) // S + 1,
            "// binds more tightly than − and +, so N + 2 * P - span // S divides the span alone. "
            "Put the whole room in brackets: (N + 2 * P - span) // S + 1.",
        ),
        Misconception(
            "the stride divides N alone",
            lambda N, F, S=1, P=0, d=1: (N + 2 * P) // S - d * (F - 1),
            "What is divided is the room that the window has to move in, N + 2P minus its span.",
        ),
        Misconception(
            "N over S, rounded up",
            lambda N, F, S=1, P=0, d=1: -(-N // S),
            "⌈N/S⌉ is what TensorFlow's padding SAME aims at (section 3), with just the padding "
            "that this needs. Here the padding is given, and the window's span counts.",
        ),
        Misconception(
            "the numbers are right, but floats instead of ints",
            lambda *arguments: float(output_size(*arguments)),
            _FLOATS,
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
    """How many samples (int) of the padded input lie to the right of the last window."""
    span = d * (F - 1) + 1
    return (N + 2 * P - span) % S


def _unused_never_read(N: int, F: int, S: int = 1, P: int = 0, d: int = 1) -> int:
    M = output_size(N, F, S, P, d)
    seen = {m * S + d * a - P for m in range(M) for a in range(F)}
    return len(set(range(N)) - seen)


def _unused_never_read_padded(N: int, F: int, S: int = 1, P: int = 0, d: int = 1) -> int:
    M = output_size(N, F, S, P, d)
    seen = {m * S + d * a for m in range(M) for a in range(F)}
    return len(set(range(N + 2 * P)) - seen)


UNUSED = Exercise(
    id="03.unused",
    title="What no window sees",
    minutes=5,
    difficulty=1,
    reference=unused,
    cases=[
        Case(8, 3, 2, note="windows start at 0, 2, 4; the last covers 4, 5, 6 and leaves 7: 1"),
        Case(7, 3, 2, note="windows start at 0, 2, 4; the last covers 4, 5, 6, the end: 0"),
        Case(10, 3, 4, note="windows start at 0 and 4; the last covers 4, 5, 6, leaves 7, 8, 9: 3"),
        Case(10, 3, note="with stride 1 the last window ends at the end: 0"),
        Case(224, 11, 4, note="224 − 11 = 213 = 53·4 + 1: 1"),
        Case(224, 11, 4, 2, note="224 + 2·2 − 11 = 217 = 54·4 + 1: 1"),
        Case(11, 2, 4, 1, 3, note="span 3·1 + 1 = 4: 11 + 2·1 − 4 = 9 = 2·4 + 1: 1"),
        Case(12, 3, 3, 1, 2, note="span 2·2 + 1 = 5: 12 + 2·1 − 5 = 9 = 3·3: 0"),
        Case(15, 4, 5, 2, note="15 + 2·2 − 4 = 15 = 3·5: 0"),
        Case(12, 3, 4, 0, 3, note="span 3·2 + 1 = 7: 12 − 7 = 5 = 1·4 + 1: 1"),
        Case(11, 3, 4, 1, note="11 + 2·1 − 3 = 10 = 2·4 + 2: 2"),
        Case(14, 4, 5, 0, 2, note="span 2·3 + 1 = 7: 14 − 7 = 7 = 1·5 + 2: 2"),
        Case(13, 2, 6, 3, 5, note="span 5·1 + 1 = 6: 13 + 2·3 − 6 = 13 = 2·6 + 1: 1"),
        Case(9, 3, 4, 2, 2, note="span 2·2 + 1 = 5: 9 + 2·2 − 5 = 8 = 2·4: 0"),
    ],
    misconceptions=[
        Misconception(
            "nothing is ever left over",
            lambda N, F, S=1, P=0, d=1: 0,
            "When the stride does not divide the room evenly, one step more would carry the window "
            "over the end, and the last samples are never seen.",
        ),
        Misconception(
            "the remainder of N alone",
            lambda N, F, S=1, P=0, d=1: N % S,
            "The window itself takes up its span; what the stride divides is N + 2P minus the "
            "span.",
        ),
        Misconception(
            "the remainder of N + 2P, without the window",
            lambda N, F, S=1, P=0, d=1: (N + 2 * P) % S,
            "The last start is at most N + 2P − span: the window takes up its span before the "
            "first step is made. The stride divides what remains.",
        ),
        Misconception(
            "the remainder of N − F: neither padding nor dilation",
            lambda N, F, S=1, P=0, d=1: (N - F) % S,
            "The window moves over N + 2P samples and spans d(F − 1) + 1 of them: "
            "these two take the places of N and F.",
        ),
        Misconception(
            "the padding is left out",
            lambda N, F, S=1, P=0, d=1: _room(N, F, 0, d) % S,
            "The window moves over N + 2P samples, zeros included.",
        ),
        Misconception(
            "the padding is counted once",
            lambda N, F, S=1, P=0, d=1: (N + P - d * (F - 1) - 1) % S,
            "P zeros are put on each side, so there are N + 2P samples to move over.",
        ),
        Misconception(
            "the padding is left out at the end",
            lambda N, F, S=1, P=0, d=1: _room(N, F, P, d) % S - 2 * P,
            "Starts are counted from the left end of the padding, so the samples after the last "
            "window have to be counted up to N + 2P, the right end of the padding, not up to N.",
        ),
        Misconception(
            "the zeros on the right are not counted",
            lambda N, F, S=1, P=0, d=1: max(0, _room(N, F, P, d) % S - P),
            "That is how many samples of the signal itself lie to the right of the last window. "
            "Asked for are samples of the padded input, its zeros included.",
        ),
        Misconception(
            "the dilation is ignored",
            lambda N, F, S=1, P=0, d=1: (N + 2 * P - F) % S,
            "F weights that stand d apart span d(F − 1) + 1 samples instead of F.",
        ),
        Misconception(
            "the dilation multiplies F",
            lambda N, F, S=1, P=0, d=1: (N + 2 * P - d * F) % S,
            "F weights have F − 1 gaps between them, and only the gaps are stretched: "
            "the span is d(F − 1) + 1, not dF.",
        ),
        Misconception(
            "off by one: the span is counted as d(F − 1)",
            lambda N, F, S=1, P=0, d=1: (N + 2 * P - d * (F - 1)) % S,
            "From the first weight to the last, both included, the span is d(F − 1) + 1.",
        ),
        Misconception(
            "one less than are left over",
            lambda N, F, S=1, P=0, d=1: _room(N, F, P, d) % S - 1,
            "If the last window covers everything up to position e (counted from 0), then "
            "e + 1 samples are covered and N + 2P − (e + 1) are left.",
        ),
        Misconception(
            "the quotient instead of the remainder",
            lambda N, F, S=1, P=0, d=1: _room(N, F, P, d) // S,
            "// counts the steps that fit; % says what is left over.",
        ),
        Misconception(
            "counts what is missing for one more window",
            lambda N, F, S=1, P=0, d=1: -_room(N, F, P, d) % S,
            "That is how many more samples another window would need. Asked for is how many "
            "samples are left over.",
        ),
        Misconception(
            "S minus what is left over",
            lambda N, F, S=1, P=0, d=1: S - _room(N, F, P, d) % S,
            "The remainder itself is what is left over. S minus the remainder is how many more "
            "samples another window would need (and S where nothing is left over).",
        ),
        Misconception(
            "the last window is taken to start at M·S",
            lambda N, F, S=1, P=0, d=1: _room(N, F, P, d) % S - S,
            "M windows start at 0, S, …, (M − 1)·S. Counting from 0, the last of them is "
            "number M − 1.",
        ),
        Misconception(
            "the samples after M steps, without the window's length",
            lambda N, F, S=1, P=0, d=1: N + 2 * P - output_size(N, F, S, P, d) * S,
            "M·S is where a further window would start, not where the last one ends. The last "
            "one starts at (M − 1)·S and reaches span samples from there.",
        ),
        Misconception(
            "the samples minus the outputs",
            lambda N, F, S=1, P=0, d=1: N - output_size(N, F, S, P, d),
            "N − M says how much smaller the output is. A window reads F samples for each output, "
            "so the two differ even where every sample is read.",
        ),
        Misconception(
            "counts the samples of the signal that are never read, wherever they are",
            _unused_never_read,
            "Gaps between the windows, and inside a dilated one, are never read either (the next "
            "paragraph counts them). Asked for here is only what lies to the right of the last "
            "window, zeros of the padding included.",
        ),
        Misconception(
            "counts all that is never read, between the windows as well",
            _unused_never_read_padded,
            "Gaps between the windows, and inside a dilated one, are never read either (the next "
            "paragraph counts them). Asked for here is only what lies to the right of the last "
            "window.",
        ),
        Misconception(
            "the numbers are right, but floats instead of ints",
            lambda *arguments: float(unused(*arguments)),
            _FLOATS,
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
    """Zeros (before, after), both int, that keep the size at stride 1; an odd one goes after."""
    total = d * (F - 1)  # 2P = d(F − 1) makes M = N
    before = total // 2
    return before, total - before


def _halves(total: int) -> tuple[int, int]:
    return total // 2, total - total // 2


def _same_one_more_for_even_f(F: int, d: int = 1) -> tuple[int, int]:
    before = d * (F - 1) // 2
    return before, before + 1 if F % 2 == 0 else before


SAME_PADDING = Exercise(
    id="03.same_padding",
    title="Padding that keeps the size",
    minutes=5,
    difficulty=2,
    reference=same_padding,
    cases=[
        Case(3, note="a window of 3 loses 3 − 1 = 2 samples: 1 zero on each side"),
        Case(2, note="a window of 2 loses 2 − 1 = 1 sample: 1 zero, after"),
        Case(1, note="a window of 1 loses 1 − 1 = 0 samples: no zeros"),
        Case(5, note="it loses 5 − 1 = 4: 2 and 2"),
        Case(4, note="it loses 4 − 1 = 3: 1 and 2"),
        Case(3, 2, note="it loses 2·(3 − 1) = 4: 2 and 2"),
        Case(4, 3, note="it loses 3·(4 − 1) = 9: 4 and 5"),
        Case(2, 4, note="it loses 4·(2 − 1) = 4: 2 and 2"),
        Case(6, 2, note="it loses 2·(6 − 1) = 10: 5 and 5"),
        Case(7, 5, note="it loses 5·(7 − 1) = 30: 15 and 15"),
        Case(2, 3, note="it loses 3·(2 − 1) = 3: 1 and 2"),
    ],
    misconceptions=[
        Misconception(
            "half of dF on both sides",
            lambda F, d=1: (d * F // 2, d * F // 2),
            "A window loses d(F − 1) samples, not dF: only its F − 1 gaps count. For odd F at "
            "dilation 1 the rounding hides the mistake; an even F shows it.",
        ),
        Misconception(
            "half of F on both sides, whatever the dilation",
            lambda F, d=1: (F // 2, F // 2),
            "P = F // 2 keeps the size for odd F at dilation 1 only. A window loses d(F − 1) "
            "samples, and when that is odd, one side needs one zero more.",
        ),
        Misconception(
            "half of F on both sides, then multiplied by d",
            lambda F, d=1: (d * (F // 2), d * (F // 2)),
            "For an even F this puts dF zeros in total, d more than the window loses. "
            "Split the total d(F − 1).",
        ),
        Misconception(
            "dF is split in two",
            lambda F, d=1: _halves(d * F),
            "A window of F weights has F − 1 gaps, so it loses d(F − 1) samples, not dF.",
        ),
        Misconception(
            "the span is split in two",
            lambda F, d=1: _halves(d * (F - 1) + 1),
            "A window that spans d(F − 1) + 1 samples has N minus its span, plus 1 places: "
            "it loses one sample less than its span, d(F − 1).",
        ),
        Misconception(
            "dF − 1 is split in two: brackets are missing",
            lambda F, d=1: _halves(d * F - 1),
            "d * F - 1 multiplies before it subtracts. The 1 belongs to F: d * (F - 1).",
        ),
        Misconception(
            "the same number on both sides always, rounded down",
            lambda F, d=1: (d * (F - 1) // 2, d * (F - 1) // 2),
            "When d(F − 1) is odd, one side needs one more. With (F − 1)/2 rounded down on both "
            "sides the output is one sample short.",
        ),
        Misconception(
            "the same number on both sides always, rounded up",
            lambda F, d=1: ((d * (F - 1) + 1) // 2, (d * (F - 1) + 1) // 2),
            "When d(F − 1) is odd, rounding up on both sides makes the output one sample too "
            "long. The odd zero goes on one side only, after.",
        ),
        Misconception(
            "the same number on both sides always, and the dilation is ignored",
            lambda F, d=1: ((F - 1) // 2, (F - 1) // 2),
            "P = (F − 1)/2 is right for odd F at dilation 1. In general the window loses d(F − 1) "
            "samples, and when that is odd, one side needs one zero more.",
        ),
        Misconception(
            "the same number on both sides always, undilated half times d",
            lambda F, d=1: (d * ((F - 1) // 2), d * ((F - 1) // 2)),
            "For an even F this puts d(F − 2) zeros in total, d fewer than the window loses. "
            "Split the total d(F − 1), and give the odd zero to one side.",
        ),
        Misconception(
            "half zeros: / instead of //",
            lambda F, d=1: (d * (F - 1) / 2, d * (F - 1) / 2),
            "There is no half zero. When d(F − 1) is odd, one side gets the larger half: "
            "before = total // 2, after = total − before, both int.",
        ),
        Misconception(
            "the half is rounded with round",
            lambda F, d=1: (round(d * (F - 1) / 2), d * (F - 1) - round(d * (F - 1) / 2)),
            "Python's round takes halves to the even number, up for 1.5 and down for 2.5, so the "
            "odd zero goes now before, now after. total // 2 always rounds down.",
        ),
        Misconception(
            "one more after, always",
            lambda F, d=1: (d * (F - 1) // 2, d * (F - 1) // 2 + 1),
            "Only an odd total leaves one over. after = total − before is right for both.",
        ),
        Misconception(
            "one more after whenever F is even",
            _same_one_more_for_even_f,
            "What has to be split is d(F − 1), and that is even if d is, although F is even too. "
            "after = total − before needs no case.",
        ),
        Misconception(
            "the dilation is ignored",
            lambda F, d=1: _halves(F - 1),
            "A dilated window spans d(F − 1) + 1 samples and loses d(F − 1).",
        ),
        Misconception(
            "the extra zero goes before",
            lambda F, d=1: _halves(d * (F - 1))[::-1],
            "PyTorch puts the odd zero after (right and bottom), and so do we.",
        ),
        Misconception(
            "everything is put on each side",
            lambda F, d=1: (d * (F - 1), d * (F - 1)),
            "d(F − 1) is the total for both sides together.",
        ),
        Misconception(
            "everything goes after",
            lambda F, d=1: (0, d * (F - 1)),
            "The size is right, but the output is shifted: all zeros on the right let the first "
            "window start at sample 0 and the last hang far over. Split the total evenly.",
        ),
        Misconception(
            "everything goes before",
            lambda F, d=1: (d * (F - 1), 0),
            "The size is right, but each output then sees only its own sample and earlier ones "
            "(causal padding, for signals in time). Split the total evenly.",
        ),
        Misconception(
            "splits the undilated padding, then dilates the halves",
            lambda F, d=1: (d * ((F - 1) // 2), d * (F - 1 - (F - 1) // 2)),
            "Split the total d(F − 1) evenly: for F = 2 and d = 4 that is 2 and 2, not 0 and 4.",
        ),
        Misconception(
            "the numbers are right, but floats instead of ints",
            lambda *arguments: tuple(map(float, same_padding(*arguments))),
            _FLOATS,
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
    """Outputs (int) of a pooling window of F, stride S, P padded a side, with ceil_mode on."""
    M = -((F - N - 2 * P) // S) + 1  # ⌈(N + 2P − F)/S⌉ + 1, the ceiling as minus the floor of minus
    if (M - 1) * S >= N + P:  # a window must not start in the padding on the right
        M -= 1
    return M


def _ceiling(p: int, q: int) -> int:
    return -(-p // q)


def _dropped(M: int, S: int, end: int) -> int:
    """M, or one less where the last window starts at `end` or later."""
    last_start = (M - 1) * S
    return M - 1 if last_start >= end else M


def _pool_rule(N: int, F: int, S: int, P: int, end: int) -> int:
    return _dropped(_ceiling(N + 2 * P - F, S) + 1, S, end)


def _pool_rule_on_next(N: int, F: int, S: int, P: int = 0) -> int:
    M = _ceiling(N + 2 * P - F, S) + 1
    return M - 1 if M * S >= N + P else M


def _pool_rule_turned_round(N: int, F: int, S: int, P: int = 0) -> int:
    M = _ceiling(N + 2 * P - F, S) + 1
    return M - 1 if (M - 1) * S < N + P else M


POOL_SIZE = Exercise(
    id="03.pool_size",
    title="A window that may hang over",
    minutes=7,
    difficulty=3,
    reference=pool_size,
    cases=[
        Case(5, 2, 2, note="⌈(5 − 2)/2⌉ + 1 = 3: starts 0, 2, 4; the last hangs over by 1"),
        Case(6, 2, 2, note="⌈(6 − 2)/2⌉ + 1 = 3: starts 0, 2, 4; it divides evenly"),
        Case(5, 1, 3, note="⌈(5 − 1)/3⌉ + 1 = 3, but the third would start at 6 >= 5: 2"),
        Case(2, 1, 2, note="⌈(2 − 1)/2⌉ + 1 = 2, but the second would start at 2 >= 2: 1"),
        Case(
            3, 4, 2, 2, note="⌈(3 + 4 − 4)/2⌉ + 1 = 3; the third starts at 4 < 3 + 2 and stays: 3"
        ),
        Case(7, 3, 2, note="⌈(7 − 3)/2⌉ + 1 = 3: starts 0, 2, 4"),
        Case(112, 3, 2, note="⌈(112 − 3)/2⌉ + 1 = 55 + 1 = 56; 55·2 = 110 < 112"),
        Case(112, 3, 2, 1, note="⌈(112 + 2 − 3)/2⌉ + 1 = 56 + 1 = 57; 56·2 = 112 < 112 + 1"),
        Case(
            3, 2, 2, 1, note="⌈(3 + 2 − 2)/2⌉ + 1 = 3, but the third would start at 4 >= 3 + 1: 2"
        ),
        Case(3, 3, 1, 1, note="(3 + 2 − 3)/1 + 1 = 3: starts 0, 1, 2, all below 3 + 1"),
        Case(
            2, 3, 3, 1, note="⌈(2 + 2 − 3)/3⌉ + 1 = 2, but the second would start at 3 >= 2 + 1: 1"
        ),
        Case(
            5, 2, 3, 1, note="⌈(5 + 2 − 2)/3⌉ + 1 = 3, but the third would start at 6 >= 5 + 1: 2"
        ),
        Case(
            7, 2, 4, 1, note="⌈(7 + 2 − 2)/4⌉ + 1 = 3, but the third would start at 8 >= 7 + 1: 2"
        ),
        Case(
            6, 3, 4, 1, note="⌈(6 + 2 − 3)/4⌉ + 1 = 3, but the third would start at 8 >= 6 + 1: 2"
        ),
        Case(
            4, 4, 3, 2, note="⌈(4 + 4 − 4)/3⌉ + 1 = 3, but the third would start at 6 >= 4 + 2: 2"
        ),
        Case(
            9, 2, 5, 1, note="⌈(9 + 2 − 2)/5⌉ + 1 = 3, but the third would start at 10 >= 9 + 1: 2"
        ),
        Case(9, 2, 5, 0, note="⌈(9 − 2)/5⌉ + 1 = 3, but the third would start at 10 >= 9: 2"),
        Case(
            5, 4, 3, 2, note="⌈(5 + 4 − 4)/3⌉ + 1 = 3; the third starts at 6 < 5 + 2 and stays: 3"
        ),
        Case(10, 3, 4, note="⌈(10 − 3)/4⌉ + 1 = 3; the third starts at 8 < 10 and stays: 3"),
    ],
    misconceptions=[
        Misconception(
            "the floor is taken, as without ceil_mode",
            lambda N, F, S, P=0: (N + 2 * P - F) // S + 1,
            "With ceil_mode a last window may hang over the end, so the division rounds up: "
            "-(-p // S), with one minus inside the division and one outside. With both on the same "
            "side, -(-p) // S or -(-(p // S)), they cancel. (Dropping every window that hangs over "
            "comes to the floor as well.)",
        ),
        Misconception(
            "the last window may start in the padding",
            lambda N, F, S, P=0: _ceiling(N + 2 * P - F, S) + 1,
            "This is (3.9) alone. A window that starts at N + P or later (counted from the start "
            "of the left padding) would hold no sample at all; rule (3.10) drops it, and it asks "
            "for the start of the last window, (M' − 1)·S, with the M' that counts all windows.",
        ),
        Misconception(
            "the last window is dropped too early",
            lambda N, F, S, P=0: _pool_rule(N, F, S, P, N),
            "Starts are counted from the left end of the padding, so the samples end at N + P, "
            "not at N.",
        ),
        Misconception(
            "the last window is dropped where it starts beyond N",
            lambda N, F, S, P=0: _pool_rule(N, F, S, P, N + 1),
            "Starts are counted from the left end of the padding, where the samples stand at "
            "P, …, N + P − 1. A start is too late from N + P on: (M − 1)·S >= N + P.",
        ),
        Misconception(
            "a window may start right after the last sample",
            lambda N, F, S, P=0: _pool_rule(N, F, S, P, N + P + 1),
            "The samples stand at P, …, N + P − 1. A window that starts at N + P already holds no "
            "sample: the comparison is >=, not >.",
        ),
        Misconception(
            "a window may start anywhere in the padding on the right",
            lambda N, F, S, P=0: _pool_rule(N, F, S, P, N + 2 * P),
            "The rule asks for a sample, not for a place in the padded row: samples end at "
            "N + P, the padding at N + 2P.",
        ),
        Misconception(
            "the rule looks at the window after the last",
            _pool_rule_on_next,
            "Counting from 0, the last of M windows starts at (M − 1)·S; M·S is where the next one "
            "would start.",
        ),
        Misconception(
            "the rule is turned round",
            _pool_rule_turned_round,
            "A window is taken away when its start is too late, (M − 1)·S >= N + P, and kept "
            "otherwise.",
        ),
        Misconception(
            "the + 1 is missing",
            lambda N, F, S, P=0: _dropped(_ceiling(N + 2 * P - F, S), S, N + P),
            "The ceiling counts the steps from the first window to the last; the windows are one "
            "more. (Or you take one window away in every case: rule (3.10) does so only where the "
            "last one starts at N + P or later.)",
        ),
        Misconception(
            "the + 1 stands inside the outer minus",
            lambda N, F, S, P=0: _dropped(-(-(N + 2 * P - F) // S + 1), S, N + P),
            "-(-p // S + 1) takes the 1 away instead of adding it. The bracket closes before it: "
            "-(-p // S) + 1.",
        ),
        Misconception(
            "one more than the floor, always",
            lambda N, F, S, P=0: (N + 2 * P - F) // S + 2,
            "If the stride divides evenly there is nothing left over, and no further window.",
        ),
        Misconception(
            "rounds to the nearest instead of up",
            lambda N, F, S, P=0: _dropped(round((N + 2 * P - F) / S) + 1, S, N + P),
            "A window may hang over even if little is left for it, so every fraction is rounded "
            "up: -(-p // S), or math.ceil(p / S).",
        ),
        Misconception(
            "one minus sign is missing: -p // S",
            lambda N, F, S, P=0: _dropped(-(N + 2 * P - F) // S + 1, S, N + P),
            "-p // S is minus the ceiling, a negative number. A second minus turns it round: "
            "-(-p // S).",
        ),
        Misconception(
            "the minus reaches only N",
            lambda N, F, S, P=0: _dropped(-((-N + 2 * P - F) // S) + 1, S, N + P),
            "The minus has to change the sign of the whole numerator: -(N + 2 * P - F), or "
            "F - N - 2 * P.",
        ),
        Misconception(
            "brackets are missing: // S reaches only F",
            lambda N, F, S, P=0: _dropped(-(-N + 2 * P - F // S) + 1, S, N + P),
            "// binds more tightly than + and −, and a minus belongs to what stands right beside "
            "it. Put the numerator in brackets: -(-(N + 2 * P - F) // S).",
        ),
        Misconception(
            "the padding is left out",
            lambda N, F, S, P=0: _pool_rule(N, F, S, 0, N),
            "The window moves over N + 2P places, and the samples end at N + P.",
        ),
        Misconception(
            "the padding is counted once",
            lambda N, F, S, P=0: _dropped(_ceiling(N + P - F, S) + 1, S, N + P),
            "P places are added on each side, so the window moves over N + 2P.",
        ),
        Misconception(
            "N over S, rounded up",
            lambda N, F, S, P=0: _ceiling(N, S),
            "⌈N/S⌉ counts one window for every started group of S samples, whatever F and P are. "
            "Here the window's own size takes room, and the padding gives some.",
        ),
        Misconception(
            "the numbers are right, but floats instead of ints",
            lambda *arguments: float(pool_size(*arguments)),
            _FLOATS,
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

Layers = list[tuple[int, int, int, int]]


def receptive_field(layers: list[tuple[int, int, int, int]]) -> tuple[int, int, int]:
    """Size, jump and first pixel (ints) of output 0's field: rows (F, S, P, d), input first."""
    size, jump, first = 1, 1, 0  # one pixel of the input sees itself
    for F, S, P, d in layers:
        size += d * (F - 1) * jump  # d(F − 1) further steps, each one jump of the layer below
        first -= P * jump  # padding starts the first window that many steps further left
        jump *= S  # from here on, neighbours are S times as far apart
    return size, jump, first


def _random_layers(count: int) -> Callable[[np.random.Generator], Layers]:
    """A recipe for a stack: F up to 5, S up to 3, P up to 2, d up to 3, never all plain."""

    def draw(rng: np.random.Generator) -> Layers:
        highest = (5, 3, 2, 3)
        lowest = (2, 1, 0, 1)
        rows = rng.integers(lowest, highest, size=(count, 4), endpoint=True)
        return [(int(F), int(S), int(P), int(d)) for F, S, P, d in rows]

    return draw


def _field(
    layers: Layers,
    grow: Callable[[int, int, int, int, int], int] = lambda jump, F, S, P, d: d * (F - 1) * jump,
    move: Callable[[int, int, int], int] = lambda jump, S, P: P * jump,
    stretch: Callable[[int, int], int] = lambda jump, S: jump * S,
    start: int = 1,
) -> tuple[int, int, int]:
    """Run the recurrence with one of its lines changed."""
    size, jump, first = start, 1, 0
    for F, S, P, d in layers:
        size += grow(jump, F, S, P, d)
        first -= move(jump, S, P)
        jump = stretch(jump, S)
    return size, jump, first


def _field_product(layers: Layers) -> tuple[int, int, int]:
    _, jump, first = receptive_field(layers)
    return math.prod(F for F, _, _, _ in layers), jump, first


def _field_order(layers: Layers) -> tuple[int, int, int]:
    size, jump, first = receptive_field(layers)
    return size, first, jump


def _field_samples_seen(layers: Layers) -> tuple[int, int, int]:
    _, jump, first = receptive_field(layers)
    seen = {0}
    for F, S, _, d in reversed(layers):
        seen = {unit * S + d * a for unit in seen for a in range(F)}
    return len(seen), jump, first


def _field_first_layer(layers: Layers) -> tuple[int, int, int] | None:
    return receptive_field(layers[:1]) if layers else None


RECEPTIVE_FIELD = Exercise(
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
    misconceptions=[
        Misconception(
            "steps of later layers are counted as one pixel",
            lambda layers: _field(layers, grow=lambda jump, F, S, P, d: d * (F - 1)),
            "One step in a layer is as many input pixels as all strides below it multiplied "
            "together: that is the jump. size += d * (F - 1) * jump.",
        ),
        Misconception(
            "padding in later layers is counted in pixels, not in jumps",
            lambda layers: _field(layers, move=lambda jump, S, P: P),
            "A zero of padding stands beside the outputs of the layer below, and these are one "
            "jump of input pixels apart: first −= P · jump.",
        ),
        Misconception(
            "neither window nor padding is counted in jumps",
            lambda layers: _field(
                layers, grow=lambda jump, F, S, P, d: d * (F - 1), move=lambda jump, S, P: P
            ),
            "Window and padding of a layer step over the outputs of the layer below, and these "
            "are one jump of input pixels apart: both d(F − 1) and P are multiplied by the jump.",
        ),
        Misconception(
            "the window is multiplied by the layer's own stride instead of the jump",
            lambda layers: _field(layers, grow=lambda jump, F, S, P, d: d * (F - 1) * S),
            "The stride of a layer moves its whole window; inside the window the weights stand one "
            "unit of the layer below apart, which is the jump: all strides below, multiplied.",
        ),
        Misconception(
            "the padding is multiplied by the layer's own stride instead of the jump",
            lambda layers: _field(layers, move=lambda jump, S, P: P * S),
            "The first window starts P units of the layer below further left, whatever its own "
            "stride is. Such a unit is one jump wide: first −= P · jump.",
        ),
        Misconception(
            "the layer's own stride is applied to its own window",
            lambda layers: _field(
                layers,
                grow=lambda jump, F, S, P, d: d * (F - 1) * jump * S,
                move=lambda jump, S, P: P * jump * S,
            ),
            "The window of a layer steps over the outputs of the layer below, so it uses the "
            "jump from before its own stride: jump *= S comes last.",
        ),
        Misconception(
            "the jump grows before the padding is counted",
            lambda layers: _field(layers, move=lambda jump, S, P: P * jump * S),
            "The zeros stand beside the outputs of the layer below, so their width is the jump "
            "from before this layer's stride: jump *= S comes last.",
        ),
        Misconception(
            "the jump grows before the window is counted",
            lambda layers: _field(layers, grow=lambda jump, F, S, P, d: d * (F - 1) * jump * S),
            "The window steps over the outputs of the layer below, so its steps have the jump "
            "from before this layer's stride: jump *= S comes last.",
        ),
        Misconception(
            "F is added instead of F − 1",
            lambda layers: _field(layers, grow=lambda jump, F, S, P, d: d * F * jump, start=0),
            "A window of F covers the one unit you had and F − 1 more. Start with size 1 and add "
            "d(F − 1)·jump.",
        ),
        Misconception(
            "F is added instead of F − 1, starting from 1",
            lambda layers: _field(layers, grow=lambda jump, F, S, P, d: d * F * jump),
            "A window of F covers the one unit you had and F − 1 more: size += d(F − 1)·jump.",
        ),
        Misconception(
            "the whole span is added, d(F − 1) + 1",
            lambda layers: _field(layers, grow=lambda jump, F, S, P, d: (d * (F - 1) + 1) * jump),
            "The span counts the unit where the window starts, and that is in the size already. "
            "What comes on top are the steps beyond it, d(F − 1).",
        ),
        Misconception(
            "the size starts from 0",
            lambda layers: _field(layers, start=0),
            "Before any layer a pixel sees itself: size 1. Each layer adds the steps beyond.",
        ),
        Misconception(
            "the kernel sizes are multiplied",
            _field_product,
            "Two windows of 3 see 5 pixels, not 9: the windows overlap.",
        ),
        Misconception(
            "the strides are added",
            lambda layers: _field(layers, stretch=lambda jump, S: jump + S),
            "A stride of 2 on top of a stride of 3 moves by 2·3 = 6 input pixels: jumps multiply, "
            "jump *= S.",
        ),
        Misconception(
            "S − 1 is added to the jump",
            lambda layers: _field(layers, stretch=lambda jump, S: jump + S - 1),
            "A stride of 2 on top of a stride of 3 moves by 2·3 = 6 input pixels, not 4: jumps "
            "multiply, jump *= S.",
        ),
        Misconception(
            "the jump is the stride of the last layer only",
            lambda layers: _field(layers, stretch=lambda jump, S: S),
            "A stride of 2 on top of a stride of 3 moves by 2·3 = 6 input pixels. The jump "
            "carries all strides so far: jump *= S, not jump = S.",
        ),
        Misconception(
            "the layers are read from the top down",
            lambda layers: receptive_field(layers[::-1]),
            "The rows go from the input up, and the order matters: a stride acts on all layers "
            "above it and on none below.",
        ),
        Misconception(
            "only the first layer is counted: the return stands inside the loop",
            _field_first_layer,
            "The function returns in the first round of the loop (and returns None where there is "
            "no layer). Indent return as far as the for, so that it comes after the loop.",
        ),
        Misconception(
            "the padding does not move the field",
            lambda layers: _field(layers, move=lambda jump, S, P: 0),
            "With padding the first window starts P steps before the first unit of the layer "
            "below, and each of those steps is one jump. So first is negative, or 0 without "
            "padding: an answer below 0 is meant as it stands.",
        ),
        Misconception(
            "the padding moves the field to the right",
            lambda layers: _field(layers, move=lambda jump, S, P: -P * jump),
            "Zeros on the left let the first window start before the first sample, at a negative "
            "index: first −= P · jump.",
        ),
        Misconception(
            "the padding of both sides moves the field",
            lambda layers: _field(layers, move=lambda jump, S, P: 2 * P * jump),
            "Only the zeros on the left decide where the first window starts: P, not 2P.",
        ),
        Misconception(
            "the padding is taken off the size",
            lambda layers: _field(
                layers, grow=lambda jump, F, S, P, d: (d * (F - 1) - 2 * P) * jump
            ),
            "The size counts all places that the windows reach, zeros of the padding included. "
            "Where they lie is what first says.",
        ),
        Misconception(
            "the dilation is ignored",
            lambda layers: receptive_field([(F, S, P, 1) for F, S, P, _ in layers]),
            "F weights d apart reach d(F − 1) steps further, not F − 1.",
        ),
        Misconception(
            "padding and dilation are exchanged",
            lambda layers: receptive_field([(F, S, d, P) for F, S, P, d in layers]),
            "Each row is (F, S, P, d), in this order: for F, S, P, d in layers.",
        ),
        Misconception(
            "only the samples really seen are counted",
            _field_samples_seen,
            "With dilation, or a window narrower than the stride below, some samples in the middle "
            "are skipped. The size goes from the first sample seen to the last, both included.",
        ),
        Misconception(
            "jump and first stand in the wrong order",
            _field_order,
            "All three numbers are right. They are returned as (size, jump, first).",
        ),
        Misconception(
            "the numbers are right, but floats instead of ints",
            lambda *arguments: tuple(map(float, receptive_field(*arguments))),
            _FLOATS,
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

"""Exercise 3.3: same padding."""

from course_utils.exercises import Case, Exercise

from .whole_numbers import FLOATS


def same_padding(F, d=1):
    """Zeros (before, after), both int, that keep the size at stride 1; an odd one goes after."""
    total = d * (F - 1)  # 2P = d(F − 1) makes M = N
    before = total // 2
    return before, total - before


EXERCISE = Exercise(
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
    hints=[
        "At stride 1, M = N + before + after − d(F − 1). What must before + after be?",
        "The total is d(F − 1). Split it as evenly as whole numbers allow.",
        "before = total // 2, and the rest goes after.",
    ],
)


@EXERCISE.misconception(
    "half of dF on both sides",
    "A window loses d(F − 1) samples, not dF: only its F − 1 gaps count. For odd F at dilation 1 "
    "the rounding hides the mistake; an even F shows it.",
)
def _(F, d=1):
    return d * F // 2, d * F // 2


@EXERCISE.misconception(
    "half of F on both sides, whatever the dilation",
    "P = F // 2 keeps the size for odd F at dilation 1 only. A window loses d(F − 1) samples, "
    "and when that is odd, one side needs one zero more.",
)
def _(F, d=1):
    return F // 2, F // 2


@EXERCISE.misconception(
    "half of F on both sides, then multiplied by d",
    "For an even F this puts dF zeros in total, d more than the window loses. Split the total "
    "d(F − 1).",
)
def _(F, d=1):
    return d * (F // 2), d * (F // 2)


def _halves(total):
    return total // 2, total - total // 2


@EXERCISE.misconception(
    "dF is split in two",
    "A window of F weights has F − 1 gaps, so it loses d(F − 1) samples, not dF.",
)
def _(F, d=1):
    return _halves(d * F)


@EXERCISE.misconception(
    "the span is split in two",
    "A window that spans d(F − 1) + 1 samples has N minus its span, plus 1 places: it loses one "
    "sample less than its span, d(F − 1).",
)
def _(F, d=1):
    return _halves(d * (F - 1) + 1)


@EXERCISE.misconception(
    "dF − 1 is split in two: brackets are missing",
    "d * F - 1 multiplies before it subtracts. The 1 belongs to F: d * (F - 1).",
)
def _(F, d=1):
    return _halves(d * F - 1)


@EXERCISE.misconception(
    "the same number on both sides always, rounded down",
    "When d(F − 1) is odd, one side needs one more. With (F − 1)/2 rounded down on both sides "
    "the output is one sample short.",
)
def _(F, d=1):
    return d * (F - 1) // 2, d * (F - 1) // 2


@EXERCISE.misconception(
    "the same number on both sides always, rounded up",
    "When d(F − 1) is odd, rounding up on both sides makes the output one sample too long. The "
    "odd zero goes on one side only, after.",
)
def _(F, d=1):
    return (d * (F - 1) + 1) // 2, (d * (F - 1) + 1) // 2


@EXERCISE.misconception(
    "the same number on both sides always, and the dilation is ignored",
    "P = (F − 1)/2 is right for odd F at dilation 1. In general the window loses d(F − 1) "
    "samples, and when that is odd, one side needs one zero more.",
)
def _(F, d=1):
    return (F - 1) // 2, (F - 1) // 2


@EXERCISE.misconception(
    "the same number on both sides always, undilated half times d",
    "For an even F this puts d(F − 2) zeros in total, d fewer than the window loses. Split the "
    "total d(F − 1), and give the odd zero to one side.",
)
def _(F, d=1):
    return d * ((F - 1) // 2), d * ((F - 1) // 2)


@EXERCISE.misconception(
    "half zeros: / instead of //",
    "There is no half zero. When d(F − 1) is odd, one side gets the larger half: before = total "
    "// 2, after = total − before, both int.",
)
def _(F, d=1):
    return d * (F - 1) / 2, d * (F - 1) / 2


@EXERCISE.misconception(
    "the half is rounded with round",
    "Python's round takes halves to the even number, up for 1.5 and down for 2.5, so the odd "
    "zero goes now before, now after. total // 2 always rounds down.",
)
def _(F, d=1):
    return round(d * (F - 1) / 2), d * (F - 1) - round(d * (F - 1) / 2)


@EXERCISE.misconception(
    "one more after, always",
    "Only an odd total leaves one over. after = total − before is right for both.",
)
def _(F, d=1):
    return d * (F - 1) // 2, d * (F - 1) // 2 + 1


@EXERCISE.misconception(
    "one more after whenever F is even",
    "What has to be split is d(F − 1), and that is even if d is, although F is even too. after = "
    "total − before needs no case.",
)
def _(F, d=1):
    before = d * (F - 1) // 2
    return before, before + 1 if F % 2 == 0 else before


@EXERCISE.misconception(
    "the dilation is ignored", "A dilated window spans d(F − 1) + 1 samples and loses d(F − 1)."
)
def _(F, d=1):
    return _halves(F - 1)


@EXERCISE.misconception(
    "the extra zero goes before",
    "PyTorch puts the odd zero after (right and bottom), and so do we.",
)
def _(F, d=1):
    return _halves(d * (F - 1))[::-1]


@EXERCISE.misconception(
    "everything is put on each side", "d(F − 1) is the total for both sides together."
)
def _(F, d=1):
    return d * (F - 1), d * (F - 1)


@EXERCISE.misconception(
    "everything goes after",
    "The size is right, but the output is shifted: all zeros on the right let the first window "
    "start at sample 0 and the last hang far over. Split the total evenly.",
)
def _(F, d=1):
    return 0, d * (F - 1)


@EXERCISE.misconception(
    "everything goes before",
    "The size is right, but each output then sees only its own sample and earlier ones (causal "
    "padding, for signals in time). Split the total evenly.",
)
def _(F, d=1):
    return d * (F - 1), 0


@EXERCISE.misconception(
    "splits the undilated padding, then dilates the halves",
    "Split the total d(F − 1) evenly: for F = 2 and d = 4 that is 2 and 2, not 0 and 4.",
)
def _(F, d=1):
    return d * ((F - 1) // 2), d * (F - 1 - (F - 1) // 2)


@EXERCISE.misconception("the numbers are right, but floats instead of ints", FLOATS)
def _(*arguments):
    return tuple(map(float, same_padding(*arguments)))

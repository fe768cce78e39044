"""Exercise 1.4: convolution with a routine that correlates."""

import numpy as np

from course_utils.exercises import Case, Exercise, rounded_normals


def convolve_by_correlating(x, w):
    """Full convolution of x (N,) and w (F,), computed by np.correlate(..., mode="valid")."""
    F = len(w)
    padded = np.pad(x, F - 1)  # F - 1 zeros at each end: room for every partial overlap
    return np.correlate(padded, w[::-1], mode="valid")


EXERCISE = Exercise(
    id="01.convolve_by_correlating",
    title="A convolution from a routine that correlates",
    minutes=7,
    difficulty=2,
    reference=convolve_by_correlating,
    cases=[
        Case(
            np.array([1.0, 2.0, 3.0]),
            np.array([1.0, 10.0]),
            note="0, 1, 2, 3, 0 beside 10, 1: 0·10 + 1·1 = 1, 1·10 + 2·1 = 12, 2·10 + 3·1 = 23, "
            "3·10 + 0·1 = 30",
        ),
        Case(
            np.array([1.0, 0.0, 0.0]),
            np.array([5.0, 7.0]),
            note="an impulse: 1·5 = 5, 1·7 + 0·5 = 7, 0·7 + 0·5 = 0, 0·7 = 0, which is w itself",
        ),
        Case(
            np.array([1, 2, 3, 4]),
            np.array([0.5, 0.25]),
            note="0.5, 1 + 0.25 = 1.25, 1.5 + 0.5 = 2, 2 + 0.75 = 2.75, 1",
        ),
        Case(*rounded_normals(41, 5, 3)),
        Case(*rounded_normals(42, 6, 4)),
        Case(*rounded_normals(43, 7, 1)),
        Case(*rounded_normals(44, 10, 5)),
        Case(*rounded_normals(45, 2, 4)),
    ],
    hints=[
        (
            "Correlation with w equals convolution with w reversed. So convolution with w equals "
            "correlation with what?"
        ),
        (
            'np.correlate(x, v, mode="valid") keeps complete overlaps only. Full wants the partial '
            "ones too: give them zeros to overlap with."
        ),
        (
            "The first output uses one sample and F − 1 zeros, the last one as well: "
            "np.pad(x, F - 1) puts F − 1 zeros at each end."
        ),
    ],
)


def _correlate_padded(x, w, zeros):
    return np.correlate(np.pad(x, zeros), w, mode="valid")


@EXERCISE.misconception(
    "the kernel is not flipped",
    "The routine slides w over x as it stands, which is correlation, and will not flip it for "
    "you. Hand it w[::-1].",
)
def _(x, w):
    return _correlate_padded(x, w, len(w) - 1)


@EXERCISE.misconception(
    "padded by F instead of F − 1",
    "With F zeros the first window sees nothing of x at all, and a needless zero appears at each "
    "end. The first partial overlap needs F − 1 zeros and one sample.",
)
def _(x, w):
    return _correlate_padded(x, w[::-1], len(w))


@EXERCISE.misconception(
    "padded by half of F",
    "F // 2 zeros on each side keep about the size of x (the mode called same). Full wants every "
    "overlap, down to one sample at each end: F − 1 zeros.",
)
def _(x, w):
    return _correlate_padded(x, w[::-1], len(w) // 2)


@EXERCISE.misconception(
    "padded by half of F − 1",
    "F − 1 zeros are needed at each end, not in total: the kernel hangs over both ends by up to "
    "F − 1 places.",
)
def _(x, w):
    return _correlate_padded(x, w[::-1], (len(w) - 1) // 2)


@EXERCISE.misconception(
    "padded by N − 1",
    "How far the kernel can hang over depends on its own size: F − 1 zeros leave one sample in "
    "the first window. N − 1 are too many for a short kernel and too few for a long one.",
)
def _(x, w):
    return _correlate_padded(x, w[::-1], len(x) - 1)


@EXERCISE.misconception(
    "padded on the left only",
    "The kernel hangs over the end of x just as it hangs over the beginning: without zeros on "
    "the right the last F − 1 values are missing. np.pad(x, F - 1) pads both sides.",
)
def _(x, w):
    return _correlate_padded(x, w[::-1], (len(w) - 1, 0))


@EXERCISE.misconception(
    "padded on the right only",
    "The kernel hangs over the beginning of x just as it hangs over the end: without zeros on "
    "the left the first F − 1 values are missing. np.pad(x, F - 1) pads both sides.",
)
def _(x, w):
    return _correlate_padded(x, w[::-1], (0, len(w) - 1))


@EXERCISE.misconception(
    "the zeros have no effect (no padding, or both sequences padded)",
    "Only complete overlaps are computed: that is the valid convolution, of size N − F + 1. Pad "
    "x alone; zeros around w as well make the window longer by just as much as the room it has.",
)
def _(x, w):
    return np.correlate(x, w[::-1], mode="valid")


@EXERCISE.misconception(
    "neither padded nor flipped",
    "This is the valid correlation. Two things are to be done: reverse w, which turns the "
    "correlation into a convolution, and put F − 1 zeros at each end of x, which turns valid "
    "into full.",
)
def _(x, w):
    return np.correlate(x, w, mode="valid")


@EXERCISE.misconception(
    "the result stands in reverse order: x is flipped, or the arguments are exchanged",
    "The numbers are right, but they run backwards in time. That comes from reversing x instead "
    "of w, or from handing over w[::-1] first and the padded x second: np.correlate slides its "
    "second argument over its first.",
)
def _(x, w):
    return np.convolve(x, w)[::-1]


@EXERCISE.misconception(
    "a correlation, and backwards: both are flipped, or the arguments are exchanged",
    "Reversing both x and w reverses the correlation and leaves it a correlation; so does "
    "exchanging the arguments without reversing any. Reverse w alone, and hand it over second.",
)
def _(x, w):
    return np.correlate(x, w, mode="full")[::-1]


@EXERCISE.misconception(
    "mode 'same' on the padded signal",
    "The padding already gives a window for every output. Same adds further zeros of its own and "
    'returns one value for each padded sample: use mode="valid".',
)
def _(x, w):
    return np.correlate(np.pad(x, len(w) - 1), w[::-1], mode="same")


@EXERCISE.misconception(
    "mode 'same' on the signal itself",
    "Same returns as many values as the longer sequence has, the middle of the full result. Pad "
    'x with F − 1 zeros at each end and use mode="valid".',
)
def _(x, w):
    return np.correlate(x, w[::-1], mode="same")


@EXERCISE.misconception(
    "mode 'full' on the padded signal",
    "Full pads by F − 1 itself, so after your padding F − 1 needless zeros appear at each end of "
    'the result. With the padding of your own, use mode="valid".',
)
def _(x, w):
    return np.correlate(np.pad(x, len(w) - 1), w[::-1], mode="full")


@EXERCISE.misconception(
    "padded with copies of the edge samples",
    "Outside its N samples x is zero, so the padding is made of zeros. That is what np.pad does "
    "if no mode is given.",
)
def _(x, w):
    return np.correlate(np.pad(x, len(w) - 1, mode="edge"), w[::-1], mode="valid")


@EXERCISE.misconception(
    "zeros are added to x instead of being put beside it",
    "Between arrays, + adds number by number (and a list becomes an array beside one). "
    "np.pad(x, F - 1) puts F − 1 zeros at each end; np.concatenate([z, x, z]) does the same.",
)
def _(x, w):
    zeros = np.zeros(len(w) - 1)
    return np.correlate(zeros + x + zeros, w[::-1], mode="valid")

"""Exercise 10.5: a skip where the shape changes."""

import numpy as np

from course_utils.exercises import Case, Exercise, rounded_normals


def shortcut_a(x, K, stride):
    """Shortcut without weights: x (B, C, H, W) thinned out, zero channels added to make K."""
    B, C, _, _ = x.shape
    thinned = x[:, :, ::stride, ::stride]
    y = np.zeros((B, K, *thinned.shape[2:]))
    before = (K - C) // 2  # half of the new channels go before the old ones
    y[:, before : before + C] = thinned
    return y


EXERCISE = Exercise(
    id="10.shortcut_a",
    title="A skip where the shape changes",
    minutes=6,
    difficulty=2,
    reference=shortcut_a,
    cases=[
        Case(
            np.array([[[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]]]]),
            3,
            2,
            note="1, 3, 7, 9 are kept; one zero channel before, one behind",
        ),
        Case(
            np.array([[[[1.0, 2.0], [3.0, 4.0]], [[5.0, 6.0], [7.0, 8.0]]]]),
            5,
            1,
            note="three new channels: one before, two behind (half of 3, rounded down)",
        ),
        Case(np.arange(24).reshape(1, 2, 3, 4), 4, 2),
        Case(*rounded_normals(51, (2, 3, 5, 4)), 6, 2),
        Case(*rounded_normals(52, (1, 2, 7, 8)), 4, 3),
        Case(*rounded_normals(53, (2, 4, 4, 4)), 8, 2),
        Case(*rounded_normals(54, (1, 3, 4, 6)), 3, 2),
    ],
    hints=[
        "Keep every stride-th row and column: x[:, :, ::stride, ::stride].",
        "Make zeros of shape (B, K, …) and write the kept pixels into C of the channels.",
        "They begin at channel (K - C) // 2.",
    ],
)


def _placed_at(x, K, stride, before):
    B, C, _, _ = x.shape
    thinned = x[:, :, ::stride, ::stride]
    y = np.zeros((B, K, *thinned.shape[2:]))
    y[:, before : before + C] = thinned
    return y


@EXERCISE.misconception(
    "all zero channels behind", "Half of the new channels go before the old ones: (K − C) // 2."
)
def _(x, K, stride):
    return _placed_at(x, K, stride, 0)


@EXERCISE.misconception(
    "all zero channels before", "Half of the new channels go before the old ones, the rest behind."
)
def _(x, K, stride):
    return _placed_at(x, K, stride, K - x.shape[1])


@EXERCISE.misconception(
    "half, rounded up, before", "Where the number of new channels is odd, (K − C) // 2 rounds down."
)
def _(x, K, stride):
    return _placed_at(x, K, stride, (K - x.shape[1] + 1) // 2)


@EXERCISE.misconception(
    "means of windows", "Pixels are left out, not averaged: x[:, :, ::stride, ::stride]."
)
def _(x, K, stride):
    B, C, H, W = x.shape
    y = np.zeros((B, C, -(-H // stride), -(-W // stride)))
    for i in range(y.shape[2]):
        for j in range(y.shape[3]):
            window = x[:, :, i * stride : (i + 1) * stride, j * stride : (j + 1) * stride]
            y[:, :, i, j] = window.mean(axis=(2, 3))
    return _placed_at(y, K, 1, (K - C) // 2)


@EXERCISE.misconception(
    "the upper left corner is cut out",
    "Every stride-th pixel is kept, over the whole picture: [::stride], not [:size].",
)
def _(x, K, stride):
    H, W = (-(-n // stride) for n in x.shape[2:])
    return _placed_at(x[:, :, :H, :W], K, 1, (K - x.shape[1]) // 2)


@EXERCISE.misconception(
    "the picture is not thinned out",
    "The branch has a stride, so the skip has to shrink the picture alike.",
)
def _(x, K, stride):
    return _placed_at(x, K, 1, (K - x.shape[1]) // 2)


@EXERCISE.misconception(
    "the last pixel of each step is kept",
    "The first pixel of each step is kept, as a 1 × 1 convolution with stride would: begin at 0.",
)
def _(x, K, stride):
    shifted = x[:, :, stride - 1 :: stride, stride - 1 :: stride]
    return _placed_at(shifted, K, 1, (K - x.shape[1]) // 2)


@EXERCISE.misconception("only rows are thinned out", "The stride acts on rows and columns.")
def _(x, K, stride):
    return _placed_at(x[:, :, ::stride], K, 1, (K - x.shape[1]) // 2)


@EXERCISE.misconception("the old channels are repeated", "The new channels are zeros.")
def _(x, K, stride):
    C = x.shape[1]
    return np.asarray(x[:, np.arange(K) % C, ::stride, ::stride], dtype=float)


@EXERCISE.misconception(
    "the old channels are spread out",
    "The old channels stay together, with zeros before and behind.",
)
def _(x, K, stride):
    C = x.shape[1]
    y = _placed_at(x, K, stride, 0) * 0
    y[:, np.arange(C) * (K // C)] = x[:, :, ::stride, ::stride]
    return y


@EXERCISE.misconception(
    "the size is rounded down",
    "[::stride] keeps the first pixel of a step that is cut short: 3 pixels at stride 2 leave 2, "
    "as a 1 × 1 convolution would.",
)
def _(x, K, stride):
    H, W = (n // stride for n in x.shape[2:])
    return shortcut_a(x, K, stride)[:, :, :H, :W]


@EXERCISE.misconception(
    "no room for the last row and column",
    "H // stride is one too small where stride does not divide H. Thin out first, and take the "
    "size from what is left.",
)
def _(x, K, stride):
    B, C, H, W = x.shape
    y = np.zeros((B, K, H // stride, W // stride))
    before = (K - C) // 2
    y[:, before : before + C] = x[:, :, ::stride, ::stride]
    return y


@EXERCISE.misconception(
    "as many zero channels behind as before",
    "Where K − C is odd, one more goes behind: K − C − before, so that there are K channels.",
)
def _(x, K, stride):
    before = (K - x.shape[1]) // 2
    return shortcut_a(x, x.shape[1] + 2 * before, stride)


@EXERCISE.misconception(
    "K // 4 zero channels on each side",
    "K // 4 is right only where the channels double. In general it is (K − C) // 2.",
)
def _(x, K, stride):
    return _placed_at(x, x.shape[1] + 2 * (K // 4), stride, K // 4)


@EXERCISE.misconception(
    "K − C zero channels on each side",
    "K − C is the number of new channels in all: half of them before, the rest behind.",
)
def _(x, K, stride):
    return _placed_at(x, 2 * K - x.shape[1], stride, K - x.shape[1])


@EXERCISE.misconception("a stride of 2 always", "How far to step is an argument: [::stride].")
def _(x, K, stride):
    return shortcut_a(x, K, 2)


@EXERCISE.misconception(
    "the largest value of each window",
    "Pixels are left out; nothing is compared: x[:, :, ::stride, ::stride].",
)
def _(x, K, stride):
    B, C, H, W = x.shape
    y = np.zeros((B, C, -(-H // stride), -(-W // stride)))
    for i in range(y.shape[2]):
        for j in range(y.shape[3]):
            window = x[:, :, i * stride : (i + 1) * stride, j * stride : (j + 1) * stride]
            y[:, :, i, j] = window.max(axis=(2, 3))
    return _placed_at(y, K, 1, (K - C) // 2)


@EXERCISE.misconception("only columns are thinned out", "The stride acts on rows and columns.")
def _(x, K, stride):
    return _placed_at(x[:, :, :, ::stride], K, 1, (K - x.shape[1]) // 2)


@EXERCISE.misconception(
    "no channels are added",
    "The branch puts out K channels, and the skip is added to it: K − C channels of zeros.",
)
def _(x, K, stride):
    return np.asarray(x[:, :, ::stride, ::stride], dtype=float)


@EXERCISE.misconception(
    "C // 2 zero channels before",
    "C // 2 is right only where the channels double. In general it is (K − C) // 2.",
)
def _(x, K, stride):
    return _placed_at(x, K, stride, x.shape[1] // 2)


@EXERCISE.misconception(
    "K // 2 zero channels before",
    "K counts all the channels of the result. New are K − C, and half of them go before.",
)
def _(x, K, stride):
    return _placed_at(x, K, stride, K // 2)


@EXERCISE.misconception(
    "rows of zeros instead of channels",
    "np.pad wants one pair for each axis, in the order (B, C, H, W): the zeros belong to the "
    "second.",
)
def _(x, K, stride):
    new = K - x.shape[1]
    widths = ((0, 0), (0, 0), (new // 2, new - new // 2), (0, 0))
    return np.pad(x[:, :, ::stride, ::stride], widths)


@EXERCISE.misconception(
    "pictures of zeros instead of channels",
    "np.pad wants one pair for each axis, in the order (B, C, H, W): the zeros belong to the "
    "second, the first is the batch.",
)
def _(x, K, stride):
    new = K - x.shape[1]
    widths = ((new // 2, new - new // 2), (0, 0), (0, 0), (0, 0))
    return np.pad(x[:, :, ::stride, ::stride], widths)


@EXERCISE.misconception(
    "pixels are set to zero instead of left out",
    "The branch's result is smaller, and the skip has to shrink alike: keep only x[:, :, "
    "::stride, ::stride].",
)
def _(x, K, stride):
    kept = np.zeros(x.shape)
    kept[:, :, ::stride, ::stride] = x[:, :, ::stride, ::stride]
    return shortcut_a(kept, K, 1)


@EXERCISE.misconception(
    "the stride on the channels",
    "x[:, ::stride, ::stride] steps over channels and rows. Rows and columns are the last two "
    "axes: x[:, :, ::stride, ::stride].",
)
def _(x, K, stride):
    B, C, _, _ = x.shape
    thinned = x[:, ::stride, ::stride]
    y = np.zeros((B, K, *thinned.shape[2:]))
    y[:, (K - C) // 2 : (K - C) // 2 + C] = thinned
    return y


@EXERCISE.misconception(
    "the slice ends at −before",
    "before : −before leaves as many behind as before. Where K − C is odd one more goes behind, "
    "and where K = C the slice 0 : −0 is empty. before : before + C is always right.",
)
def _(x, K, stride):
    thinned = x[:, :, ::stride, ::stride]
    y = np.zeros((len(x), K, *thinned.shape[2:]))
    before = (K - x.shape[1]) // 2
    y[:, before:-before] = thinned
    return y


@EXERCISE.misconception(
    "the slice ends at K − before",
    "before : K − before leaves as many behind as before, which is one channel too wide where K "
    "− C is odd. The old channels end at before + C.",
)
def _(x, K, stride):
    thinned = x[:, :, ::stride, ::stride]
    y = np.zeros((len(x), K, *thinned.shape[2:]))
    before = (K - x.shape[1]) // 2
    y[:, before : K - before] = thinned
    return y


@EXERCISE.misconception(
    "the slice ends at C",
    "A slice is start : stop, not start : length. C channels that begin at before end at before "
    "+ C.",
)
def _(x, K, stride):
    thinned = x[:, :, ::stride, ::stride]
    y = np.zeros((len(x), K, *thinned.shape[2:]))
    y[:, (K - x.shape[1]) // 2 : x.shape[1]] = thinned
    return y


def _pooled(x, K, stride, largest):
    B, C, H, W = x.shape
    h, w = H // stride, W // stride
    tiles = x[:, :, : h * stride, : w * stride].reshape(B, C, h, stride, w, stride)
    pooled = tiles.max(axis=(3, 5)) if largest else tiles.mean(axis=(3, 5))
    return shortcut_a(pooled, K, 1)


@EXERCISE.misconception(
    "average pooling",
    "Pixels are left out, not averaged. And pooling drops a window that is cut short, where "
    "[::stride] keeps its first pixel.",
)
def _(x, K, stride):
    return _pooled(x, K, stride, largest=False)


@EXERCISE.misconception(
    "max pooling",
    "Pixels are left out; nothing is compared. And pooling drops a window that is cut short, "
    "where [::stride] keeps its first pixel.",
)
def _(x, K, stride):
    return _pooled(x, K, stride, largest=True)


@EXERCISE.misconception(
    "room for one row and column too many",
    "H // stride + 1 is one too large where stride divides H. Thin out first, and take the size "
    "from what is left.",
)
def _(x, K, stride):
    B, C, H, W = x.shape
    y = np.zeros((B, K, H // stride + 1, W // stride + 1))
    before = (K - C) // 2
    y[:, before : before + C] = x[:, :, ::stride, ::stride]
    return y


@EXERCISE.misconception(
    "each old channel is repeated beside itself",
    "The new channels are zeros, so that they carry nothing until the branch adds to them.",
)
def _(x, K, stride):
    return np.repeat(x[:, :, ::stride, ::stride], K // x.shape[1], axis=1).astype(float)


@EXERCISE.misconception(
    "no zero channels behind",
    "K channels are asked for: (K − C) // 2 of zeros before, C old ones, and the rest of zeros "
    "behind.",
)
def _(x, K, stride):
    C = x.shape[1]
    return shortcut_a(x, K, stride)[:, : (K - C) // 2 + C]


@EXERCISE.misconception(
    "ones instead of zeros",
    "The new channels are zeros: the skip adds nothing there, and the branch is left alone.",
)
def _(x, K, stride):
    return shortcut_a(x, K, stride) + 1 - shortcut_a(np.ones_like(x), K, stride)

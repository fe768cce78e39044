"""Exercise 2.4: template matching."""

import numpy as np

from course_utils.exercises import Case, Exercise


def find_template(x, template):
    """Top left corner (row, column) of the window of x (H, W) most like the template (kH, kW)."""
    kH, kW = template.shape
    windows = np.lib.stride_tricks.sliding_window_view(x, (kH, kW)).astype(float)
    windows = windows - windows.mean(axis=(2, 3), keepdims=True)
    pattern = template - template.mean()
    products = np.sum(windows * pattern, axis=(2, 3))
    norms = np.sqrt(np.sum(windows**2, axis=(2, 3))) * np.sqrt(np.sum(pattern**2))
    likeness = products / np.maximum(norms, 1e-12)  # a flat window is like nothing
    row, column = np.unravel_index(np.argmax(likeness), likeness.shape)
    return int(row), int(column)


def _contrast_scene(seed):
    """The template four times as strong, with noise, beside its exact opposite."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(9, 13)) * 0.3
    template = np.round(rng.normal(size=(3, 4)), 2)
    x[1:4, 7:11] = 4 * template + 1 + 0.2 * rng.normal(size=(3, 4))
    x[5:8, 2:6] = -2 * template
    return Case(np.round(x, 3), template)


def _scene(seed, shape, size, at):
    """A noisy scene with a bright block; the template is hidden in it, darker and weaker."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=shape) * 0.3
    template = np.round(rng.normal(size=size), 2) + 1.0
    row, column = at
    x[row : row + size[0], column : column + size[1]] = 0.5 * template - 2.0
    x[-size[0] :, -size[1] :] += 9.0 + rng.normal(size=size)  # bright and busy, but not alike
    return Case(np.round(x, 2), template)


def _hidden(seed, shape, template, at, mean=0.0):
    """Noise on a mean, the template hidden in it, and the template's signs alone at the start."""
    rng = np.random.default_rng(seed)
    x = np.round(rng.normal(size=shape) * 0.3, 2) + mean
    template = np.asarray(template, dtype=float)
    kH, kW = template.shape
    row, column = at
    x[:kH, :kW] = 2 * np.sign(template - template.mean()) + mean
    x[row : row + kH, column : column + kW] = 0.5 * template + mean
    return Case(x, template)


def _nearly_twice(seed, shape, size, near, at):
    """The template twice, but at the first place one pixel is off by a ten-thousandth."""
    rng = np.random.default_rng(seed)
    x = np.round(rng.normal(size=shape) * 0.3, 2)
    template = np.round(rng.normal(size=size), 2)
    for row, column in (near, at):
        x[row : row + size[0], column : column + size[1]] = template
    x[near] += 1e-4
    return Case(x, template)


EXERCISE = Exercise(
    id="02.find_template",
    title="Find a pattern whatever the light",
    minutes=16,
    difficulty=3,
    reference=find_template,
    cases=[
        Case(
            np.array([[7.0, 7.0, 9.0, 7.0, 0.0, 1.0, 0.0], [7.0, 7.0, 7.0, 7.0, 0.0, 4.0, 3.0]]),
            np.array([[1.0, 1.0, 3.0]]),
            note="7, 7, 9 has exactly the shape of 1, 1, 3, only brighter: row 0, column 0",
        ),
        _scene(41, (9, 12), (3, 3), (1, 6)),
        _scene(42, (12, 8), (3, 2), (5, 1)),
        _scene(43, (10, 14), (4, 3), (2, 8)),
        _scene(44, (8, 11), (2, 4), (3, 2)),
        _scene(45, (13, 9), (3, 4), (6, 1)),
        _contrast_scene(46),
        Case(
            np.array([[9, 7, 5, 1, 2, 4], [3, 9, 5, 0, 6, 0]]),
            np.array([[1, 2, 4]]),
            note="only the last window of row 0 is 1, 2, 4: row 0, column 3",
        ),
        Case(
            np.array([[9.0, 3.0], [7.0, 9.0], [5.0, 5.0], [1.0, 0.0], [2.0, 6.0], [4.0, 0.0]]),
            np.array([[1.0], [2.0], [4.0]]),
            note="only the last window of column 0 is 1, 2, 4: row 3, column 0",
        ),
        _hidden(47, (7, 9), np.round(np.random.default_rng(1).normal(size=(3, 2)), 2), (4, 3)),
        _hidden(48, (8, 6), np.round(np.random.default_rng(2).normal(size=(2, 3)), 2), (3, 3)),
        _hidden(49, (6, 8), np.round(np.random.default_rng(3).normal(size=(3, 3)), 2), (3, 5)),
        _hidden(50, (6, 9), [[1, 1, 1], [1, 1, 1.5], [7, 7, 7]], (2, 4)),
        _hidden(51, (9, 6), [[1, 1, 7], [1, 1, 7], [1, 1.5, 7]], (4, 2)),
        _hidden(
            52, (8, 9), np.round(np.random.default_rng(4).normal(size=(3, 4)), 2), (4, 3), mean=1e8
        ),
        _nearly_twice(53, (7, 10), (2, 3), (1, 1), (4, 5)),
    ],
    hints=[
        (
            "np.lib.stride_tricks.sliding_window_view(x, template.shape) has the window at (i, j) "
            "as its element [i, j]."
        ),
        (
            "Subtract from each window its mean (axis=(2, 3), keepdims=True), from the template "
            "its own, and divide the sum of products by both norms."
        ),
        (
            "A flat window has norm 0: np.maximum(norms, 1e-12) avoids the division by zero. "
            "np.unravel_index(np.argmax(m), m.shape) gives row and column."
        ),
    ],
)


def _windows(x, template):
    return np.lib.stride_tricks.sliding_window_view(x, template.shape).astype(float)


def _sums(windows):
    return np.sum(windows, axis=(2, 3))


def _place(score, shape=None):
    row, column = np.unravel_index(np.argmax(score), shape or score.shape)
    return int(row), int(column)


@EXERCISE.misconception(
    "plain correlation, which finds the brightest place",
    "A bright window has a large product with anything. Subtract the mean of each window and "
    "divide by its norm, and brightness and contrast drop out.",
)
def _(x, template):
    return _place(_sums(_windows(x, template) * template))


@EXERCISE.misconception(
    "windows are not divided by their norm",
    "Subtracting the mean removes the brightness, but a window with strong contrast still wins "
    "over one of the right shape. Divide by each window's own norm; dividing all by the same "
    "number (the template's norm, or one norm for all windows) changes no order.",
)
def _(x, template):
    return _place(_sums(_windows(x, template) * (template - template.mean())))


def _norms(windows):
    return np.maximum(np.sqrt(_sums(windows**2)), 1e-12)


@EXERCISE.misconception(
    "windows are not centred",
    "Without subtracting the mean, every window of positive pixels points in nearly the same "
    "direction. Centre the windows and the template first.",
)
def _(x, template):
    windows = _windows(x, template)
    return _place(_sums(windows * template) / _norms(windows))


def _centred(x, template):
    windows = _windows(x, template)
    return windows - windows.mean(axis=(2, 3), keepdims=True), template - template.mean()


@EXERCISE.misconception(
    "the norms are those of windows that are not centred",
    "The centred template takes the brightness out of the products, but a bright window still "
    "has a large norm and so a small quotient. Subtract each window's mean before its norm is "
    "taken.",
)
def _(x, template):
    windows, pattern = _centred(x, template)
    return _place(_sums(windows * pattern) / _norms(_windows(x, template)))


@EXERCISE.misconception(
    "the mean of the whole picture is subtracted, not that of each window",
    "The light may differ from place to place, so every window has a mean of its own: "
    "windows.mean(axis=(2, 3), keepdims=True).",
)
def _(x, template):
    windows = _windows(x, template) - x.mean()
    return _place(_sums(windows * (template - template.mean())) / _norms(windows))


@EXERCISE.misconception(
    "windows are divided by their squared norm",
    "Dividing by the sum of squares overshoots: now windows with little contrast win. The norm "
    "is the square root of the sum of squares.",
)
def _(x, template):
    windows, pattern = _centred(x, template)
    return _place(_sums(windows * pattern) / _norms(windows) ** 2)


@EXERCISE.misconception(
    "a flat window divides 0 by 0",
    "A window of equal pixels has norm 0, 0/0 is nan, and np.argmax stops at the first nan. "
    "np.maximum(norms, 1e-12) lets a flat window be like nothing.",
)
def _(x, template):
    windows, pattern = _centred(x, template)
    with np.errstate(invalid="ignore"):
        return _place(_sums(windows * pattern) / np.sqrt(_sums(windows**2)))


@EXERCISE.misconception(
    "column before row",
    "Rows come first: np.unravel_index with the shape of the map gives (row, column).",
)
def _(x, template):
    row, column = find_template(x, template)
    return column, row


def _likeness(x, template):
    windows, pattern = _centred(x, template)
    return _sums(windows * pattern) / _norms(windows)


@EXERCISE.misconception(
    "the place is read off with the shape of the picture",
    "np.argmax counts through the map of likenesses, which has (H − kH + 1, W − kW + 1) numbers. "
    "np.unravel_index needs the shape of that map.",
)
def _(x, template):
    return _place(_likeness(x, template), x.shape)


@EXERCISE.misconception(
    "the centre of the window is returned",
    "Asked for is the top left corner, the index of the window itself.",
)
def _(x, template):
    row, column = find_template(x, template)
    return row + template.shape[0] // 2, column + template.shape[1] // 2


@EXERCISE.misconception(
    "the most unlike window is found",
    "Likeness is largest at the match: argmax, not argmin. (For squared differences it would be "
    "the smallest.)",
)
def _(x, template):
    return find_template(x, -template)


@EXERCISE.misconception(
    "the smallest squared difference of the pixels as they are",
    "Squared differences ask for the same pixels, and in other light the same pattern has other "
    "pixels. Subtract each window's mean and divide by its norm first.",
)
def _(x, template):
    return _place(-_sums((_windows(x, template) - template) ** 2))


@EXERCISE.misconception(
    "the smallest squared difference, without dividing by the norms",
    "Squared differences of centred windows forgive brightness but not contrast: the same "
    "pattern four times as strong is far away. Divide by the norms.",
)
def _(x, template):
    windows, pattern = _centred(x, template)
    return _place(-_sums((windows - pattern) ** 2))


@EXERCISE.misconception(
    "the sign of the likeness is thrown away",
    "A likeness of −1 is the exact opposite of the template, light and dark exchanged. Take the "
    "largest value, not the largest magnitude or square.",
)
def _(x, template):
    return _place(np.abs(_likeness(x, template)))


@EXERCISE.misconception(
    "the template is rotated by 180 degrees",
    "Likeness is a correlation: template and window are compared as they stand. A convolution "
    "would rotate the template first.",
)
def _(x, template):
    return find_template(x, template[::-1, ::-1])


@EXERCISE.misconception(
    "the last row and column of windows are not looked at",
    "The first window starts at row 0 and the last at row H − kH, both included, and so for the "
    "columns: range(H - kH + 1) and range(W - kW + 1).",
)
def _(x, template):
    return _place(_likeness(x, template)[:-1, :-1])


@EXERCISE.misconception(
    "the last row of windows is not looked at",
    "The first window starts at row 0 and the last at row H − kH, both included: "
    "range(H - kH + 1).",
)
def _(x, template):
    return _place(_likeness(x, template)[:-1])


@EXERCISE.misconception(
    "the last column of windows is not looked at",
    "The first window starts at column 0 and the last at column W − kW, both included: "
    "range(W - kW + 1).",
)
def _(x, template):
    return _place(_likeness(x, template)[:, :-1])


@EXERCISE.misconception(
    "each row of a window is centred by itself",
    "A window has one mean, that of all its pixels: axis=(2, 3). With one mean for each row, what "
    "tells its rows apart is lost.",
)
def _(x, template):
    windows = _windows(x, template)
    windows = windows - windows.mean(axis=3, keepdims=True)
    return _place(_sums(windows * (template - template.mean())) / _norms(windows))

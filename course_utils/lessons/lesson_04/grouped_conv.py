"""Exercise 4.3: groups."""

import numpy as np

from course_utils.exercises import Case, Exercise, rounded_normals
from course_utils.ops import conv2d


def grouped_conv(x, w, groups):
    """Grouped layer without bias: x (C, H, W), w (K, C / groups, kH, kW): shape (K, M_H, M_W)."""
    C, K = len(x), len(w)
    c, k = C // groups, K // groups  # channels and filters of one group
    maps = [conv2d(x[g * c : (g + 1) * c], w[g * k : (g + 1) * k]) for g in range(groups)]
    return np.concatenate(maps)


EXERCISE = Exercise(
    id="04.grouped_conv",
    title="Groups",
    minutes=10,
    difficulty=2,
    reference=grouped_conv,
    cases=[
        Case(
            np.array([[[1.0]], [[2.0]], [[3.0]], [[4.0]]]),
            np.array([[[[1.0]], [[10.0]]], [[[1.0]], [[10.0]]]]),
            2,
            note="group 0 sees channels 0 and 1: 1 + 20 = 21; group 1 sees 2 and 3: 3 + 40 = 43",
        ),
        Case(
            np.array([[[1.0]], [[2.0]]]),
            np.array([[[[1.0]]], [[[10.0]]], [[[100.0]]], [[[1000.0]]]]),
            2,
            note="filters 0 and 1 see channel 0: 1, 10; filters 2 and 3 see channel 1: 200, 2000",
        ),
        Case(
            np.array([[[1.0, 2.0]], [[3.0, 4.0]]]),
            np.array([[[[1.0, 10.0]]], [[[1.0, -1.0]]]]),
            2,
            note="each filter has a channel of its own: 1 + 20 = 21 and 3 − 4 = −1",
        ),
        Case(
            np.array([[[1.0]], [[2.0]]]),
            np.array([[[[1.0]], [[10.0]]]]),
            1,
            note="one group is the ordinary layer: 1 + 20 = 21",
        ),
        Case(np.array([[[3, 1]], [[4, 1]]]), np.array([[[[0.5, 0.25]]], [[[0.1, 0.2]]]]), 2),
        Case(*rounded_normals(31, (3, 2, 3), (3, 1, 1, 2)), 3),
        Case(*rounded_normals(32, (4, 4, 5), (6, 2, 2, 3)), 2),
        Case(*rounded_normals(33, (6, 3, 4), (9, 2, 2, 2)), 3),
        Case(*rounded_normals(35, (6, 3, 4), (4, 3, 2, 2)), 2),
        Case(*rounded_normals(34, (2, 4, 4), (4, 2, 3, 3)), 1),
    ],
    hints=[
        "Group g has C / groups channels and K / groups filters, next to each other.",
        "`conv2d` from course_utils.ops does one group: hand it a slice of x and a slice of w.",
        "Collect the groups' maps in a list and join them with np.concatenate.",
    ],
    uses=("from course_utils.ops import conv2d",),
)


def _group_maps(
    x,
    w,
    groups,
    channels=lambda g, c: slice(g * c, (g + 1) * c),
    filters=lambda g, k: slice(g * k, (g + 1) * k),
):
    """List the maps of each group, the channels or the filters of a group taken otherwise."""
    c, k = len(x) // groups, len(w) // groups
    return [conv2d(x[channels(g, c)], w[filters(g, k)]) for g in range(groups)]


@EXERCISE.misconception(
    "channels are dealt out like cards",
    "Group g gets neighbouring channels, g·c to (g + 1)·c − 1, not every groups-th one.",
)
def _(x, w, groups):
    return np.concatenate(_group_maps(x, w, groups, channels=lambda g, c: slice(g, None, groups)))


@EXERCISE.misconception(
    "filters are dealt out like cards",
    "The first K / groups filters belong to group 0, the next to group 1, and so on: filter k is "
    "in group k // (K / groups), not k % groups.",
)
def _(x, w, groups):
    c = len(x) // groups
    maps = [conv2d(x[(i % groups) * c : (i % groups + 1) * c], w[i : i + 1]) for i in range(len(w))]
    return np.concatenate(maps)


@EXERCISE.misconception(
    "filters are dealt out like cards, and the maps stand in that order",
    "w[g::groups] takes every groups-th filter. Group g gets neighbouring ones, w[g * k : (g + "
    "1) * k].",
)
def _(x, w, groups):
    return np.concatenate(_group_maps(x, w, groups, filters=lambda g, k: slice(g, None, groups)))


@EXERCISE.misconception(
    "channels and filters are both dealt out like cards",
    "[g::groups] takes every groups-th. A group consists of neighbours, channels g·c to (g + "
    "1)·c − 1 and filters g·k to (g + 1)·k − 1.",
)
def _(x, w, groups):
    return np.concatenate(
        _group_maps(
            x,
            w,
            groups,
            lambda g, c: slice(g, None, groups),
            lambda g, k: slice(g, None, groups),
        )
    )


@EXERCISE.misconception(
    "filter k is put in group k // groups",
    "A group has K / groups filters, so filter k is in group k // (K / groups). k // groups "
    "would make groups of as many filters as there are groups.",
)
def _(x, w, groups):
    c = len(x) // groups
    maps = [conv2d(x[i // groups * c : (i // groups + 1) * c], w[i : i + 1]) for i in range(len(w))]
    return np.concatenate(maps)


@EXERCISE.misconception(
    "every filter sees the first channels", "Filters of group g see the channels of group g."
)
def _(x, w, groups):
    return conv2d(x[: w.shape[1]], w)


@EXERCISE.misconception(
    "every filter sees all channels, its weights repeated",
    "A filter has weights for C / groups channels because it sees only those of its own group. "
    "Repeating them adds up all groups.",
)
def _(x, w, groups):
    return conv2d(x, np.tile(w, (1, groups, 1, 1)))


@EXERCISE.misconception(
    "filters and channels that meet do not belong together",
    "conv2d wants filters as deep as the channels it is given. Those of w have C / groups channels "
    "already: hand it one group at a time, a slice of x and a slice of the *first* axis of w (a "
    "slice w[:, …] would cut channels).",
)
def _(x, w, groups):
    return conv2d(x, w)


@EXERCISE.misconception(
    "every group uses the first filters",
    "Group g has K / groups filters of its own: w[g * k : (g + 1) * k].",
)
def _(x, w, groups):
    return np.concatenate(_group_maps(x, w, groups, filters=lambda g, k: slice(0, k)))


@EXERCISE.misconception(
    "groups start one channel apart",
    "x[g : g + c] lets the groups overlap. Each begins where the one before has ended: x[g * c : "
    "(g + 1) * c].",
)
def _(x, w, groups):
    return np.concatenate(_group_maps(x, w, groups, channels=lambda g, c: slice(g, g + c)))


@EXERCISE.misconception(
    "groups start one filter apart",
    "w[g : g + k] lets the groups overlap. Each begins where the one before has ended: w[g * k : "
    "(g + 1) * k].",
)
def _(x, w, groups):
    return np.concatenate(_group_maps(x, w, groups, filters=lambda g, k: slice(g, g + k)))


@EXERCISE.misconception(
    "groups start one apart in channels and filters",
    "x[g : g + c] and w[g : g + k] let the groups overlap. Each begins where the one before has "
    "ended, at g·c and at g·k.",
)
def _(x, w, groups):
    return np.concatenate(
        _group_maps(x, w, groups, lambda g, c: slice(g, g + c), lambda g, k: slice(g, g + k))
    )


@EXERCISE.misconception(
    "a group is taken to have as many channels as there are groups",
    "`groups` says how many groups there are. One of them has c = C // groups channels.",
)
def _(x, w, groups):
    return np.concatenate(
        _group_maps(x, w, groups, channels=lambda g, c: slice(g * groups, (g + 1) * groups))
    )


@EXERCISE.misconception(
    "a group is taken to have as many filters as there are groups",
    "`groups` says how many groups there are. One of them has k = K // groups filters.",
)
def _(x, w, groups):
    return np.concatenate(
        _group_maps(x, w, groups, filters=lambda g, k: slice(g * groups, (g + 1) * groups))
    )


@EXERCISE.misconception(
    "channels and filters are sliced with each other's count",
    "x is cut into pieces of C // groups channels, w into pieces of K // groups filters.",
)
def _(x, w, groups):
    c, k = len(w) // groups, len(x) // groups
    maps = [conv2d(x[g * c : (g + 1) * c], w[g * k : (g + 1) * k]) for g in range(groups)]
    return np.concatenate(maps)


@EXERCISE.misconception(
    "every filter is applied to every group",
    "Each filter belongs to one group only, so there are K maps, not groups·K.",
)
def _(x, w, groups):
    c = len(x) // groups
    return np.concatenate([conv2d(x[g * c : (g + 1) * c], w) for g in range(groups)])


@EXERCISE.misconception(
    "the maps of the groups are added",
    "Groups do not mix: their maps stand one after another, K in all.",
)
def _(x, w, groups):
    return sum(_group_maps(x, w, groups))


@EXERCISE.misconception(
    "each group gives one map",
    "Each of the K / groups filters of a group gives a map of its own, K in all.",
)
def _(x, w, groups):
    return np.array([maps.sum(axis=0) for maps in _group_maps(x, w, groups)])


@EXERCISE.misconception(
    "the groups are stacked on an axis of their own",
    "np.array and np.stack make a new axis for the groups. np.concatenate joins the maps on the "
    "axis they have, which gives (K, M_H, M_W).",
)
def _(x, w, groups):
    return np.stack(_group_maps(x, w, groups))


@EXERCISE.misconception(
    "the maps are joined below each other",
    "Axis 1 counts rows, and np.hstack joins on it too. The maps stand one after another on axis "
    "0, which np.concatenate takes unasked.",
)
def _(x, w, groups):
    return np.concatenate(_group_maps(x, w, groups), axis=1)


@EXERCISE.misconception(
    "the maps are joined side by side",
    "The last axis counts columns. The maps stand one after another on axis 0, which "
    "np.concatenate takes unasked.",
)
def _(x, w, groups):
    return np.concatenate(_group_maps(x, w, groups), axis=2)


@EXERCISE.misconception(
    "only the first group comes out: the return stands inside the loop",
    "The function returns in the first round of the loop. Collect the maps of all groups and "
    "return after the loop.",
)
def _(x, w, groups):
    return _group_maps(x, w, groups)[0]


@EXERCISE.misconception(
    "only the last group is kept",
    "Each round of the loop overwrites the maps of the one before. Collect them in a list and "
    "join them at the end.",
)
def _(x, w, groups):
    return _group_maps(x, w, groups)[-1]


@EXERCISE.misconception(
    "the last group is left out",
    "The groups are 0, …, groups − 1, and range(groups) already stops there. range(groups - 1) "
    "leaves out the last.",
)
def _(x, w, groups):
    return np.concatenate(_group_maps(x, w, groups)[:-1])


@EXERCISE.misconception(
    "the kernels are flipped", "Layers compute the correlation: the kernel slides as it is."
)
def _(x, w, groups):
    return grouped_conv(x, w[:, :, ::-1, ::-1], groups)


@EXERCISE.misconception(
    "every group has one filter only",
    "w[g : g + 1] is filter g. Group g has K / groups filters, w[g * k : (g + 1) * k].",
)
def _(x, w, groups):
    c = len(x) // groups
    maps = [conv2d(x[g * c : (g + 1) * c], w[g : g + 1]) for g in range(groups)]
    return np.concatenate(maps)


@EXERCISE.misconception(
    "a group is taken to have as many filters as channels",
    "A group has C / groups channels and K / groups filters, which are two numbers: x is cut by "
    "the one, w by the other.",
)
def _(x, w, groups):
    c = len(x) // groups
    maps = [conv2d(x[g * c : (g + 1) * c], w[g * c : (g + 1) * c]) for g in range(groups)]
    return np.concatenate(maps)

"""Exercise 8.5: two linear layers are one."""

import numpy as np

from course_utils.exercises import Case, Exercise, rounded_normals


def compose(u, v):
    """Filters (K, C, F+G−1, F+G−1) of one layer equal to u (J, C, F, F) and then v (K, J, G, G)."""
    J, C, F, _ = u.shape
    K, J, G, _ = v.shape
    w = np.zeros((K, C, F + G - 1, F + G - 1))
    for a in range(G):
        for b in range(G):
            # weight (a, b) of v reads the maps of u moved by (a, b), and mixes them
            w[:, :, a : a + F, b : b + F] += np.einsum("kj,jcpq->kcpq", v[:, :, a, b], u)
    return w


EXERCISE = Exercise(
    id="08.compose",
    title="Two linear layers are one",
    minutes=9,
    difficulty=3,
    reference=compose,
    cases=[
        Case(
            np.array([[[[1, 0], [0, 2]]]]),
            np.array([[[[1, 10], [0, 0]]]]),
            note="u once where it is, and ten times one column further right: "
            "rows 1 10 0, 0 2 20, 0 0 0",
            expected=np.array([[[[1.0, 10, 0], [0, 2, 20], [0, 0, 0]]]]),
        ),
        Case(
            np.array([[[[1.0]]], [[[5.0]]]]),
            np.array([[[[2.0]], [[3.0]]]]),
            note="1×1 kernels, two maps between: 2·1 + 3·5 = 17",
            expected=np.array([[[[17.0]]]]),
        ),
        Case(
            np.array([[[[1.0, 2.0], [3.0, 4.0]]]]),
            np.array([[[[0.0, 0.0], [1.0, 0.0]]]]),
            note="one weight of v, in its second row: u moved down by one",
        ),
        Case(*rounded_normals(1, (2, 3, 3, 3), (4, 2, 3, 3))),
        Case(*rounded_normals(2, (3, 1, 2, 2), (2, 3, 3, 3))),
        Case(*rounded_normals(3, (3, 2, 4, 4), (1, 3, 1, 1))),
    ],
    hints=[
        "Write both layers as sums and put one into the other: x[c, i + a + p] is multiplied by "
        "v[k, j, a]·u[j, c, p]. Which offset of the one kernel is that?",
        "Offset a + p. So weight (a, b) of v adds u, moved by (a, b), to the result.",
        "Go over all (a, b): w[:, :, a : a + F, b : b + F] += what v[:, :, a, b] makes of u, "
        "summed over j.",
        "The sum over j is np.einsum('kj,jcpq->kcpq', v[:, :, a, b], u), or a loop over k and j.",
    ],
)


@EXERCISE.misconception(
    "v is turned around",
    "Both layers are correlations: x[i + a + p] is read with v[a]·u[p], so weight a of v moves u "
    "by +a. That is a convolution of the two kernels, without a further flip.",
)
def _(u, v):
    return compose(u, v[:, :, ::-1, ::-1])


@EXERCISE.misconception(
    "u is turned around",
    "x[i + a + p] is read with v[a]·u[p]: both indices count forwards, and neither kernel is "
    "flipped when they are laid over each other.",
)
def _(u, v):
    return compose(u[:, :, ::-1, ::-1], v)


@EXERCISE.misconception(
    "contributions overwrite each other",
    "The moved copies of u overlap: the same pixel is read along several paths, and their "
    "weights add up. Use += instead of =.",
)
def _(u, v):
    (_, C, F, _), (K, _, G, _) = u.shape, v.shape
    w = np.zeros((K, C, F + G - 1, F + G - 1))
    for a in range(G):
        for b in range(G):
            w[:, :, a : a + F, b : b + F] = np.einsum("kj,jcpq->kcpq", v[:, :, a, b], u)
    return w


@EXERCISE.misconception("only the first map between the layers", "v reads all J maps: sum over j.")
def _(u, v):
    return compose(u[:1], v[:, :1])


@EXERCISE.misconception(
    "the maps between the layers are averaged",
    "Channels are summed, each with its own weights (4.5).",
)
def _(u, v):
    return compose(u, v) / len(u)


@EXERCISE.misconception(
    "the maps are added up before v weighs them",
    "Map j of u goes with v[k, j]: multiply first, then sum over j.",
)
def _(u, v):
    together = v.sum(axis=1, keepdims=True)
    return compose(u.sum(axis=0, keepdims=True), together)


@EXERCISE.misconception(
    "rows and columns of v are exchanged", "v[k, j, a, b] moves by a rows and b columns."
)
def _(u, v):
    return compose(u, v.swapaxes(2, 3))


@EXERCISE.misconception(
    "the result is cut to the size of u",
    "Two windows in a row see further than one: F + G − 1 pixels.",
)
def _(u, v):
    F = u.shape[2]
    start = (v.shape[2] - 1) // 2
    return compose(u, v)[:, :, start : start + F, start : start + F]


@EXERCISE.misconception(
    "only the middle weight of v",
    "Every weight of v reads u's maps at another place; all of them contribute.",
)
def _(u, v):
    alone = np.zeros_like(v)
    middle = v.shape[2] // 2
    alone[:, :, middle, middle] = v[:, :, middle, middle]
    return compose(u, alone)


@EXERCISE.misconception(
    "the kernels are multiplied weight by weight",
    "Every weight of v meets every weight of u, at the sum of their offsets: a convolution of "
    "the kernels, of side F + G − 1.",
)
def _(u, v):
    return np.einsum("kjab,jcab->kcab", v, u)


@EXERCISE.misconception(
    "channels before filters", "Weights are (K, C, height, width): filters first."
)
def _(u, v):
    return compose(u, v).swapaxes(0, 1)

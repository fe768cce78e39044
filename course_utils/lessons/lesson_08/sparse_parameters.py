"""Exercise 8.2: LeNet-5's table of connections."""

from course_utils.exercises import Case, Exercise


def sparse_parameters(connections, F):
    """Weights and biases (int) of filters F×F, each looking only at the maps listed for it."""
    return sum(len(maps) * F * F + 1 for maps in connections)


EXERCISE = Exercise(
    id="08.sparse_parameters",
    title="Filters that do not look at every map",
    minutes=3,
    difficulty=1,
    reference=sparse_parameters,
    cases=[
        Case(
            [(0, 1), (1,)],
            3,
            note="two kernels of 9 and a bias, one kernel of 9 and a bias: 19 + 10 = 29",
            expected=29,
        ),
        Case(
            [(0, 1, 2), (2, 4)],
            2,
            note="3·4 + 1 = 13 and 2·4 + 1 = 9: 22",
            expected=22,
        ),
        Case([(0,), (1,), (2,)], 5, note="depthwise, as in lesson 04: 3·(25 + 1) = 78"),
        Case([(0, 1, 2, 3), (0, 1, 2, 3)], 1),
        Case([(3, 5), (0, 1, 3), (2,), (1, 2, 4, 5)], 4),
    ],
    hints=[
        "How many weights has a filter that looks at three maps?",
        "Three kernels of F·F, and one bias for their sum. Each filter in turn: "
        "for maps in connections.",
    ],
)


@EXERCISE.misconception("the biases are forgotten", "Each filter has one bias besides its kernels.")
def _(connections, F):
    return sum(len(maps) * F * F for maps in connections)


@EXERCISE.misconception(
    "one bias for each kernel",
    "A filter adds up what its kernels find and adds one bias to the sum: one for each filter, "
    "not one for each map that it looks at.",
)
def _(connections, F):
    return sum(len(maps) * (F * F + 1) for maps in connections)


@EXERCISE.misconception(
    "one bias for the whole layer", "Each filter makes a map of its own and has a bias of its own."
)
def _(connections, F):
    return sum(len(maps) * F * F for maps in connections) + 1


@EXERCISE.misconception(
    "every filter looks at every map",
    "That is the dense layer. Here a filter has kernels only for the maps listed for it.",
)
def _(connections, F):
    return len(connections) * ((1 + max(max(maps) for maps in connections)) * F * F + 1)


@EXERCISE.misconception(
    "one kernel for each filter, shared by its maps",
    "A filter has a kernel of its own for each map that it looks at, as in (4.5).",
)
def _(connections, F):
    return len(connections) * (F * F + 1)


@EXERCISE.misconception(
    "one kernel for each map, shared by the filters",
    "Two filters that look at the same map each have a kernel of their own for it.",
)
def _(connections, F):
    return len({m for maps in connections for m in maps}) * F * F + len(connections)


@EXERCISE.misconception("F weights in a kernel", "A kernel of side F has F·F weights.")
def _(connections, F):
    return sum(len(maps) * F + 1 for maps in connections)


@EXERCISE.misconception(
    "the numbers of the maps are added, instead of counted",
    "The tuple (1, 2, 4) says which maps: three of them. len counts them.",
)
def _(connections, F):
    return sum(sum(maps) * F * F + 1 for maps in connections)


@EXERCISE.misconception(
    "only the first filter", "Is the return inside the loop? All filters count."
)
def _(connections, F):
    return len(connections[0]) * F * F + 1


@EXERCISE.misconception("only the last filter", "Each filter adds to the sum: += instead of =.")
def _(connections, F):
    return len(connections[-1]) * F * F + 1

"""Exercise 10.6: counting the parameters of a residual network."""

from course_utils.exercises import Case, Exercise


def cifar_parameters(depth):
    """Parameters of a residual network of 6n + 2 layers for CIFAR-10, skips without weights."""
    n = (depth - 2) // 6
    total = 3 * 16 * 9 + 2 * 16  # the first layer, and its normalisation's scale and shift
    C = 16
    for K in (16, 32, 64):
        total += C * K * 9 + 2 * K  # the first convolution of the stage changes the channels
        total += (2 * n - 1) * (K * K * 9 + 2 * K)
        C = K
    return total + 64 * 10 + 10  # the dense layer has a bias


EXERCISE = Exercise(
    id="10.cifar_parameters",
    title="Counting a network of any depth",
    minutes=9,
    difficulty=3,
    reference=cifar_parameters,
    cases=[
        Case(
            8,
            note=(
                "n = 1: 464, then 2·2336, then 4672 + 9280, then 18560 + 36992, then 650: 75,290"
            ),
        ),
        Case(14),
        Case(20),
        Case(56),
        Case(110),
    ],
    hints=[
        "depth = 6n + 2: three stages of n blocks, each of two convolutions; which two are left?",
        "A convolution from C to K channels has 9CK weights, and its normalisation 2K.",
        "In each stage one convolution changes the channels, and 2n − 1 do not.",
    ],
)


def _count(depth, norm=2, bias=0, projections=False, dense=650):
    n = (depth - 2) // 6
    total, C = 432 + (norm + bias) * 16, 16
    for K in (16, 32, 64):
        total += C * K * 9 + (2 * n - 1) * K * K * 9 + 2 * n * (norm + bias) * K
        if projections and K != C:
            total += C * K + norm * K
        C = K
    return total + dense


@EXERCISE.misconception(
    "normalisations are not counted",
    "Each convolution is followed by a scale and a shift for each of its maps.",
)
def _(depth):
    return _count(depth, norm=0)


@EXERCISE.misconception(
    "one number for each normalised map", "Each map has a scale γ *and* a shift β."
)
def _(depth):
    return _count(depth, norm=1)


@EXERCISE.misconception(
    "running statistics are counted",
    "Running mean and variance are kept, but they are not parameters: no gradient moves them.",
)
def _(depth):
    return _count(depth, norm=4)


@EXERCISE.misconception(
    "convolutions with biases",
    "Before batch normalisation a bias would be useless (lesson 09), so there is none.",
)
def _(depth):
    return _count(depth, bias=1)


@EXERCISE.misconception(
    "skips with projections",
    "These skips pad with zeros and have no weights. (With projections it would be shortcut B.)",
)
def _(depth):
    return _count(depth, projections=True)


@EXERCISE.misconception(
    "the dense layer's bias is left out",
    "No normalisation follows the dense layer: it has 10 biases.",
)
def _(depth):
    return _count(depth, dense=640)


@EXERCISE.misconception("the dense layer is left out", "64 means go to 10 scores: 650 parameters.")
def _(depth):
    return _count(depth, dense=0)


@EXERCISE.misconception(
    "every convolution of a stage has equal channels",
    "The first convolution of a stage still sees the channels of the stage before: 16·32·9, not "
    "32·32·9.",
)
def _(depth):
    n = (depth - 2) // 6
    return 464 + sum(2 * n * (K * K * 9 + 2 * K) for K in (16, 32, 64)) + 650


@EXERCISE.misconception(
    "one convolution in each block",
    "A block has two: 2n convolutions in each stage, 6n in all, plus the first layer and the "
    "dense one.",
)
def _(depth):
    n = (depth - 2) // 6
    total, C = 464, 16
    for K in (16, 32, 64):
        total += C * K * 9 + 2 * K + (n - 1) * (K * K * 9 + 2 * K)
        C = K
    return total + 650


@EXERCISE.misconception(
    "the first layer is left out", "Before the blocks stands a convolution from 3 channels to 16."
)
def _(depth):
    return _count(depth) - 464


@EXERCISE.misconception("one block too many", "depth = 6n + 2, so n = (depth − 2) / 6.")
def _(depth):
    n = depth // 6 + 1
    return _count(6 * n + 2)


@EXERCISE.misconception("grey pictures", "CIFAR's pictures have three colour channels.")
def _(depth):
    return _count(depth) - 2 * 16 * 9


@EXERCISE.misconception(
    "2n convolutions after the first of a stage",
    "A stage has 2n convolutions with its first: 2n − 1 follow.",
)
def _(depth):
    return _count(depth) + sum(K * K * 9 + 2 * K for K in (16, 32, 64))


@EXERCISE.misconception(
    "the dense layer sees every pixel",
    "The means of the 64 maps go to the dense layer: 64·10 weights, not 8·8·64·10.",
)
def _(depth):
    return _count(depth, dense=8 * 8 * 64 * 10 + 10)


@EXERCISE.misconception(
    "the first layer is not normalised",
    "The first convolution is followed by a normalisation as well: 2·16.",
)
def _(depth):
    return _count(depth) - 2 * 16


@EXERCISE.misconception(
    "the first stage sees the colours",
    "The layer before the blocks has made 16 channels of the 3 colours: 16·16·9.",
)
def _(depth):
    return _count(depth) - 13 * 16 * 9


@EXERCISE.misconception(
    "one normalisation in each block",
    "Each of the two convolutions of a block has its own: 4K for each block.",
)
def _(depth):
    n = (depth - 2) // 6
    return _count(depth) - sum(n * 2 * K for K in (16, 32, 64))


@EXERCISE.misconception(
    "one normalisation in each stage", "Every convolution has its own: 2n in each stage."
)
def _(depth):
    n = (depth - 2) // 6
    return _count(depth) - sum((2 * n - 1) * 2 * K for K in (16, 32, 64))


@EXERCISE.misconception(
    "the normalisation of a stage's first convolution is left out",
    "The convolution that changes the channels is normalised as well: 2K.",
)
def _(depth):
    return _count(depth) - sum(2 * K for K in (16, 32, 64))


@EXERCISE.misconception(
    "n = (depth − 2) / 2",
    "A block has two convolutions, and there are *three* stages of n blocks: 6n + 2 layers.",
)
def _(depth):
    n = (depth - 2) // 2
    return _count(6 * n + 2)


@EXERCISE.misconception(
    "the last stage sees 16 channels",
    "After each stage the channels have changed: C has to follow, C = K.",
)
def _(depth):
    return _count(depth) - 16 * 64 * 9


@EXERCISE.misconception(
    "filters are taken for flat, without the depth C",
    "Each filter spans all the channels that come in: 9·C weights, and K filters have 9·C·K.",
)
def _(depth):
    n = (depth - 2) // 6
    return 16 * 9 + 2 * 16 + sum(2 * n * (K * 9 + 2 * K) for K in (16, 32, 64)) + 650

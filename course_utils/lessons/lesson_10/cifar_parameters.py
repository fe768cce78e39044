"""Exercise 10.6: counting the parameters of a residual network."""

from course_utils.exercises import Case, Exercise


def cifar_parameters(depth, shortcut):
    """Parameters of a residual network of 6n + 2 layers for CIFAR-10; shortcut is "A" or "B"."""
    n = (depth - 2) // 6
    total = 3 * 16 * 9 + 2 * 16  # the first layer, and its normalisation's scale and shift
    C = 16
    for K in (16, 32, 64):
        total += C * K * 9 + 2 * K  # the first convolution of the stage changes the channels
        total += (2 * n - 1) * (K * K * 9 + 2 * K)
        if shortcut == "B" and K != C:
            total += C * K + 2 * K  # a projection where the shape changes, and its normalisation
        C = K
    return total + 64 * 10 + 10  # the dense layer has a bias


EXERCISE = Exercise(
    id="10.cifar_parameters",
    title="Counting a network of any depth",
    minutes=11,
    difficulty=3,
    reference=cifar_parameters,
    cases=[
        Case(
            8,
            "A",
            note=(
                "n = 1: 464, then 2·2336, then 4672 + 9280, then 18560 + 36992, then 650: 75,290"
            ),
        ),
        Case(
            8,
            "B",
            note=(
                "two projections more, 16·32 + 2·32 = 576 and 32·64 + 2·64 = 2176: 75,290 + 2,752 "
                "= 78,042"
            ),
        ),
        Case(14, "A"),
        Case(20, "A"),
        Case(20, "B"),
        Case(56, "B"),
        Case(110, "A"),
    ],
    hints=[
        "depth = 6n + 2: three stages of n blocks, each of two convolutions; which two are left?",
        "A convolution from C to K channels has 9CK weights, and its normalisation 2K.",
        "In each stage one convolution sees the channels of the stage before, and 2n − 1 do not.",
        "With shortcut B two skips have weights, at the heads of stages two and three: a 1 × 1 "
        "convolution has C·K of them, and its normalisation 2K.",
    ],
)


def _count(depth, shortcut, norm=2, bias=0, dense=650):
    n = (depth - 2) // 6
    total, C = 432 + (norm + bias) * 16, 16
    for K in (16, 32, 64):
        total += C * K * 9 + (2 * n - 1) * K * K * 9 + 2 * n * (norm + bias) * K
        if shortcut == "B" and K != C:
            total += C * K + (norm + bias) * K
        C = K
    return total + dense


def _projections(shortcut):
    return _count(8, shortcut) - _count(8, "A")


@EXERCISE.misconception(
    "normalisations are not counted",
    "Each convolution is followed by a scale and a shift for each of its maps.",
)
def _(depth, shortcut):
    return _count(depth, shortcut, norm=0)


@EXERCISE.misconception(
    "one number for each normalised map", "Each map has a scale γ *and* a shift β."
)
def _(depth, shortcut):
    return _count(depth, shortcut, norm=1)


@EXERCISE.misconception(
    "running statistics are counted",
    "Running mean and variance are kept, but they are not parameters: no gradient moves them.",
)
def _(depth, shortcut):
    return _count(depth, shortcut, norm=4)


@EXERCISE.misconception(
    "convolutions with biases",
    "Before batch normalisation a bias would be useless (lesson 09), so there is none.",
)
def _(depth, shortcut):
    return _count(depth, shortcut, bias=1)


@EXERCISE.misconception(
    "the shortcut does not matter",
    "Shortcut A pads with zeros and has no weights; B has a projection at two places, with C·K + "
    "2K parameters each.",
)
def _(depth, shortcut):
    return _count(depth, "A")


@EXERCISE.misconception(
    "projections always", "Shortcut A pads with zeros and has no weights. Only B has projections."
)
def _(depth, shortcut):
    return _count(depth, "B")


@EXERCISE.misconception("A and B exchanged", "A pads with zeros; B is the one with projections.")
def _(depth, shortcut):
    return _count(depth, "A" if shortcut == "B" else "B")


@EXERCISE.misconception(
    "projections without normalisation",
    "A normalisation follows the 1 × 1 convolution too: 2K more.",
)
def _(depth, shortcut):
    return _count(depth, shortcut) - (2 * 32 + 2 * 64) * (shortcut == "B")


@EXERCISE.misconception(
    "projections of 3 × 3", "A projection is a 1 × 1 convolution: C·K weights, not 9·C·K."
)
def _(depth, shortcut):
    return _count(depth, shortcut) + 8 * (16 * 32 + 32 * 64) * (shortcut == "B")


@EXERCISE.misconception(
    "a projection in each stage",
    "The first stage has the 16 channels of the layer before it, and stride 1: nothing changes "
    "there.",
)
def _(depth, shortcut):
    return _count(depth, shortcut) + (16 * 16 + 2 * 16) * (shortcut == "B")


@EXERCISE.misconception(
    "a projection in each block",
    "That would be shortcut C. B has one only where the shape changes, at the heads of two stages.",
)
def _(depth, shortcut):
    n = (depth - 2) // 6
    more = 16 * 16 + 2 * 16 + (n - 1) * sum(K * K + 2 * K for K in (16, 32, 64))
    return _count(depth, shortcut) + more * (shortcut == "B")


@EXERCISE.misconception(
    "the dense layer's bias is left out",
    "No normalisation follows the dense layer: it has 10 biases.",
)
def _(depth, shortcut):
    return _count(depth, shortcut, dense=640)


@EXERCISE.misconception("the dense layer is left out", "64 means go to 10 scores: 650 parameters.")
def _(depth, shortcut):
    return _count(depth, shortcut, dense=0)


@EXERCISE.misconception(
    "every convolution of a stage has equal channels",
    "The first convolution of a stage still sees the channels of the stage before: 16·32·9, not "
    "32·32·9.",
)
def _(depth, shortcut):
    n = (depth - 2) // 6
    same = 464 + sum(2 * n * (K * K * 9 + 2 * K) for K in (16, 32, 64)) + 650
    return same + _projections(shortcut)


@EXERCISE.misconception(
    "one convolution in each block",
    "A block has two: 2n convolutions in each stage, 6n in all, plus the first layer and the "
    "dense one.",
)
def _(depth, shortcut):
    n = (depth - 2) // 6
    total, C = 464, 16
    for K in (16, 32, 64):
        total += C * K * 9 + 2 * K + (n - 1) * (K * K * 9 + 2 * K)
        C = K
    return total + 650 + _projections(shortcut)


@EXERCISE.misconception(
    "the first layer is left out", "Before the blocks stands a convolution from 3 channels to 16."
)
def _(depth, shortcut):
    return _count(depth, shortcut) - 464


@EXERCISE.misconception("one block too many", "depth = 6n + 2, so n = (depth − 2) / 6.")
def _(depth, shortcut):
    n = depth // 6 + 1
    return _count(6 * n + 2, shortcut)


@EXERCISE.misconception("grey pictures", "CIFAR's pictures have three colour channels.")
def _(depth, shortcut):
    return _count(depth, shortcut) - 2 * 16 * 9


@EXERCISE.misconception(
    "2n convolutions after the first of a stage",
    "A stage has 2n convolutions with its first: 2n − 1 follow.",
)
def _(depth, shortcut):
    return _count(depth, shortcut) + sum(K * K * 9 + 2 * K for K in (16, 32, 64))


@EXERCISE.misconception(
    "the dense layer sees every pixel",
    "The means of the 64 maps go to the dense layer: 64·10 weights, not 8·8·64·10.",
)
def _(depth, shortcut):
    return _count(depth, shortcut, dense=8 * 8 * 64 * 10 + 10)


@EXERCISE.misconception(
    "the first layer is not normalised",
    "The first convolution is followed by a normalisation as well: 2·16.",
)
def _(depth, shortcut):
    return _count(depth, shortcut) - 2 * 16


@EXERCISE.misconception(
    "the first stage sees the colours",
    "The layer before the blocks has made 16 channels of the 3 colours: 16·16·9.",
)
def _(depth, shortcut):
    return _count(depth, shortcut) - 13 * 16 * 9 + (3 * 16 + 2 * 16) * (shortcut == "B")


@EXERCISE.misconception(
    "one normalisation in each block",
    "Each of the two convolutions of a block has its own: 4K for each block.",
)
def _(depth, shortcut):
    n = (depth - 2) // 6
    return _count(depth, shortcut) - sum(n * 2 * K for K in (16, 32, 64))


@EXERCISE.misconception(
    "one normalisation in each stage", "Every convolution has its own: 2n in each stage."
)
def _(depth, shortcut):
    n = (depth - 2) // 6
    return _count(depth, shortcut) - sum((2 * n - 1) * 2 * K for K in (16, 32, 64))


@EXERCISE.misconception(
    "the normalisation of a stage's first convolution is left out",
    "The convolution that changes the channels is normalised as well: 2K.",
)
def _(depth, shortcut):
    return _count(depth, shortcut) - sum(2 * K for K in (16, 32, 64))


@EXERCISE.misconception(
    "n = (depth − 2) / 2",
    "A block has two convolutions, and there are *three* stages of n blocks: 6n + 2 layers.",
)
def _(depth, shortcut):
    n = (depth - 2) // 2
    return _count(6 * n + 2, shortcut)


@EXERCISE.misconception(
    "the last stage sees 16 channels",
    "After each stage the channels have changed: C has to follow, C = K.",
)
def _(depth, shortcut):
    return _count(depth, shortcut) - 16 * 64 * (10 if shortcut == "B" else 9)


@EXERCISE.misconception(
    "filters are taken for flat, without the depth C",
    "Each filter spans all the channels that come in: 9·C weights, and K filters have 9·C·K.",
)
def _(depth, shortcut):
    n = (depth - 2) // 6
    flat = 16 * 9 + 2 * 16 + sum(2 * n * (K * 9 + 2 * K) for K in (16, 32, 64)) + 650
    return flat + (32 + 2 * 32 + 64 + 2 * 64) * (shortcut == "B")

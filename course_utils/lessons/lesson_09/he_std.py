"""Exercise 9.1: how large the weights should be."""

import numpy as np

from course_utils.exercises import Case, Exercise


def he_std(shape):
    """Standard deviation that keeps the signal's size; shape is (K, C, kH, kW), or (K, C)."""
    fan_in = np.prod(shape[1:])  # terms in the sum of one output: all axes but the first
    return float(np.sqrt(2 / fan_in))


EXERCISE = Exercise(
    id="09.he_std",
    title="How large the weights should be",
    minutes=4,
    difficulty=1,
    reference=he_std,
    cases=[
        Case((3, 2, 2, 2), note="8 terms in each output: √(2/8) = 0.5"),
        Case((10, 50), note="a dense layer has no kernel: √(2/50) = 0.2"),
        Case((4, 2, 1, 4), note="8 terms again, in another arrangement: 0.5"),
        Case((64, 3, 7, 7)),
        Case((16, 32, 3, 3)),
        Case((6, 5, 3, 2)),
    ],
    hints=[
        "How many products does one output of this layer add up? Look at the equation for σ².",
        "Every axis of the weight but the first: for (K, C, kH, kW) that is C·kH·kW.",
        "np.prod(shape[1:]) works for dense layers too; the answer is √(2/fan_in).",
    ],
)


@EXERCISE.misconception(
    "the variance instead of its root",
    "2/fan_in is the variance σ². Asked for is the standard deviation σ.",
)
def _(shape):
    return float(2 / np.prod(shape[1:]))


@EXERCISE.misconception(
    "without the 2",
    "1/fan_in would keep the size of the signal if nothing followed. ReLU takes half of the mean "
    "square away at each layer; the 2 gives it back.",
)
def _(shape):
    return float(np.sqrt(1 / np.prod(shape[1:])))


@EXERCISE.misconception(
    "outputs counted instead of inputs",
    "K·kH·kW is the fan out, which keeps the *gradient's* size. The signal's size depends on the "
    "number of terms in one output, C·kH·kW.",
)
def _(shape):
    return float(np.sqrt(2 / (shape[0] * np.prod(shape[2:]))))


@EXERCISE.misconception(
    "the kernel's area is left out", "Each output adds C·kH·kW products, not C."
)
def _(shape):
    return float(np.sqrt(2 / shape[1]))


@EXERCISE.misconception(
    "the number of filters is used",
    "The first axis counts the outputs. One output does not feel how many others there are.",
)
def _(shape):
    return float(np.sqrt(2 / shape[0]))


@EXERCISE.misconception(
    "only the kernel's area is counted",
    "A filter spans all C channels, so each output adds C·kH·kW products.",
)
def _(shape):
    return float(np.sqrt(2 / np.prod(shape[2:])))


@EXERCISE.misconception(
    "all the weights of the layer are counted",
    "The weights of *one* filter make one output: leave the first axis out.",
)
def _(shape):
    return float(np.sqrt(2 / np.prod(shape)))


@EXERCISE.misconception(
    "Xavier's rule", "2/(fan_in + fan_out) is the compromise for layers without ReLU."
)
def _(shape):
    area = np.prod(shape[2:])
    return float(np.sqrt(2 / ((shape[0] + shape[1]) * area)))


@EXERCISE.misconception(
    "the 2 outside the root", "The variance is 2/fan_in, so the 2 stands under the root."
)
def _(shape):
    return float(2 / np.sqrt(np.prod(shape[1:])))


@EXERCISE.misconception(
    "divided by 2 instead of multiplied", "½·fan_in·σ² has to be 1, so σ² = 2/fan_in."
)
def _(shape):
    return float(np.sqrt(1 / (2 * np.prod(shape[1:]))))


@EXERCISE.misconception(
    "one side of the kernel is forgotten", "The kernel has kH·kW weights for each channel."
)
def _(shape):
    return float(np.sqrt(2 / np.prod(shape[1:3])))


@EXERCISE.misconception(
    "upside down", "The more terms are added, the *smaller* each weight has to be."
)
def _(shape):
    return float(np.sqrt(np.prod(shape[1:]) / 2))


@EXERCISE.misconception(
    "the shape is unpacked into four",
    "Right for a convolution, but a dense layer's weight has the shape (K, C), with nothing to "
    "unpack into kH and kW. shape[1:] is all that makes one output, in both.",
)
def _(shape):
    _, C, kH, kW = shape
    return float(np.sqrt(2 / (C * kH * kW)))


@EXERCISE.misconception(
    "a fourth axis is always read",
    "Right for a convolution, but a dense layer's weight has the shape (K, C): there is no "
    "shape[2]. np.prod(shape[1:]) takes whatever axes there are.",
)
def _(shape):
    return float(np.sqrt(2 / (shape[1] * shape[2] * shape[3])))


@EXERCISE.misconception(
    "the axes are added instead of multiplied",
    "There are C channels and kH·kW weights in each of them: the numbers multiply.",
)
def _(shape):
    return float(np.sqrt(2 / sum(shape[1:])))


@EXERCISE.misconception(
    "the last axis is left out instead of the first",
    "The filters stand on the first axis here, as in PyTorch. (In Keras they stand on the last.)",
)
def _(shape):
    return float(np.sqrt(2 / np.prod(shape[:-1])))


@EXERCISE.misconception(
    "multiplied by the fan in", "½·fan_in·σ² has to be 1: σ² is 2 *divided* by fan_in."
)
def _(shape):
    return float(np.sqrt(2 * np.prod(shape[1:])))


@EXERCISE.misconception("the root of the 2 alone", "σ is the root of the whole of 2/fan_in.")
def _(shape):
    return float(np.sqrt(2) / np.prod(shape[1:]))


@EXERCISE.misconception(
    "the bound of a uniform draw",
    "√(6/fan_in) is where a uniform draw has to end so that its standard deviation is √(2/fan_in).",
)
def _(shape):
    return float(np.sqrt(6 / np.prod(shape[1:])))

"""Exercise 1.3: filters in a row."""

import numpy as np

from course_utils.exercises import Case, Exercise, rounded_normals


def combine(kernels):
    """One kernel that does the work of all kernels, applied one after another, in full."""
    combined = np.array([1.0])  # the impulse: convolving with it changes nothing
    for w in kernels:
        combined = np.convolve(combined, w)
    return combined


EXERCISE = Exercise(
    id="01.combine",
    title="Many filters, one kernel",
    minutes=5,
    difficulty=1,
    reference=combine,
    cases=[
        Case(
            [np.array([1.0, 1.0]), np.array([1.0, 1.0])],
            note="1·1 = 1, 1·1 + 1·1 = 2, 1·1 = 1, as in (1 + z)² = 1 + 2z + z²",
        ),
        Case(
            [np.array([1.0, -1.0]), np.array([1.0, 1.0])],
            note="1·1 = 1, 1·1 − 1·1 = 0, −1·1 = −1, as in (1 − z)(1 + z) = 1 − z²",
        ),
        Case([np.array([2.0, 3.0])], note="one kernel, with nothing to combine it with: 2, 3"),
        Case(list(rounded_normals(31, 3, 2))),
        Case(list(rounded_normals(32, 2, 4, 3))),
        Case(list(rounded_normals(33, 5, 1, 2, 2))),
        Case(
            [np.array([0.0, 1.0]), np.array([0.0, 0.0, 1.0])],
            note="a delay by 1, then by 2, is a delay by 1 + 2 = 3: 0, 0, 0, 1",
        ),
    ],
    hints=[
        "Associativity: (x ∗ u) ∗ v = x ∗ (u ∗ v). What is the one kernel for two filters?",
        (
            "For three kernels do it twice. A loop that carries the combined kernel along works "
            "for any number."
        ),
        "Which kernel changes nothing? Start the loop with it: np.array([1.0]).",
    ],
)


EXERCISE.misconception(
    "the kernels are added",
    "Adding kernels adds their outputs: that is distributivity, filters side by side (and it "
    "needs kernels of one size). Filters one after another combine by associativity: (x ∗ u) ∗ v "
    "= x ∗ (u ∗ v).",
)(sum)


@EXERCISE.misconception(
    "the kernels are multiplied element by element",
    "One filter after another is a convolution of the kernels, not their product. The product "
    "appears on the other side of the Fourier transform, in section 8.",
)
def _(kernels):
    product = np.array([1.0])
    for w in kernels:
        product = product * w
    return product


EXERCISE.misconception(
    "the kernels are strung together",
    "The second filter works on what the first puts out, so every weight of one meets every "
    "weight of the other: that is their convolution. Laid end to end they do not meet at all.",
)(np.concatenate)


def _in_mode(kernels, mode):
    combined = kernels[0]
    for w in kernels[1:]:
        combined = np.convolve(combined, w, mode=mode)
    return combined


@EXERCISE.misconception(
    "the result is cut by mode='same'",
    "Two kernels of sizes F and G reach over F + G − 1 samples together. Same cuts that back to "
    "the longer of the two and throws away part of the reach.",
)
def _(kernels):
    return _in_mode(kernels, "same")


@EXERCISE.misconception(
    "the result is cut by mode='valid'",
    "Two kernels of sizes F and G reach over F + G − 1 samples together. Valid keeps only the "
    "places where one lies inside the other, and throws away the rest of that reach.",
)
def _(kernels):
    return _in_mode(kernels, "valid")


@EXERCISE.misconception(
    "correlates the kernels, which flips every one but the first",
    "np.correlate reverses its second argument before it convolves. Filters one after another "
    "combine by np.convolve: associativity belongs to convolution.",
)
def _(kernels):
    combined = kernels[0]
    for w in kernels[1:]:
        combined = np.correlate(combined, w, mode="full")
    return combined


@EXERCISE.misconception(
    "correlates the kernels, and the result stands reversed",
    "np.correlate reverses its second argument before it convolves, here every kernel, so the "
    "combined one comes out reversed. Use np.convolve.",
)
def _(kernels):
    combined = np.array([1.0])
    for w in kernels:
        combined = np.correlate(combined, w, mode="full")
    return combined


@EXERCISE.misconception(
    "starts from zero",
    "Convolving anything with zeros gives zeros. The kernel that changes nothing is the impulse, "
    "np.array([1.0]); zero is where a sum starts.",
)
def _(kernels):
    return 0.0 * combine(kernels)


@EXERCISE.misconception(
    "the first kernel is used twice",
    "You start with kernels[0] and then meet it again in the loop. Start with the impulse "
    "np.array([1.0]), or loop over kernels[1:].",
)
def _(kernels):
    return combine([kernels[0], *kernels])


@EXERCISE.misconception(
    "the first kernel is left out",
    "The loop runs over kernels[1:] but starts from the impulse, so kernels[0] never comes in. "
    "Loop over all kernels, or start with kernels[0].",
)
def _(kernels):
    return combine(kernels[1:])


@EXERCISE.misconception(
    "the last kernel is left out",
    "range(len(kernels) - 1) stops before the last index. `for w in kernels` meets each kernel "
    "once.",
)
def _(kernels):
    return combine(kernels[:-1])


@EXERCISE.misconception(
    "only the first kernel comes in: the return stands inside the loop",
    "The function returns in the first round of the loop, with the first kernel alone. Indent "
    "return as far as the for, so that it comes after the loop.",
)
def _(kernels):
    return kernels[0]


@EXERCISE.misconception(
    "only the first two kernels come in",
    "The list may hold one kernel, or five. A loop that carries the combined kernel along works "
    "for any number.",
)
def _(kernels):
    return np.convolve(kernels[0], kernels[1])


@EXERCISE.misconception(
    "only the last two kernels come in",
    "Each round convolves two neighbours of the list and forgets the round before. Carry the "
    "result along: combined = np.convolve(combined, w).",
)
def _(kernels):
    for i in range(len(kernels) - 1):
        combined = np.convolve(kernels[i], kernels[i + 1])
    return combined


@EXERCISE.misconception(
    "each round starts afresh, and only the last kernel is left",
    "The result of a round has to go into the next one: combined = np.convolve(combined, w), "
    "with combined on both sides.",
)
def _(kernels):
    return kernels[-1]


@EXERCISE.misconception(
    "the result of np.convolve is not kept",
    "np.convolve(combined, w) returns a new array and changes neither of its arguments. Write "
    "combined = np.convolve(combined, w).",
)
def _(kernels):
    return np.array([1.0])


@EXERCISE.misconception(
    "leading zeros are dropped, as np.polymul does",
    "Filters combine as polynomials multiply, but for polynomials leading zeros mean nothing. In "
    "a kernel they are a delay; np.convolve keeps them.",
)
def _(kernels):
    combined = np.array([1.0])
    for w in kernels:
        combined = np.polymul(combined, w)
    return combined


@EXERCISE.misconception(
    "starts from an empty list",
    "Nothing can be convolved with no values at all. The kernel that changes nothing is the "
    "impulse, np.array([1.0]): one value, which is 1.",
)
def _(kernels):
    return np.convolve([], kernels[0])

"""Exercises of lesson 01, the convolution sum."""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt

from course_utils.exercises import Case, Exercise, Misconception

Array = npt.NDArray[np.float64]
Complex = npt.NDArray[np.complex128]


def _random(seed: int, *lengths: int) -> tuple[Array, ...]:
    """Sequences of the given lengths; no symmetry, so that a missing flip shows."""
    rng = np.random.default_rng(seed)
    return tuple(np.round(rng.normal(size=n), 2) for n in lengths)


# 1.1 full convolution


def convolve_full(x: Array, w: Array) -> Array:
    """Full convolution of x (N,) and w (F,): every y[t] that can be non-zero, (N + F - 1,)."""
    N, F = len(x), len(w)
    y = np.zeros(N + F - 1)  # t runs from 0 + 0 to (N - 1) + (F - 1)
    for t in range(N + F - 1):
        for a in range(F):
            if 0 <= t - a < N:  # outside its N samples, x is zero
                y[t] += x[t - a] * w[a]
    return y


def _full_without_flip(x: Array, w: Array) -> Array:
    return convolve_full(x, w[::-1])


def _full_last_weight_missing(x: Array, w: Array) -> Array:
    return np.append(convolve_full(x, w[:-1]), 0.0) if len(w) > 1 else 0.0 * x


def _full_first_weight_missing(x: Array, w: Array) -> Array:
    return convolve_full(x, np.append(0 * w[:1], w[1:]))


def _full_first_sample_missing(x: Array, w: Array) -> Array:
    return convolve_full(np.append(0 * x[:1], x[1:]), w)


def _full_last_sample_missing(x: Array, w: Array) -> Array:
    return convolve_full(np.append(x[:-1], 0 * x[-1:]), w)


def _full_cut_to_n(x: Array, w: Array) -> Array:
    return convolve_full(x, w)[: len(x)]


def _full_zeros_like(x: Array, w: Array) -> Array:
    N, F = len(x), len(w)
    y = np.zeros_like(x)
    for t in range(N):
        for a in range(F):
            if t - a >= 0:
                y[t] += x[t - a] * w[a]
    return y


def _full_negative_index(x: Array, w: Array) -> Array:
    N, F = len(x), len(w)
    y = np.zeros(N + F - 1)
    for t in range(N + F - 1):
        for a in range(F):
            if t - a < N:  # x[-1] is the last sample in Python, not zero
                y[t] += x[t - a] * w[a]
    return y


def _full_errors_passed_over(x: Array, w: Array) -> Array:
    N, F = len(x), len(w)
    y = np.zeros(N + F - 1)
    for t in range(N + F - 1):
        for a in range(F):
            if -N <= t - a < N:  # all that does not raise an IndexError
                y[t] += x[t - a] * w[a]
    return y


def _full_past_the_end(x: Array, w: Array) -> Array:
    N, F = len(x), len(w)
    y = np.zeros(N + F - 1)
    for t in range(N + F - 1):
        for a in range(F):
            if t - a >= 0:
                y[t] += x[t - a] * w[a]
    return y


def _full_weight_too_many(x: Array, w: Array) -> Array:
    N, F = len(x), len(w)
    y = np.zeros(N + F - 1)
    for t in range(N + F - 1):
        for a in range(F + 1):
            if 0 <= t - a < N:
                y[t] += x[t - a] * w[a]
    return y


def _full_letters_exchanged(x: Array, w: Array) -> Array:
    N, F = len(w), len(x)
    y = np.zeros(N + F - 1)
    for t in range(N + F - 1):
        for a in range(F):
            if 0 <= t - a < N:
                y[t] += x[t - a] * w[a]
    return y


def _full_plus(x: Array, w: Array) -> Array:
    N, F = len(x), len(w)
    y = np.zeros(N + F - 1)
    for t in range(N + F - 1):
        for a in range(F):
            if 0 <= t + a < N:
                y[t] += x[t + a] * w[a]
    return y


def _full_circular(x: Array, w: Array) -> Array:
    N, F = len(x), len(w)
    return np.array([sum(x[(t - a) % N] * w[a] for a in range(F)) for t in range(N)], dtype=float)


def _full_periodic(x: Array, w: Array) -> Array:
    N, F = len(x), len(w)
    return np.array(
        [sum(x[(t - a) % N] * w[a] for a in range(F)) for t in range(N + F - 1)], dtype=float
    )


def _full_overwrites(x: Array, w: Array) -> Array:
    N, F = len(x), len(w)
    y = np.zeros(N + F - 1)
    for t in range(N + F - 1):
        for a in range(F):
            if 0 <= t - a < N:
                y[t] = x[t - a] * w[a]
    return y


def _full_last_unfilled(x: Array, w: Array) -> Array:
    return np.append(convolve_full(x, w)[:-1], 0.0)


def _full_first_unfilled(x: Array, w: Array) -> Array:
    return np.append(0.0, convolve_full(x, w)[1:])


def _full_only_first_filled(x: Array, w: Array) -> Array:
    y = np.zeros(len(x) + len(w) - 1)
    y[0] = x[0] * w[0]
    return y


CONVOLVE_FULL = Exercise(
    id="01.convolve_full",
    title="The full convolution, term by term",
    minutes=8,
    difficulty=1,
    reference=convolve_full,
    cases=[
        Case(
            np.array([1.0, 2.0, 3.0]),
            np.array([1.0, 10.0]),
            note="1·1 = 1, 2·1 + 1·10 = 12, 3·1 + 2·10 = 23, 3·10 = 30",
        ),
        Case(
            np.array([1.0, 0.0, 0.0]),
            np.array([5.0, 7.0]),
            note="an impulse: 1·5 = 5, 0·5 + 1·7 = 7, 0·5 + 0·7 = 0, 0·7 = 0, which is w itself",
        ),
        Case(
            np.array([2.0]),
            np.array([3.0, 4.0, 5.0]),
            note="one sample, three echoes of it: 2·3 = 6, 2·4 = 8, 2·5 = 10",
        ),
        Case(
            np.array([0.0, 2.0, 1.0]),
            np.array([3.0, 4.0]),
            note="0·3 = 0, 2·3 + 0·4 = 6, 1·3 + 2·4 = 11, 1·4 = 4; the 0 at the start counts",
        ),
        Case(
            np.array([1, 2, 3, 4]),
            np.array([0.5, 0.25]),
            note="1·0.5 = 0.5, 2·0.5 + 1·0.25 = 1.25, 3·0.5 + 2·0.25 = 2, "
            "4·0.5 + 3·0.25 = 2.75, 4·0.25 = 1",
        ),
        Case(*_random(11, 5, 3)),
        Case(*_random(12, 4, 4)),
        Case(*_random(13, 2, 5)),
        Case(*_random(14, 9, 1)),
        Case(*_random(15, 12, 6)),
    ],
    misconceptions=[
        Misconception(
            "the kernel is not flipped",
            _full_without_flip,
            "Your sum pairs x and w in the same direction: that is correlation. In a convolution "
            "the two indices run against each other, x[t − a] beside w[a], because the echo that "
            "arrives a steps late was started a steps ago. Flipping w twice ends here as well.",
        ),
        Misconception(
            "t + a stands in place of t − a",
            _full_plus,
            "x[t + a] looks into the future: it pairs w[a] with the sample a steps after t, which "
            "is a correlation. The echo w[a] arrives a steps late, so at time t it belongs to the "
            "sample from a steps before, x[t − a].",
        ),
        Misconception(
            "the last term of the sum is missing",
            _full_last_weight_missing,
            "The sum runs over a = 0, …, F − 1, and range(F) already stops at F − 1. "
            "range(F - 1) leaves out the term with w[F − 1].",
        ),
        Misconception(
            "the first weight, w[0], never takes part",
            _full_first_weight_missing,
            "Python counts from 0: the sum runs over a = 0, …, F − 1, which is range(F). "
            "range(1, F) leaves out the term with w[0].",
        ),
        Misconception(
            "the first sample of x never takes part",
            _full_first_sample_missing,
            "Index 0 is a sample like any other: the condition is 0 <= t − a, not 0 < t − a.",
        ),
        Misconception(
            "the last sample of x never takes part",
            _full_last_sample_missing,
            "The last sample is x[N − 1], so t − a may be as large as N − 1: the condition is "
            "t − a < N, not t − a < N − 1.",
        ),
        Misconception(
            "an index falls outside its array",
            _full_past_the_end,
            "t − a runs from −(F − 1) to N + F − 2, but x has the indices 0, …, N − 1 only. Add a "
            "term only where 0 <= t − a < N, with <= on the left and < on the right. (If it is y "
            "that ends too early: it needs N + F − 1 places.)",
        ),
        Misconception(
            "a negative index wraps around to the end of x",
            _full_negative_index,
            "In Python x[-1] is the last sample; in the sum x[−1] is zero. "
            "Terms with t − a < 0 have to be left out: 0 <= t − a < N.",
        ),
        Misconception(
            "a negative index wraps around, and other errors are passed over",
            _full_errors_passed_over,
            "Indices past the end raise an IndexError, which you catch. Negative ones raise "
            "nothing: x[-1] is the last sample in Python, where the sum wants zero. "
            "The condition 0 <= t − a < N covers both ends, without try.",
        ),
        Misconception(
            "one weight too many is asked for",
            _full_weight_too_many,
            "range(F + 1) ends with a = F, but the last weight is w[F − 1]. "
            "range(F) gives all F of them.",
        ),
        Misconception(
            "the lengths of x and w are exchanged",
            _full_letters_exchanged,
            "N is the length of x and F the length of w. The index t − a belongs to x, so it has "
            "to stay below N; the index a belongs to w, so it runs over range(F).",
        ),
        Misconception(
            "each product overwrites the one before",
            _full_overwrites,
            "y[t] = … keeps only the last product of the inner loop. The sum needs all of them: "
            "y[t] += ….",
        ),
        Misconception(
            "the sum is not started afresh for each t",
            lambda x, w: np.cumsum(np.convolve(x, w)),
            "Your sum goes on growing from one output to the next, so y[t] holds everything up to "
            "t. Set it back to zero at the start of each round of the outer loop.",
        ),
        Misconception(
            "the return stands inside the loop",
            _full_only_first_filled,
            "Only y[0] is computed: the function returns in the first round of the loop. "
            "Indent return as far as the outer for, so that it comes after both loops.",
        ),
        Misconception(
            "the last value is never filled in",
            _full_last_unfilled,
            "y has the right length, but the loop stops one t too early and the last value stays "
            "zero. It is x[N − 1]·w[F − 1], at t = N + F − 2, so t runs over range(N + F - 1).",
        ),
        Misconception(
            "the first value is never filled in",
            _full_first_unfilled,
            "Python counts from 0: y[0] = x[0]·w[0] is an output like any other. "
            "range(1, …) skips it.",
        ),
        Misconception(
            "one value is missing at the end",
            lambda x, w: np.convolve(x, w)[:-1],
            "The last output pairs the last sample with the last weight, at "
            "t = (N − 1) + (F − 1) = N + F − 2. Counting from t = 0, that makes N + F − 1 values.",
        ),
        Misconception(
            "one value too many",
            lambda x, w: np.append(np.convolve(x, w), 0.0),
            "The last t for which anything can meet is (N − 1) + (F − 1) = N + F − 2. Counting "
            "from t = 0, that makes N + F − 1 values; the one after it is always zero.",
        ),
        Misconception(
            "the tail is cut off after N values",
            _full_cut_to_n,
            "After the last sample has gone in, its echoes still come out: t runs on to "
            "(N − 1) + (F − 1), which makes N + F − 1 values.",
        ),
        Misconception(
            "y is made with zeros_like(x): too short, and of whole numbers where x is",
            _full_zeros_like,
            "np.zeros_like(x) has N places and the dtype of x, so the last F − 1 values are cut "
            "off and, for whole numbers in x, the fractions as well. np.zeros(N + F - 1) has room "
            "for all and holds fractions.",
        ),
        Misconception(
            "the result is cut to the size of its input (the mode called same)",
            lambda x, w: np.convolve(x, w, "same"),
            "Same keeps the middle of the result. The full convolution keeps every y[t] that can "
            "be non-zero; the last one pairs the last sample with the last weight, at "
            "t = (N − 1) + (F − 1), so there are N + F − 1.",
        ),
        Misconception(
            "only complete overlaps are kept (the mode called valid)",
            lambda x, w: np.convolve(x, w, "valid"),
            "Valid keeps only those t for which every weight meets a sample. Full also keeps the "
            "F − 1 values at each end where the kernel hangs over and meets only some.",
        ),
        Misconception(
            "circular convolution: t − a is taken modulo N, for N outputs",
            _full_circular,
            "Taking t − a modulo N glues the end of x to its beginning. That operation exists "
            "(section 8 uses it), but here x is zero outside its N samples.",
        ),
        Misconception(
            "x is continued periodically: t − a is taken modulo N",
            _full_periodic,
            "With x[(t − a) % N] the signal starts again after its end. In this sum it is zero "
            "outside its N samples: leave such terms out with 0 <= t − a < N.",
        ),
        Misconception(
            "everything is added up to one number",
            lambda x, w: float(np.sum(x) * np.sum(w)),
            "Each t has a sum of its own. Make y an array of N + F − 1 zeros and add to y[t].",
        ),
        Misconception(
            "x and w are multiplied element by element",
            lambda x, w: x * w,
            "x * w pairs sample t with weight t and adds nothing up. Each output of a convolution "
            "is a sum over all weights: y[t] = Σ x[t − a]·w[a] over a.",
        ),
        Misconception(
            "leading zeros are dropped, as np.polymul does",
            np.polymul,
            "A convolution multiplies polynomials, and for polynomials leading zeros mean nothing. "
            "For a signal they are samples: the result always has N + F − 1 values.",
        ),
    ],
    hints=[
        (
            "Two loops: one over the outputs t, one over the weights a. How many values does t "
            "take? Find the smallest and the largest t for which any term x[t − a]·w[a] can be "
            "non-zero."
        ),
        "Start with y = np.zeros(N + F - 1) and add x[t - a] * w[a] to y[t] in the inner loop.",
        (
            "x[t - a] exists only if 0 <= t - a < N. Guard the term with that condition; "
            "without it, Python reads negative indices from the end."
        ),
    ],
)


# 1.2 valid convolution


def convolve_valid(x: Array, w: Array) -> Array:
    """Convolution of x (N,) and w (F,), F <= N, complete overlaps only: shape (N - F + 1,)."""
    N, F = len(x), len(w)
    flipped = w[::-1]  # flip once; then each output is a dot product with a window of x
    return np.array([x[s : s + F] @ flipped for s in range(N - F + 1)])


def _valid_without_flip(x: Array, w: Array) -> Array:
    return convolve_valid(x, w[::-1])


def _valid_not_summed(x: Array, w: Array) -> Array:
    F = len(w)
    return np.array([x[s : s + F] * w[::-1] for s in range(len(x) - F + 1)])


def _valid_window_past_the_end(x: Array, w: Array) -> Array:
    F = len(w)
    return np.array([x[s : s + F] @ w[::-1] for s in range(len(x))])


def _valid_window_length(x: Array, w: Array) -> Array:
    F = len(w)
    return np.array([x[s : s + F + 1] @ w[::-1] for s in range(len(x) - F + 1)])


def _valid_filled_up_to_n(x: Array, w: Array) -> Array:
    return np.append(convolve_valid(x, w), np.zeros(len(w) - 1))


def _valid_first_unfilled(x: Array, w: Array) -> Array:
    return np.append(0.0, convolve_valid(x, w)[1:])


def _valid_only_first_filled(x: Array, w: Array) -> Array:
    y = convolve_valid(x, w)
    y[1:] = 0
    return y


def _valid_full_cut_short(x: Array, w: Array) -> Array:
    F = len(w)
    return np.convolve(x, w)[F - 1 : -(F - 1)]


CONVOLVE_VALID = Exercise(
    id="01.convolve_valid",
    title="Complete overlaps only",
    minutes=6,
    difficulty=1,
    reference=convolve_valid,
    cases=[
        Case(
            np.array([1.0, 2.0, 3.0]),
            np.array([1.0, 10.0]),
            note="2·1 + 1·10 = 12 and 3·1 + 2·10 = 23",
        ),
        Case(
            np.array([1.0, 2.0, 4.0]),
            np.array([1.0, 10.0, 100.0]),
            note="one complete overlap: 4·1 + 2·10 + 1·100 = 124",
        ),
        Case(
            np.array([3, 1, 4, 1, 5]),
            np.array([0.5, 0.25]),
            note="1·0.5 + 3·0.25 = 1.25, 4·0.5 + 1·0.25 = 2.25, 1·0.5 + 4·0.25 = 1.5, "
            "5·0.5 + 1·0.25 = 2.75",
        ),
        Case(*_random(21, 6, 3)),
        Case(*_random(22, 7, 4)),
        Case(*_random(23, 5, 1)),
        Case(*_random(24, 11, 2)),
    ],
    misconceptions=[
        Misconception(
            "the kernel is not flipped",
            _valid_without_flip,
            "A window of x times w in the same order is correlation. For a convolution the window "
            "meets the kernel reversed, w[::-1], and reversed once: turning the window round as "
            "well undoes it.",
        ),
        Misconception(
            "x is turned round instead of w",
            lambda x, w: np.convolve(x, w, "valid")[::-1],
            "Reversing the whole signal gives the right numbers in reverse order, last window "
            "first. Leave x as it is and reverse w.",
        ),
        Misconception(
            "the last window is missing",
            lambda x, w: np.convolve(x, w, "valid")[:-1],
            "The first window starts at 0 and the last at N − F, both included: that makes "
            "N − F + 1 windows. range(N - F) stops one too early.",
        ),
        Misconception(
            "the first window is missing",
            lambda x, w: np.convolve(x, w, "valid")[1:],
            "The first window is x[0 : F]; its result stands at t = F − 1 of the full "
            "convolution. Starting with the window at 1, or cutting the full result from F on, "
            "leaves it out.",
        ),
        Misconception(
            "the first value is never filled in",
            _valid_first_unfilled,
            "y has the right length, but the loop starts at 1 and y[0] stays zero. "
            "Python counts from 0: range(N - F + 1).",
        ),
        Misconception(
            "the return stands inside the loop",
            _valid_only_first_filled,
            "Only the first window is computed: the function returns in the first round of the "
            "loop. Indent return as far as the for, so that it comes after the loop.",
        ),
        Misconception(
            "the products are not added up",
            _valid_not_summed,
            "window * w[::-1] is a row of F products, one row for each window. An output is their "
            "sum: the dot product @ multiplies and adds.",
        ),
        Misconception(
            "windows run past the end of x",
            _valid_window_past_the_end,
            "A slice that runs past the end comes out shorter, and no longer fits w. The last "
            "window that lies inside x starts at N − F, so s runs over range(N - F + 1).",
        ),
        Misconception(
            "the window has the wrong length",
            _valid_window_length,
            "A slice x[s : e] holds e − s samples. F of them, starting at s, are x[s : s + F]; "
            "x[s : F] gets shorter with s, and x[s : s + F + 1] has one too many.",
        ),
        Misconception(
            "as many places as x has, the last of them empty",
            _valid_filled_up_to_n,
            "There are N − F + 1 complete windows, so y has that many places: "
            "np.zeros(N - F + 1), not np.zeros(N).",
        ),
        Misconception(
            "all overlaps are kept (the mode called full)",
            np.convolve,
            "The first and last F − 1 values of the full result come from windows that hang over "
            "an end of x. Valid keeps only windows that lie inside.",
        ),
        Misconception(
            "as many values as x has (the mode called same)",
            lambda x, w: np.convolve(x, w, "same"),
            "Same keeps N values, some of them from incomplete windows. "
            "Complete windows start at 0, …, N − F, which makes N − F + 1.",
        ),
        Misconception(
            "the right number of values, taken from the wrong place",
            lambda x, w: np.convolve(x, w)[: len(x) - len(w) + 1],
            "The first N − F + 1 values of the full result include incomplete overlaps. "
            "The first complete one is at t = F − 1.",
        ),
        Misconception(
            "one incomplete overlap is kept at the end",
            lambda x, w: np.convolve(x, w)[len(w) - 1 : len(x) + 1],
            "In the full result, complete overlaps stand at t = F − 1, …, N − 1. A slice leaves "
            "out its end, so it is [F - 1 : N]; [F - 1 : N + 1] takes one more.",
        ),
        Misconception(
            "nothing is left where F is 1: -(F - 1) is then 0",
            _valid_full_cut_short,
            "[F - 1 : -(F - 1)] cuts F − 1 values off each end, except for F = 1: then it is "
            "[0 : 0], which is empty, as −0 is 0. Say where it ends from the front: [F - 1 : N].",
        ),
    ],
    hints=[
        (
            "A window of F samples that starts at s is x[s : s + F]. Which values of s keep it "
            "inside x?"
        ),
        (
            "In the window that starts at s, the weight w[0] belongs to the latest sample, "
            "x[s + F - 1]. So the window is paired with the kernel reversed."
        ),
        "One line: a dot product x[s : s + F] @ w[::-1] for every s in range(N - F + 1).",
    ],
)


# 1.3 filters in a row


def combine(kernels: list[Array]) -> Array:
    """One kernel that does the work of all kernels, applied one after another, in full."""
    combined = np.array([1.0])  # the impulse: convolving with it changes nothing
    for w in kernels:
        combined = np.convolve(combined, w)
    return combined


def _combine_multiplies(kernels: list[Array]) -> Array:
    product = np.array([1.0])
    for w in kernels:
        product = product * w
    return product


def _combine_in_mode(kernels: list[Array], mode: Literal["same", "valid"]) -> Array:
    combined = kernels[0]
    for w in kernels[1:]:
        combined = np.convolve(combined, w, mode=mode)
    return combined


def _combine_correlates(kernels: list[Array]) -> Array:
    combined = kernels[0]
    for w in kernels[1:]:
        combined = np.correlate(combined, w, mode="full")
    return combined


def _combine_correlates_all(kernels: list[Array]) -> Array:
    combined = np.array([1.0])
    for w in kernels:
        combined = np.correlate(combined, w, mode="full")
    return combined


def _combine_last_pair(kernels: list[Array]) -> Array:
    for i in range(len(kernels) - 1):
        combined = np.convolve(kernels[i], kernels[i + 1])
    return combined


def _combine_as_polynomials(kernels: list[Array]) -> Array:
    combined = np.array([1.0])
    for w in kernels:
        combined = np.polymul(combined, w)
    return combined


COMBINE = Exercise(
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
        Case(list(_random(31, 3, 2))),
        Case(list(_random(32, 2, 4, 3))),
        Case(list(_random(33, 5, 1, 2, 2))),
        Case(
            [np.array([0.0, 1.0]), np.array([0.0, 0.0, 1.0])],
            note="a delay by 1, then by 2, is a delay by 1 + 2 = 3: 0, 0, 0, 1",
        ),
    ],
    misconceptions=[
        Misconception(
            "the kernels are added",
            sum,
            "Adding kernels adds their outputs: that is distributivity, filters side by side (and "
            "it needs kernels of one size). Filters one after another combine by associativity: "
            "(x ∗ u) ∗ v = x ∗ (u ∗ v).",
        ),
        Misconception(
            "the kernels are multiplied element by element",
            _combine_multiplies,
            "One filter after another is a convolution of the kernels, not their product. "
            "The product appears on the other side of the Fourier transform, in section 8.",
        ),
        Misconception(
            "the kernels are strung together",
            np.concatenate,
            "The second filter works on what the first puts out, so every weight of one meets "
            "every weight of the other: that is their convolution. Laid end to end they do not "
            "meet at all.",
        ),
        Misconception(
            "the result is cut by mode='same'",
            lambda kernels: _combine_in_mode(kernels, "same"),
            "Two kernels of sizes F and G reach over F + G − 1 samples together. "
            "Same cuts that back to the longer of the two and throws away part of the reach.",
        ),
        Misconception(
            "the result is cut by mode='valid'",
            lambda kernels: _combine_in_mode(kernels, "valid"),
            "Two kernels of sizes F and G reach over F + G − 1 samples together. Valid keeps only "
            "the places where one lies inside the other, and throws away the rest of that reach.",
        ),
        Misconception(
            "correlates the kernels, which flips every one but the first",
            _combine_correlates,
            "np.correlate reverses its second argument before it convolves. Filters one after "
            "another combine by np.convolve: associativity belongs to convolution.",
        ),
        Misconception(
            "correlates the kernels, and the result stands reversed",
            _combine_correlates_all,
            "np.correlate reverses its second argument before it convolves, here every kernel, so "
            "the combined one comes out reversed. Use np.convolve.",
        ),
        Misconception(
            "starts from zero",
            lambda kernels: 0.0 * np.asarray(combine(kernels)),
            "Convolving anything with zeros gives zeros. The kernel that changes nothing is the "
            "impulse, np.array([1.0]); zero is where a sum starts.",
        ),
        Misconception(
            "the first kernel is used twice",
            lambda kernels: combine([kernels[0], *kernels]),
            "You start with kernels[0] and then meet it again in the loop. Start with the impulse "
            "np.array([1.0]), or loop over kernels[1:].",
        ),
        Misconception(
            "the first kernel is left out",
            lambda kernels: combine(kernels[1:]),
            "The loop runs over kernels[1:] but starts from the impulse, so kernels[0] never comes "
            "in. Loop over all kernels, or start with kernels[0].",
        ),
        Misconception(
            "the last kernel is left out",
            lambda kernels: combine(kernels[:-1]),
            "range(len(kernels) - 1) stops before the last index. `for w in kernels` meets each "
            "kernel once.",
        ),
        Misconception(
            "only the first kernel comes in: the return stands inside the loop",
            lambda kernels: kernels[0],
            "The function returns in the first round of the loop, with the first kernel alone. "
            "Indent return as far as the for, so that it comes after the loop.",
        ),
        Misconception(
            "only the first two kernels come in",
            lambda kernels: np.convolve(kernels[0], kernels[1]),
            "The list may hold one kernel, or five. A loop that carries the combined kernel along "
            "works for any number.",
        ),
        Misconception(
            "only the last two kernels come in",
            _combine_last_pair,
            "Each round convolves two neighbours of the list and forgets the round before. Carry "
            "the result along: combined = np.convolve(combined, w).",
        ),
        Misconception(
            "each round starts afresh, and only the last kernel is left",
            lambda kernels: kernels[-1],
            "The result of a round has to go into the next one: "
            "combined = np.convolve(combined, w), with combined on both sides.",
        ),
        Misconception(
            "the result of np.convolve is not kept",
            lambda kernels: np.array([1.0]),
            "np.convolve(combined, w) returns a new array and changes neither of its arguments. "
            "Write combined = np.convolve(combined, w).",
        ),
        Misconception(
            "leading zeros are dropped, as np.polymul does",
            _combine_as_polynomials,
            "Filters combine as polynomials multiply, but for polynomials leading zeros mean "
            "nothing. In a kernel they are a delay; np.convolve keeps them.",
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


# 1.4 convolution with a correlation routine


def convolve_by_correlating(x: Array, w: Array) -> Array:
    """Full convolution of x (N,) and w (F,), computed by np.correlate(..., mode="valid")."""
    F = len(w)
    padded = np.pad(x, F - 1)  # F - 1 zeros at each end: room for every partial overlap
    return np.correlate(padded, w[::-1], mode="valid")


def _correlate_padded(x: Array, w: Array, zeros: int | tuple[int, int]) -> Array:
    return np.correlate(np.pad(x, zeros), w, mode="valid")


CONVOLVE_BY_CORRELATING = Exercise(
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
        Case(*_random(41, 5, 3)),
        Case(*_random(42, 6, 4)),
        Case(*_random(43, 7, 1)),
        Case(*_random(44, 10, 5)),
        Case(*_random(45, 2, 4)),
    ],
    misconceptions=[
        Misconception(
            "the kernel is not flipped",
            lambda x, w: _correlate_padded(x, w, len(w) - 1),
            "The routine slides w over x as it stands, which is correlation, and will not flip it "
            "for you. Hand it w[::-1].",
        ),
        Misconception(
            "padded by F instead of F − 1",
            lambda x, w: _correlate_padded(x, w[::-1], len(w)),
            "With F zeros the first window sees nothing of x at all, and a needless zero appears "
            "at each end. The first partial overlap needs F − 1 zeros and one sample.",
        ),
        Misconception(
            "padded by half of F",
            lambda x, w: _correlate_padded(x, w[::-1], len(w) // 2),
            "F // 2 zeros on each side keep about the size of x (the mode called same). Full wants "
            "every overlap, down to one sample at each end: F − 1 zeros.",
        ),
        Misconception(
            "padded by half of F − 1",
            lambda x, w: _correlate_padded(x, w[::-1], (len(w) - 1) // 2),
            "F − 1 zeros are needed at each end, not in total: the kernel hangs over both ends by "
            "up to F − 1 places.",
        ),
        Misconception(
            "padded by N − 1",
            lambda x, w: _correlate_padded(x, w[::-1], len(x) - 1),
            "How far the kernel can hang over depends on its own size: F − 1 zeros leave one "
            "sample in the first window. N − 1 are too many for a short kernel and too few for a "
            "long one.",
        ),
        Misconception(
            "padded on the left only",
            lambda x, w: _correlate_padded(x, w[::-1], (len(w) - 1, 0)),
            "The kernel hangs over the end of x just as it hangs over the beginning: without zeros "
            "on the right the last F − 1 values are missing. np.pad(x, F - 1) pads both sides.",
        ),
        Misconception(
            "padded on the right only",
            lambda x, w: _correlate_padded(x, w[::-1], (0, len(w) - 1)),
            "The kernel hangs over the beginning of x just as it hangs over the end: without zeros "
            "on the left the first F − 1 values are missing. np.pad(x, F - 1) pads both sides.",
        ),
        Misconception(
            "the zeros have no effect (no padding, or both sequences padded)",
            lambda x, w: np.correlate(x, w[::-1], mode="valid"),
            "Only complete overlaps are computed: that is the valid convolution, of size "
            "N − F + 1. Pad x alone; zeros around w as well make the window longer by just as "
            "much as the room it has.",
        ),
        Misconception(
            "neither padded nor flipped",
            lambda x, w: np.correlate(x, w, mode="valid"),
            "This is the valid correlation. Two things are to be done: reverse w, which turns the "
            "correlation into a convolution, and put F − 1 zeros at each end of x, which turns "
            "valid into full.",
        ),
        Misconception(
            "the result stands in reverse order: x is flipped, or the arguments are exchanged",
            lambda x, w: np.convolve(x, w)[::-1],
            "The numbers are right, but they run backwards in time. That comes from reversing x "
            "instead of w, or from handing over w[::-1] first and the padded x second: "
            "np.correlate slides its second argument over its first.",
        ),
        Misconception(
            "a correlation, and backwards: both are flipped, or the arguments are exchanged",
            lambda x, w: np.correlate(x, w, mode="full")[::-1],
            "Reversing both x and w reverses the correlation and leaves it a correlation; so does "
            "exchanging the arguments without reversing any. Reverse w alone, and hand it over "
            "second.",
        ),
        Misconception(
            "mode 'same' on the padded signal",
            lambda x, w: np.correlate(np.pad(x, len(w) - 1), w[::-1], mode="same"),
            "The padding already gives a window for every output. Same adds further zeros of its "
            'own and returns one value for each padded sample: use mode="valid".',
        ),
        Misconception(
            "mode 'same' on the signal itself",
            lambda x, w: np.correlate(x, w[::-1], mode="same"),
            "Same returns as many values as the longer sequence has, the middle of the full "
            'result. Pad x with F − 1 zeros at each end and use mode="valid".',
        ),
        Misconception(
            "mode 'full' on the padded signal",
            lambda x, w: np.correlate(np.pad(x, len(w) - 1), w[::-1], mode="full"),
            "Full pads by F − 1 itself, so after your padding F − 1 needless zeros appear at each "
            'end of the result. With the padding of your own, use mode="valid".',
        ),
        Misconception(
            "padded with copies of the edge samples",
            lambda x, w: np.correlate(np.pad(x, len(w) - 1, mode="edge"), w[::-1], mode="valid"),
            "Outside its N samples x is zero, so the padding is made of zeros. That is what np.pad "
            "does if no mode is given.",
        ),
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


# 1.5 the Toeplitz matrix


def toeplitz_full(w: Array, N: int) -> Array:
    """Matrix A with A @ x == full convolution of x (N,) and w (F,): shape (N + F - 1, N)."""
    F = len(w)
    A = np.zeros((N + F - 1, N))
    for s in range(N):
        A[s : s + F, s] = w  # column s: what an impulse at s gives, which is w, s steps down
    return A


def _toeplitz_circulant(w: Array, N: int) -> Array:
    C = np.zeros((N, N))
    for s in range(N):
        for a in range(len(w)):
            C[(s + a) % N, s] += w[a]
    return C


def _toeplitz_valid(w: Array, N: int) -> Array:
    F = len(w)
    A = np.zeros((N - F + 1, N))
    for t in range(N - F + 1):
        A[t, t : t + F] = w[::-1]
    return A


def _toeplitz_does_not_fit(w: Array, N: int) -> Array:
    F = len(w)
    A = np.zeros((N, N))
    for s in range(N):
        A[s : s + F, s] = w
    return A


def _toeplitz_filled(w: Array, N: int, lowest: float, highest: float) -> Array:
    """Set A[t, s] = w[t − s] wherever lowest <= t − s < highest."""
    A = np.zeros((N + len(w) - 1, N))
    for t in range(N + len(w) - 1):
        for s in range(N):
            if lowest <= t - s < highest:
                A[t, s] = w[t - s]
    return A


def _toeplitz_s_minus_t(w: Array, N: int) -> Array:
    F = len(w)
    A = np.zeros((N + F - 1, N))
    for t in range(N + F - 1):
        for s in range(N):
            if 0 <= s - t < F:
                A[t, s] = w[s - t]
    return A


def _toeplitz_last_column_empty(w: Array, N: int) -> Array:
    A = toeplitz_full(w, N)
    A[:, -1] = 0
    return A


def _toeplitz_f_columns(w: Array, N: int) -> Array:
    F = len(w)
    A = np.zeros((N + F - 1, F))
    for s in range(F):
        A[s : s + F, s] = w
    return A


def _toeplitz_square_and_tall(w: Array, N: int) -> Array:
    F = len(w)
    A = np.zeros((N + F - 1, N + F - 1))
    A[:, :N] = toeplitz_full(w, N)
    return A


TOEPLITZ_FULL = Exercise(
    id="01.toeplitz_full",
    title="The matrix of a convolution",
    minutes=8,
    difficulty=2,
    reference=toeplitz_full,
    cases=[
        Case(
            np.array([1.0, 10.0]),
            3,
            note="3 + 2 − 1 = 4 rows; an impulse at 0 gives the column 1, 10, 0, 0, "
            "at 1 the column 0, 1, 10, 0, at 2 the column 0, 0, 1, 10",
        ),
        Case(
            np.array([4.0]),
            2,
            note="2 + 1 − 1 = 2 rows; each sample is only multiplied by 4: 4, 0 and 0, 4",
        ),
        Case(
            np.array([2, -1, 3]),
            2,
            note="2 + 3 − 1 = 4 rows; the columns are 2, −1, 3, 0 and 0, 2, −1, 3",
        ),
        Case(_random(51, 3)[0], 4),
        Case(_random(52, 4)[0], 2),
        Case(_random(53, 2)[0], 6),
        Case(_random(54, 5)[0], 5),
        Case(_random(55, 3)[0], 1),
    ],
    misconceptions=[
        Misconception(
            "the kernel stands in the matrix reversed",
            lambda w, N: toeplitz_full(w[::-1], N),
            "Column s is the output for an impulse at s: w read downwards, w[0] first. "
            "Read along a row the kernel does appear reversed; that is the flip.",
        ),
        Misconception(
            "rows and columns are exchanged",
            lambda w, N: toeplitz_full(w, N).T,
            "A takes N samples to N + F − 1 outputs, so it has N columns and N + F − 1 rows. "
            "The transpose is useful too: multiplying by it correlates.",
        ),
        Misconception(
            "rows and columns are exchanged, and the kernel is reversed",
            lambda w, N: toeplitz_full(w[::-1], N).T,
            "A takes N samples to N + F − 1 outputs, so it has N + F − 1 rows and N columns, and "
            "in each column w reads downwards, w[0] first. Writing w reversed along a row is "
            "right for the rows in the middle; the columns are simpler.",
        ),
        Misconception(
            "w[s − t] stands in place of w[t − s]",
            _toeplitz_s_minus_t,
            "t counts the outputs (rows), s the samples (columns). A sample at s acts at t = s and "
            "later, below the diagonal, with the weight w[t − s]; you have filled the part above, "
            "where the output comes before the sample.",
        ),
        Misconception(
            "only the first N rows: the tail is cut off",
            lambda w, N: toeplitz_full(w, N)[:N],
            "The full convolution has N + F − 1 outputs, one row for each.",
        ),
        Misconception(
            "one row too many",
            lambda w, N: np.vstack([toeplitz_full(w, N), np.zeros((1, N))]),
            "The last output is at t = (N − 1) + (F − 1); counting from 0, that makes N + F − 1 "
            "rows. The row after it is always zero.",
        ),
        Misconception(
            "a square matrix: columns for samples that do not exist",
            _toeplitz_square_and_tall,
            "A has one column for each of the N samples and one row for each of the N + F − 1 "
            "outputs. It is taller than wide.",
        ),
        Misconception(
            "as many columns as weights",
            _toeplitz_f_columns,
            "A multiplies x, which has N samples, so it has N columns. "
            "The F weights stand inside each column.",
        ),
        Misconception(
            "the last column stays empty",
            _toeplitz_last_column_empty,
            "The samples are s = 0, …, N − 1, which is range(N). range(N - 1) leaves out the last, "
            "and then x[N − 1] has no effect at all.",
        ),
        Misconception(
            "w does not fit into its place in A",
            _toeplitz_does_not_fit,
            "Column s holds w in rows s, …, s + F − 1, the last of them row N + F − 2. So A needs "
            "N + F − 1 rows, and w goes down a column, A[s : s + F, s]; along a row, "
            "A[s, s : s + F], there are only N places.",
        ),
        Misconception(
            "an index runs past the end of w",
            lambda w, N: _toeplitz_filled(w, N, 0, np.inf),
            "t − s grows up to N + F − 2, but w has the indices 0, …, F − 1 only. "
            "Set A[t, s] only where 0 <= t − s < F; elsewhere it stays zero.",
        ),
        Misconception(
            "a negative index wraps around to the end of w",
            lambda w, N: _toeplitz_filled(w, N, -np.inf, len(w)),
            "In Python w[-1] is the last weight; in (1.12) w[t − s] is zero for t < s, since no "
            "sample acts before it has come. Set A[t, s] only where 0 <= t − s < F.",
        ),
        Misconception(
            "w[0] is missing on the diagonal",
            lambda w, N: _toeplitz_filled(w, N, 1, len(w)),
            "Where t = s the weight is w[0], a weight like any other: the condition is "
            "0 <= t − s, not 0 < t − s.",
        ),
        Misconception(
            "circulant: the kernel wraps around",
            _toeplitz_circulant,
            "A weight that would leave at the bottom comes back at the top only if the signal is "
            "periodic. Here it is zero outside its samples, and the matrix has F − 1 more rows.",
        ),
        Misconception(
            "only the complete overlaps (the mode called valid)",
            _toeplitz_valid,
            "The rows you have are those in which the whole kernel fits, N − F + 1 of them. "
            "The full convolution has F − 1 more at the top and at the bottom.",
        ),
    ],
    hints=[
        (
            "Column s of any matrix A is A times the vector with a one at position s. "
            "What is the convolution of an impulse at s with w?"
        ),
        (
            "It is w, starting at row s. So column s holds w in rows s to s + F − 1 and zeros "
            "elsewhere."
        ),
        "A = np.zeros((N + F - 1, N)), then A[s : s + F, s] = w for each s.",
    ],
)


# 1.6 convolution by Fourier transform


def convolve_fft(x: Array, w: Array) -> Array:
    """Full convolution of x (N,) and w (F,) through np.fft: real values, shape (N + F - 1,)."""
    M = len(x) + len(w) - 1  # long enough that nothing wraps around
    X = np.fft.fft(x, M)  # fft(x, M) pads x with zeros to length M first
    W = np.fft.fft(w, M)
    return np.real(np.fft.ifft(X * W))  # what is left of the imaginary part is rounding


def _spectra(x: Array, w: Array) -> tuple[Complex, Complex]:
    M = len(x) + len(w) - 1
    return np.fft.fft(x, M), np.fft.fft(w, M)


def _fft_of_length(x: Array, w: Array, M: int) -> Array:
    return np.real(np.fft.ifft(np.fft.fft(x, M) * np.fft.fft(w, M)))


def _fft_complex(x: Array, w: Array) -> Complex:
    X, W = _spectra(x, w)
    return np.fft.ifft(X * W)


def _fft_conjugate(x: Array, w: Array) -> Array:
    X, W = _spectra(x, w)
    return np.real(np.fft.ifft(X * np.conj(W)))


def _fft_real_spectra(x: Array, w: Array) -> Array:
    X, W = _spectra(x, w)
    return np.real(np.fft.ifft(np.real(X) * np.real(W)))


def _fft_real_product(x: Array, w: Array) -> Array:
    X, W = _spectra(x, w)
    return np.real(np.fft.ifft(np.real(X * W)))


def _fft_sum(x: Array, w: Array) -> Array:
    X, W = _spectra(x, w)
    return np.real(np.fft.ifft(X + W))


def _fft_product(x: Array, w: Array) -> Complex:
    X, W = _spectra(x, w)
    return X * W


def _fft_forwards_again(x: Array, w: Array) -> Array:
    X, W = _spectra(x, w)
    return np.real(np.fft.fft(X * W))


def _fft_of_products(x: Array, w: Array) -> Array:
    M = len(x) + len(w) - 1
    return np.pad(x, (0, M - len(x))) * np.pad(w, (0, M - len(w)))


def _fft_irfft_without_length(x: Array, w: Array) -> Array:
    M = len(x) + len(w) - 1
    return np.fft.irfft(np.fft.rfft(x, M) * np.fft.rfft(w, M))


CONVOLVE_FFT = Exercise(
    id="01.convolve_fft",
    title="Convolution by Fourier transform",
    minutes=8,
    difficulty=3,
    reference=convolve_fft,
    cases=[
        Case(
            np.array([1.0, 2.0, 3.0]),
            np.array([1.0, 10.0]),
            note="1·1 = 1, 2·1 + 1·10 = 12, 3·1 + 2·10 = 23, 3·10 = 30",
        ),
        Case(
            np.array([2.0, 3.0]),
            np.array([4.0, 5.0]),
            note="2·4 = 8, 3·4 + 2·5 = 22, 3·5 = 15",
        ),
        Case(*_random(61, 5, 3)),
        Case(*_random(62, 3, 5)),
        Case(*_random(63, 8, 8)),
        Case(*_random(64, 16, 4)),
    ],
    misconceptions=[
        Misconception(
            "no length is given to the transforms",
            lambda x, w: np.real(np.fft.ifft(np.fft.fft(x) * np.fft.fft(w))),
            "np.fft.fft(x) has N values and np.fft.fft(w) has F, so their product has no meaning "
            "where N and F differ, and is the circular convolution where they do not. Give both "
            "the length of the result: np.fft.fft(x, M) with M = N + F − 1.",
        ),
        Misconception(
            "no zero padding: the end wraps onto the beginning",
            lambda x, w: _fft_of_length(x, w, max(len(x), len(w))),
            "The product of two transforms of length N is the circular convolution. "
            "Pad both sequences with zeros to N + F − 1 and nothing is left to wrap.",
        ),
        Misconception(
            "the transforms have the length of x: the end wraps onto the beginning",
            lambda x, w: _fft_of_length(x, w, len(x)),
            "The product of two transforms of length N is the circular convolution (and a kernel "
            "longer than N is even cut off). Pad both sequences with zeros to N + F − 1.",
        ),
        Misconception(
            "padded one sample too short",
            lambda x, w: _fft_of_length(x, w, len(x) + len(w) - 2),
            "The full result has N + F − 1 values. With one fewer, the last value is added to "
            "the first.",
        ),
        Misconception(
            "padded one sample too far",
            lambda x, w: _fft_of_length(x, w, len(x) + len(w)),
            "More zeros do no harm to the values, but the result then carries them along: "
            "its length should be N + F − 1.",
        ),
        Misconception(
            "the result is left complex",
            _fft_complex,
            "The inverse transform returns complex numbers. For real x and w the imaginary parts "
            "are rounding errors; np.real removes them.",
        ),
        Misconception(
            "the magnitude is taken instead of the real part",
            lambda x, w: np.abs(_fft_complex(x, w)),
            "np.abs makes negative values positive. The result is real already, but for rounding: "
            "np.real takes it as it is, with its sign.",
        ),
        Misconception(
            "the product of the spectra is returned, without transforming back",
            _fft_product,
            "X * W is the spectrum of the result, one complex number for each frequency. "
            "np.fft.ifft turns it back into samples; np.real comes after that.",
        ),
        Misconception(
            "the real part of the product is returned, without transforming back",
            lambda x, w: np.real(_fft_product(x, w)),
            "X * W is the spectrum of the result, one complex number for each frequency. "
            "np.fft.ifft turns it back into samples; only then is the imaginary part rounding.",
        ),
        Misconception(
            "transformed forwards again instead of back",
            _fft_forwards_again,
            "np.fft.fft a second time reverses the order and multiplies by M. "
            "The way back is np.fft.ifft.",
        ),
        Misconception(
            "np.fft.irfft is not told the length",
            _fft_irfft_without_length,
            "rfft keeps M // 2 + 1 frequencies, and from these alone irfft cannot tell whether M "
            "was even or odd; it takes the even one. Tell it: np.fft.irfft(X * W, M).",
        ),
        Misconception(
            "the imaginary parts of X and W are dropped before multiplying",
            _fft_real_spectra,
            "The imaginary parts of the spectra say where in time things happen. Multiply the "
            "complex numbers, transform back, and take np.real last.",
        ),
        Misconception(
            "the imaginary part of the product is dropped before transforming back",
            _fft_real_product,
            "The imaginary part of X * W says where in time things happen; without it the result "
            "is mixed with its mirror image. Transform back first, and take np.real last.",
        ),
        Misconception(
            "one spectrum is conjugated, which correlates",
            _fft_conjugate,
            "Conjugating W reverses w in time. For a convolution the two spectra are multiplied "
            "as they are.",
        ),
        Misconception(
            "the kernel is flipped before transforming",
            lambda x, w: np.convolve(x, w[::-1]),
            "The product of the spectra is the convolution already: the flip is in the sum that "
            "the theorem speaks of. Flipping w by hand makes it a correlation.",
        ),
        Misconception(
            "the spectra are added",
            _fft_sum,
            "Adding spectra adds the signals. A convolution in time is a product in frequency: "
            "X * W.",
        ),
        Misconception(
            "divided by M once more",
            lambda x, w: np.convolve(x, w) / (len(x) + len(w) - 1),
            "np.fft.ifft has divided by M already; going forwards and back gives what went in.",
        ),
        Misconception(
            "the signals are multiplied, not their spectra",
            _fft_of_products,
            "Transform both, multiply the transforms, and transform back. "
            "Going there and back without multiplying in between only returns what went in.",
        ),
    ],
    hints=[
        "Three steps: transform both, multiply, transform back.",
        (
            "np.fft.fft(x, M) pads x with zeros to length M before transforming. "
            "Which M leaves room for the whole full convolution?"
        ),
        (
            "M = N + F - 1. Take np.real of np.fft.ifft(X * W): the inputs are real, "
            "so the imaginary parts are rounding."
        ),
    ],
)

EXERCISES = [
    CONVOLVE_FULL,
    CONVOLVE_VALID,
    COMBINE,
    CONVOLVE_BY_CORRELATING,
    TOEPLITZ_FULL,
    CONVOLVE_FFT,
]

"""Exercises of lesson 01, the convolution sum."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from course_utils.exercises import Case, Exercise, Misconception

Array = npt.NDArray[np.float64]


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


def _full_one_term_short(x: Array, w: Array) -> Array:
    N, F = len(x), len(w)
    return np.array(
        [sum(x[t - a] * w[a] for a in range(F - 1) if 0 <= t - a < N) for t in range(N + F - 1)],
        dtype=float,
    )


def _full_skips_the_first_sample(x: Array, w: Array) -> Array:
    N, F = len(x), len(w)
    return np.array(
        [sum(x[t - a] * w[a] for a in range(F) if 0 < t - a < N) for t in range(N + F - 1)],
        dtype=float,
    )


def _full_cut_to_same(x: Array, w: Array) -> Array:
    start = (len(w) - 1) // 2
    return convolve_full(x, w)[start : start + len(x)]


def _full_cut_to_first(x: Array, w: Array) -> Array:
    return convolve_full(x, w)[: len(x)]


def _full_negative_index(x: Array, w: Array) -> Array:
    # x[-1] is the last sample in Python, not zero
    N, F = len(x), len(w)
    y = np.zeros(N + F - 1)
    for t in range(N + F - 1):
        for a in range(F):
            if t - a < N and a - t <= N:
                y[t] += x[t - a] * w[a]
    return y


def _full_circular(x: Array, w: Array) -> Array:
    N, F = len(x), len(w)
    return np.array([sum(x[(t - a) % N] * w[a] for a in range(F)) for t in range(N)], dtype=float)


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
        Case(np.array([1.0, 0.0, 0.0]), np.array([5.0, 7.0]), note="an impulse returns w itself"),
        Case(np.array([2.0]), np.array([3.0, 4.0, 5.0]), note="one sample: a scaled copy of w"),
        Case(np.array([1, 2, 3, 4]), np.array([0.5, 0.25])),
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
            "the last term of the sum is missing",
            _full_one_term_short,
            "The sum runs over a = 0, …, F − 1, and range(F) already stops at F − 1. "
            "range(F - 1) leaves out the term with w[F − 1].",
        ),
        Misconception(
            "the first sample of x never takes part",
            _full_skips_the_first_sample,
            "Index 0 is a sample like any other: the condition is 0 <= t − a, not 0 < t − a.",
        ),
        Misconception(
            "the result is cut to the size of x (the mode called same)",
            _full_cut_to_same,
            "The full convolution keeps every y[t] that can be non-zero. The last one pairs the "
            "last sample with the last weight, at t = (N − 1) + (F − 1), so there are N + F − 1.",
        ),
        Misconception(
            "the tail is cut off after N values",
            _full_cut_to_first,
            "After the last sample has gone in, its echoes still come out: t runs on to "
            "(N − 1) + (F − 1), which makes N + F − 1 values.",
        ),
        Misconception(
            "a negative index wraps around to the end of x",
            _full_negative_index,
            "In Python x[-1] is the last sample; in the sum x[−1] is zero. "
            "Terms with t − a < 0 have to be left out.",
        ),
        Misconception(
            "circular convolution: the signal is treated as periodic",
            _full_circular,
            "Taking t − a modulo N glues the end of x to its beginning. That operation exists "
            "(section 8 uses it), but here x is zero outside its N samples.",
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


def _valid_one_window_short(x: Array, w: Array) -> Array:
    return convolve_valid(x, w)[:-1]


def _valid_is_full(x: Array, w: Array) -> Array:
    return np.convolve(x, w)


def _valid_is_same(x: Array, w: Array) -> Array:
    return _full_cut_to_same(x, w)


def _valid_starts_at_zero(x: Array, w: Array) -> Array:
    return np.convolve(x, w)[: len(x) - len(w) + 1]


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
        Case(np.array([3, 1, 4, 1, 5]), np.array([0.5, 0.25])),
        Case(*_random(21, 6, 3)),
        Case(*_random(22, 7, 4)),
        Case(*_random(23, 5, 1)),
        Case(*_random(24, 11, 2)),
    ],
    misconceptions=[
        Misconception(
            "the kernel is not flipped",
            _valid_without_flip,
            "A window of x times w in the same order is correlation. "
            "For a convolution the window meets the kernel reversed, w[::-1], and reversed once.",
        ),
        Misconception(
            "the last window is missing",
            _valid_one_window_short,
            "The first window starts at 0 and the last at N − F, both included: that makes "
            "N − F + 1 windows. range(N - F) stops one too early.",
        ),
        Misconception(
            "all overlaps are kept (the mode called full)",
            _valid_is_full,
            "The first and last F − 1 values of the full result come from windows that hang over "
            "an end of x. Valid keeps only windows that lie inside.",
        ),
        Misconception(
            "as many values as x has (the mode called same)",
            _valid_is_same,
            "Same keeps N values, some of them from incomplete windows. "
            "Complete windows start at 0, …, N − F, which makes N − F + 1.",
        ),
        Misconception(
            "the right number of values, taken from the wrong place",
            _valid_starts_at_zero,
            "The first N − F + 1 values of the full result include incomplete overlaps. "
            "The first complete one is at t = F − 1.",
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


def _combine_adds(kernels: list[Array]) -> Array:
    longest = max((len(w) for w in kernels), default=1)
    return np.sum([np.pad(w, (0, longest - len(w))) for w in kernels], axis=0, dtype=float)


def _combine_multiplies(kernels: list[Array]) -> Array:
    shortest = min((len(w) for w in kernels), default=1)
    return np.prod([w[:shortest] for w in kernels], axis=0, dtype=float)


def _combine_same(kernels: list[Array]) -> Array:
    combined = np.asarray(kernels[0], dtype=float) if kernels else np.array([1.0])
    for w in kernels[1:]:
        combined = np.convolve(combined, w, mode="same")
    return combined


def _combine_correlates(kernels: list[Array]) -> Array:
    combined = np.asarray(kernels[0], dtype=float) if kernels else np.array([1.0])
    for w in kernels[1:]:
        combined = np.correlate(combined, w, mode="full")
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
            note="(1, 1) after (1, 1): (1, 2, 1), as in (1 + z)² = 1 + 2z + z²",
        ),
        Case([np.array([1.0, -1.0]), np.array([1.0, 1.0])], note="(1 − z)(1 + z) = 1 − z²"),
        Case([np.array([2.0, 3.0])], note="one kernel: itself"),
        Case(list(_random(31, 3, 2))),
        Case(list(_random(32, 2, 4, 3))),
        Case(list(_random(33, 5, 1, 2, 2))),
        Case([np.array([0.0, 1.0]), np.array([0.0, 0.0, 1.0])], note="delay by 1, then by 2"),
    ],
    misconceptions=[
        Misconception(
            "the kernels are added",
            _combine_adds,
            "Adding kernels adds their outputs: that is distributivity, filters side by side. "
            "Filters one after another combine by associativity: (x ∗ u) ∗ v = x ∗ (u ∗ v).",
        ),
        Misconception(
            "the kernels are multiplied element by element",
            _combine_multiplies,
            "One filter after another is a convolution of the kernels, not their product. "
            "The product appears on the other side of the Fourier transform, in section 8.",
        ),
        Misconception(
            "the result is cut by mode='same'",
            _combine_same,
            "Two kernels of sizes F and G reach over F + G − 1 samples together. "
            "Cutting the combined kernel throws away part of that reach.",
        ),
        Misconception(
            "correlates the kernels, which flips every second one",
            _combine_correlates,
            "Associativity belongs to convolution. Correlating the kernels reverses one of them.",
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


def _by_correlating_no_flip(x: Array, w: Array) -> Array:
    return np.correlate(np.pad(x, len(w) - 1), w, mode="valid")


def _by_correlating_pad_f(x: Array, w: Array) -> Array:
    return np.correlate(np.pad(x, len(w)), w[::-1], mode="valid")


def _by_correlating_pad_left(x: Array, w: Array) -> Array:
    return np.correlate(np.pad(x, (len(w) - 1, 0)), w[::-1], mode="valid")


def _by_correlating_flip_x(x: Array, w: Array) -> Array:
    return np.correlate(np.pad(x[::-1], len(w) - 1), w, mode="valid")


def _by_correlating_no_pad(x: Array, w: Array) -> Array:
    return np.correlate(x, w[::-1], mode="valid")


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
            note="the numbers of exercise 1.1: 1, 12, 23, 30",
        ),
        Case(np.array([1.0, 0.0, 0.0]), np.array([5.0, 7.0]), note="an impulse returns w itself"),
        Case(*_random(41, 5, 3)),
        Case(*_random(42, 6, 4)),
        Case(*_random(43, 7, 1)),
        Case(*_random(44, 10, 5)),
    ],
    misconceptions=[
        Misconception(
            "the kernel is not flipped",
            _by_correlating_no_flip,
            "The routine correlates, so it will not flip for you. Hand it w[::-1].",
        ),
        Misconception(
            "padded by F instead of F − 1",
            _by_correlating_pad_f,
            "With F zeros the first window sees nothing of x at all, and a needless zero appears "
            "at each end. The first partial overlap needs F − 1 zeros and one sample.",
        ),
        Misconception(
            "padded on one side only",
            _by_correlating_pad_left,
            "The kernel hangs over the end of x just as it hangs over the beginning: "
            "F − 1 zeros are needed on both sides.",
        ),
        Misconception(
            "the signal is flipped instead of the kernel",
            _by_correlating_flip_x,
            "Flipping x instead of w gives the right numbers in reverse order: "
            "the output runs backwards in time.",
        ),
        Misconception(
            "no padding at all",
            _by_correlating_no_pad,
            "Without zeros around x only complete overlaps are computed: "
            "that is the valid convolution, of size N − F + 1.",
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


def _toeplitz_reversed(w: Array, N: int) -> Array:
    return toeplitz_full(w[::-1], N)


def _toeplitz_transposed(w: Array, N: int) -> Array:
    return toeplitz_full(w, N).T


def _toeplitz_square(w: Array, N: int) -> Array:
    return toeplitz_full(w, N)[:N]


def _toeplitz_circulant(w: Array, N: int) -> Array:
    C = np.zeros((N, N))
    for s in range(N):
        for a in range(len(w)):
            C[(s + a) % N, s] += w[a]
    return C


def _toeplitz_valid(w: Array, N: int) -> Array:
    F = len(w)
    return toeplitz_full(w, N)[F - 1 : N]


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
            note="columns (1, 10, 0, 0), (0, 1, 10, 0), (0, 0, 1, 10)",
        ),
        Case(np.array([4.0]), 2, note="one weight: 4 times the identity"),
        Case(_random(51, 3)[0], 4),
        Case(_random(52, 4)[0], 2),
        Case(_random(53, 2)[0], 6),
        Case(_random(54, 5)[0], 5),
        Case(_random(55, 3)[0], 1),
    ],
    misconceptions=[
        Misconception(
            "the kernel stands in the matrix reversed",
            _toeplitz_reversed,
            "Column s is the output for an impulse at s: w read downwards, w[0] first. "
            "Read along a row the kernel does appear reversed; that is the flip.",
        ),
        Misconception(
            "rows and columns are exchanged",
            _toeplitz_transposed,
            "A takes N samples to N + F − 1 outputs, so it has N columns and N + F − 1 rows. "
            "The transpose is useful too: multiplying by it correlates.",
        ),
        Misconception(
            "only the first N rows: the tail is cut off",
            _toeplitz_square,
            "The full convolution has N + F − 1 outputs, one row for each.",
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
            "The rows you kept are those in which the whole kernel fits. "
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


def _fft_no_padding(x: Array, w: Array) -> Array:
    n = max(len(x), len(w))
    return np.real(np.fft.ifft(np.fft.fft(x, n) * np.fft.fft(w, n)))


def _fft_one_short(x: Array, w: Array) -> Array:
    M = len(x) + len(w) - 2
    return np.real(np.fft.ifft(np.fft.fft(x, max(M, 1)) * np.fft.fft(w, max(M, 1))))


def _fft_padded_too_far(x: Array, w: Array) -> Array:
    M = len(x) + len(w)
    return np.real(np.fft.ifft(np.fft.fft(x, M) * np.fft.fft(w, M)))


def _fft_complex(x: Array, w: Array) -> npt.NDArray[np.complex128]:
    M = len(x) + len(w) - 1
    return np.asarray(np.fft.ifft(np.fft.fft(x, M) * np.fft.fft(w, M)), dtype=np.complex128)


def _fft_conjugate(x: Array, w: Array) -> Array:
    M = len(x) + len(w) - 1
    return np.real(np.fft.ifft(np.fft.fft(x, M) * np.conj(np.fft.fft(w, M))))


def _fft_of_products(x: Array, w: Array) -> Array:
    M = len(x) + len(w) - 1
    return np.pad(x, (0, M - len(x))) * np.pad(w, (0, M - len(w)))


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
            note="the numbers of exercise 1.1: 1, 12, 23, 30",
        ),
        Case(np.array([2.0, 3.0]), np.array([4.0, 5.0]), note="8, 2·5 + 3·4 = 22, 15"),
        Case(*_random(61, 5, 3)),
        Case(*_random(62, 3, 5)),
        Case(*_random(63, 8, 8)),
        Case(*_random(64, 16, 4)),
    ],
    misconceptions=[
        Misconception(
            "no zero padding: the end wraps onto the beginning",
            _fft_no_padding,
            "The product of two transforms of length N is the circular convolution. "
            "Pad both sequences with zeros to N + F − 1 and nothing is left to wrap.",
        ),
        Misconception(
            "padded one sample too short",
            _fft_one_short,
            "The full result has N + F − 1 values. With one fewer, the last value is added to "
            "the first.",
        ),
        Misconception(
            "padded one sample too far",
            _fft_padded_too_far,
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
            "one spectrum is conjugated, which correlates",
            _fft_conjugate,
            "Conjugating W reverses w in time. For a convolution the two spectra are multiplied "
            "as they are.",
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

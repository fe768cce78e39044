"""Exercise 1.6: convolution by Fourier transform."""

import numpy as np

from course_utils.exercises import Case, Exercise, rounded_normals


def convolve_fft(x, w):
    """Full convolution of x (N,) and w (F,) through np.fft: real values, shape (N + F - 1,)."""
    M = len(x) + len(w) - 1  # long enough that nothing wraps around
    X = np.fft.fft(x, M)  # fft(x, M) pads x with zeros to length M first
    W = np.fft.fft(w, M)
    return np.real(np.fft.ifft(X * W))  # what is left of the imaginary part is rounding


EXERCISE = Exercise(
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
        Case(
            np.array([1, 2, 3, 4]),
            np.array([0.5, 0.25]),
            note="0.5, 1 + 0.25 = 1.25, 1.5 + 0.5 = 2, 2 + 0.75 = 2.75, 1",
        ),
        Case(*rounded_normals(61, 5, 3)),
        Case(*rounded_normals(62, 3, 5)),
        Case(*rounded_normals(63, 8, 8)),
        Case(*rounded_normals(64, 16, 4)),
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


@EXERCISE.misconception(
    "no length is given to the transforms",
    "np.fft.fft(x) has N values and np.fft.fft(w) has F, so their product has no meaning where N "
    "and F differ, and is the circular convolution where they do not. Give both the length of "
    "the result: np.fft.fft(x, M) with M = N + F − 1. (Of what comes back, np.real is wanted.)",
)
def _(x, w):
    # Left complex: an answer that takes the real part agrees with it as well.
    return np.fft.ifft(np.fft.fft(x) * np.fft.fft(w))


def _fft_of_length(x, w, M):
    return np.real(np.fft.ifft(np.fft.fft(x, M) * np.fft.fft(w, M)))


@EXERCISE.misconception(
    "no zero padding: the end wraps onto the beginning",
    "The product of two transforms of length N is the circular convolution. Pad both sequences "
    "with zeros to N + F − 1 and nothing is left to wrap.",
)
def _(x, w):
    return _fft_of_length(x, w, max(len(x), len(w)))


@EXERCISE.misconception(
    "the transforms have the length of x: the end wraps onto the beginning",
    "The product of two transforms of length N is the circular convolution (and a kernel longer "
    "than N is even cut off). Pad both sequences with zeros to N + F − 1.",
)
def _(x, w):
    return _fft_of_length(x, w, len(x))


@EXERCISE.misconception(
    "padded one sample too short",
    "The full result has N + F − 1 values. With one fewer, the last value is added to the first.",
)
def _(x, w):
    return _fft_of_length(x, w, len(x) + len(w) - 2)


@EXERCISE.misconception(
    "padded one sample too far",
    "More zeros do no harm to the values, but the result then carries them along: its length "
    "should be N + F − 1.",
)
def _(x, w):
    return _fft_of_length(x, w, len(x) + len(w))


def _spectra(x, w):
    M = len(x) + len(w) - 1
    return np.fft.fft(x, M), np.fft.fft(w, M)


@EXERCISE.misconception(
    "the result is left complex",
    "The inverse transform returns complex numbers. For real x and w the imaginary parts are "
    "rounding errors; np.real removes them.",
)
def _complex(x, w):
    X, W = _spectra(x, w)
    return np.fft.ifft(X * W)


@EXERCISE.misconception(
    "the magnitude is taken instead of the real part",
    "np.abs makes negative values positive. The result is real already, but for rounding: "
    "np.real takes it as it is, with its sign.",
)
def _(x, w):
    return np.abs(_complex(x, w))


@EXERCISE.misconception(
    "the product of the spectra is returned, without transforming back",
    "X * W is the spectrum of the result, one complex number for each frequency. np.fft.ifft "
    "turns it back into samples; np.real comes after that.",
)
def _product(x, w):
    X, W = _spectra(x, w)
    return X * W


@EXERCISE.misconception(
    "the real part of the product is returned, without transforming back",
    "X * W is the spectrum of the result, one complex number for each frequency. np.fft.ifft "
    "turns it back into samples; only then is the imaginary part rounding.",
)
def _(x, w):
    return np.real(_product(x, w))


@EXERCISE.misconception(
    "transformed forwards again instead of back",
    "np.fft.fft a second time reverses the order and multiplies by M. The way back is np.fft.ifft.",
)
def _(x, w):
    X, W = _spectra(x, w)
    return np.real(np.fft.fft(X * W))


@EXERCISE.misconception(
    "np.fft.irfft is not told the length",
    "rfft keeps M // 2 + 1 frequencies, and from these alone irfft cannot tell whether M was "
    "even or odd; it takes the even one. Tell it: np.fft.irfft(X * W, M).",
)
def _(x, w):
    M = len(x) + len(w) - 1
    return np.fft.irfft(np.fft.rfft(x, M) * np.fft.rfft(w, M))


@EXERCISE.misconception(
    "the imaginary parts of X and W are dropped before multiplying",
    "The imaginary parts of the spectra say where in time things happen. Multiply the complex "
    "numbers, transform back, and take np.real last.",
)
def _(x, w):
    X, W = _spectra(x, w)
    return np.real(np.fft.ifft(np.real(X) * np.real(W)))


@EXERCISE.misconception(
    "the imaginary part of the product is dropped before transforming back",
    "The imaginary part of X * W says where in time things happen; without it the result is "
    "mixed with its mirror image. Transform back first, and take np.real last.",
)
def _(x, w):
    X, W = _spectra(x, w)
    return np.real(np.fft.ifft(np.real(X * W)))


@EXERCISE.misconception(
    "one spectrum is conjugated, which correlates",
    "Conjugating W reverses w in time. For a convolution the two spectra are multiplied as they "
    "are.",
)
def _(x, w):
    X, W = _spectra(x, w)
    return np.real(np.fft.ifft(X * np.conj(W)))


@EXERCISE.misconception(
    "the kernel is flipped before transforming",
    "The product of the spectra is the convolution already: the flip is in the sum that the "
    "theorem speaks of. Flipping w by hand makes it a correlation.",
)
def _(x, w):
    return np.convolve(x, w[::-1])


@EXERCISE.misconception(
    "the spectra are added",
    "Adding spectra adds the signals. A convolution in time is a product in frequency: X * W.",
)
def _(x, w):
    X, W = _spectra(x, w)
    return np.real(np.fft.ifft(X + W))


@EXERCISE.misconception(
    "divided by M once more",
    "np.fft.ifft has divided by M already; going forwards and back gives what went in.",
)
def _(x, w):
    return np.convolve(x, w) / (len(x) + len(w) - 1)


@EXERCISE.misconception(
    "the signals are multiplied, not their spectra",
    "Transform both, multiply the transforms, and transform back. Going there and back without "
    "multiplying in between only returns what went in.",
)
def _(x, w):
    M = len(x) + len(w) - 1
    return np.pad(x, (0, M - len(x))) * np.pad(w, (0, M - len(w)))


@EXERCISE.misconception(
    "zeros are put at both ends",
    "np.pad(x, n) puts n zeros before x and n after it. The zeros have to follow, up to a length "
    "of M = N + F − 1: np.fft.fft(x, M) appends them by itself.",
)
def _(x, w):
    x, w = np.pad(x, len(w) - 1), np.pad(w, len(x) - 1)
    return np.real(np.fft.ifft(np.fft.fft(x) * np.fft.fft(w)))

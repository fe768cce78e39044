"""Answers to exercise 1.6, right and wrong."""

from tests.lessons.answer_bank.small_changes import but

FFT = """
M = len(x) + len(w) - 1
X, W = np.fft.fft(x, M), np.fft.fft(w, M)
return np.real(np.fft.ifft(X * W))
"""

RIGHT: list[str] = [
    FFT,
    but(FFT, "np.real(np.fft.ifft(X * W))", "np.fft.ifft(X * W).real"),
    but(FFT, "np.real(np.fft.ifft(X * W))", "np.round(np.fft.ifft(X * W).real, 10)"),
    but(FFT, "fft(x", "rfft(x", "fft(w", "rfft(w", "np.real(np.fft.ifft(X * W))",
        "np.fft.irfft(X * W, M)"),
    but(FFT, " - 1\n", "\n", "X * W))", "X * W))[:-1]"),
    but(FFT, "fft(x, M)", "fft(np.pad(x, (0, len(w) - 1)))"),
    """
    M = len(x) + len(w) - 1
    size = 1
    while size < M:
        size *= 2
    return np.fft.ifft(np.fft.fft(x, size) * np.fft.fft(w, size)).real[:M]
    """,
]  # fmt: skip

WRONG: list[tuple[str, str | None]] = [
    (
        "return np.fft.ifft(np.fft.fft(x) * np.fft.fft(w))",
        "no length is given to the transforms",
    ),
    (
        but(FFT, "(x, M)", "(np.pad(x, M - len(x)))", "(w, M)", "(np.pad(w, M - len(w)))"),
        "zeros are put at both ends",
    ),
    (but(FFT, "(x, M)", "(x)", "(w, M)", "(w)"), "no length is given to the transforms"),
    (
        but(FFT, "len(x) + len(w) - 1", "max(len(x), len(w))"),
        "no zero padding: the end wraps onto the beginning",
    ),
    (
        but(FFT, "len(x) + len(w) - 1", "len(x)"),
        "the transforms have the length of x: the end wraps onto the beginning",
    ),
    (but(FFT, "len(w) - 1", "len(w) - 2"), "padded one sample too short"),
    (but(FFT, " - 1\n", "\n"), "padded one sample too far"),
    (but(FFT, "np.real(np.fft.ifft(X * W))", "np.fft.ifft(X * W)"), "the result is left complex"),
    (but(FFT, "np.real", "np.abs"), "the magnitude is taken instead of the real part"),
    (
        but(FFT, "np.real(np.fft.ifft(X * W))", "X * W"),
        "the product of the spectra is returned, without transforming back",
    ),
    (
        but(FFT, "np.fft.ifft(X * W)", "X * W"),
        "the real part of the product is returned, without transforming back",
    ),
    (but(FFT, "ifft", "fft"), "transformed forwards again instead of back"),
    (
        but(FFT, "fft(x", "rfft(x", "fft(w", "rfft(w", "np.real(np.fft.ifft(X * W))",
            "np.fft.irfft(X * W)"),
        "np.fft.irfft is not told the length",
    ),
    (
        but(FFT, "X * W", "X.real * W.real"),
        "the imaginary parts of X and W are dropped before multiplying",
    ),
    (
        but(FFT, "X * W", "np.real(X * W)"),
        "the imaginary part of the product is dropped before transforming back",
    ),
    (but(FFT, "X * W", "X * np.conj(W)"), "one spectrum is conjugated, which correlates"),
    (but(FFT, "fft(w,", "fft(w[::-1],"), "the kernel is flipped before transforming"),
    (but(FFT, "X * W", "X + W"), "the spectra are added"),
    (but(FFT, "X * W))", "X * W)) / M"), "divided by M once more"),
    (
        "M = len(x) + len(w) - 1\n"
        "padded = np.pad(x, (0, M - len(x))) * np.pad(w, (0, M - len(w)))\n"
        "return np.real(np.fft.ifft(np.fft.fft(padded)))",
        "the signals are multiplied, not their spectra",
    ),
    (but(FFT, "X * W", "X @ W"), None),
    (but(FFT, "np.real", "np.imag"), None),
    (but(FFT, "(w, M)", "(w)"), None),
    (but(FFT, "len(x) + len(w) - 1", "2 * len(x)"), None),
    (but(FFT, "X * W))", "X * W)).astype(int)"), None),
    (but(FFT, "X * W))", "X * W)) * M"), None),
    (but(FFT, "np.real(np.fft.ifft(X * W))", "np.fft.ifft(X * W).real()"), None),
]  # fmt: skip

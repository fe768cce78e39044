"""Lesson 01, the convolution sum."""

from . import (
    combine,
    convolve_by_correlating,
    convolve_fft,
    convolve_full,
    convolve_valid,
    toeplitz_full,
)

EXERCISES = [
    convolve_full.EXERCISE,
    convolve_valid.EXERCISE,
    combine.EXERCISE,
    convolve_by_correlating.EXERCISE,
    toeplitz_full.EXERCISE,
    convolve_fft.EXERCISE,
]

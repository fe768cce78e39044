"""Lesson 05, backward through a convolution."""

from . import (
    col2im,
    grad_bias,
    grad_input,
    grad_input_strided,
    grad_weight,
    im2col,
    insert_zeros,
)

EXERCISES = [
    grad_input.EXERCISE,
    insert_zeros.EXERCISE,
    grad_input_strided.EXERCISE,
    grad_weight.EXERCISE,
    grad_bias.EXERCISE,
    im2col.EXERCISE,
    col2im.EXERCISE,
]

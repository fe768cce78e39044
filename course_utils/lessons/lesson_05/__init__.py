"""Lesson 05, backward through a convolution."""

from . import grad_bias, grad_input, grad_input_strided, grad_weight, insert_zeros

EXERCISES = [
    grad_input.EXERCISE,
    grad_weight.EXERCISE,
    grad_bias.EXERCISE,
    insert_zeros.EXERCISE,
    grad_input_strided.EXERCISE,
]

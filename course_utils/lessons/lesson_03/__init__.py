"""Lesson 03, output size."""

from . import output_size, pool_size, receptive_field, same_padding, unused

EXERCISES = [
    output_size.EXERCISE,
    unused.EXERCISE,
    same_padding.EXERCISE,
    pool_size.EXERCISE,
    receptive_field.EXERCISE,
]

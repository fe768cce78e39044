"""Lesson 02, filters on images."""

from . import compress_kernel, filter2d, find_template, learn_kernel, reflect_index

EXERCISES = [
    filter2d.EXERCISE,
    compress_kernel.EXERCISE,
    reflect_index.EXERCISE,
    find_template.EXERCISE,
    learn_kernel.EXERCISE,
]

"""Lesson 02, filters on images."""

from . import filter2d, find_template, learn_kernel, nearest_separable, reflect_index

EXERCISES = [
    filter2d.EXERCISE,
    nearest_separable.EXERCISE,
    reflect_index.EXERCISE,
    find_template.EXERCISE,
    learn_kernel.EXERCISE,
]

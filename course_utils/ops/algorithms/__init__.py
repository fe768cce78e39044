"""Ways to compute one and the same convolution, one file each, to be read.

What ``conv2d(algorithm="auto")`` runs is in `course_utils.ops.fast`.
"""

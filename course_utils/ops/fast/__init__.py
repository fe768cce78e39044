"""What makes the operations fast, and the choice between the ways to convolve.

The plain forms of the same convolutions are in `course_utils.ops.algorithms`.
"""

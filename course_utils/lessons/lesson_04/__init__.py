"""Lesson 04, channels and feature maps."""

from . import (
    conv_layer,
    conv_layer_sizes,  # noqa: F401 - more misconceptions of conv_layer
    dense_as_conv,
    grouped_conv,
    layer_cost,
    strided_layer,
)

EXERCISES = [
    conv_layer.EXERCISE,
    strided_layer.EXERCISE,
    grouped_conv.EXERCISE,
    layer_cost.EXERCISE,
    dense_as_conv.EXERCISE,
]

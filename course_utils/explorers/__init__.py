"""Explorers: widgets that show the numbers of the course's own NumPy code, live."""

from __future__ import annotations

from course_utils.distribution import from_extra

with from_extra("lab"):
    from course_utils.explorers.conv_arithmetic.explorer import ConvArithmeticExplorer
    from course_utils.explorers.convolution_sum.explorer import ConvolutionSumExplorer
    from course_utils.explorers.digit.explorer import DigitExplorer
    from course_utils.explorers.feature_map.explorer import FeatureMapExplorer
    from course_utils.explorers.filter.explorer import FilterExplorer
    from course_utils.explorers.pool.explorer import PoolExplorer
    from course_utils.explorers.receptive_field.explorer import ReceptiveFieldExplorer
    from course_utils.explorers.residual_gradient.explorer import ResidualGradientExplorer

__all__ = [
    "ConvArithmeticExplorer",
    "ConvolutionSumExplorer",
    "DigitExplorer",
    "FeatureMapExplorer",
    "FilterExplorer",
    "PoolExplorer",
    "ReceptiveFieldExplorer",
    "ResidualGradientExplorer",
]

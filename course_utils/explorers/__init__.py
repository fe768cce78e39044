"""Explorers: widgets that show the numbers of the course's own NumPy code, live."""

from __future__ import annotations

from course_utils.explorers.conv_arithmetic_explorer import ConvArithmeticExplorer
from course_utils.explorers.convolution_sum_explorer import ConvolutionSumExplorer
from course_utils.explorers.digit_explorer import DigitExplorer
from course_utils.explorers.feature_map_explorer import FeatureMapExplorer
from course_utils.explorers.filter_explorer import FilterExplorer
from course_utils.explorers.pool_explorer import PoolExplorer
from course_utils.explorers.receptive_field_explorer import ReceptiveFieldExplorer
from course_utils.explorers.residual_gradient_explorer import ResidualGradientExplorer

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

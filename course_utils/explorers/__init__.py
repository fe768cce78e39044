"""Explorers: widgets that show the numbers of the course's own NumPy code, live."""

from __future__ import annotations

from course_utils.explorers.convolution_sum_explorer import ConvolutionSumExplorer
from course_utils.explorers.filter_explorer import FilterExplorer

__all__ = ["ConvolutionSumExplorer", "FilterExplorer"]

"""The error for the one check of lesson 00: the mean of a value and itself."""

from __future__ import annotations

from tests.notebooks.planting import Planted

PLANTED = [Planted("0.1", "neighbour_mean", lambda real: lambda x: real(x.repeat(2))[: len(x) - 1])]

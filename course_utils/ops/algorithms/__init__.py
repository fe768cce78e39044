"""Ways to compute one and the same convolution, one file each, to be read.

Each has ``forward(x, weight, p)``, ``grad_x(grad_y, weight, p)`` and ``grad_weight(grad_y, x, p)``
for arrays (B, C, H, W) and (K, C / groups, kH, kW) that a `Problem` describes.

=========  =======================================================================================
name       what it is
=========  =======================================================================================
naive      seven loops: the definition
im2col     windows as columns, one matrix product
fft        products of spectra
winograd   F(2, 3): 2.25 times fewer multiplications, for 3 × 3 filters at stride 1
winograd4  F(4, 3): 4 times fewer, with five to ten times the rounding error
=========  =======================================================================================

What ``conv2d(algorithm="auto")`` runs is in `course_utils.ops.fast`.
"""

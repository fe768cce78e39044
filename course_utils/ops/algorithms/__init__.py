"""Ways to compute one and the same convolution, one file each."""

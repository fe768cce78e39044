"""ConvArithmeticExplorer: which cells a convolution reads, and how many outputs that makes."""

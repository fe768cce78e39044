"""ConvolutionSumExplorer: flip a kernel, slide it along a signal, watch the sum."""

"""ResidualGradientExplorer: how the gradient fares on its way to the input, with and without λx."""

"""FilterExplorer: a picture, a filter, and the sum under every pixel of the output."""

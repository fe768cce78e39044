"""DigitExplorer: draw a digit, watch every layer, and walk back to the pixels that mattered."""

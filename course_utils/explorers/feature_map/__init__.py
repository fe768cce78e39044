"""FeatureMapExplorer: one filter, its slices, a partial map for each channel, and their sum."""

"""ReceptiveFieldExplorer: what one unit sees of the picture, and what it really uses."""

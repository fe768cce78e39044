"""PoolExplorer: one number for each window, and which cells its gradient goes back to."""

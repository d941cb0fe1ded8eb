"""The window: Qt lays out, paints and listens here, and nowhere else."""

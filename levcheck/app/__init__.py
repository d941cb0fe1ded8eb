"""The session and the pipeline that turns it into an analysis."""

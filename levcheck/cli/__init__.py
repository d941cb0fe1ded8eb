"""The command line: a second shell over the same core."""

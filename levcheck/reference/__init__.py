"""What every line is, what every fund holds, from where and how old."""

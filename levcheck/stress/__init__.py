"""What a shock does to each wrapper and to the whole. Arrays in, arrays out."""

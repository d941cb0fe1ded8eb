"""What the money rides on: look-through, themes, overlap. Arrays in, arrays out."""

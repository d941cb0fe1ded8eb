"""Words, plurals, numbers and currency forms of each language."""

"""A stranger's workbook in, positions with their cells out."""

"""Paper: page model, HTML twin, workbook export."""

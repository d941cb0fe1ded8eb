"""Sheets of paper: measured once without any device, then painted the same on PDF, printer and screen."""

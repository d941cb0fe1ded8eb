"""Files the product writes: sessions, settings, recent files."""

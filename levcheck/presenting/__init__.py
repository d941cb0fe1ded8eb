"""What each screen shows, decided without Qt."""

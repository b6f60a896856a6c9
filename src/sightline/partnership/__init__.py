"""Floor three: one Django app for each room of the partnership's work."""

"""The moves of the directory."""

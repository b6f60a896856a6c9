"""The page parts every room uses; nothing about the partnership's work."""

"""Sightline: a safeguarding children partnership's own work, in code."""

"""Sightline: a safeguarding children partnership's own work, in code."""

__version__ = "0.1.0"

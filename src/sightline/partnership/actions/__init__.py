"""Recommendations and the actions that answer them: one register for every source, with three locks before anything is closed."""

"""Agencies' chronologies: reading the files in which they come, row by row, without losing one."""

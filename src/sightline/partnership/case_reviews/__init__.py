"""Serious incidents and the reviews that follow them."""

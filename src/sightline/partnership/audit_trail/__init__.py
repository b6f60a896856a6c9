"""Who did or saw what, in a chain that shows tampering."""

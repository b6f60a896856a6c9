"""Files held with a matter, each with its sensitivity."""

"""People who sign in, their roles and what they have agreed to."""

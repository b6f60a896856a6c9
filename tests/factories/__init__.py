"""The least that is valid, one module a room; every person and place is plainly invented."""

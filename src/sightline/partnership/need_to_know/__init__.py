"""Protected matters: members, grants, seals and conflicts of interest."""

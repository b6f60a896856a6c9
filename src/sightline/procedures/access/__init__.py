"""Who may do what to which kind of record."""

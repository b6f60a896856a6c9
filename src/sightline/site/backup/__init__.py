"""Everything the partnership wrote, in one encrypted file, and back again into an empty place."""

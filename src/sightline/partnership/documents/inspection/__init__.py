"""Looking at a file without opening it: plain functions from bytes to what was found. Nothing here runs or renders anything."""

"""Meetings: who comes, what is read beforehand, what is said and decided, and who did not agree."""

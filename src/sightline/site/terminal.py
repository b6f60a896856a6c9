"""Talking to the person at the terminal."""

import sys


def say(text: str = "") -> None:
    """One line to the terminal, at once."""
    print(text, flush=True)


def complain(text: str) -> None:
    """One line about something that went wrong."""
    print(text, file=sys.stderr, flush=True)

"""What the worker does in each round, in this order."""

from collections.abc import Callable

CHORES: tuple[Callable[[], int], ...] = ()

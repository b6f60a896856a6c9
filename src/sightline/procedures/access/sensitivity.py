"""How sensitive a stored field is; every model says it for every field."""

from typing import Final

OPEN: Final = "open"
"""May be known to anybody who signs in, and in the end to the public."""

PARTNERSHIP: Final = "partnership"
"""The partnership's own business: kept inside it, says nothing about a child."""

CHILD: Final = "child"
"""Says something about a child or a family: seen by need only, and every reading is recorded."""

LEAST_TO_MOST: Final = (OPEN, PARTNERSHIP, CHILD)

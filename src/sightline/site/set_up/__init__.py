"""The first start of a real partnership: a link for its first administrator, and the list of what has to be there."""

from sightline.site.set_up.first_administrator import run

__all__ = ["run"]

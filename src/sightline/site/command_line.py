"""The one command line of Sightline; Django is imported only by the commands that need it."""

import os
import sys


def main(arguments: list[str] | None = None) -> int:
    """Run one command and say how it went."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    os.umask(0o077)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sightline.site.settings")
    if arguments[:1] == ["manage"]:
        from django.core.management import execute_from_command_line

        execute_from_command_line(["sightline manage", *arguments[1:]])
        return 0
    print("usage: sightline manage …")
    return 2

"""Django's own `migrate`, made quicker; see `migrating`."""

from typing import Any

from django.core.management.commands.migrate import Command as PlainCommand

from sightline.site.database.migrating import building_only_what_changes


class Command(PlainCommand):
    def handle(self, *args: Any, **options: Any) -> None:
        with building_only_what_changes():
            super().handle(*args, **options)

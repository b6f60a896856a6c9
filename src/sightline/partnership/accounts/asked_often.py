"""Questions to the database that are asked at every step: put into words once, then asked again with other values.

Putting a question into words costs the database layer ten times what the answer costs the database. The words are made from the same
querysets as anywhere else, so a rule still stands in one place; only its values come later.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Final

from django.db import connection
from django.db.models import DateField, DateTimeField, Expression, QuerySet


class Id(str):
    """The place of an id that comes later."""


class Moment(Expression):
    """The place of a day or a moment that comes later."""

    def __init__(self, name: str, output_field: DateField) -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        return "%s", [self]


DAY: Final = Moment("day", DateField())
NOW: Final = Moment("now", DateTimeField())


class AskedOften:
    """One question, by a function that makes it with places in it; which of its forms is meant is said by the function's arguments."""

    def __init__(self, question: Callable[..., QuerySet[Any]]) -> None:
        self.question = question
        self._words: dict[tuple[Any, ...], tuple[str, tuple[Any, ...]]] = {}

    def rows(self, *form: Any, ids: dict[str, str | None], on: date, now: datetime | None = None) -> list[tuple[Any, ...]]:
        """The answer to the question in this form, with these values in its places, as the database gives it."""
        words, places = self._in_words(form)
        with connection.cursor() as cursor:
            cursor.execute(words, [_value(place, ids, on, now) for place in places])
            return list(cursor.fetchall())

    def _in_words(self, form: tuple[Any, ...]) -> tuple[str, tuple[Any, ...]]:
        key = (connection.vendor, *form)
        if key not in self._words:
            words, places = self.question(*form).query.get_compiler(connection=connection).as_sql()
            self._words[key] = words, tuple(places)
        return self._words[key]


def _value(place: Any, ids: dict[str, str | None], on: date, now: datetime | None) -> Any:
    if isinstance(place, Id):
        return ids[place]
    if isinstance(place, Moment):
        return place.output_field.get_db_prep_value(on if place.name == DAY.name else now, connection)
    return place

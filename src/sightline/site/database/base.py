"""Django's SQLite backend, with SQLCipher in the place of the interpreter's library."""

import datetime
import decimal
from collections.abc import Mapping
from itertools import tee
from typing import Any

from django.db.backends.sqlite3 import base as plain
from django.db.backends.sqlite3._functions import register as register_functions
from django.db.backends.sqlite3.creation import DatabaseCreation as PlainCreation
from django.utils.asyncio import async_unsafe
from django.utils.dateparse import parse_date, parse_datetime, parse_time
from sqlcipher3 import dbapi2

from sightline.site.database.connection import open_connection

dbapi2.register_converter("bool", b"1".__eq__)
dbapi2.register_converter("date", plain.decoder(parse_date))
dbapi2.register_converter("time", plain.decoder(parse_time))
dbapi2.register_converter("datetime", plain.decoder(parse_datetime))
dbapi2.register_converter("timestamp", plain.decoder(parse_datetime))
dbapi2.register_adapter(decimal.Decimal, str)
dbapi2.register_adapter(datetime.date, plain.adapt_date)
dbapi2.register_adapter(datetime.datetime, plain.adapt_datetime)


class DatabaseCreation(PlainCreation):
    """Test databases are files: a copy must hold what the log still holds."""

    def _clone_test_db(self, suffix: str, verbosity: int, keepdb: bool = False) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        super()._clone_test_db(suffix, verbosity, keepdb)


class DatabaseWrapper(plain.DatabaseWrapper):
    """The embedded database, encrypted, as one of Django's own."""

    display_name = "SQLCipher"
    Database = dbapi2
    creation_class = DatabaseCreation

    def get_connection_params(self) -> dict[str, Any]:
        params = super().get_connection_params()
        params["detect_types"] = dbapi2.PARSE_DECLTYPES | dbapi2.PARSE_COLNAMES
        return params

    @async_unsafe
    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        key = conn_params.pop("key")
        if callable(key):
            key = key()
        connection = open_connection(conn_params.pop("database"), key, **conn_params)
        register_functions(connection)
        connection.execute("PRAGMA legacy_alter_table = OFF")
        return connection

    def create_cursor(self, name: str | None = None) -> Any:
        return self.connection.cursor(factory=CursorWrapper)


class CursorWrapper(dbapi2.Cursor):
    """Turns Django's parameter style into SQLite's, as Django's own wrapper does for the interpreter's library."""

    convert_query = plain.SQLiteCursorWrapper.convert_query

    def execute(self, query: str, params: Any = None) -> Any:
        if params is None:
            return super().execute(query)
        names = list(params) if isinstance(params, Mapping) else None
        return super().execute(self.convert_query(query, param_names=names), params)

    def executemany(self, query: str, param_list: Any) -> Any:
        peekable, param_list = tee(iter(param_list))
        first = next(peekable, None)
        names = list(first) if first and isinstance(first, Mapping) else None
        return super().executemany(self.convert_query(query, param_names=names), param_list)

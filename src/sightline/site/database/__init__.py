"""Django's SQLite, on SQLCipher: the embedded database, encrypted at rest and strict about durability."""

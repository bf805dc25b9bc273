"""Django's PostgreSQL, with cheaper reads: kept connections, and statements that are prepared."""

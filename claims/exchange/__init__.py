"""Tables in and out of files. The CSV dialect: RFC 4180, UTF-8, one file a table, a header row."""

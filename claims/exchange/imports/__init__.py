"""Tables from files: read, checked whole without writing anything, then entered in blocks."""

"""Anybody's sheet or JSON into our tables, by a small file in TOML that says what becomes of what.

A mapping names our tables, and for each of their columns a template. A plain sheet of promises::

    name = "city-hall"                       # ids are made from it: keep it, and they stay

    [maps.status]
    "Broken" = "not_borne_out"
    "Kept" = "borne_out"
    "Open" = ""                              # nothing, and meant so

    [speakers]
    slug = "{Who}"                           # a slug is made of whatever stands there
    name = "{Who}"

    [sources]
    slug = "{Link}"
    url = "{Link}"
    publisher = "{Link|host}"
    title = ["{Headline}", "{Link|host}"]    # the first that is not empty

    [claims]
    id = "{No}"                              # an id is made of whatever stands there
    kind = "promise"
    statement = "{Promise}"
    speaker = "{Who}"                        # and so it finds the speaker again
    source = "{Link}"
    said_on = "{Date|date:%d.%m.%Y}"
    topics = ["{Ward}", "city-hall"]         # of a column of several values, all
    editorial_state = "published"
    extra = ["Where", "Page"]                # kept as columns of their own

**Templates.** ``{path}`` is a field of the record, or by dots a field within a field; through a
list it is all that the list's items have there. A template in which a field is empty is empty;
one in which a field has several values is a text for each, which only some columns take. Filters
follow behind ``|``: see `templates.FILTERS`, or ``import_mapped --describe``. Braces are written
twice to stand for themselves.

**Rows.** Each record makes a row of a block. Beside columns a block may have

- ``each = "quotes as quote"``: a row for each item of a list, which templates then call `quote`;
  a list of such goes on within, and ``first of quotes as quote`` takes one, ``others of`` the rest;
- ``where``: templates that must not be empty, or no row is made;
- ``group`` with ``by``: rows with the same text, in the order of another; ``take`` is ``first``,
  ``others`` or (unsaid) ``all`` of each; with ``changes`` those in which that text is another than
  in the row before. Templates call the group's first row `first`, and those beside a row
  `previous` and `next`: ``{previous.status}``;
- ``of = "claims"``: instead of records, what the rows of that table were made of;
- ``extra``, of claims: a list of fields, or a table of templates by name.

A table may have several blocks: ``[[evidence]]``. Rows of one slug or id are one row: the first
stands, and what a later one says otherwise is reported.

**More.** ``records = "promises"`` says where in a JSON file the records are. ``[with.people]``
joins a second file: ``file`` is its name beside the first, ``key`` a template over its records,
``on`` one over ours, or several; ``{people.name}`` is then a field of it. ``[names]`` are templates
under a name of their own. ``leave_out`` lists fields that are left out on purpose. ``{record.x}``
is field `x` where a name is in the way.

Whatever is not mapped is reported: see `report`.
"""

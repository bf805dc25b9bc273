"""What a read costs, beside plain DRF and beside a bare handler, in one run: ``make bench``.

Three servers of one kind (granian, one worker, as ``make run`` starts it) answer the same
questions over the same made claims, in turns of a second or two, on PostgreSQL and on SQLite. A
machine and its neighbours slow all three alike, so the ratios are what to look at.

    product     config.wsgi, untouched
    plain DRF   `plain_drf`: a viewset over the ORM, with nothing careless in it
    bare        `bare`: one SQL query for the finished texts, and no framework

To measure more, add a question to `questions`; to measure against something else, add it to
`contenders` and say in `questions` how it is asked.
"""

"""Fact-checks of other desks, as they publish them: schema.org's ClaimReview, read into our tables.

`elements` reads the file, `nodes` the loose ways of JSON-LD, `review` what one review says,
`stances` its rating; `staging` makes sheets of them all. What was decided:

- A claim comes in as a draft, and its review as evidence of the kind `fact_check`. Their rating is
  kept in their words, and is never our verdict; where it points is looked up in a table, and what
  the table does not know is context, and is told.
- Nothing that the desk has already is touched: a claim, a speaker or a source that is there stays
  as its editors have it, and only evidence is added to it.
- The same text of the same speaker is one claim, however many reviewed it.
- A claim whose day nobody names was made before it was reviewed: it gets the month of the review,
  marked as uncertain (`2020-10?`).
"""

from .staging import StagedReviews

__all__ = ["StagedReviews"]

"""How the goalposts moved, in a sentence."""

import pytest

from claims.goalposts import goalposts, in_words
from tests.goalposts.strategies import dues, line_of


@pytest.mark.parametrize(
    ("deadlines", "words"),
    [
        (["2020", "2020"], "The deadline has not moved"),
        (["", ""], "The deadline has not moved"),
        (["2020-12-31", "2021-01-01"], "Deadline moved once, by 1 day"),
        (["2020-12-31", "2021-03-31", "2021-09-30"], "Deadline moved 2 times, by 273 days"),
        (["2020", "2021"], "Deadline moved once, by 1 to 730 days"),
        (["2021", "2020"], "Deadline moved once, back by 1 to 730 days"),
        (["2021-09-30", "2020-12-31"], "Deadline moved once, back by 273 days"),
        (
            ["2021-H1", "2021"],
            "Deadline moved once, by anything from 180 days back to 364 days on",
        ),
        (["2020-12-31", "2021-09-30~"], "Deadline moved once, by about 273 days"),
        (["2020", "2021/.."], "Deadline moved once, by at least 1 day"),
        (["2021/..", "2020"], "Deadline moved once, back by at least 1 day"),
        (["2020", "2020-06/.."], "Deadline moved once, and nobody can say how far"),
        (["../2020", "2021/.."], "Deadline moved once, by at least 1 day"),
        (["2020/..", "2021/.."], "Deadline moved once, and nobody can say how far"),
        (["2020", "2021", "2020"], "Deadline moved 2 times, and is back where it was"),
        (["2020", "2021", ""], "Deadline moved 2 times, and was dropped in the end"),
        (["", "2021"], "A deadline was set, where there was none"),
        (["", "2021", "2022"], "Deadline moved once, by 1 to 729 days"),
    ],
)
def test_words(deadlines, words):
    assert in_words(goalposts(line_of(dues(*deadlines)))) == words

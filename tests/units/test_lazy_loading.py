"""Pint is loaded when two units are first compared, and threads may do that at once."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from threading import Barrier

from claims import units

START = """
import sys, django
django.setup()
from django.urls import get_resolver
get_resolver().url_patterns
from claims.quantities import Quantity
km, people = Quantity.parse("gte 5 km"), Quantity.parse("gte 5 people")
print(km.compare(km).value, km.compare(people).value, "pint" in sys.modules)
print(km.compare(Quantity.parse("eq 5000 m")).value, "pint" in sys.modules)
"""


def test_a_server_that_compares_no_two_units_never_loads_it():
    said = subprocess.run(  # a process of its own: here, other tests have loaded it
        [sys.executable, "-W", "ignore", "-c", START],
        capture_output=True,
        text=True,
        check=True,
        env={"DJANGO_SETTINGS_MODULE": "tests.settings"},
    )

    assert said.stdout.splitlines() == ["met cannot_tell False", "met True"]


def test_threads_that_ask_first_at_once_get_the_same_answer():
    units._sizes.cache_clear()
    barrier = Barrier(4)

    def ask(_number):
        barrier.wait()
        return units.ratio("km/h", "m/s")

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(ask, range(4))) == [Fraction(5, 18)] * 4

"""A wrong environment fails at the start, and says which variable it is.

The environment goes before a developer's own .env file, so each test sets every variable.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
GOOD = {
    "SECRET_KEY": "k" * 50,
    "ALLOWED_HOSTS": "localhost",
    "HTTPS": "on",
    "DEBUG": "off",
    "DATABASE_URL": "sqlite:///unused.sqlite3",
    "CSRF_TRUSTED_ORIGINS": "",
    "NUM_PROXIES": "1",
    "LOGINS_PER_MINUTE_FROM_ADDRESS": "10",
    "LOGINS_PER_MINUTE_OF_NAME": "5",
    "WRITES_PER_MINUTE": "120",
}


def start(**environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "import django; django.setup()"],
        env={"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "config.settings"}
        | GOOD
        | environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"ALLOWED_HOSTS": "claims.example"},
        {"HTTPS": "off", "DEBUG": "on", "ALLOWED_HOSTS": "127.0.0.1,localhost"},
        {"DATABASE_URL": "postgres://desk@db.example/claims"},
    ],
    ids=str,
)
def test_it_starts(environment):
    started = start(**environment)

    assert started.returncode == 0, started.stderr


@pytest.mark.parametrize(
    ("environment", "name"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"SECRET_KEY": "k" * 49}, "SECRET_KEY"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS"),
        ({"HTTPS": "off", "ALLOWED_HOSTS": "claims.example"}, "HTTPS"),
        ({"HTTPS": "off", "ALLOWED_HOSTS": "localhost,claims.example"}, "HTTPS"),
        ({"HTTPS": "off", "ALLOWED_HOSTS": "*"}, "HTTPS"),
        ({"DEBUG": "on", "ALLOWED_HOSTS": "claims.example"}, "DEBUG"),
        ({"DEBUG": "on", "ALLOWED_HOSTS": ".localhost"}, "DEBUG"),
        ({"DEBUG": "perhaps"}, "DEBUG"),
        ({"HTTPS": "maybe"}, "HTTPS"),
        ({"HTTPS": ""}, "HTTPS"),
        ({"DATABASE_URL": "mysql://desk@db.example/claims"}, "DATABASE_URL"),
        ({"DATABASE_URL": "claims.sqlite3"}, "DATABASE_URL"),
        ({"DATABASE_URL": ""}, "DATABASE_URL"),
        ({"NUM_PROXIES": "-1"}, "NUM_PROXIES"),
        ({"NUM_PROXIES": "one"}, "NUM_PROXIES"),
        ({"LOGINS_PER_MINUTE_FROM_ADDRESS": "0"}, "LOGINS_PER_MINUTE_FROM_ADDRESS"),
        ({"LOGINS_PER_MINUTE_OF_NAME": ""}, "LOGINS_PER_MINUTE_OF_NAME"),
        ({"WRITES_PER_MINUTE": "1" * 5_000}, "WRITES_PER_MINUTE"),
        ({"DESK_NAME": " "}, "DESK_NAME"),
    ],
    ids=str,
)
def test_it_does_not_start_and_names_the_variable(environment, name):
    started = start(**environment)

    assert started.returncode != 0
    assert started.stderr.splitlines()[-1].startswith(
        "django.core.exceptions.ImproperlyConfigured: "
    )
    assert name in started.stderr.splitlines()[-1]

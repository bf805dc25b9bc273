"""The product's settings under test: its own environment, cheap passwords, nothing else."""

import os

os.environ.update(
    SECRET_KEY="for-tests-only-" + "x" * 50,
    ALLOWED_HOSTS="testserver,localhost,127.0.0.1",
    HTTPS="off",
    DEBUG="off",
    DATABASE_URL=os.environ.get("TEST_DATABASE_URL") or "sqlite:///borne-out-tests.sqlite3",
)

from config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

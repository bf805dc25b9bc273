"""The product's settings, serving `plain_drf`."""

from config.settings import *  # noqa: F403

ROOT_URLCONF = "tests.benchmarks.plain_drf"

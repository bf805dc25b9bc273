# `make run` serves the desk, `make test` runs the whole suite; both install what they need first.
# A bare `make` lists the targets.

PYTHON ?= python3
PORT ?= 8000
CLAIMS ?= 100000
BIN := .venv/bin
PARALLEL := -n auto --dist worksteal
PIP := $(BIN)/python -m pip install -qq --disable-pip-version-check

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test quick soak fuzz check bench

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-6s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# One Django start-up for all steps: each would cost half a second of its own. The server runs no
# checks, so they stand here, on warnings too. granian would share a busy port, or end in a trace.
define PREPARE
import io, socket, sys
if not sys.argv[1].isdigit() or not 0 < int(sys.argv[1]) < 65536:
    sys.exit(f"PORT is “{sys.argv[1]}”: give a number from 1 to 65535, as in make run PORT=8001")
port = int(sys.argv[1])
if socket.socket().connect_ex(("127.0.0.1", port)) == 0:
    sys.exit(f"Port {port} is taken by another program. Choose one: make run PORT={port + 1}")
import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import OperationalError
try:
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("rebuild_documents", verbosity=0)
    call_command("prepare_desk")
    call_command("check", databases=["default"], fail_level="WARNING", stdout=io.StringIO())
except (CommandError, ImproperlyConfigured) as error:
    sys.exit(f"Not started. {error}")
except OperationalError as error:
    sys.exit(f"Not started. The database that DATABASE_URL names cannot be used: {error}")
endef
export PREPARE

# A database connection lives as long as its server thread: few threads, kept as long as granian
# can (seconds). GRANIAN_WORKERS and its like choose the rest.
run: .venv/.installed .env ## serve at http://127.0.0.1:8000 (PORT=8001 elsewhere)
	@DJANGO_SETTINGS_MODULE=config.settings $(BIN)/python -c "$$PREPARE" "$(PORT)"
	@printf '%s\n' \
		'' \
		'  site   http://127.0.0.1:$(PORT)/' \
		'  admin  http://127.0.0.1:$(PORT)/admin/' \
		'  API    http://127.0.0.1:$(PORT)/api/v1/' \
		'  docs   http://127.0.0.1:$(PORT)/api/v1/docs/' \
		'' \
		'Ctrl-C stops it.'
	@exec $(BIN)/granian --interface wsgi --host 127.0.0.1 --port $(PORT) --no-ws \
		--blocking-threads 8 --blocking-threads-idle-timeout 600 \
		--log-level error config.wsgi:application

test: .venv/.installed-dev ## the whole suite: on SQLite, then on PostgreSQL
	env -u TEST_DATABASE_URL $(BIN)/python -m pytest $(PARALLEL)
	$(BIN)/python -m tests.postgres_cluster $(BIN)/python -m pytest $(PARALLEL)

quick: .venv/.installed-dev ## the suite on SQLite, without a browser
	env -u TEST_DATABASE_URL $(BIN)/python -m pytest $(PARALLEL) -m "not browser"

# The suite does the same with 500 writes.
soak: .venv/.installed-dev ## a copy kept in sync through 10,000 random writes, on both engines
	env -u TEST_DATABASE_URL SYNC_WRITES=10000 \
		$(BIN)/python -m pytest tests/api/test_a_copy_of_many_writes.py
	SYNC_WRITES=10000 $(BIN)/python -m tests.postgres_cluster \
		$(BIN)/python -m pytest tests/api/test_a_copy_of_many_writes.py

fuzz: .venv/.installed-dev ## hold each operation against OpenAPI, for each role, on both engines
	env -u TEST_DATABASE_URL FUZZ_EXAMPLES=20 \
		$(BIN)/python -m pytest $(PARALLEL) tests/api/test_description_is_true.py
	FUZZ_EXAMPLES=20 $(BIN)/python -m tests.postgres_cluster \
		$(BIN)/python -m pytest $(PARALLEL) tests/api/test_description_is_true.py

check: .venv/.installed-dev ## lint, format, layers, types, missing migrations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy claims
	DJANGO_SETTINGS_MODULE=tests.settings $(BIN)/python manage.py makemigrations --check --dry-run

# CLAIMS may name several sizes, and DATA a folder to keep made claims in between runs.
bench: .venv/.installed-dev ## measure reads and writes, files in and out (CLAIMS=100000)
	$(BIN)/python -m tests.benchmarks --claims $(CLAIMS) $(if $(DATA),--data $(DATA))

# Only for this machine; a real deployment sets its own environment, which goes before this file.
.env: | $(BIN)/python
	@umask 077; $(BIN)/python -c 'import secrets; print("SECRET_KEY=" + secrets.token_urlsafe(50), \
		"ALLOWED_HOSTS=127.0.0.1,localhost", "HTTPS=off", sep="\n")' > $@

.venv/.installed: requirements.txt $(BIN)/python
	@echo "Installing what the server runs on (once) ..."
	@$(PIP) -r requirements.txt
	@touch $@

.venv/.installed-dev: requirements.txt requirements-dev.txt $(BIN)/python
	@echo "Installing what the tests need (once) ..."
	@$(PIP) -r requirements-dev.txt
	@touch $@

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo >&2 \
		"Python 3.11 or newer is needed, and '$(PYTHON)' is not. Name one: make PYTHON=python3.12"; \
		exit 1; }
	@$(PYTHON) -m venv --clear .venv || { rm -rf .venv; echo >&2 \
		"'$(PYTHON) -m venv' failed: is it installed? (Debian: apt install python3-venv)"; exit 1; }

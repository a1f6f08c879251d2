# make run    start: a chat in the terminal, or the Telegram bot where TELEGRAM_TOKEN is set
# make test   ruff, mypy, import-linter and pytest
# make check  the same without pytest
# make fix    what ruff can mend by itself
# make bench  measurements of this machine
# make fuzz   inputs made up by atheris, a minute a target; FUZZ_S=600 for longer

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check

.PHONY: run test check fix bench fuzz postgres
.DEFAULT_GOAL := run

run: $(VENV)/run.stamp
	@$(BIN)/python -m bot run

test: check postgres
	$(BIN)/python -m pytest

# storage is tested on a real server too; without one those tests are skipped, and say so
postgres:
	@if command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; then :; \
	elif [ "$$(id -u)" != 0 ]; then echo "no PostgreSQL server here: its tests are skipped (install postgresql to run them)"; \
	else echo "installing postgresql for the tests of storage"; \
		{ apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq postgresql; } >/dev/null || \
		echo "postgresql could not be installed: its tests are skipped"; fi

check: $(VENV)/test.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

fix: $(VENV)/test.stamp
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/test.stamp
	$(BIN)/python -m tests.benchmarks

FUZZ_S ?= 60
fuzz: $(VENV)/test.stamp
	$(PIP) install -q -c constraints.txt -e '.[test,fuzz]'
	$(BIN)/python -m tests.fuzz $(FUZZ_S)

$(VENV)/run.stamp: pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "installing what the bot needs into $(VENV) (about 2 GB, once)"
	$(PIP) install --progress-bar on -c constraints.txt -e .
	@touch $@

$(VENV)/test.stamp: pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "installing what the bot and its tests need into $(VENV) (about 2 GB, once)"
	$(PIP) install --progress-bar on -c constraints.txt -e '.[test]'
	@touch $@ $(VENV)/run.stamp

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || \
		{ echo "Python 3.11 is wanted, found: $$($(PYTHON) --version 2>&1); set PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || \
		{ echo "installing python3-venv"; apt-get update -qq && apt-get install -y -qq python3-venv; }
	$(PYTHON) -m venv $(VENV)

# `make` alone lists the targets.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= python3
INPUT ?= data/raw
OUTPUT ?= data/clean
ARGS ?=

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
LOCKER := build/locker

# Prefect sends nothing home.
export DO_NOT_TRACK := 1
export PREFECT_SERVER_ANALYTICS_ENABLED := false

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

.PHONY: setup
setup: $(STAMP) ## create .venv from requirements.lock (PYTHON=python3; again only when the lock or pyproject.toml changes)
	@:

# The lock is complete, so pip need not look for dependencies: before 23.3 it trips over pinned extras when it
# does. `pip check` says whether anything is missing after all.
$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo 'cleanse needs Python 3.11 or newer: make setup PYTHON=python3.12' >&2; exit 1; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --disable-pip-version-check --quiet --require-hashes --no-deps -r requirements.lock
	$(BIN)/python -m pip install --disable-pip-version-check --quiet --no-deps --no-build-isolation -e .
	@$(BIN)/python -m pip --disable-pip-version-check check
	@touch $@

.PHONY: run
run: setup ## clean INPUT=data/raw into OUTPUT=data/clean (further options in ARGS)
	$(BIN)/python -m flows.clean_articles --input "$(INPUT)" --output "$(OUTPUT)" $(ARGS)

.PHONY: serve
serve: setup ## serve the flows to Prefect, with their schedules (options in ARGS)
	$(BIN)/python -m flows.serve $(ARGS)

.PHONY: test
test: setup ## run the tests (ARGS="-m 'not slow'" for the quick ones)
	$(BIN)/python -m pytest $(ARGS)

.PHONY: lint
lint: setup ## check style, layout and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

.PHONY: format
format: setup ## lay the code out and mend what ruff can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

.PHONY: lock
lock: ## pin the dependencies anew in requirements.lock (ARGS=--upgrade for the newest)
	$(PYTHON) -m venv $(LOCKER)
	$(LOCKER)/bin/python -m pip install --disable-pip-version-check --quiet uv
	env -u UV_FIND_LINKS $(LOCKER)/bin/uv pip compile --quiet --universal --python-version 3.11 --extra dev \
		--generate-hashes --no-strip-extras --no-header --no-emit-index-url --no-emit-find-links $(ARGS) \
		--output-file requirements.lock pyproject.toml

.PHONY: clean
clean: ## remove .venv, caches and build outputs (data stays)
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage htmlcov
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# `make up` serves the graph of data/releases; `make test` runs every check. Both set up everything first.

# The first Python that runs and is new enough: a name on the path need not do either.
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c '$(NEW_ENOUGH)' >/dev/null 2>&1 && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
SITE ?= site
PORT ?= 8000
FRONTEND := $(shell find src/eugraph/server/frontend -type f -not -path "*/node_modules/*")

.PHONY: up test style types imports tests wheel clean
.DEFAULT_GOAL := up

up: $(VENV)/.installed
	$(BIN)/eugraph up data/releases --site $(SITE) --port $(PORT)

test: style types imports tests wheel

style: $(VENV)/.developed
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: $(VENV)/.developed
	$(BIN)/mypy

imports: $(VENV)/.developed
	$(BIN)/lint-imports --no-cache

tests: $(VENV)/.developed
	$(BIN)/pytest -n auto

wheel: $(VENV)/.developed
	$(BIN)/pytest -m wheel

clean:
	rm -rf $(VENV) $(SITE) build dist

$(VENV)/.python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed."; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	touch $@

$(VENV)/.installed: $(VENV)/.python pyproject.toml constraints.txt hatch_build.py $(FRONTEND)
	$(BIN)/pip install --quiet --constraint constraints.txt --editable .
	$(BIN)/python -m compileall -q src
	touch $@

$(VENV)/.developed: $(VENV)/.installed
	$(BIN)/pip install --quiet --constraint constraints.txt --group dev
	touch $@

# `make` alone lists the targets. Each does its own set-up; only Python 3.11+ and make must be there.
PYTHON ?= $(shell for python in python3.14 python3.13 python3.12 python3.11 python3 python; do \
	if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then echo $$python; break; fi; done)
BIN = .venv/bin
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help demo test lint format bench docs lock site dev python

help: ## this list
	@grep -E '^[a-z]+:.*## ' Makefile | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 16

demo: site ## the platform with a filled partnership; PORT= and DATABASE_URL= choose others
	@exec $(BIN)/python -m eprm.config.launch

test: dev ## every test that can run here
	@$(BIN)/pytest -n 2 --dist loadgroup

lint: dev ## style, types, and which way imports point
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/lint-imports

format: dev ## put the code into its form
	@$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

bench: python ## our figures beside each peer's, as ratios in one run
	@$(PYTHON) bootstrap.py bench && .venv-bench/bin/python -m bench $(ONLY)

docs: dev ## the pages that are built from the code
	@$(BIN)/lode findings > docs/findings.md

lock: dev ## new locks, with hashes and without an index address
	@$(BIN)/python -m requirements.lock

site dev: python
	@$(PYTHON) bootstrap.py $@

python:
	@test -n "$(PYTHON)" || { echo "This needs Python 3.11 or newer, and none was found: install it, or name it with PYTHON=."; exit 1; }

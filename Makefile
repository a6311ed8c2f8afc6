# What CI runs, and nothing else. `make check` sets up its own environment in .venv.

PYTHON ?= python3
BIN := .venv/bin

.PHONY: check lint types test index speed quality

check: lint types test

lint: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lintnews check docs README.md CHANGELOG.md CONTRIBUTING.md

types: .venv/ready
	$(BIN)/mypy

test: .venv/ready
	$(BIN)/python -m pytest --cov --cov-report=term

index: .venv/ready
	$(BIN)/python docs/generate.py

speed: .venv/ready
	$(BIN)/python benchmarks/speed.py

quality: .venv/ready
	$(BIN)/python benchmarks/quality.py

.venv/ready: pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet "pip>=25.1"
	$(BIN)/python -m pip install --quiet --group dev --editable .
	touch $@

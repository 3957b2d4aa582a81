# `make example` and `make test` each do everything on a fresh machine with Python 3.10 or later.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
SOURCES = $(shell find planwriter templates section_library -type f -not -name '*.pyc')

.PHONY: example test test-long test-random fuzz test-newest bench docs picture clean

example: $(VENV)/.installed  ## sets up and makes the example documents in out/
	mkdir -p out
	$(BIN)/planwriter render examples/*.yaml -o out

test: $(VENV)/.test-installed  ## sets up and runs every check
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python -m pytest -n 2 --dist worksteal

test-long: $(VENV)/.test-installed  ## the tests that take minutes: two processes over all pairs of writers, 200 rounds each
	$(BIN)/python -m pytest -m long

test-random: $(VENV)/.test-installed  ## the tests that make up their input, with other input each time
	$(BIN)/python -m pytest -n 2 --dist worksteal -m "hypothesis and not long" --hypothesis-profile random

fuzz: $(VENV)/.test-installed  ## long trials with made input, PLANWRITER_FUZZ of each kind (2000), in processes with limits
	$(BIN)/python -m pytest -m long tests/fuzz

test-newest:  ## the same as test, in a fresh environment with the newest releases of all dependencies
	rm -rf .venv-newest
	env -u PIP_CONSTRAINT $(MAKE) test VENV=.venv-newest

bench: $(VENV)/.bench-installed  ## the benchmark, side by side with its peers
	$(BIN)/python -m benchmarks

docs: $(VENV)/.test-installed  ## writes what follows from the code: reference pages, base packages
	$(BIN)/python docs/generate.py
	$(BIN)/python -m planwriter.writers.docx.store

picture: $(VENV)/.test-installed  ## the README's picture, by way of LibreOffice and stand-in fonts
	$(BIN)/python docs/picture.py

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: $(VENV)/bin/python setup.cfg $(SOURCES)
	$(BIN)/python -m pip install --quiet .
	touch $@

$(VENV)/.test-installed: $(VENV)/bin/python setup.cfg pyproject.toml
	$(BIN)/python -m pip install --quiet --editable '.[test,cluster]'
	touch $@

$(VENV)/.bench-installed: $(VENV)/bin/python setup.cfg $(SOURCES)
	$(BIN)/python -m pip install --quiet '.[bench]'
	touch $@

clean:
	rm -rf $(VENV) .venv-newest out build dist *.egg-info

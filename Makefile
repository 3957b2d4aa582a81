# `make example` and `make test` each do everything on a fresh machine with Python 3.10 or later.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
BENCH_VENV ?= .venv-bench
BENCH = $(BENCH_VENV)/bin/python -m benchmarks
SOURCES = $(shell find planwriter templates section_library gazetteer wordlists -type f -not -name '*.pyc')

.PHONY: example test test-long test-random fuzz test-newest bench bench-quick bench-check bench-reference docs picture clean

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

bench: $(BENCH_VENV)/.installed $(BENCH_VENV)/.node-installed  ## measures everything and writes the figures into benchmarks/README.md
	$(BENCH) --write

bench-quick: $(BENCH_VENV)/.installed $(BENCH_VENV)/.node-installed  ## a few rounds of every race, to see that they run
	$(BENCH) --quick

bench-check: $(BENCH_VENV)/.installed  ## fails if rendering takes 5 % more instructions than the reference; shows the time against docxtpl
	$(BENCH).guard

bench-reference: $(BENCH_VENV)/.installed  ## writes the instructions of today as the reference of this platform
	$(BENCH).guard --write

docs: $(VENV)/.test-installed  ## writes what follows from the code and the data: reference pages, the table of topics, base packages, compiled patterns
	$(BIN)/python docs/generate.py
	$(BIN)/python -m planwriter.clauses.built_in
	$(BIN)/python -m planwriter.checks.prose.wordlists
	$(BIN)/python -m planwriter.writers.docx.store
	$(BIN)/python -m planwriter.start.compiled

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

# The benchmark measures an installed planwriter: an editable one costs every process an import hook. The versions are
# those of CI, because counts of instructions are comparable only with the same packages.
$(BENCH_VENV)/.installed: setup.cfg pyproject.toml .ci/constraints.txt $(SOURCES)
	test -x $(BENCH_VENV)/bin/python || $(PYTHON) -m venv $(BENCH_VENV)
	rm -rf build
	$(BENCH_VENV)/bin/python -m pip install --quiet --constraint .ci/constraints.txt '.[bench]'
	touch $@

# A peer that cannot be installed is reported by the benchmark and left out.
$(BENCH_VENV)/.node-installed: $(BENCH_VENV)/.installed
	npm install --silent --no-audit --no-fund --prefix $(BENCH_VENV)/node docx@9 || echo "docx (npm) could not be installed"
	touch $@

clean:
	rm -rf $(VENV) $(BENCH_VENV) .venv-newest out build dist *.egg-info

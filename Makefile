# Two commands are all that a newcomer needs: `make calendar` and `make test`.
# Each makes its own .venv; nothing outside this folder is touched.

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet
RUN := $(BIN)/python -m

.DEFAULT_GOAL := help
.PHONY: help calendar test check docs fuzz bench pythons clean

help:
	@echo "make calendar  write anniversaries.ics from the bundled record"
	@echo "make test      install the development tools and run every test"
	@echo "make check     style, types and which room may import which"
	@echo "make docs      build the site, and look at every page of it for faults"
	@echo "make fuzz      two minutes of hostile input for each reader"
	@echo "make bench     speed, as ratios within one run"
	@echo "make pythons   run under newer Pythons, by Node, the tests that can"
	@echo "make clean     remove what these made"

calendar: .venv/use
	$(BIN)/tjun export ics -o anniversaries.ics

test: .venv/tests
	$(RUN) coverage erase
	$(RUN) coverage run -m pytest
	$(RUN) coverage combine --quiet
	$(RUN) coverage report

check: .venv/check
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/pyright --pythonpath $(BIN)/python
	$(BIN)/lint-imports --no-cache
	$(BIN)/python fuzz/run.py --inputs 1000

docs: .venv/docs
	$(BIN)/sphinx-build -n -W --keep-going -q -b html docs docs/_build/html
	@echo "The site is in docs/_build/html/index.html."

fuzz: .venv/fuzz
	$(BIN)/python fuzz/run.py --seconds 120

bench: .venv/bench
	$(BIN)/python benchmarks/bench.py --memory

pythons: .pythons/installed
	$(BIN)/python pythons/run.py

clean:
	rm -rf .venv .pythons build dist docs/_build anniversaries.ics .coverage .coverage.*

# A file marks each part that is installed, until pyproject.toml changes.

$(BIN)/python:
	$(PYTHON) -m venv .venv
	$(PIP) --upgrade "pip>=25.1"

.venv/use: pyproject.toml | $(BIN)/python
	$(PIP) --editable .
	$(RUN) compileall -q src
	@touch $@

.venv/tests: .venv/use
	$(PIP) --group tests
	@touch $@

.venv/fuzz: .venv/use
	$(PIP) --group fuzz
	@touch $@

.venv/check: .venv/tests .venv/fuzz
	$(PIP) --group typing --group lint
	@touch $@

.venv/docs: .venv/tests
	$(PIP) --group docs
	@touch $@

.venv/bench: .venv/use
	$(PIP) --group bench
	@touch $@

.pythons/installed: pyproject.toml pythons/pythons.toml | .venv/tests
	$(BIN)/python pythons/run.py --install
	@touch $@

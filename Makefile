# Two commands are all that a newcomer needs: `make calendar` and `make test`.
# Each makes its own .venv; nothing outside this folder is touched.

PYTHON ?= python3
BIN := .venv/bin
INSTALL := bin/python -m pip --disable-pip-version-check install --quiet
PIP := .venv/$(INSTALL)
RUN := $(BIN)/python -m
LOCK := requirements-locked.txt

.DEFAULT_GOAL := help
.PHONY: help calendar test check docs fuzz mutants bench lowest locked lock audit \
  pythons clean

help:
	@echo "make calendar  write anniversaries.ics from the bundled record"
	@echo "make test      install the development tools and run every test"
	@echo "make check     style, types and which room may import which"
	@echo "make docs      build the site, and look at every page of it for faults"
	@echo "make fuzz      two minutes of hostile input for each reader"
	@echo "make mutants   change the code and see that a test notices (40 minutes)"
	@echo "make bench     speed, as ratios within one run"
	@echo "make pythons   run under newer Pythons, by Node, the tests that can"
	@echo "make lowest    every test with the lowest versions that pyproject.toml allows"
	@echo "make locked    every test with the versions and the files of the lock"
	@echo "make lock      write the lock anew, with the newest versions"
	@echo "make audit     ask online whether the locked versions have known weaknesses"
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

mutants: .venv/mutants
	$(BIN)/python tests/mutants/run.py

bench: .venv/bench
	$(BIN)/python benchmarks/bench.py --memory

lowest locked: %: .venv-%/tests
	.venv-$@/bin/python -m pytest

lock: .venv/supply
	$(BIN)/uv pip compile --quiet --universal --upgrade --generate-hashes \
	  --no-emit-index-url --custom-compile-command "make lock" \
	  --all-extras --group tests --group docs --group typing --group lint \
	  --group backend pyproject.toml --output-file $(LOCK)

# Strict, for without it what the service does not know counts as harmless.
audit: .venv/audit
	$(BIN)/pip-audit --strict --disable-pip --require-hashes -r $(LOCK)

pythons: .pythons/installed
	$(BIN)/python pythons/run.py

clean:
	rm -rf .venv .venv-lowest .venv-locked .pythons build dist docs/_build
	rm -rf fuzz/findings mutants
	rm -f anniversaries.ics .coverage .coverage.*

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

.venv/mutants: .venv/tests
	$(PIP) --group mutants
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

.venv/supply: .venv/use
	$(PIP) --group supply
	@touch $@

.venv/audit: .venv/use
	$(PIP) --group audit
	@touch $@

# Made from nothing each time, so that nothing newer or older is left in them.

.venv-lowest/tests: pyproject.toml | .venv/supply
	$(PYTHON) -m venv --clear .venv-lowest
	$(BIN)/uv pip compile --quiet --resolution lowest-direct --no-deps --all-extras \
	  --python .venv-lowest/bin/python pyproject.toml \
	  --output-file .venv-lowest/lowest.txt
	.venv-lowest/$(INSTALL) --upgrade "pip>=25.1"
	.venv-lowest/$(INSTALL) --constraint .venv-lowest/lowest.txt \
	  --editable . --group tests
	@touch $@

.venv-locked/tests: pyproject.toml $(LOCK)
	$(PYTHON) -m venv --clear .venv-locked
	.venv-locked/$(INSTALL) --require-hashes --requirement $(LOCK)
	.venv-locked/$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

.pythons/installed: pyproject.toml pythons/pythons.toml | .venv/tests
	$(BIN)/python pythons/run.py --install
	@touch $@

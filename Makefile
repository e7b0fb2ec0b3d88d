# `make calendar` and `make test` are all a newcomer needs. Everything is installed
# into .venv; nothing outside this directory changes. To use another interpreter and
# environment: make test PYTHON=python3.13 VENV=.venv-3.13

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
INSTALL := bin/python -m pip --disable-pip-version-check install --quiet
PIP := $(VENV)/$(INSTALL)
LOCK := requirements-locked.txt
PYTHONS := 3.11 3.12 3.13 3.14

.DEFAULT_GOAL := help
.PHONY: help calendar page test check docs slow packaging browser coverage pythons \
  lowest locked mutants fuzz bench lock audit clean

help:
	@echo "Use:"
	@echo "  make calendar   write anniversaries.ics from the bundled record"
	@echo "  make page       write page.html from it, to be opened in a browser"
	@echo
	@echo "Before each commit:"
	@echo "  make test       run the tests, except those that install packages"
	@echo "  make check      check style, types and imports between packages"
	@echo "  make docs       build the documentation; warnings are errors"
	@echo
	@echo "More tests:"
	@echo "  make slow       run the tests that take long and rarely fail"
	@echo "  make packaging  run the tests that build and install packages"
	@echo "  make browser    run the tests of the web page in Chromium"
	@echo "  make coverage   run the tests and those that install packages, and require"
	@echo "                  100% branch coverage"
	@echo "  make pythons    run the tests with every Python that is installed"
	@echo "  make lowest     run them with the lowest versions pyproject.toml allows"
	@echo "  make locked     run them with the versions in $(LOCK)"
	@echo "  make mutants    change the code and see whether a test fails (slow)"
	@echo "  make fuzz       feed random input to each reader for one minute"
	@echo "  make bench      measure speed and memory, as ratios"
	@echo
	@echo "Maintenance:"
	@echo "  make lock       update $(LOCK) to the newest versions"
	@echo "  make audit      look up known vulnerabilities of the locked versions"
	@echo "  make clean      delete everything that these commands created"

calendar: $(VENV)/use
	@$(BIN)/tjun export ics -o anniversaries.ics

page: $(VENV)/use
	$(BIN)/tjun export html -o page.html
	@echo "Open page.html in a browser."

test: $(VENV)/tests
	$(BIN)/python -m pytest

slow: $(VENV)/tests
	$(BIN)/python -m pytest -m slow

packaging: $(VENV)/tests
	$(BIN)/python -m pytest -m packaging

# Also needs chromium, chromium-driver, poppler-utils, Java, Node and npm; a test
# that lacks one of them is skipped and says so.
browser: $(VENV)/browser
	$(BIN)/python -m pytest -n 2 -m browser tests/browser

coverage: $(VENV)/tests
	$(BIN)/python -m pytest -m "not browser and not slow" --cov

check: $(VENV)/check
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/pyright --pythonpath $(BIN)/python
	$(BIN)/lint-imports --no-cache

docs: $(VENV)/docs
	$(BIN)/sphinx-build -n -W --keep-going -q -b html docs docs/_build/html
	@echo "Open docs/_build/html/index.html."

pythons:
	@for python in $(PYTHONS:%=python%); do \
	  $$python --version && \
	    $(MAKE) --no-print-directory test PYTHON=$$python VENV=.venv-$$python || exit 1; \
	done

lowest locked: %: .venv-%/tests
	.venv-$@/bin/python -m pytest -m "not browser and not slow"

mutants: $(VENV)/mutants
	$(BIN)/mutmut run

fuzz: $(VENV)/fuzz
	@mkdir -p fuzz/findings
	@for target in dates languages translations records_toml records_json; do \
	  work=$$(mktemp -d) && $(BIN)/python fuzz/fuzz.py $$target $$work \
	    fuzz/corpus/$$target -max_total_time=60 -max_len=65536 \
	    -artifact_prefix=fuzz/findings/$$target- || exit 1; \
	done

bench: $(VENV)/use
	$(BIN)/python benchmarks/bench.py

lock: $(VENV)/supply
	$(BIN)/uv pip compile --quiet --universal --upgrade --generate-hashes \
	  --no-emit-index-url --custom-compile-command "make lock" \
	  --all-extras --group tests --group docs --group typing --group lint \
	  --group backend pyproject.toml --output-file $(LOCK)

# Without --strict, a package that the service does not know counts as harmless.
audit: $(VENV)/audit
	$(BIN)/pip-audit --strict --disable-pip --require-hashes -r $(LOCK)

clean:
	rm -rf .venv .venv-* build dist docs/_build fuzz/findings mutants
	rm -f anniversaries.ics page.html .coverage .coverage.*

# An empty file records that a group is installed, until pyproject.toml changes.

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)
	$(PIP) --upgrade "pip>=25.1"

$(VENV)/use: pyproject.toml | $(BIN)/python
	$(PIP) --editable .
	$(BIN)/python -m compileall -q src
	@touch $@

$(VENV)/tests: $(VENV)/use
	$(PIP) --group tests
	@touch $@

$(VENV)/check: $(VENV)/tests
	$(PIP) --group typing --group lint
	@touch $@

$(VENV)/browser: $(VENV)/tests
	$(PIP) --group browser
	@touch $@

$(VENV)/docs: $(VENV)/tests
	$(PIP) --group docs
	@touch $@

$(VENV)/mutants: $(VENV)/tests
	$(PIP) --group mutants
	@touch $@

$(VENV)/fuzz $(VENV)/supply $(VENV)/audit: $(VENV)/%: $(VENV)/use
	$(PIP) --group $*
	@touch $@

# These two are created from scratch, so that no other version is left in them.

.venv-lowest/tests: pyproject.toml | $(VENV)/supply
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

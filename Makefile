# The few commands of this house. `make run` asks for nothing but python3 (3.11 or newer, with venv), git and make.

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --quiet --quiet --disable-pip-version-check
# Each file has its hash, and all are wheels but Flask-Principal, which the pinned setuptools builds.
INSTALL := $(PIP) install --require-hashes --use-pep517 --no-build-isolation --only-binary :all: --no-binary flask-principal
LOCK := $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-annotate --custom-compile-command "make lock"

# Thousands of small databases: in memory where there is plenty (6 GB), else where temporary files usually go.
SCRATCH = $(shell test -w /dev/shm && test "$$(df --output=avail /dev/shm 2>/dev/null | tail -n 1)" -gt 6000000 2>/dev/null && echo /dev/shm || echo "$${TMPDIR:-/tmp}")

.PHONY: run test check bench pictures format translations venv venv-dev lock upgrade wheel clean
.DEFAULT_GOAL := run

run: venv  ## the demo practice in the browser; KOSTENKLAR_PORT chooses the port
	@exec $(BIN)/kostenklar serve --demo

test: venv-dev  ## the whole suite, on SQLite and on a throw-away PostgreSQL
	TMPDIR=$(SCRATCH) $(BIN)/pytest -n auto --maxprocesses 4

check: venv-dev  ## everything that can be said without running the product
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --lint --quiet templates
	@$(MAKE) --no-print-directory translations

translations: venv-dev  ## each German sentence has its English one
	$(BIN)/python -P -m kostenklar.plugin.check_translations

bench: venv-dev  ## what is measured: ratios in one run, see bench/
	$(BIN)/python -P bench/run.py

pictures: venv-dev  ## the guide's pictures, made anew from the demo practice in Chromium
	$(BIN)/python -P -m kostenklar.tests.browser.pictures

format: venv-dev
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

venv: .venv/run.stamp
venv-dev: .venv/dev.stamp

.venv/made:
	@command -v $(PYTHON) >/dev/null || { echo "There is no $(PYTHON) here. Type this once, then make again:  sudo apt install python3-venv"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Kostenklar needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) --version 2>&1). Name another one: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
		|| { echo "This Python comes without venv. Type this once, then make again:  sudo apt install python3-venv"; exit 1; }
	@echo "Setting up .venv (once, about a minute)"
	@$(PYTHON) -m venv --clear .venv
	@sed -n '/^setuptools==/,/[^\\]$$/p' requirements.txt > .venv/setuptools.txt
	@$(PIP) install --require-hashes -r .venv/setuptools.txt
	@touch $@

.venv/run.stamp: requirements.txt pyproject.toml | .venv/made
	@$(INSTALL) -r requirements.txt
	@$(MAKE) --no-print-directory .venv/checkout
	@touch $@

.venv/dev.stamp: requirements-dev.txt requirements.txt pyproject.toml | .venv/made
	@$(INSTALL) -r requirements-dev.txt
	@$(MAKE) --no-print-directory .venv/checkout
	@touch $@ .venv/run.stamp

# The checkout itself, editable, and a folder in which mypy finds it under its import name.
.PHONY: .venv/checkout
.venv/checkout:
	@$(PIP) install --no-build-isolation --no-deps --editable .
	@mkdir -p .venv/src && ln -sfn ../.. .venv/src/kostenklar

lock: venv-dev  ## after a change in pyproject.toml; `make upgrade` also takes newer releases
	$(LOCK) $(UPGRADE) --extra standalone --group build --output-file requirements.txt
	$(LOCK) $(UPGRADE) --extra standalone --extra postgres --group dev --constraint requirements.txt --output-file requirements-dev.txt

upgrade:
	$(MAKE) lock UPGRADE=--upgrade

wheel: venv-dev  ## dist/kostenklar-*.whl
	$(BIN)/python -m build --no-isolation

clean:  ## what make made; the practice's data in instance/ stays
	rm -rf .venv build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

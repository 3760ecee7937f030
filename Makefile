# Everydoor. `make` alone says what there is.
# A step leaves a stamp in var/made/, and is done again only when what it reads has changed.

PORT ?= 8000
PYTHON ?= python3
BIN := .venv/bin
MADE := var/made
FRONTEND := site/frontend
# Two databases, two stamps: DATABASE_URL and EVERYDOOR_VAR choose which.
DATABASE := $(MADE)/database-$(shell printf '%s' '$(DATABASE_URL) $(EVERYDOOR_VAR)' | cksum | cut -d' ' -f1)
MIGRATIONS = $(shell find site learning knowledge search -path '*/migrations/*.py')
DEMONSTRATION = $(shell find site/demo -name '*.py' -o -path '*/content/*' -type f)
SOURCES = $(shell find $(FRONTEND) -type f -not -path '*/node_modules/*' -not -path '*/dist/*')
LOCK = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header $(UPGRADE)

# Modules are compiled once, whatever the machine says; npm comes with the environment.
unexport PYTHONDONTWRITEBYTECODE
NPM = PATH="$(CURDIR)/$(BIN):$$PATH" npm --prefix $(FRONTEND) --no-fund --no-audit --no-update-notifier --loglevel=error

# A database that was taken away is made again.
ifeq ($(DATABASE_URL)$(EVERYDOOR_VAR)$(wildcard var/everydoor.sqlite3),)
$(shell rm -f $(DATABASE))
endif

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

help: ## What there is
	@awk 'BEGIN { FS = ":.*## " } /^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## All that `make run` needs: environment, assets, database, demonstration
	@$(MAKE) --no-print-directory -j2 --output-sync=target assets $(DATABASE)

run: setup ## The site with its demonstration community: make run [PORT=8000]
	@exec $(BIN)/python manage.py serve --port $(PORT)

test: python assets ## The whole suite; make test ARGS="tests/mail -k sweep" for a part
	$(BIN)/python -m pytest -n 2 $(ARGS)

test-engines: python assets ## Tests that need a real server: PostgreSQL, OpenSearch on one node and on three
	.ci/with-opensearch .ci/with-postgres $(BIN)/python -m pytest -n 2 tests/search tests/engines $(ARGS)
	.ci/with-opensearch 3 $(BIN)/python -m pytest -n 2 tests/engines $(ARGS)

check: python assets ## Linters, types, contracts, templates, migrations in step
	.ci/check

mutate: python assets ## Plant known faults, see that tests fail: make mutate ARGS="--only people"
	$(BIN)/python -m tests.mutations.run $(ARGS)

bench: $(DATABASE) assets ## Requests per second and queries of each page type
	$(BIN)/python -m benchmarks.pages $(ARGS)

browse: ## Open the running site in a browser
	@$(PYTHON) -m webbrowser "http://localhost:$(PORT)/"

fmt: python $(MADE)/node ## Format Python, templates, CSS and TypeScript
	$(BIN)/ruff check --fix --exit-zero --quiet
	$(BIN)/ruff format
	$(BIN)/djangofmt --quiet check --fix templates
	$(BIN)/djangofmt --quiet templates
	$(NPM) run --silent format

lock: $(MADE)/venv ## Lock the dependencies anew; make lock UPGRADE=--upgrade for newer ones
	$(LOCK) requirements/uv.in -o requirements/uv.txt
	$(LOCK) pyproject.toml -c requirements/constraints.txt -o requirements/base.txt
	$(LOCK) pyproject.toml --group dev -c requirements/constraints.txt -o requirements/dev.txt

clean: ## Take away what was made: environment, assets, database, files
	rm -rf .venv var $(FRONTEND)/node_modules $(FRONTEND)/dist

python: $(MADE)/python
assets: $(MADE)/assets

.PHONY: help setup run test test-engines check mutate bench browse fmt lock clean python assets

$(MADE)/venv: requirements/uv.txt
	@mkdir -p $(MADE)
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Everydoor needs Python 3.11 or newer; choose one: make PYTHON=python3.12")'
	@echo "Making the environment"
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@touch $@

$(MADE)/python: $(MADE)/venv requirements/dev.txt pyproject.toml
	@echo "Installing the packages"
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/dev.txt
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --offline --no-deps --no-build-isolation --editable .
	@touch $@

$(MADE)/node: $(MADE)/python $(FRONTEND)/package-lock.json
	@echo "Installing the front end's packages"
	@$(NPM) ci
	@touch $@

$(MADE)/assets: $(MADE)/node $(SOURCES)
	@echo "Building the assets"
	@$(NPM) run --silent build -- --logLevel error
	@touch $@

$(DATABASE): $(MADE)/python $(MIGRATIONS) $(DEMONSTRATION)
	@echo "Preparing the database"
	@$(BIN)/python manage.py migrate --verbosity 0
	@echo "Inviting the demonstration community"
	@$(BIN)/python manage.py demo
	@touch $@

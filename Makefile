# Everydoor. `make` alone lists the targets.
# A step leaves a stamp in var/made/ and runs again only when its inputs have changed.

PORT ?= 8000
PYTHON ?= python3
BIN := .venv/bin
MADE := var/made
FRONTEND := site/frontend
# Each database has its own stamp: DATABASE_URL and EVERYDOOR_VAR say which it is.
DATABASE := $(MADE)/database-$(shell printf '%s' '$(DATABASE_URL) $(EVERYDOOR_VAR)' | cksum | cut -d' ' -f1)
MIGRATIONS = $(shell find site learning knowledge search -path '*/migrations/*.py')
DEMONSTRATION = $(shell find site/demo -name '*.py' -o -path '*/content/*' -type f)
SOURCES = $(shell find $(FRONTEND) -type f -not -path '*/node_modules/*' -not -path '*/dist/*')
LOCK = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header $(UPGRADE)

# Compile modules once, even where the environment says not to. npm comes with the packages.
unexport PYTHONDONTWRITEBYTECODE
NPM = PATH="$(CURDIR)/$(BIN):$$PATH" npm --prefix $(FRONTEND) --no-fund --no-audit --no-update-notifier --loglevel=error

# Make a database that was deleted again.
ifeq ($(DATABASE_URL)$(EVERYDOOR_VAR)$(wildcard var/everydoor.sqlite3),)
$(shell rm -f $(DATABASE))
endif

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

help: ## List the targets
	@awk 'BEGIN { FS = ":.*## " } /^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Make what `make run` needs: environment, assets, database, demonstration
	@$(MAKE) --no-print-directory -j2 --output-sync=target assets $(DATABASE)

run: setup ## Serve the site with its demonstration community: make run [PORT=8000]
	@exec $(BIN)/python manage.py serve --port $(PORT)

# Three processes on two cores: the tests in a browser mostly wait.
test: python assets ## Run all tests; make test ARGS="tests/mail -k sweep" for some
	$(BIN)/python -m pytest -n 3 $(ARGS)

test-engines: python assets ## Run tests that need a real server: PostgreSQL, OpenSearch with one and three nodes
	.ci/with-opensearch .ci/with-postgres $(BIN)/python -m pytest -n 2 tests/search tests/engines $(ARGS)
	.ci/with-opensearch 3 $(BIN)/python -m pytest -n 2 tests/engines $(ARGS)

check: python assets ## Run linters, type checks, contracts, template and migration checks
	.ci/check

mutate: python assets ## Plant known faults, see that tests fail: make mutate ARGS="--only people"
	$(BIN)/python -m tests.mutations.run $(ARGS)

check-security: python assets ## Ask every address with odd values and as every role; plant the faults of access
	EVERYDOOR_WHOLE_WALK=1 $(BIN)/python -m pytest -n 2 -m "not browser" tests/security tests/access
	$(BIN)/python -m tests.mutations.run --only access:

bench: $(DATABASE) assets ## Measure requests per second and queries of each page type
	$(BIN)/python -m benchmarks.pages $(ARGS)

bench-queues: python assets ## Measure the delay of sign-in codes while 10,000 bulk jobs wait
	$(BIN)/python -m benchmarks.queues $(ARGS)

browse: ## Open the running site in a browser
	@$(PYTHON) -m webbrowser "http://localhost:$(PORT)/"

fmt: python $(MADE)/node ## Format Python, templates, CSS and TypeScript
	$(BIN)/ruff check --fix --exit-zero --quiet
	$(BIN)/ruff format
	$(BIN)/djangofmt --quiet check --fix templates
	$(BIN)/djangofmt --quiet templates
	$(NPM) run --silent format

lock: $(MADE)/venv ## Lock the dependencies; make lock UPGRADE=--upgrade for newer versions
	$(LOCK) requirements/uv.in -o requirements/uv.txt
	$(LOCK) pyproject.toml -c requirements/constraints.txt -o requirements/base.txt
	$(LOCK) pyproject.toml --group dev -c requirements/constraints.txt -o requirements/dev.txt

clean: ## Delete what was made: environment, assets, database, files
	rm -rf .venv var $(FRONTEND)/node_modules $(FRONTEND)/dist

# The silent command keeps make from saying that nothing needs to be done.
python: $(MADE)/python ; @:
assets: $(MADE)/assets ; @:

.PHONY: help setup run test test-engines check check-security mutate bench bench-queues browse fmt lock clean python assets

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

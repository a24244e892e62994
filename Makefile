# Everything one does with this project.  Needs git, make and a Python (3.11 or newer) with pip;
# whatever else is missing is fetched by the target that needs it.

.DEFAULT_GOAL := help
.PHONY: help demo demo-reset test fast check format messages vendor browser pdf-libraries

# uv from the PATH, or our own under var/: --target leaves the machine's Python alone.
UV_VERSION := 0.13.9
UV := $(or $(shell command -v uv 2>/dev/null),var/tools/uv/bin/uv)
RUN := $(UV) run --locked --quiet
# The demo does without the tools of development.
RUN_DEMO := $(RUN) --no-group dev

# What Python has compiled is kept, whatever the shell says: the tests start some fifty processes.
export PYTHONDONTWRITEBYTECODE :=

# Tools read the settings too.  They are tests here: own data, no production, no demo.
TOOL := TESTING=yes $(RUN)
APPS := config foundation organisation measures improvement programme reports

help: ## Say what there is to do
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(UV) ## Start the application with demo data; PORT=8001 chooses the port
	@PORT=$(PORT) $(RUN_DEMO) python -m config.demo

demo-reset: $(UV) ## Throw away the demo's data; the next make demo starts over
	@$(RUN_DEMO) python -m config.demo reset

test: $(UV) browser pdf-libraries ## Run every test, those in a browser too
	@$(RUN) pytest --numprocesses auto --dist loadscope --no-loadscope-reorder --quiet

fast: $(UV) ## Run the tests that need neither a browser nor patience
	@$(RUN) pytest --numprocesses auto --dist loadscope --no-loadscope-reorder --quiet -m "not slow and not journey and not resilience"

# `check --deploy` asks the database too, so it is one of the tests: tests/config/test_deploy.py.
check: $(UV) ## Everything that must hold before a change is shared; the tests come last
	$(UV) lock --check
	$(RUN) ruff format --check --quiet
	$(RUN) ruff check --quiet
	$(TOOL) mypy $(APPS) manage.py
	$(RUN) lint-imports
	find templates -name '*.html' -exec $(RUN) djade --check {} +
	$(TOOL) python manage.py makemigrations --check --dry-run
	$(TOOL) python manage.py messages --check
	@$(MAKE) --no-print-directory test

format: $(UV) ## Put code and templates in the agreed form
	$(RUN) ruff format
	$(RUN) ruff check --fix
	find templates -name '*.html' -exec $(RUN) djade {} +

messages: $(UV) ## Gather the sentences to translate, and say which lack Swedish
	@$(TOOL) python manage.py messages

vendor: $(UV) ## Fetch other people's styles and scripts anew, at the versions the script names
	$(RUN) scripts/vendor

# --- what the targets above need ----------------------------------------------------------------

var/tools/uv/bin/uv:
	@python3 -m pip install --quiet --disable-pip-version-check --root-user-action ignore \
		--target var/tools/uv uv==$(UV_VERSION)

browser: $(UV)
	@UV_RUN="$(RUN)" scripts/machine browser

pdf-libraries:
	@scripts/machine pdf

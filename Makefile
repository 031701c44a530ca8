# `make` alone lists what there is. Nothing is needed but make and Python 3.11 or newer.

VENV ?= .venv
BIN := $(VENV)/bin

# The first Python that is new enough; PYTHON=... names another one.
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)

# For `make test`: what else to tell pytest, as in PYTEST_ARGS="-k filters"; -n 0 keeps it to one process
PYTEST_ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help run dev test browser bench lint format check check-all messages collect-messages lock install install-dev machine

help: ## list these targets
	@sed -nE 's/^([a-z-]+):[^#]*## (.*)/\1|\2/p' $(firstword $(MAKEFILE_LIST)) | \
		while IFS='|' read -r name text; do printf '  make %-9s %s\n' "$$name" "$$text"; done

run: install machine ## install, prepare, and serve on http://127.0.0.1:8000 (or HOST=... PORT=...)
	@$(BIN)/python manage.py prepare
	@exec $(BIN)/gunicorn -c config/server.py config.wsgi

dev: install-dev machine ## the same with debugging, and a restart whenever the code changes
	@DEBUG=true $(BIN)/python manage.py prepare
	@exec env DEBUG=true $(BIN)/python manage.py runserver "$${HOST:-127.0.0.1}:$${PORT:-8000}"

test: install-dev ## the tests, on SQLite or on the server that TEST_DATABASE_URL names; THOROUGH=1 adds the long walks
	@$(BIN)/python -m pytest -m "not browser" --numprocesses auto --maxprocesses 8 --dist worksteal $(PYTEST_ARGS)

# Not beside the others: their server keeps its rows, and whoever comes after would find them.
browser: install-dev ## the tests in Chromium; THOROUGH=1 looks at every page in every width and scheme
	@$(BIN)/python -m pytest -m browser --numprocesses auto --maxprocesses 8 --dist worksteal $(PYTEST_ARGS)

bench: install-dev ## how much slower pages get when the table grows: ratios, measured side by side
	@$(BIN)/python -m tests.bench

lint: install-dev ## what can be found without running: Python, its format, the format of templates
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@find templates -name '*.html' -exec $(BIN)/djade --target-version 5.2 --check {} +

format: install-dev ## put Python and templates into their format
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format
	@find templates -name '*.html' -exec $(BIN)/djade --target-version 5.2 {} +

check: ## everything that has to pass before a change goes in, in minutes: a share of the long walks
	@.ci/run

check-all: ## the same with all of the long walks, on both databases
	@THOROUGH=1 .ci/run

messages: machine collect-messages ## collect what is to be translated, and compile what is (needs gettext)
	@$(BIN)/python manage.py compilemessages --ignore '.venv*' --ignore var

collect-messages: install-dev
	@$(BIN)/python manage.py makemessages --locale fr --no-obsolete --add-location file \
		--ignore '.venv*' --ignore var --ignore tests

lock: install-dev ## write the lock files anew, with the newest versions that pyproject.toml allows
	@$(MAKE) --no-print-directory $(addprefix .lock-,$(LOCKS))

# --- How the environment comes about -----------------------------------------------------------------

install:
	@$(call install-lock,requirements.txt)

install-dev:
	@$(call install-lock,requirements-dev.txt)

machine: install
	@$(BIN)/python -m config.machine

# Bring the environment to the state of a lock file, unless a copy of this very file says that it is there.
# uv takes two seconds; pip, where uv cannot be had, half a minute.
define install-lock
	set -e; \
	test -x $(BIN)/python || { $(make-venv); }; \
	cmp -s $(1) $(VENV)/$(1) && exit 0; \
	echo "Installing the packages of $(1) ..."; \
	uv=$$(command -v uv || echo $(BIN)/uv); \
	test -x "$$uv" || $(BIN)/python -m pip install --quiet --require-hashes -r requirements-uv.txt 2>/dev/null || true; \
	"$$uv" pip install --quiet --python $(BIN)/python --require-hashes -r $(1) || \
		$(BIN)/python -m pip install --quiet --require-hashes -r $(1); \
	cp $(1) $(VENV)/$(1)
endef

define make-venv
	test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; PYTHON=/path/to/it names one." >&2; exit 1; }; \
	echo "Creating $(VENV) with $$($(PYTHON) --version) ..."; \
	$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); uv venv --quiet --seed --python $(PYTHON) $(VENV); } || { \
		echo "Python cannot create environments here. On Debian: apt-get install python3-venv" >&2; exit 1; }
endef

# One lock for what serves, one for what tests, one for the installer. Hashes pin every file; no index is named.
LOCKS := requirements requirements-dev requirements-uv
COMPILE = $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	--no-header --no-emit-index-url

.PHONY: $(addprefix .lock-,$(LOCKS))
.lock-requirements:
	@$(COMPILE) pyproject.toml --extra scale --output-file requirements.txt
.lock-requirements-dev: .lock-requirements
	@$(COMPILE) pyproject.toml --extra dev --constraint requirements.txt --output-file requirements-dev.txt
.lock-requirements-uv:
	@echo uv | $(COMPILE) - --no-annotate --output-file requirements-uv.txt

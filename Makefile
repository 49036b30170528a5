.DEFAULT_GOAL := help

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
DEMO := demo
PASSPHRASE := seven owls watch the empty harbour
JOBS ?= auto
PACKAGING := resources/packaging

.PHONY: help demo test run bench lock lint system system-test clean

help: ## print this list; each command first installs what it needs
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1	\2/p' $(MAKEFILE_LIST) | expand -t 14

demo: $(VENV)/.runtime ## build the sample case, check it, export its packet, open it
	@rm -rf $(DEMO) && mkdir -m 700 $(DEMO) && printf '%s\n' '$(PASSPHRASE)' > $(DEMO)/passphrase.txt
	@$(BIN)/magdesk sample $(DEMO)/generica.magdesk --passphrase-file $(DEMO)/passphrase.txt
	@$(BIN)/magdesk check $(DEMO)/generica.magdesk --passphrase-file $(DEMO)/passphrase.txt
	@$(BIN)/magdesk export $(DEMO)/generica.magdesk --to $(DEMO)/packet --passphrase-file $(DEMO)/passphrase.txt
	@$(BIN)/magdesk verify $(DEMO)/packet
	@echo "The packet lies in $(CURDIR)/$(DEMO)/packet"
	@echo "The case is $(CURDIR)/$(DEMO)/generica.magdesk, its passphrase: $(PASSPHRASE)"
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then \
	  $(BIN)/magdesk-gui $(DEMO)/generica.magdesk --passphrase-file $(DEMO)/passphrase.txt </dev/null >/dev/null 2>&1 & \
	else echo "No display here: the window was not opened."; fi

test: $(VENV)/.dev lint ## run every check and test, without a display (JOBS=3: in three processes)
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder

lint: $(VENV)/.dev ## style, format and types
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

run: $(VENV)/.runtime ## open the program
	$(BIN)/magdesk-gui

bench: $(VENV)/.dev ## print the speed ratios
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.bench

lock: ## write the lock files anew, after a change of dependencies (needs uv)
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o requirements.lock
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o requirements-dev.lock

$(VENV)/.runtime: requirements.lock pyproject.toml | system $(VENV)/bin/python
	$(BIN)/python -m pip install -q --require-hashes -r requirements.lock
	$(BIN)/python -m pip install -q --no-deps -e .
	@touch $@

$(VENV)/.dev: requirements-dev.lock pyproject.toml $(VENV)/.runtime | system-test
	$(BIN)/python -m pip install -q --require-hashes -r requirements-dev.lock
	@touch $@

$(VENV)/bin/python: | system
	$(PYTHON) -m venv $(VENV)

# What Qt needs of a Debian or Ubuntu system. Elsewhere nothing is done here.
system:
	@sh $(PACKAGING)/install-debian.sh $(PACKAGING)/debian-packages.txt "$(PYTHON)"

system-test:
	@sh $(PACKAGING)/install-debian.sh $(PACKAGING)/debian-packages-test.txt "$(PYTHON)"

clean: ## remove all that was made here
	rm -rf $(DEMO) $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis

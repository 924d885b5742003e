# The verbs of Kirjaamo. Needs Python 3.11 or later and make; everything else is installed into .venv from a lock with hashes.
# Variables: PORT=8001, HOST=0.0.0.0, DATABASE_URL=postgresql://…, PYTHON=/path/to/python3, ARGS="…" for the tools.

PYTHON ?= python3
RUN := .venv/bin/python
JOBS ?= auto
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help install install-dev demo demo-reset test check bench lock messages format new-register

help: ## show this list
	@echo "make …"
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1|\2/p' Makefile | while IFS='|' read -r verb text; do printf '  %-12s %s\n' "$$verb" "$$text"; done

install: ## install the program into .venv
	@$(PYTHON) tools/install.py requirements.lock

install-dev:
	@$(PYTHON) tools/install.py requirements-dev.lock

demo: install ## start the demo city: database, invented data, server; Ctrl-C stops it
	@exec $(RUN) -m kirjaamo demo $(ARGS)

demo-reset: install ## remove the demo's data and start over from the beginning
	@$(RUN) -m kirjaamo reset --yes
	@exec $(RUN) -m kirjaamo demo $(ARGS)

test: install-dev ## run the tests, browser journeys too where a Chromium is found
	@$(RUN) -m pytest -n $(JOBS) $(ARGS)

check: install-dev ## lint, types, import contracts, migrations, translations, docs, statement budgets
	@$(RUN) -m tools.check $(ARGS)

bench: install-dev ## measure the program on this machine
	@$(RUN) -m benchmarks $(ARGS)

messages: install-dev ## gather the texts to translate and compile the translations
	@$(RUN) -m tools.messages

new-register: install-dev ## write a register that keeps the contract: make new-register education/example
	@$(RUN) -m tools.new_register $(filter-out $@,$(MAKECMDGOALS))

# The name of the register stands where make expects a goal.
ifeq (new-register,$(firstword $(MAKECMDGOALS)))
$(eval $(wordlist 2,2,$(MAKECMDGOALS)):;@:)
endif

format: install-dev ## format the code and mend what can be mended by itself
	@$(RUN) -m ruff check --fix-only --quiet .
	@$(RUN) -m ruff format .

lock: install-dev ## make the lock files anew from pyproject.toml (add ARGS=--upgrade for newer versions)
	@$(RUN) -m tools.lock $(ARGS)

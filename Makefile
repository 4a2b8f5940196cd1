# What each command does is in README.md. Only Python 3.11 or newer, pip and make are needed:
# the rest is installed into .venv from uv.lock.

VENV ?= .venv
PYTHON := $(VENV)/bin/python
STAMP := $(VENV)/.synced
PORT ?= 8000
ARGS ?=

.PHONY: help demo test lint bench messages requirements environment

help:
	@echo "make demo          the reference site with demo content on http://127.0.0.1:$(PORT) (PORT=8123 for another)"
	@echo "make test          every test, on SQLite or on DATABASE_URL (ARGS='tests/site -k health' for some)"
	@echo "make lint          formatting, lint, types, layers, templates, migrations, catalogues, deployment"
	@echo "make bench         the benchmarks (DATABASE_URL and CASES choose where and how many)"
	@echo "make messages      extract and compile the catalogues"
	@echo "make requirements  which test proves which requirement, and what is still unproven"

# Made again only when the lock changes.
$(STAMP): uv.lock pyproject.toml tools/environment
	@sh tools/environment $(VENV)

environment: $(STAMP)

demo: $(STAMP)
	@PORT=$(PORT) $(PYTHON) -m tools.demo

test: $(STAMP)
	$(PYTHON) -m pytest $(ARGS)

lint: $(STAMP)
	@$(PYTHON) -m tools.lint $(ARGS)

bench: $(STAMP)
	@$(PYTHON) -m bench $(ARGS)

messages: $(STAMP)
	@$(PYTHON) -m tools.messages

requirements: $(STAMP)
	@$(PYTHON) -m tools.requirements

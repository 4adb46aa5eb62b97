# `make demo` shows the sample gazette as a graph, `make test` runs the tests: each makes its own .venv first.

# The newest Python of at least 3.11 on this machine
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV ?= .venv
BIN := $(VENV)/bin
# Real gazettes and the answer keys made by reading them, kept beside the repository
GAZETTES ?= ../shared/gazettes
KEYS ?= ../shared/keys
# Where benchmarks keep what they have made
SCALE ?= /tmp/policy-kg-scale

.DEFAULT_GOAL := help
.PHONY: help ontology assets notebooks screenshots protocol demo test check format accuracy ratchet calibrate bench bench-scale bench-stores bench-endpoint load torture readme wheel clean

help: ## what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /make \1\t/' | expand -t 22

demo: $(VENV)/installed ## build the sample gazette's graph, ask it a question, open a view of it
	@$(BIN)/kg demo

test: $(VENV)/installed-dev ## run the tests
	@$(BIN)/python -m pytest -n auto

check: $(VENV)/installed-dev ## format, lint, types, tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -n auto

format: $(VENV)/installed-dev ## put the code into its format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

accuracy: $(VENV)/installed-dev ## score the real gazettes; fails below the figures in accuracy.toml
	@$(BIN)/python -m scripts.accuracy --gazettes $(GAZETTES) --keys $(KEYS)

ratchet: $(VENV)/installed-dev ## score, and raise the figures in accuracy.toml that were passed
	@$(BIN)/python -m scripts.accuracy --gazettes $(GAZETTES) --keys $(KEYS) --ratchet
	@$(BIN)/python -m scripts.readme

calibrate: $(VENV)/installed-dev ## count how many facts of each rule are right, and set the confidences by it
	@$(BIN)/python -m scripts.calibrate --gazettes $(GAZETTES) --keys $(KEYS) --write

bench: $(VENV)/installed-dev ## how fast facts are extracted, beside a floor, the tokenizer and jieba; writes docs/measured.md
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check jieba
	@$(BIN)/python -m benchmarks.extraction $(wildcard $(GAZETTES)/*.txt) --write

bench-scale: $(VENV)/installed-dev ## how long builds of 10 and 100 gazettes take, with one worker and two (a quarter of an hour)
	@$(BIN)/python -m benchmarks.builds --keep $(SCALE) --write

bench-stores: $(VENV)/installed-dev ## our store, Virtuoso, oxrdflib, rdflib: loading, and all saved questions
	@$(BIN)/python -m benchmarks.stores --write

bench-endpoint: $(VENV)/installed-dev ## small queries a second beside oxigraph serve; after bench-scale
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check oxigraph
	@$(BIN)/python -m benchmarks.endpoint $(SCALE)/10.kg --write

load: $(VENV)/installed-dev ## the server under 64 clients for ten minutes; after bench-scale
	@$(BIN)/python -m benchmarks.endurance $(SCALE)/10.kg --write

torture: $(VENV)/installed-dev ## damage 20,000 files: nothing may crash, hang, or lose its place; writes docs/measured.md
	@HOSTILE_TEXTS=2000 $(BIN)/python -m pytest -q tests/test_hostile_texts.py
	@$(BIN)/python -m benchmarks.torture --write
	@$(BIN)/python -m benchmarks.faults --write

readme: $(VENV)/installed-dev ## write the accuracy table and the example answer into the READMEs
	@$(BIN)/python -m scripts.readme

ontology: $(VENV)/installed-dev ## write the page of the ontology with pyLODE, and draw the picture of its model
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check 'pylode==3.3.4' # the wheel of 3.4.1 lacks a file that it reads
	@$(BIN)/python -m scripts.ontology_page
	@$(BIN)/python -m scripts.ontology_picture

notebooks: $(VENV)/installed-dev ## run the notebooks on the sample and keep them as they ran
	@$(BIN)/python -m scripts.notebooks

assets: $(VENV)/installed-dev ## bring in the scripts of the explorer and the query editor
	@$(BIN)/python -m scripts.assets

screenshots: assets ## take the pictures of the READMEs with an installed Chromium
	@$(BIN)/python -m scripts.screenshots

protocol: $(VENV)/installed-dev ## run the W3C's tests of the SPARQL protocol and print how many pass
	@$(BIN)/python -m pytest -q tests/show/web/test_w3c.py

wheel: assets ## build the wheel and the source archive into dist/
	$(BIN)/python -m build

clean: ## remove what was made
	rm -rf $(VENV) policy-kg-demo build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis

# An install is repeated only when pyproject.toml changes: the file's time stamp is the memory of it.
$(VENV)/installed: pyproject.toml | $(BIN)/python
	@echo "Installing policy-kg into $(VENV) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/installed-dev: pyproject.toml | $(BIN)/python
	@echo "Installing policy-kg and its development tools into $(VENV) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@ $(VENV)/installed

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "policy-kg needs Python 3.11 or newer; none was found." >&2; exit 2; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo "$(PYTHON) could not make an environment; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 2; }

# Set-up and checks; `make demo` and `make test` do all that they need themselves.
PYTHON ?= python3
BIN := .venv/bin
EXAMPLE := examples/zhengzhou-2018
LINTED := src plugins tests examples scripts benchmarks

.PHONY: demo test test-docs test-browser test-slow test-mutants lint setup-run setup-dev golden reference architecture example dist pins clean

demo: setup-run            ## assess the example and say where the reports are
	$(BIN)/pilot-eval assess $(EXAMPLE)

test: setup-dev            ## the quick tests
	$(BIN)/pytest -n 2 --dist worksteal -m "not browser and not slow and not docs"

test-docs: setup-dev       ## the guides, followed from end to end
	$(BIN)/pytest -n 2 -m docs

test-browser: setup-dev    ## the reports in a real Chromium (/usr/bin/chromium)
	$(BIN)/pytest -m browser

test-slow: setup-dev       ## fuzzing, LibreOffice, clean installs
	$(BIN)/pytest -n 2 --dist worksteal -m slow

test-mutants: setup-dev    ## changes to the code, and whether the tests notice (N=60 SEED=1 MODULE=record)
	$(BIN)/python -m scripts.mutants --n $(or $(N),60) --seed $(or $(SEED),1) --module "$(MODULE)"

lint: setup-dev
	$(BIN)/ruff check $(LINTED)
	$(BIN)/ruff format --check $(LINTED)
	$(BIN)/mypy src plugins/*/src
	$(BIN)/lint-imports

golden: setup-dev          ## write the expected results of the example anew, after looking at what changed
	$(BIN)/python -m tests.support.golden

reference: setup-dev       ## write docs/plugins/reference.md anew from signatures and docstrings
	$(BIN)/python scripts/make_reference.py

architecture: setup-dev    ## write the picture and tables of docs/architecture.md anew from the code
	$(BIN)/python scripts/make_architecture.py

example: setup-dev         ## make the example round anew from its script
	$(BIN)/python examples/make_zhengzhou.py

dist: setup-run            ## build the wheels and sdists of pilot-eval and its four base types into dist/
	rm -rf dist
	$(BIN)/python scripts/make_dist.py

pins: setup-dev            ## pin the newest versions that fit; needs uv
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-emit-package pilot-eval -o requirements/run.txt requirements/run.in
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-emit-package pilot-eval -c requirements/run.txt -o requirements/dev.txt requirements/dev.in

setup-run:
	@$(PYTHON) scripts/setup.py run

setup-dev:
	@$(PYTHON) scripts/setup.py dev

clean:
	rm -rf .venv dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache $(EXAMPLE)/results $(EXAMPLE)/.cache

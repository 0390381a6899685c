# Each target works from a clean clone on a machine that has Python >= 3.11 and make, nothing else first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo circle serve test lint e2e chaos machine oracle faults fuzz office site-check bench bench-quick beyond proof \
	lock clean

demo: $(READY) ## replay the sample year on a real local Prefect server, then show what came out
	$(BIN)/cycle demo

circle: $(READY) ## the year after the sample's: its report's problems must be answered before the new targets are approved
	test -d .demo/bureau/2022/out/reporting || $(BIN)/cycle demo
	$(BIN)/cycle demo --example bureau-2023

serve: $(READY) ## the service: Prefect with its pages, schedules and worker, until Ctrl-C (CYCLE_HOME, PORT)
	$(BIN)/cycle serve --port $(or $(PORT),4200)

test: $(READY) ## all tests; COVER=1 measures coverage as well and holds its gate
	$(BIN)/python -m pytest -n 2 --dist loadgroup $(if $(COVER),--cov --cov-report=term)

lint: $(READY) ## style and types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

e2e: $(READY) ## the real server and a browser: Retry and the approval clicked (needs node and chromium)
	$(BIN)/python tests/e2e/run.py

chaos: $(READY) ## over 500 faults, 40 of them through the real service, each followed by a retry; prints counts and seed
	$(BIN)/python tests/chaos/run.py

machine: $(READY) ## over a thousand random sequences of adjustments and of roles against a boring loop
	CYCLE_SEQUENCES=1200 $(BIN)/python -m pytest -q -s tests/targets/test_adjustment_machine.py
	CYCLE_SEQUENCES=1000 $(BIN)/python -m pytest -q tests/test_roles.py

oracle: $(READY) ## over 10,000 drawn indicators scored by the selects and by a boring loop: not one differs; a whole year under each edition
	CYCLE_SCORING_EXAMPLES=260 $(BIN)/python -m pytest -q -s tests/scoring/test_indicator_score.py
	CYCLE_ALL_EDITIONS=1 $(BIN)/python -m pytest -q tests/test_other_editions.py

faults: $(READY) ## over 500 workbooks with known faults: every one found at its cell in one pass; counts and misses
	PYTHONPATH=tests $(BIN)/python -m intake.faults

fuzz: $(READY) ## 20,000 mutated files through the reader: nothing but words comes of it
	PYTHONPATH=tests $(BIN)/python -m intake.fuzz

office: $(READY) ## forms saved by LibreOffice read back the same; installs it where apt-get is at hand
	command -v soffice || apt-get install -y --no-install-recommends libreoffice-calc
	$(BIN)/python -m pytest -q tests/test_forms.py

bench: $(READY) ## speed, with public tools, printed as a table
	$(BIN)/python benchmarks/run.py
	$(BIN)/python benchmarks/operations.py

bench-quick: $(READY) ## two minutes: what got slower than recorded; fails where a ratio is over 1.5 times as large
	$(BIN)/python benchmarks/run.py --quick

beyond: $(READY) ## mapped work on processes and Dask, two workers, PostgreSQL: the same bytes (needs Debian's postgresql)
	$(BIN)/pip install --quiet --disable-pip-version-check --no-build-isolation -e '.[dask]'
	$(BIN)/python benchmarks/beyond.py

site-check: $(READY) ## axe-core over every page of the sample's site, light, dark and on a phone (needs node and chromium)
	cd tests/site && npm install --no-audit --no-fund --silent --no-package-lock
	$(BIN)/python tests/site/make_pages.py .demo/pages
	cd tests/site && node check.mjs $(CURDIR)/.demo/pages

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

proof: $(READY) ## proofreading: what is found and missed in the texts, and in 200 changes to 50 generated reports
	$(BIN)/python -m pytest -q -s tests/proof/test_texts.py
	PYTHONPATH=tests $(BIN)/python tests/proof/strangers.py
	PYTHONPATH=tests $(BIN)/python tests/proof/measuring.py

lock: $(READY) ## pin anew what requirements.in names: hashed, without any address
	$(BIN)/pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip compile --quiet --python-version 3.11 --universal --generate-hashes \
		--no-emit-index-url --no-annotate --no-header requirements.in -o requirements.lock

clean: ## remove what can be made again
	rm -rf $(VENV) .demo .coverage* .mypy_cache .ruff_cache .pytest_cache .hypothesis

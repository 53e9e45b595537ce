# Two commands: `make assess` and `make test`; the others are for who works on it. All set up .venv first if need be.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: assess test mutate fuzz sample bench constraints clean

assess: $(VENV)/.installed
	@$(BIN)/checker assess reports/alxa-hightech-zone-2024; code=$$?; \
	 [ $$code -ne 2 ] && [ $$code -ne 4 ] && [ $$code -ne 70 ]

test: $(VENV)/.installed tests/editor/node_modules
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest --numprocesses auto

# Change every rule one thing at a time: each change must be noticed by a case. `make test` tries a sample.
mutate: $(VENV)/.installed
	@$(BIN)/checker rules mutate

# Hostile files found by trying: every reader and the extractors, FUZZ_SECONDS in all. Linux and CPython 3.11 only.
FUZZ_SECONDS ?= 600
fuzz: $(VENV)/.fuzzer
	@$(BIN)/python -m tests.fuzz.run --seconds $(FUZZ_SECONDS)

# Renew the sample's evidence and its expected assessment, after reading what changed.
sample: $(VENV)/.installed
	$(BIN)/python reports/sample_evidence.py
	$(BIN)/checker assess reports/alxa-hightech-zone-2024 --format json --output reports/alxa-hightech-zone-2024/assessment.json

bench: $(VENV)/.installed
	$(BIN)/python benchmarks/run.py

$(VENV)/.installed: pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes --requirement constraints.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.fuzzer: $(VENV)/.installed tests/fuzz/requirements.txt
	$(BIN)/python -m pip install --quiet --require-hashes --no-deps --requirement tests/fuzz/requirements.txt
	@touch $@

# The YAML language server, which the editor help is tested with; without Node.js those tests are skipped.
tests/editor/node_modules: tests/editor/package-lock.json
	@if command -v npm >/dev/null; then npm ci --silent --no-fund --no-audit --prefix tests/editor; \
	 else echo "npm is not installed: the tests of editor help will be skipped"; fi

constraints:
	$(BIN)/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
	  --no-annotate --no-header --output-file constraints.txt

clean:
	rm -rf $(VENV) dist build

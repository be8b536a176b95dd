# Two commands: `make demo` judges a sample video, `make test` runs the whole test suite.
# Both set up all that they need in .venv; PYTHON names the interpreter to make it with.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SAMPLE := sample_videos/bridge/bridge_side.mp4

.PHONY: demo test fuzz accuracy wheel clean

demo: $(VENV)/.installed
	$(BIN)/formcheck video $(SAMPLE) -e bridge --dose 002 --out out

# The page is tried last and alone: it plays films at a camera's rate, and a browser that shares
# its cores with other tests drops so many frames that holds come out short.
test: $(VENV)/.installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n 2 --dist loadfile --ignore tests/interfaces/test_page_in_browser.py
	$(BIN)/python -m pytest tests/interfaces/test_page_in_browser.py

# Spoilt inputs with fresh seeds, for as long as is asked; what breaks is put into build/fuzz.
SECONDS := 3600
fuzz: $(VENV)/.installed-test
	$(BIN)/python -m tests.fuzz --seconds $(SECONDS) --kills 25 --keep build/fuzz

# The accuracy card, from the committed tracks: no pictures, no model.
accuracy: $(VENV)/.installed-test
	$(BIN)/python -m accuracy judge

# The wheel, installed alone in a fresh environment and used from an empty folder.
wheel: $(VENV)/.installed-test
	rm -rf build/wheel && mkdir -p build/wheel/empty
	$(BIN)/python -m build --wheel --outdir build/wheel .
	$(PYTHON) -m venv build/wheel/venv
	build/wheel/venv/bin/pip install --quiet build/wheel/*.whl
	cd build/wheel/empty && ../venv/bin/formcheck list && ../venv/bin/formcheck show bridge

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "formcheck needs Python 3.11 or newer; try: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

$(VENV)/.installed-test: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --editable '.[test]'
	touch $@

clean:
	rm -rf $(VENV) build out

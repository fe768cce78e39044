# Everything starts here; each target sets up what it needs by itself.
.DEFAULT_GOAL := help
.PHONY: help lab explore update test lint check notebooks pages solved bench mutations picture grid \
	weights set-up hashes hooks clean

PYTHON_OF_COURSE = .venv/bin/python
# followed by the extras of pyproject.toml that a target needs; by none, for all of them
SET_UP = @sh scripts/set_up.sh
export PORT TORCH PYTHON
# as scripts/own_environment.sh
unexport CDPATH PYTHONHOME PYTHONINSPECT PYTHONOPTIMIZE PYTHONPATH PYTHONPLATLIBDIR PYTHONSAFEPATH \
	PYTHONSTARTUP PYTHONUSERBASE PYTHONWARNINGS

help: ## show this list
	@awk -F ': ## |## ' '/^[a-z-]+: ## / { printf "make %-17s %s\n", $$1, $$2 } \
		/^#   make/ { sub("^#", ""); print }' Makefile

lab: ## set up, then open JupyterLab at notebooks/00_start_here.ipynb
#   make lab PORT=9999   on another port
#   make lab TORCH=cpu   set up with PyTorch's CPU packages, a quarter of the size
	$(SET_UP) lab torch
	@sh scripts/lab.sh

explore: ## all explorers on one page, for a projector (PORT=9999: another port)
	$(SET_UP) lab
	@sh scripts/explore.sh

update: ## bring the newest course; what you wrote in the lessons is kept
#   make update FROM=folder   take over what you wrote in another folder of the course
	@$(or $(wildcard $(PYTHON_OF_COURSE)),$(PYTHON),python3) -m course_utils.updating \
		$(if $(FROM),--from "$(FROM)")

test: ## set up, then run everything that the course is tested with
	$(SET_UP)
	@$(PYTHON_OF_COURSE) scripts/run_checks.py

lint: ## style, types, docstrings, layers
	$(SET_UP)
	@$(PYTHON_OF_COURSE) scripts/run_checks.py lint

check: ## compare sources and notebooks; executes nothing
	$(SET_UP) authoring
	@$(PYTHON_OF_COURSE) -m course_utils.authoring check

notebooks: ## build the notebooks whose sources changed (ALL=1: every one)
	$(SET_UP) lab torch authoring
	@$(PYTHON_OF_COURSE) -m course_utils.authoring build $(if $(ALL),--all) $(if $(FORCE),--force)

pages: ## build/pages: the lessons in HTML, to read and to print
	$(SET_UP) authoring
	@$(PYTHON_OF_COURSE) -m course_utils.authoring pages

solved: ## build/solved: every exercise filled in and found correct
	$(SET_UP) lab torch authoring
	@$(PYTHON_OF_COURSE) -m course_utils.authoring solved

bench: ## time the operations
	$(SET_UP)
	@$(PYTHON_OF_COURSE) -m pytest tests/benchmarks --benchmark-only --benchmark-columns=min,median,iqr,rounds

mutations: ## change every model solution in every small way; all must be refused (minutes)
	$(SET_UP)
	@$(PYTHON_OF_COURSE) -m tests.lessons.mutations

picture: ## draw the README's picture again
	$(SET_UP) lab
	@$(PYTHON_OF_COURSE) scripts/draw_readme_picture.py

grid: ## compute the residual explorer's gradient norms again (minutes)
	$(SET_UP) lab
	@$(PYTHON_OF_COURSE) -m course_utils.explorers.residual_gradient.grid

weights: ## train the LeNet-5 that DigitExplorer opens with again
	$(SET_UP) lab
	@$(PYTHON_OF_COURSE) scripts/train_lenet5.py

set-up: ## everything that the targets above need, in .venv
	$(SET_UP)

hashes: ## hashes.txt again, after a change of constraints.txt; needs uv
	@uv --quiet pip compile --no-config --no-deps --generate-hashes --universal --python-version 3.11 \
		--no-annotate --no-header --no-emit-index-url constraints.txt -o hashes.txt >/dev/null

hooks: ## let git run the lint before each commit
	@git config core.hooksPath scripts/hooks
	@echo "From now on, scripts/hooks/pre-commit runs before each commit."
	@echo "To end that: git config --unset core.hooksPath"

clean: ## remove what can be made again (the environment stays)
	rm -rf build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .benchmarks .hypothesis
	find course_utils tests scripts notebooks -name __pycache__ -type d -prune -exec rm -rf {} +
	find notebooks -name .ipynb_checkpoints -type d -prune -exec rm -rf {} +
	@echo "The environment stays; to remove it as well: rm -rf .venv"

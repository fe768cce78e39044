# Everything starts here; each target sets up what it needs by itself.
.DEFAULT_GOAL := help
.PHONY: help lab explore test notebooks solved check lint bench picture weights grid set-up clean

PYTHON_OF_COURSE = .venv/bin/python
export PORT TORCH PYTHON

help: ## Show this list
	@echo "make lab               set up, then open JupyterLab at notebooks/00_start_here.ipynb"
	@echo "  make lab PORT=9999   on another port"
	@echo "  make lab TORCH=cpu   set up with PyTorch's CPU packages, a quarter of the size"
	@echo "make explore           all explorers on one page, for a projector (PORT=9999: another port)"
	@echo "make test              set up, then run everything that the course is tested with"
	@echo "make notebooks         build the notebooks whose sources changed (ALL=1: every one)"
	@echo "make solved            build/solved: every exercise filled in and found correct"
	@echo "make check             compare sources and notebooks; executes nothing"
	@echo "make lint              style, types, docstrings, layers"
	@echo "make bench             time the operations"
	@echo "make picture           draw the README's picture again"
	@echo "make grid              compute the residual explorer's gradient norms again (minutes)"
	@echo "make weights           train the LeNet-5 that DigitExplorer opens with again"
	@echo "make clean             remove what can be made again (the environment stays)"

set-up:
	@sh scripts/set_up.sh

lab: set-up ## Open JupyterLab
	@sh scripts/lab.sh

explore: set-up ## Serve all explorers on one page
	@sh scripts/explore.sh

test: set-up ## Everything that CI runs
	@$(PYTHON_OF_COURSE) scripts/run_checks.py

lint: set-up
	@$(PYTHON_OF_COURSE) scripts/run_checks.py lint

check: set-up
	@$(PYTHON_OF_COURSE) -m course_utils.authoring check

notebooks: set-up
	@$(PYTHON_OF_COURSE) -m course_utils.authoring build $(if $(ALL),--all) $(if $(FORCE),--force)

solved: set-up
	@$(PYTHON_OF_COURSE) -m course_utils.authoring solved

bench: set-up
	@$(PYTHON_OF_COURSE) -m pytest tests/benchmarks --benchmark-only --benchmark-columns=min,median,iqr,rounds

picture: set-up
	@$(PYTHON_OF_COURSE) scripts/draw_picture.py

grid: set-up
	@$(PYTHON_OF_COURSE) -m course_utils.explorers.residual_gradient.grid

weights: set-up
	@$(PYTHON_OF_COURSE) scripts/train_lenet5.py

clean:
	rm -rf build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .benchmarks .hypothesis
	find course_utils tests scripts notebooks -name __pycache__ -type d -prune -exec rm -rf {} +
	find notebooks -name .ipynb_checkpoints -type d -prune -exec rm -rf {} +
	@echo "The environment stays; to remove it as well: rm -rf .venv"

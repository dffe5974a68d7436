# Recipes for development; `just` lists them. The environment is `.venv`, as the README makes it.

python := ".venv/bin/python"

default:
    @just --list

# Install everything that the recipes need but browsers, nginx and uv
install:
    python3 -m venv .venv
    .venv/bin/pip install --quiet -r requirements-dev.txt

# Show the dashboard at http://localhost:8501
run:
    .venv/bin/streamlit run dashboard.py

# Run the tests of the README, or those that are named
test *arguments:
    {{ python }} -m pytest {{ arguments }}

# Check style, types and the order of the rooms
lint:
    .venv/bin/ruff check .
    .venv/bin/ruff format --check .
    .venv/bin/mypy
    .venv/bin/lint-imports

# Build the map component and test what of it needs no browser
frontend:
    cd frontend && npm ci && npm run build && npm test

# Drive the dashboard with Chromium
browser *arguments:
    ATLAS_BROWSER=required {{ python }} -m pytest tests/browser {{ arguments }}

# Measure the dashboard beside the same page in other frameworks
bench *arguments:
    {{ python }} -m tests.load {{ arguments }}

# Run everything at length, which takes hours, or some steps of it
nightly *arguments:
    {{ python }} -m tests.nightly {{ arguments }}

# Check the data package without the dashboard
data:
    .venv/bin/frictionless validate data/datapackage.json

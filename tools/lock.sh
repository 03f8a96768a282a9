#!/usr/bin/env sh
# Locks every set of dependencies with hashes, for Python 3.11 and newer on any platform. Versions that are younger
# than a week are left out, so that a poisoned release has been found before we take it.
set -eu
cd "$(dirname "$0")/.."
before=$(date -u -d '7 days ago' +%Y-%m-%dT00:00:00Z 2>/dev/null || date -u -v-7d +%Y-%m-%dT00:00:00Z)
compile() {
  uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --exclude-newer "$before" "$@"
}
printf 'hatchling\neditables\n' | compile pyproject.toml - --output-file requirements/run.txt
compile pyproject.toml --extra documents --extra frames --extra notify --extra postgres --group test \
  --constraints requirements/run.txt --output-file requirements/test.txt
compile --group dev --constraints requirements/test.txt --output-file requirements/dev.txt
printf 'followthemoney==4.11.2\n' | compile - --output-file requirements/ftm.txt

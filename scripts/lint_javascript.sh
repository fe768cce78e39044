#!/bin/sh
# Lint the explorers' JavaScript and style sheets and check their format, by the Biome that
# package-lock.json pins. Where there is no npm this is skipped and said; CI must have it.
set -eu
cd "$(dirname "$0")/.."

if ! command -v npm >/dev/null; then
    echo "JavaScript and style sheets SKIPPED, no npm here: on Debian, apt install npm" >&2
    [ "${CI:-}" != true ]
    exit
fi
# npm leaves this file behind when it has installed what the lock file says
installed=node_modules/.package-lock.json
if [ ! -e "$installed" ] || [ package-lock.json -nt "$installed" ]; then
    npm ci --no-progress
fi
npm run --silent lint

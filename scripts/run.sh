#!/usr/bin/env bash
# What the npm scripts run. Works on a fresh machine with Node 20 or later: installs the packages (the pinned
# Node among them), builds the page if its sources are newer, then hands over to the pinned Node. `exec` matters: a
# server behind a shell never sees SIGTERM.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if [ ! -e node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  echo 'Installing packages …' >&2
  npm ci --include=dev --loglevel=error --no-fund --no-audit >&2
  touch node_modules/.package-lock.json
fi
export PATH="$PWD/node_modules/.bin:$PATH"
if ! node -e 'process.exit(process.versions.node.split(".")[0] >= 26 ? 0 : 1)' 2>/dev/null; then
  # Where npm is told not to run install scripts, the pinned Node is fetched here.
  npm rebuild node --loglevel=error >&2
  hash -r
fi

build_if_older() {
  local last=dist/sw.js # the service worker is written last: where it is missing, a build was broken off
  if [ ! -e "$last" ] || [ -n "$(find index.html vite.config.ts package-lock.json public locales src/client src/shared src/sw -newer "$last" -print -quit)" ]; then
    echo 'Building the page …' >&2
    vite build --logLevel warn >&2
  fi
}

# Debian packages that the tests need: <command> <package> …
ensure_debian() {
  if PATH="$PATH:$(echo /usr/lib/postgresql/*/bin | tr ' ' :)" command -v "$1" >/dev/null; then return; fi
  if ! command -v apt-get >/dev/null; then
    echo "The tests need $1 on the PATH; install it and try again." >&2
    exit 1
  fi
  echo "Installing $2 …" >&2
  local as_root=(env)
  [ "$(id -u)" = 0 ] || as_root=(sudo env)
  "${as_root[@]}" apt-get -o DPkg::Lock::Timeout=600 update -qq >&2
  "${as_root[@]}" DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=600 install -y -qq "$2" >/dev/null
}

case "${1:-}" in
  start)
    build_if_older
    exec node src/server/main.ts
    ;;
  backup | restore | erase | link | network)
    exec node src/server/maintenance.ts "$@"
    ;;
  dev)
    exec node scripts/dev.ts
    ;;
  test)
    ensure_debian chromium chromium
    ensure_debian initdb postgresql
    exec node scripts/test.ts "${@:2}"
    ;;
  screenshots)
    ensure_debian chromium chromium
    build_if_older
    exec node scripts/screenshots.ts
    ;;
  bench-sync)
    ensure_debian chromium chromium
    exec node tests/bench/main.ts "${@:2}"
    ;;
  bench-media)
    ensure_debian chromium chromium
    ensure_debian ffmpeg ffmpeg
    build_if_older
    exec node tests/bench-media/main.ts "${@:2}"
    ;;
  bench-gathering)
    build_if_older
    exec node tests/bench-gathering/main.ts "${@:2}"
    ;;
  world)
    exec node tests/world/main.ts "${@:2}"
    ;;
  mutants)
    exec node tests/world/run-mutants.ts "${@:2}"
    ;;
  durability)
    ensure_debian chromium chromium
    build_if_older
    exec node tests/durability/main.ts "${@:2}"
    ;;
  *)
    echo 'usage: scripts/run.sh start | backup | restore | erase | link | dev | test | screenshots | bench-sync | bench-media | durability | world | mutants' >&2
    exit 2
    ;;
esac

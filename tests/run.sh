#!/usr/bin/env bash
# Installs what the tests need and the machine lacks, builds, and runs every test.
# Its last line is "N passed, N failed, N skipped". Arguments go to `dotnet test`, e.g. --filter NAME.
# CI=true: a skipped test and a change to the work tree are failures too.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1
# Each host that watches its settings takes an inotify instance, and a user has 128 of them.
export DOTNET_hostBuilder__reloadConfigOnChange=false
# No code here runs for so long that measuring it first, to compile it better, pays.
export DOTNET_TieredPGO=0

# Where they are to be kept, as tests/coverage.sh wants it, somebody else makes and removes the folder.
results=${CIBA_TEST_RESULTS:-$(mktemp -d)}
database=$(mktemp -d)
passed=0 failed=0 skipped=0
finish() {
  local status=$?
  [ ! -e "$database/db/data/postmaster.pid" ] || tests/postgres.sh down "$database/db"
  [ -n "${CIBA_TEST_RESULTS:-}" ] || rm -rf "$results"
  rm -rf "$database"
  echo "$passed passed, $failed failed, $skipped skipped"
  exit "$status"
}
trap finish EXIT

say() { echo "tests/run.sh: $*"; }

# A part that cannot be installed is named; its tests are skipped, or fail in CI.
install_package() {
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    say "missing: $1 (as root: apt-get install $1)"
    return
  fi
  say "installing $1"
  local log=$results/apt.log
  if ! { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$1"; } >"$log" 2>&1 </dev/null; then
    tail -n 20 "$log"
    say "missing: $1, which apt-get could not install"
  fi
}

install_node_packages() {
  local installed=node_modules/.installed-lock.json
  pushd tests/real-op >/dev/null
  if ! cmp -s package-lock.json "$installed"; then
    command -v npm >/dev/null || install_package npm
    if ! command -v npm >/dev/null; then
      say "missing: the packages of tests/real-op, for want of npm"
    elif npm ci --ignore-scripts --no-audit --no-fund --loglevel=error </dev/null; then
      cp package-lock.json "$installed"
    else
      say "missing: the packages of tests/real-op, which npm could not install"
    fi
  fi
  popd >/dev/null
}

# One for all tests, each of which has a schema of its own.
start_database() {
  [ -z "${CIBA_POSTGRESQL:-}" ] || return 0
  ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || install_package postgresql
  # The server runs as a user of its own.
  chmod 755 "$database"
  if CIBA_POSTGRESQL=$(tests/postgres.sh up "$database/db"); then
    export CIBA_POSTGRESQL
  else
    say "missing: PostgreSQL, which could not be started"
  fi
}

count() {
  local counters
  counters=$(grep -rho '<Counters [^>]*' --include='*.trx' "$results" | tr ' ' '\n' | tr -d '/' || true)
  sum() { awk -F'"' -v names="^($1)=" '$0 ~ names { n += $2 } END { print n + 0 }' <<<"$counters"; }
  passed=$(sum passed)
  failed=$(sum 'failed|error|timeout|aborted')
  skipped=$(($(sum total) - $(sum executed)))
}

[ -x "${CHROMIUM_PATH:-/usr/bin/chromium}" ] || install_package chromium
install_node_packages
start_database

dotnet restore
dotnet build -c Release --no-restore

assemblies=()
for project in tests/*.Tests/*.csproj; do
  name=$(basename "$project" .csproj)
  assemblies+=("tests/$name/bin/Release/net10.0/$name.dll")
done

# Two at a time: half of them wait for a real OP or a browser. None asserts how long something took.
status=0
hang=(--blame-hang-timeout 5m --blame-hang-dump-type none)
if [ -z "${CIBA_TEST_RESULTS:-}" ]; then
  dotnet test "${assemblies[@]}" --logger trx --results-directory "$results" "${hang[@]}" "$@" -- RunConfiguration.MaxCpuCount=2 </dev/null || status=$?
else
  # What measures coverage knows of one assembly only.
  printf '%s\n' "${assemblies[@]}" | xargs -P 2 -I ASSEMBLY dotnet test ASSEMBLY --logger trx --results-directory "$results/ASSEMBLY" "${hang[@]}" "$@" || status=$?
fi
count

[ "$failed" = 0 ] || status=1
if [ "$passed" = 0 ]; then
  say "no test passed"
  status=1
fi
if [ "${CI:-}" = true ]; then
  if [ "$skipped" != 0 ]; then
    say "in CI no test may be skipped"
    status=1
  fi
  changes=$(git status --porcelain)
  if [ -n "$changes" ]; then
    say "the work tree changed:"
    echo "$changes"
    status=1
  fi
fi
exit "$status"

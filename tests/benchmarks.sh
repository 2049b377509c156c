#!/usr/bin/env bash
# All figures of docs/performance.md, one after the other, with the machine for themselves: half an hour and more. A PostgreSQL is started for those that need one.
#   tests/benchmarks.sh            all of them
#   tests/benchmarks.sh polls host only these
set -euo pipefail
cd "$(dirname "$0")/.."

project=tests/SsoCibaMethod.Benchmarks
program=$project/bin/Release/net10.0/SsoCibaMethod.Benchmarks.dll
folder=$(mktemp -d)
# The server runs as a user of its own.
chmod 755 "$folder"
trap '[ ! -e "$folder/postgres/data/postmaster.pid" ] || tests/postgres.sh down "$folder/postgres"; rm -rf "$folder"' EXIT

dotnet build -c Release -v q "$project" >&2
CIBA_POSTGRESQL=$(tests/postgres.sh up "$folder/postgres")
export CIBA_POSTGRESQL

run() { dotnet "$program" "$@" | tail -n +3; }

echo "| figure | ours | against | ratio (min–max) | target |"
echo "| --- | ---: | ---: | ---: | --- |"
[ $# -gt 0 ] || set -- polls waiting clear memory tokens page host whole held load
for name in "$@"; do
  case $name in
    polls) run polls --seconds 3 --rounds 7 ;;
    waiting) run waiting --seconds 12 --rounds 3 --warm-up 3 ;;
    clear) run clear --seconds 12 --rounds 7 --warm-up 3 ;;
    host) run host --seconds 10 ;;
    load)
      run load
      run load --logins 100000 --interval 60
      ;;
    *) run "$name" ;;
  esac
done

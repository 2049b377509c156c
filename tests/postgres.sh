#!/usr/bin/env bash
# A PostgreSQL of its own for tests, on this machine only, in a folder that is not kept.
#   tests/postgres.sh up FOLDER        creates it, starts it, and prints its connection string
#   tests/postgres.sh down FOLDER      stops it in order
#   tests/postgres.sh kill FOLDER      stops it as a loss of power does
#   tests/postgres.sh start FOLDER     starts it again, at the same address
# Not for data that matters: it neither waits for the disk nor asks for a password.
set -euo pipefail

command=$1
folder=$(realpath -m "$2")
bin=$(dirname "$(ls -d /usr/lib/postgresql/*/bin/initdb 2>/dev/null | sort -V | tail -n 1)")
if [ "$bin" = . ]; then
  echo "tests/postgres.sh: there is no PostgreSQL below /usr/lib/postgresql (as root: apt-get install postgresql)" >&2
  exit 1
fi

# The server refuses to run as root.
as=()
[ "$(id -u)" != 0 ] || as=(setpriv --reuid=postgres --regid=postgres --clear-groups)

# Its own user must be able to enter the working directory.
cd /

control() { "${as[@]}" "$bin/pg_ctl" -D "$folder/data" -l "$folder/log" -w -t 30 "$@" >/dev/null; }

start() {
  local options
  options="-c listen_addresses=127.0.0.1 -c port=$(cat "$folder/port") -c unix_socket_directories='' -c max_connections=300"
  control start -o "$options -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
}

case $command in
  up)
    install -d -m 700 "$folder"
    [ "$(id -u)" != 0 ] || chown postgres:postgres "$folder"
    "${as[@]}" env LC_ALL=C.UTF-8 "$bin/initdb" -D "$folder/data" -U ciba -A trust -E UTF8 --no-sync --no-instructions >"$folder/initdb.log"
    # Between the choice of a port and its use somebody else may take it.
    for try in 1 2 3; do
      echo $((20000 + RANDOM % 12000)) >"$folder/port"
      ! start || break
      [ "$try" != 3 ] || { cat "$folder/log" >&2; exit 1; }
    done
    echo "Host=127.0.0.1;Port=$(cat "$folder/port");Username=ciba;Database=postgres"
    ;;
  start) start ;;
  down) control -m fast stop ;;
  kill) control -m immediate stop ;;
  *)
    echo "tests/postgres.sh: unknown command $command" >&2
    exit 1
    ;;
esac

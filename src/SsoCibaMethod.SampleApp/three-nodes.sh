#!/usr/bin/env bash
# Three nodes of the sample application behind nginx, on one PostgreSQL and one simulated OP, all on this machine only. Ctrl-C ends them and leaves nothing behind.
# src/SsoCibaMethod.SampleApp/three-nodes.sh [PORT]: where nginx listens, 8080 by default; the nodes and the OP take the four ports after it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

port=${1:-8080}
op=http://localhost:$((port + 4))/op
folder=$(mktemp -d)
pids=()

finish() {
  trap - EXIT INT TERM
  [ "${#pids[@]}" = 0 ] || kill "${pids[@]}" 2>/dev/null || true
  wait "${pids[@]}" 2>/dev/null || true
  [ ! -e "$folder/db/data/postmaster.pid" ] || ../../tests/postgres.sh kill "$folder/db"
  rm -rf "$folder"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# The program, and the package that has it.
need() {
  [ ! -x "$1" ] || return 0
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "three-nodes.sh: missing: $2 (as root: apt-get install $2)" >&2
    exit 1
  fi
  echo "Installing $2 …"
  { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$2"; } >"$folder/apt.log" 2>&1 </dev/null || { tail -n 20 "$folder/apt.log" >&2; exit 1; }
}

# One process of the sample application; its lines begin with its name.
start() {
  local name=$1 at=$2
  shift 2
  dotnet bin/Release/net10.0/SsoCibaMethod.SampleApp.dll --urls="http://localhost:$at" \
    --Logging:LogLevel:Default=Warning --Logging:LogLevel:SsoCibaMethod=Information \
    --Logging:Console:FormatterName=simple --Logging:Console:FormatterOptions:SingleLine=true "$@" \
    > >(sed -u "s/^/$name | /") 2>&1 &
  pids+=("$!")
}

answers() {
  until curl -s -o /dev/null "$1"; do
    kill -0 "${pids[-1]}" || exit 1
    sleep 0.2
  done
}

need /usr/sbin/nginx nginx
need "$(find /usr/lib/postgresql -name initdb 2>/dev/null | head -n 1)" postgresql
need /usr/bin/curl curl
dotnet build -c Release -v q --nologo </dev/null

# The server runs as a user of its own.
chmod 755 "$folder"
database=$(../../tests/postgres.sh up "$folder/db")
start 'the OP' $((port + 4)) --Simulator:Enabled=true
answers "$op/.well-known/openid-configuration"
for i in 1 2 3; do
  # Whom nginx names is believed, since nobody else reaches a node here: see "forwarded headers" of ASP.NET Core.
  ASPNETCORE_FORWARDEDHEADERS_ENABLED=true start "node $i" $((port + i)) --Simulator:Enabled=false --ConnectionStrings:Ciba="$database" \
    --Ciba:Methods:Ciba:Authority="$op" --Ciba:Methods:StepUp:Authority="$op"
  answers "http://localhost:$((port + i))"
done
sed "s|@FOLDER@|$folder|; s|@PORT@|$port|; s|@PORT1@|$((port + 1))|; s|@PORT2@|$((port + 2))|; s|@PORT3@|$((port + 3))|" three-nodes.nginx.conf >"$folder/nginx.conf"
/usr/sbin/nginx -p "$folder" -c "$folder/nginx.conf" -g 'daemon off;' &
pids+=("$!")
answers "http://localhost:$port"

cat <<TEXT

Sign in at http://localhost:$port, and approve as alice at $op/phone.
While the page waits, kill a node, as a loss of power does; another one takes the login over within 15 seconds:
  kill -9 ${pids[1]}    (node 1)
  kill -9 ${pids[2]}    (node 2)
  kill -9 ${pids[3]}    (node 3)
Ctrl-C ends everything.

TEXT
wait

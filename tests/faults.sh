#!/usr/bin/env bash
# Lets nodes, database and OP fail under more logins, and for longer, than CI has time for, and prints what was counted (docs/performance.md, "Faults").
# tests/faults.sh [LOGINS] [OUTAGE] [OP_OUTAGE]: how many logins wait on the node that fails, 1000 by default; for how many seconds the database is cut off, 30, and the OP is out, 60.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1
export DOTNET_hostBuilder__reloadConfigOnChange=false
export CIBA_FARM_LOGINS=$((${1:-1000} * 3)) CIBA_FARM_OUTAGE=${2:-30} CIBA_FARM_OP_OUTAGE=${3:-60}

log=$(mktemp)
trap 'rm -f "$log"' EXIT
dotnet build tests/SsoCibaMethod.SampleApp.Tests -c Release -v q </dev/null
status=0
dotnet test tests/SsoCibaMethod.SampleApp.Tests -c Release --no-build --filter 'FullyQualifiedName~FarmTests' \
  --logger 'console;verbosity=detailed' --blame-hang-timeout 30m --blame-hang-dump-type none </dev/null >"$log" || status=$?

[ "$status" = 0 ] || cat "$log"
echo '| fault | logins | signed in | LOGIN_LOST | signed in twice | take-over, s | from its end to the last sign-in, s | early polls | overlapping polls |'
echo '| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |'
sed -n 's/^ *\(| .* |\)$/\1/p' "$log"
exit "$status"

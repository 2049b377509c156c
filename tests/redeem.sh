#!/usr/bin/env bash
# Breaks off the redeeming of approved logins at random points and tries again, more often than CI has time for, and prints what was counted.
# tests/redeem.sh [RUNS] [SEED]: how many logins, 10000 by default, and where chance starts from, a new place by default.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1
export DOTNET_hostBuilder__reloadConfigOnChange=false
export CIBA_REDEEM_RUNS=${1:-10000} CIBA_REDEEM_SEED=${2:-$(date +%s)}

dotnet build tests/SsoCibaMethod.Tests -c Release -v q </dev/null
dotnet test tests/SsoCibaMethod.Tests -c Release --no-build --filter 'FullyQualifiedName~RedeemRunsTests' \
  --logger 'console;verbosity=detailed' --blame-hang-timeout 60m --blame-hang-dump-type none </dev/null

#!/usr/bin/env bash
# Simulates schedule and ownership of many nodes with more logins than CI has time for, and prints what was counted (docs/scale.md).
# tests/scale.sh [LOGINS] [MINUTES] [SEED]: how many logins, 1000000 by default, in how many virtual minutes, 60 by default, and where chance starts from, a new place by default.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1
export CIBA_SCALE_LOGINS=${1:-1000000} CIBA_SCALE_MINUTES=${2:-60} CIBA_SCALE_SEED=${3:-$(date +%s)}

dotnet build tests/SsoCibaMethod.Tests -c Release -v q </dev/null
dotnet test tests/SsoCibaMethod.Tests -c Release --no-build --filter 'FullyQualifiedName~A_thousand_nodes_keep_the_rules' \
  --logger 'console;verbosity=detailed' --blame-hang-timeout 60m --blame-hang-dump-type none </dev/null

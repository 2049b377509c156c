#!/usr/bin/env bash
# Fuzzes what an OP may answer, with more answers than CI has time for, and prints what came of it (docs/fuzzing.md).
# tests/fuzz.sh [COUNT] [SEED]: how many answers, 1000000 by default, and where they start from, a new place by default.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1
export DOTNET_hostBuilder__reloadConfigOnChange=false
export CIBA_FUZZ_COUNT=${1:-1000000} CIBA_FUZZ_SEED=${2:-$(date +%s)}
CIBA_FUZZ_REPORT=$(mktemp)
export CIBA_FUZZ_REPORT
trap 'rm -f "$CIBA_FUZZ_REPORT"' EXIT

projects=(tests/SsoCibaMethod.Client.Tests tests/SsoCibaMethod.Tests)
for project in "${projects[@]}"; do
  dotnet build "$project" -c Release -v q </dev/null
done

status=0
SECONDS=0
for project in "${projects[@]}"; do
  # An answer that never comes to an end is a failure, too.
  dotnet test "$project" -c Release --no-build --filter 'FullyQualifiedName~FuzzedAnswersTests|FullyQualifiedName~FuzzedSignInsTests' \
    --blame-hang-timeout 60m --blame-hang-dump-type none </dev/null || status=$?
done

echo
awk -F'\t' -v seed="$CIBA_FUZZ_SEED" -v seconds="$SECONDS" '
  function time(slowest, size) { return sprintf("%.1f (%s)", slowest / 1000, size == 2147483647 ? "endless" : size) }
  BEGIN {
    line = "| %-20s | %9s | %8s | %9s | %7s | %7s | %10s | %12s | %12s |\n"
    printf line, "kind", "answers", "accepted", "accepted,", "other", "excep-", "beyond the", "most bytes", "slowest, ms"
    printf line, "", "", "as good", "spoiled", "errors", "tions", "bound", "for one", "(its bytes)"
  }
  {
    printf line, $1, $2, $3, $4, $5, $6, $7, $8, time($9, $10)
    for (i = 2; i <= 7; i++) sum[i] += $i
    if ($8 > bytes) bytes = $8
    if ($9 > slowest) { slowest = $9; size = $10 }
    if ($11 > peak) peak = $11
  }
  END {
    printf line, "all", sum[2], sum[3], sum[4], sum[5], sum[6], sum[7], bytes, time(slowest, size)
    printf "seed %s, %d s, largest working set of a test process %d MB\n", seed, seconds, peak / 1048576
  }' "$CIBA_FUZZ_REPORT"
exit "$status"

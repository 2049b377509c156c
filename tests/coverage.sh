#!/usr/bin/env bash
# Runs every test as tests/run.sh does and prints, a row for each assembly of src/, how much of its lines and branches they reach.
# Fails where a test does, and where they reach less than 90 % of all branches. artifacts/coverage/index.html shows each line.
# tests/coverage.sh [ARGUMENTS]: they go to `dotnet test`, e.g. --filter NAME.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1
least=90
report=$PWD/artifacts/coverage
rm -rf "$report"
mkdir -p "$report/results"

dotnet tool restore </dev/null
dotnet restore tests/SsoCibaMethod.Testing </dev/null
collector=$(dotnet msbuild tests/SsoCibaMethod.Testing -getProperty:Pkgcoverlet_collector </dev/null)/build/net10.0

# What another build made would be kept: without what CibaCoverage adds, and, where CI built it, with paths at which nothing is found.
rm -rf {src,tests}/*/{bin,obj}/Release

status=0
CibaCoverage=true CIBA_TEST_RESULTS=$report/results tests/run.sh \
  --collect 'XPlat Code Coverage' --settings tests/coverage.runsettings --test-adapter-path "$collector" "$@" || status=$?

dotnet tool run reportgenerator -- "-reports:$report/results/tests/*/bin/Release/net10.0/*/*/coverage.opencover.xml" "-targetdir:$report" \
  '-reporttypes:Html;JsonSummary' '-filefilters:-*/obj/*' -verbosity:Warning "minimumCoverageThresholds:branchCoverage=$least" </dev/null || status=$?

total() { sed -nE "s/^ +\"$1\": ([0-9.]+).*/\1/p" "$report/Summary.json"; }
echo '| project | lines | branches | |'
echo '| --- | --- | --- | --- |'
sed -nE 's/^ +\{ "name": "([^"]+)", "classes": .*"coverage": ([0-9.]+), .*"branchcoverage": ([0-9.]+), "coveredbranches": ([0-9]+), "totalbranches": ([0-9]+).*/| `\1` | \2 % | \3 % | \4 of \5 |/p' \
  "$report/Summary.json" | sed 's/`ciba`/`SsoCibaMethod.Cli`/' | LC_ALL=C sort
if [ "$(total totalbranches)" = 0 ]; then
  echo 'Nothing was measured.' >&2
  status=1
fi
echo "| all of \`src\` | $(total linecoverage) % | $(total branchcoverage) % | $(total coveredbranches) of $(total totalbranches) |"
exit "$status"

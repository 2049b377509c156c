#!/usr/bin/env bash
# Spoils the code where everything depends on it in every way Stryker knows, one at a time, and counts how often a test notices (CONTRIBUTING.md has the figures).
# tests/mutation.sh [AREA...]: schedule, tokens, errors, states, limits; all by default. Fails where a test notices fewer than 80 %.
# CIBA_MUTATION_REPORTS: a folder for Stryker's reports, which show what no test noticed; a temporary one by default.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1
export DOTNET_hostBuilder__reloadConfigOnChange=false

least=80

# An area, the project, a folder of it, files there, and the classes that test them: those that are quick and say the same each time.
table='
schedule SsoCibaMethod.Client Polling PollSchedule PollScheduleTests
tokens SsoCibaMethod.Client Tokens IdTokenValidator,IdTokenBinding,IdTokenSignature,CompactJwt,JwtPart,TokenHash,ClaimValue BadIdTokenTests,GoodIdTokenTests,PushedIdTokenTests,TokenHashTests,CompactJwtTests
errors SsoCibaMethod.Client Responses CibaError CibaErrorTests
errors SsoCibaMethod PendingLogins LoginOutcome LoginOutcomeTests
states SsoCibaMethod PendingLogins PendingLogin PendingLoginStateTests,PendingLoginTransitionTests,PendingLoginEndTests
limits SsoCibaMethod Protection StartLimit,StartLimits,StartWindow StartLimitTests,StartLimitsTests,StartWindowTests
'

[ $# -gt 0 ] || set -- schedule tokens errors states limits
rows=
for area in "$@"; do
  found=$(grep "^$area " <<<"$table") || { echo "tests/mutation.sh: there is no area $area" >&2; exit 2; }
  rows+=$found$'\n'
done

reports=${CIBA_MUTATION_REPORTS:-$(mktemp -d)}
mkdir -p "$reports"
reports=$(cd "$reports" && pwd)
dotnet tool restore >"$reports/restore.log" </dev/null

# One run a project, since building it changed in all ways at once takes the longest.
for project in $(awk 'NF { print $2 }' <<<"$rows" | sort -u); do
  output=$reports/$project
  rm -rf "$output"
  mkdir -p "$output"
  awk -v project="$project" -v jobs="$(nproc)" '
    $2 == project {
      n = split($4, names, ",")
      for (i = 1; i <= n; i++) files = files (files ? ", " : "") "\"**/" $3 "/" names[i] ".cs\""
      n = split($5, names, ",")
      for (i = 1; i <= n; i++) tests = tests (tests ? "|" : "") "FullyQualifiedName~." names[i] "."
    }
    END {
      printf "{ \"stryker-config\": { \"project\": \"%s.csproj\", \"configuration\": \"Release\", \"concurrency\": %d,\n", project, jobs
      printf "  \"additional-timeout\": 20000, \"reporters\": [\"json\", \"html\"], \"mutate\": [%s],\n  \"test-case-filter\": \"%s\" } }\n", files, tests
    }' <<<"$rows" >"$output/config.json"
  if ! (cd "tests/$project.Tests" && dotnet stryker -f "$output/config.json" -O "$output") >"$output/log" 2>&1 </dev/null; then
    tail -n 40 "$output/log" >&2
    exit 1
  fi

  # A line a file: its path, and how many changes a test noticed, of which that it never came to its end, none did, and no test runs.
  sed 's/"[^"]*\.cs":{"language"/\n&/g' "$output/reports/mutation-report.json" | awk -F'"' -v OFS='\t' '{
    path = $2
    killed = gsub(/"status":"(Killed|Timeout)"/, "")
    survived = gsub(/"status":"Survived"/, "")
    print path, killed, survived, gsub(/"status":"NoCoverage"/, "")
  }'
done >"$reports/files"

echo "| area | killed | survived | no coverage | score |"
echo "| --- | ---: | ---: | ---: | ---: |"
status=0
awk -v least="$least" '
  FNR == NR {
    n = split($4, names, ",")
    for (i = 1; i <= n; i++) areas[$3 "/" names[i] ".cs"] = $1
    if (NF && !($1 in seen)) order[++count] = $1
    seen[$1]
    next
  }
  {
    n = split($1, parts, "/")
    area = areas[parts[n - 1] "/" parts[n]]
    killed[area] += $2
    survived[area] += $3
    none[area] += $4
  }
  END {
    for (i = 1; i <= count; i++) {
      area = order[i]
      all = killed[area] + survived[area] + none[area]
      score = all ? 100 * killed[area] / all : 0
      printf "| %s | %d | %d | %d | %.1f %% |\n", area, killed[area], survived[area], none[area], score
      if (score < least) low = 1
    }
    exit low
  }' <(printf '%s' "$rows") FS='\t' "$reports/files" || status=$?
echo "Stryker's reports: $reports" >&2
exit "$status"

#!/usr/bin/env bash
# Takes the pictures of the documentation anew, in a real browser: docs/pictures/*.png.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

CIBA_PICTURES=$(mktemp -d)
export CIBA_PICTURES
trap 'rm -rf "$CIBA_PICTURES"' EXIT

dotnet test tests/SsoCibaMethod.Browser.Tests --filter FullyQualifiedName~States </dev/null
mkdir -p docs/pictures
cp "$CIBA_PICTURES"/*.png docs/pictures/
ls -l docs/pictures

#!/bin/sh
# Before provisioning: says what is missing while nothing has cost anything yet.
set -eu

for tool in az dotnet node openssl; do
    command -v "$tool" >/dev/null || { echo "$tool is missing; docs/deploy.md lists what is needed." >&2; exit 1; }
done
az account show --output none 2>/dev/null || { echo "Run: az login" >&2; exit 1; }
[ -n "${CLICKFUNCS_AUDIENCE:-}" ] || { echo "CLICKFUNCS_AUDIENCE is not set. Run: sh infra/scripts/register.sh" >&2; exit 1; }

#!/bin/sh
# After deploying: one click through the whole. Whoever deploys needs the role operator of the app registration.
set -eu

if [ -z "${CLICKFUNCS_TOKEN:-}" ]; then
    CLICKFUNCS_TOKEN=$(az account get-access-token --scope "api://$CLICKFUNCS_AUDIENCE/.default" --query accessToken --output tsv)
    export CLICKFUNCS_TOKEN
fi
exec dotnet run --project local -- smoke --url "$CLICKFUNCS_URL" --timeout 600

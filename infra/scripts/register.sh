#!/bin/sh
# Once per environment: registers the app whose tokens are accepted, with its roles; makes you an operator; lets the Azure CLI ask for tokens.
# Needs the right to register applications in the tenant. Prints nothing secret: there is no secret.
set -eu

name=$(azd env get-value AZURE_ENV_NAME)
folder=$(dirname "$0")
operator=5b0d7a62-2f0c-4c55-8a3e-0f0b5d1f7a01
scope=5b0d7a62-2f0c-4c55-8a3e-0f0b5d1f7a10
azure_cli=04b07795-8ddb-461a-bbee-02f9e1bf7b46

app=$(az ad app list --display-name "clickfuncs-$name" --query '[0].appId' --output tsv)
if [ -z "$app" ]; then
    app=$(az ad app create --display-name "clickfuncs-$name" --sign-in-audience AzureADMyOrg --app-roles "@$folder/roles.json" --query appId --output tsv)
fi
object=$(az ad app show --id "$app" --query id --output tsv)

# Tokens of version 2: issuer and audience are then what the app expects. The scope first, then who may ask for it.
az rest --method PATCH --uri "https://graph.microsoft.com/v1.0/applications/$object" --headers 'Content-Type=application/json' --body "{
  \"identifierUris\": [\"api://$app\"],
  \"api\": {
    \"requestedAccessTokenVersion\": 2,
    \"oauth2PermissionScopes\": [{
      \"id\": \"$scope\", \"value\": \"use\", \"type\": \"User\", \"isEnabled\": true,
      \"adminConsentDisplayName\": \"Use ClickFuncs\", \"adminConsentDescription\": \"Use ClickFuncs as yourself\"
    }]
  }
}"
az rest --method PATCH --uri "https://graph.microsoft.com/v1.0/applications/$object" --headers 'Content-Type=application/json' --body "{
  \"api\": { \"preAuthorizedApplications\": [{ \"appId\": \"$azure_cli\", \"delegatedPermissionIds\": [\"$scope\"] }] }
}"

principal=$(az ad sp list --filter "appId eq '$app'" --query '[0].id' --output tsv)
[ -n "$principal" ] || principal=$(az ad sp create --id "$app" --query id --output tsv)
me=$(az ad signed-in-user show --query id --output tsv)
given=$(az rest --method GET --uri "https://graph.microsoft.com/v1.0/users/$me/appRoleAssignments" --query "value[?resourceId=='$principal' && appRoleId=='$operator'].id" --output tsv)
if [ -z "$given" ]; then
    az rest --method POST --uri "https://graph.microsoft.com/v1.0/users/$me/appRoleAssignments" --headers 'Content-Type=application/json' \
        --body "{ \"principalId\": \"$me\", \"resourceId\": \"$principal\", \"appRoleId\": \"$operator\" }" --output none
fi

azd env set CLICKFUNCS_AUDIENCE "$app"
echo "Registered clickfuncs-$name, audience $app. You are an operator."

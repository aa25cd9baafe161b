# Once per environment: registers the app whose tokens are accepted, with its roles; makes you an operator; lets the Azure CLI ask for tokens.
# Needs the right to register applications in the tenant. Prints nothing secret: there is no secret.
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $true

$name = azd env get-value AZURE_ENV_NAME
$operator = '5b0d7a62-2f0c-4c55-8a3e-0f0b5d1f7a01'
$scope = '5b0d7a62-2f0c-4c55-8a3e-0f0b5d1f7a10'
$azureCli = '04b07795-8ddb-461a-bbee-02f9e1bf7b46'
$graph = 'https://graph.microsoft.com/v1.0'

# Bodies go by file: quotes on a command line do not survive every shell.
function Send([string] $method, [string] $uri, $body) {
    $file = New-TemporaryFile
    try {
        [System.IO.File]::WriteAllText($file.FullName, ($body | ConvertTo-Json -Depth 6))
        az rest --method $method --uri $uri --headers 'Content-Type=application/json' --body "@$($file.FullName)" --output none
    }
    finally { Remove-Item $file.FullName }
}

$app = az ad app list --display-name "clickfuncs-$name" --query '[0].appId' --output tsv
if (-not $app) {
    $app = az ad app create --display-name "clickfuncs-$name" --sign-in-audience AzureADMyOrg --app-roles "@$PSScriptRoot/roles.json" --query appId --output tsv
}
$object = az ad app show --id $app --query id --output tsv

# Tokens of version 2: issuer and audience are then what the app expects. The scope first, then who may ask for it.
Send PATCH "$graph/applications/$object" @{
    identifierUris = @("api://$app")
    api = @{
        requestedAccessTokenVersion = 2
        oauth2PermissionScopes = @(@{
            id = $scope; value = 'use'; type = 'User'; isEnabled = $true
            adminConsentDisplayName = 'Use ClickFuncs'; adminConsentDescription = 'Use ClickFuncs as yourself'
        })
    }
}
Send PATCH "$graph/applications/$object" @{ api = @{ preAuthorizedApplications = @(@{ appId = $azureCli; delegatedPermissionIds = @($scope) }) } }

$principal = az ad sp list --filter "appId eq '$app'" --query '[0].id' --output tsv
if (-not $principal) { $principal = az ad sp create --id $app --query id --output tsv }
$me = az ad signed-in-user show --query id --output tsv
$given = az rest --method GET --uri "$graph/users/$me/appRoleAssignments" --query "value[?resourceId=='$principal' && appRoleId=='$operator'].id" --output tsv
if (-not $given) { Send POST "$graph/users/$me/appRoleAssignments" @{ principalId = $me; resourceId = $principal; appRoleId = $operator } }

azd env set CLICKFUNCS_AUDIENCE $app
Write-Output "Registered clickfuncs-$name, audience $app. You are an operator."

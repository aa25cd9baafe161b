# After deploying: one click through the whole. Whoever deploys needs the role operator of the app registration.
$ErrorActionPreference = 'Stop'

if (-not $env:CLICKFUNCS_TOKEN) {
    $env:CLICKFUNCS_TOKEN = az account get-access-token --scope "api://$env:CLICKFUNCS_AUDIENCE/.default" --query accessToken --output tsv
    if ($LASTEXITCODE -ne 0) { throw 'There is no token for the app: see docs/deploy.md, Who may sign in.' }
}
dotnet run --project local -- smoke --url $env:CLICKFUNCS_URL --timeout 600
exit $LASTEXITCODE

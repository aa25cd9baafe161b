# Before provisioning: says what is missing while nothing has cost anything yet.
$ErrorActionPreference = 'Stop'

foreach ($tool in 'az', 'dotnet', 'node') {
    if (-not (Get-Command $tool -ErrorAction SilentlyContinue)) { throw "$tool is missing; docs/deploy.md lists what is needed." }
}
az account show --output none
if ($LASTEXITCODE -ne 0) { throw 'Run: az login' }
if (-not $env:CLICKFUNCS_AUDIENCE) { throw 'CLICKFUNCS_AUDIENCE is not set. Run: infra/scripts/register.ps1' }

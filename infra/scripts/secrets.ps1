# Makes the secrets that are missing. One that exists is never changed: links that are out would die, and pseudonyms no longer meet.
$ErrorActionPreference = 'Stop'

# The role that was just given takes a while to hold.
for ($try = 1; ; $try++) {
    $existing = az keyvault secret list --vault-name $env:CLICKFUNCS_VAULT --query '[].name' --output tsv 2>$null
    if ($LASTEXITCODE -eq 0) { break }
    if ($try -ge 30) { throw "The vault $env:CLICKFUNCS_VAULT can not be read: az keyvault secret list --vault-name $env:CLICKFUNCS_VAULT" }
    Start-Sleep -Seconds 10
}

foreach ($name in 'link-key-1', 'pseudonym', 'identity') {
    if ($existing -contains $name) { continue }
    $bytes = [byte[]]::new(32)
    [System.Security.Cryptography.RandomNumberGenerator]::Fill($bytes)
    $file = New-TemporaryFile
    try {
        # By file: what stands on a command line can be read by others.
        [System.IO.File]::WriteAllText($file.FullName, [Convert]::ToBase64String($bytes))
        az keyvault secret set --vault-name $env:CLICKFUNCS_VAULT --name $name --file $file.FullName --encoding utf-8 --output none
        if ($LASTEXITCODE -ne 0) { throw "The secret $name could not be made." }
    }
    finally { Remove-Item $file.FullName }
    Write-Output "Made the secret $name."
}

// The three secrets there are: the key that signs links and the two that make pseudonyms. scripts/secrets.sh makes those that are
// missing and never changes one; no deployment holds them.

@description('Region.')
param location string

@description('Name of the vault; unique in the world, 3 to 24 characters.')
param vaultName string

@description('Object id of the identity that the app runs as.')
param identityPrincipalId string

@description('Object id of whoever deploys and so makes the secrets.')
param deployerPrincipalId string

@description('What that is.')
@allowed(['User', 'ServicePrincipal', 'Group'])
param deployerPrincipalType string

@description('A vault that was deleted keeps its name and secrets for 90 days. False only where nothing is ever billed.')
param isPurgeProtected bool

@description('Tags.')
param tags object

var keyVaultSecretsUserRole = '4633458b-17de-408a-b874-0445c86b69e6'
var keyVaultSecretsOfficerRole = 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7'

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' = {
  name: vaultName
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: {
      family: 'A'
      name: 'standard'
    }
    enableRbacAuthorization: true
    enableSoftDelete: true
    // The service takes true or nothing.
    enablePurgeProtection: isPurgeProtected ? true : null
  }
}

resource reads 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, identityPrincipalId, keyVaultSecretsUserRole)
  scope: vault
  properties: {
    principalId: identityPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', keyVaultSecretsUserRole)
  }
}

resource makes 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, deployerPrincipalId, keyVaultSecretsOfficerRole)
  scope: vault
  properties: {
    principalId: deployerPrincipalId
    principalType: deployerPrincipalType
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', keyVaultSecretsOfficerRole)
  }
}

@description('Name of the vault.')
output name string = vault.name

@description('Settings of the functions app that belong to this module.')
output settings object = {
  ClickFuncs__Links__Keys__0__Id: '1'
  ClickFuncs__Links__Keys__0__Secret: '@Microsoft.KeyVault(VaultName=${vault.name};SecretName=link-key-1)'
  ClickFuncs__Links__ActiveKeyId: '1'
  ClickFuncs__Azure__PseudonymSecret: '@Microsoft.KeyVault(VaultName=${vault.name};SecretName=pseudonym)'
  ClickFuncs__Azure__IdentitySecret: '@Microsoft.KeyVault(VaultName=${vault.name};SecretName=identity)'
}

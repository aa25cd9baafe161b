// Catalog, API keys and ledger as Azure Tables, in an account of their own: who may read the lake may not write the ledger.

@description('Region.')
param location string

@description('Name of the account; unique in the world, 3 to 24 letters and digits.')
param accountName string

@description('Copies that are kept.')
param redundancy string

@description('Object id of the identity that the app runs as.')
param identityPrincipalId string

@description('Tags.')
param tags object

var storageTableDataContributorRole = '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'

resource account 'Microsoft.Storage/storageAccounts@2025-06-01' = {
  name: accountName
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: {
    name: redundancy
  }
  properties: {
    allowSharedKeyAccess: false
    allowBlobPublicAccess: false
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
  }

  resource tables 'tableServices' = {
    name: 'default'

    resource each 'tables' = [
      for name in ['Catalog', 'ApiKeys', 'Ledger']: {
        name: name
      }
    ]
  }
}

resource writes 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(account.id, identityPrincipalId, storageTableDataContributorRole)
  scope: account
  properties: {
    principalId: identityPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', storageTableDataContributorRole)
  }
}

@description('Settings of the functions app that belong to this module.')
output settings object = {
  ClickFuncs__Azure__TablesEndpoint: account.properties.primaryEndpoints.table
}

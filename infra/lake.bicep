// The lake: what Capture archives, what is made from it, and the spool. Money is counted from here.

@description('Region.')
param location string

@description('Name of the account; unique in the world, 3 to 24 letters and digits.')
param accountName string

@description('Copies that are kept.')
param redundancy string

@description('Object id of the identity that the app runs as.')
param identityPrincipalId string

@description('Days that a deleted file can be brought back.')
@minValue(1)
@maxValue(365)
param restoreDays int = 14

@description('Tags.')
param tags object

var storageBlobDataOwnerRole = 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'

resource account 'Microsoft.Storage/storageAccounts@2025-06-01' = {
  name: accountName
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: {
    name: redundancy
  }
  properties: {
    isHnsEnabled: true
    allowSharedKeyAccess: false
    allowBlobPublicAccess: false
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
  }

  resource blobs 'blobServices' = {
    name: 'default'
    properties: {
      deleteRetentionPolicy: {
        enabled: true
        days: restoreDays
      }
      containerDeleteRetentionPolicy: {
        enabled: true
        days: restoreDays
      }
    }

    resource lake 'containers' = {
      name: 'lake'
    }

    resource spool 'containers' = {
      name: 'spool'
    }
  }
}

resource owns 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(account.id, identityPrincipalId, storageBlobDataOwnerRole)
  scope: account
  properties: {
    principalId: identityPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', storageBlobDataOwnerRole)
  }
}

@description('Resource id of the account.')
output accountId string = account.id

@description('Name of the container that Capture writes into.')
output container string = account::blobs::lake.name

@description('Settings of the functions app that belong to this module.')
output settings object = {
  ClickFuncs__Azure__LakeEndpoint: account.properties.primaryEndpoints.blob
  ClickFuncs__Azure__LakeContainer: account::blobs::lake.name
}

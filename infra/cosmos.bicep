// Partition state, budgets and flags. One writer per document and If-Match on every write: Session consistency is enough.

@description('Region.')
param location string

@description('Name of the account; unique in the world.')
param accountName string

@description('Request units a second that the database may scale to; 0 for serverless.')
param maxThroughput int

@description('Object id of the identity that the app runs as.')
param identityPrincipalId string

@description('Tags.')
param tags object

var dataContributorRole = '00000000-0000-0000-0000-000000000002'
var isServerless = maxThroughput == 0

resource account 'Microsoft.DocumentDB/databaseAccounts@2025-04-15' = {
  name: accountName
  location: location
  tags: tags
  kind: 'GlobalDocumentDB'
  properties: {
    databaseAccountOfferType: 'Standard'
    disableLocalAuth: true
    disableKeyBasedMetadataWriteAccess: true
    minimalTlsVersion: 'Tls12'
    capabilities: isServerless ? [{ name: 'EnableServerless' }] : []
    consistencyPolicy: {
      defaultConsistencyLevel: 'Session'
    }
    locations: [
      {
        locationName: location
        failoverPriority: 0
      }
    ]
    backupPolicy: {
      type: 'Continuous'
      continuousModeProperties: {
        tier: 'Continuous7Days'
      }
    }
  }
}

resource database 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases@2025-04-15' = {
  parent: account
  name: 'clickfuncs'
  properties: {
    resource: {
      id: 'clickfuncs'
    }
    options: isServerless ? {} : { autoscaleSettings: { maxThroughput: maxThroughput } }
  }
}

// One after the other: an account takes one change at a time.
@batchSize(1)
resource containers 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers@2025-04-15' = [
  for name in ['partitions', 'budgets', 'flags']: {
    parent: database
    name: name
    properties: {
      resource: {
        id: name
        partitionKey: {
          paths: ['/pk']
          kind: 'Hash'
          version: 2
        }
        // On, without a default: a document lives for ever unless it says otherwise.
        defaultTtl: -1
        // Documents are found by id within their partition key. Anything more indexed would double what a write costs.
        indexingPolicy: {
          indexingMode: 'consistent'
          automatic: true
          includedPaths: [
            { path: '/pk/?' }
            { path: '/id/?' }
          ]
          excludedPaths: [
            { path: '/*' }
          ]
        }
      }
    }
  }
]

resource writes 'Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments@2024-11-15' = {
  parent: account
  name: guid(account.id, identityPrincipalId, dataContributorRole)
  properties: {
    principalId: identityPrincipalId
    roleDefinitionId: '${account.id}/sqlRoleDefinitions/${dataContributorRole}'
    scope: account.id
  }
}

@description('Resource id of the account, for alert rules.')
output accountId string = account.id

@description('Settings of the functions app that belong to this module.')
output settings object = {
  ClickFuncs__Azure__CosmosEndpoint: account.properties.documentEndpoint
  ClickFuncs__Azure__CosmosDatabase: database.name
}

// The click log on Event Hubs, archived by Capture into the lake. Identities only: keys of the namespace do not work.
// Names of hub and consumer groups are those of functions/EventHubs/EventHubsSettings.cs; tests/functions compares them.

@description('Region of everything here.')
param location string

@description('Name of the namespace; unique in the world.')
param namespaceName string

@description('Partitions of the click log. Fixed for its life: an id must meet its duplicates.')
@minValue(1)
@maxValue(1024)
param partitionCount int

@description('Standard for small, Premium for large.')
@allowed(['Standard', 'Premium'])
param skuName string = 'Standard'

@description('Throughput units (Standard) or processing units (Premium).')
@minValue(1)
param capacity int = 1

@description('Hours that events stay on the hub. The archive keeps them after that; gaps are healed from the hub only.')
@minValue(24)
param retentionHours int = 168

@description('Resource id of the identity that the functions run as, and that Capture writes with.')
param identityId string

@description('Object id of that identity.')
param identityPrincipalId string

@description('Client id of that identity.')
param identityClientId string

@description('Resource id of the lake\'s storage account. The identity must be allowed to write blobs there before this is deployed.')
param lakeAccountId string

@description('Container of the lake that Capture writes into.')
param archiveContainer string

@description('Tags.')
param tags object = {}

var receiverRole = 'a638d3c7-ab3a-418d-83e6-5f17a39d4fde'
var senderRole = '2b629674-e913-4c01-ae53-ef4638d8f975'

resource namespace 'Microsoft.EventHub/namespaces@2024-01-01' = {
  name: namespaceName
  location: location
  tags: tags
  sku: {
    name: skuName
    tier: skuName
    capacity: capacity
  }
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    disableLocalAuth: true
    minimumTlsVersion: '1.2'
  }
}

resource clicks 'Microsoft.EventHub/namespaces/eventhubs@2024-01-01' = {
  parent: namespace
  name: 'clicks'
  properties: {
    partitionCount: partitionCount
    retentionDescription: {
      cleanupPolicy: 'Delete'
      retentionTimeInHours: retentionHours
    }
    captureDescription: {
      enabled: true
      encoding: 'Avro'
      intervalInSeconds: 60
      sizeLimitInBytes: 314572800
      // Empty files say that a partition is archived up to their time.
      skipEmptyArchives: false
      destination: {
        name: 'EventHubArchive.AzureBlockBlob'
        identity: {
          type: 'UserAssigned'
          userAssignedIdentity: identityId
        }
        properties: {
          storageAccountResourceId: lakeAccountId
          blobContainer: archiveContainer
          archiveNameFormat: 'capture/{Namespace}/{EventHub}/{PartitionId}/{Year}/{Month}/{Day}/{Hour}/{Minute}/{Second}'
        }
      }
    }
  }
}

// Reports of spend and click signals: small, and of one partition each, so that one function sees all of them in order.
resource spend 'Microsoft.EventHub/namespaces/eventhubs@2024-01-01' = {
  parent: namespace
  name: 'spend'
  properties: {
    partitionCount: 1
    retentionDescription: {
      cleanupPolicy: 'Delete'
      retentionTimeInHours: retentionHours
    }
  }
}

resource signals 'Microsoft.EventHub/namespaces/eventhubs@2024-01-01' = {
  parent: namespace
  name: 'signals'
  properties: {
    partitionCount: 1
    retentionDescription: {
      cleanupPolicy: 'Delete'
      retentionTimeInHours: retentionHours
    }
  }
}

// Triggers read in a group of their own: their receivers are exclusive. What reads a gap reads in 'healing'.
resource counting 'Microsoft.EventHub/namespaces/eventhubs/consumergroups@2024-01-01' = {
  parent: clicks
  name: 'counting'
}

resource healing 'Microsoft.EventHub/namespaces/eventhubs/consumergroups@2024-01-01' = {
  parent: clicks
  name: 'healing'
}

resource spendLane 'Microsoft.EventHub/namespaces/eventhubs/consumergroups@2024-01-01' = {
  parent: spend
  name: 'lane'
}

resource spendHealing 'Microsoft.EventHub/namespaces/eventhubs/consumergroups@2024-01-01' = {
  parent: spend
  name: 'healing'
}

resource signalsLane 'Microsoft.EventHub/namespaces/eventhubs/consumergroups@2024-01-01' = {
  parent: signals
  name: 'lane'
}

resource signalsHealing 'Microsoft.EventHub/namespaces/eventhubs/consumergroups@2024-01-01' = {
  parent: signals
  name: 'healing'
}

resource receives 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(namespace.id, identityPrincipalId, receiverRole)
  scope: namespace
  properties: {
    principalId: identityPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', receiverRole)
  }
}

resource sends 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(namespace.id, identityPrincipalId, senderRole)
  scope: namespace
  properties: {
    principalId: identityPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', senderRole)
  }
}

@description('Resource id of the namespace, for alert rules.')
output namespaceId string = namespace.id

@description('Settings of the functions app that belong to this module.')
output settings object = {
  EventHubs__fullyQualifiedNamespace: '${namespace.name}.servicebus.windows.net'
  EventHubs__credential: 'managedidentity'
  EventHubs__clientId: identityClientId
  ClickLogHub: clicks.name
  SpendHub: spend.name
  SignalsHub: signals.name
  ClickFuncs__Azure__ClickLogPartitions: string(partitionCount)
  ClickFuncs__Archive__Namespace: namespace.name
  ClickFuncs__Archive__Hub: clicks.name
}

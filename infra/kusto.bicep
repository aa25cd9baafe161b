// Analytics. Entra identities only: the service knows no keys.

@description('Region.')
param location string

@description('Name of the cluster; unique in the region, 4 to 22 letters and digits.')
param clusterName string

@description('Size of a machine.')
param skuName string

@description('Basic for the sizes without availability promise.')
@allowed(['Basic', 'Standard'])
param skuTier string

@description('Machines.')
@minValue(1)
param capacity int

@description('Stop after days without use.')
param autoStop bool

@description('Client id of the identity that the app runs as: what Kusto knows applications by.')
param identityClientId string

@description('Tags.')
param tags object

resource cluster 'Microsoft.Kusto/clusters@2024-04-13' = {
  name: clusterName
  location: location
  tags: tags
  sku: {
    name: skuName
    tier: skuTier
    capacity: capacity
  }
  properties: {
    enableStreamingIngest: true
    enableAutoStop: autoStop
    enableDiskEncryption: true
    enablePurge: false
  }
}

resource database 'Microsoft.Kusto/clusters/databases@2024-04-13' = {
  parent: cluster
  name: 'clickfuncs'
  location: location
  kind: 'ReadWrite'
  properties: {
    hotCachePeriod: 'P31D'
    // Tables that keep less say so in the schema.
    softDeletePeriod: 'P3650D'
  }
}

// Runs again whenever its text changes. Every statement can be repeated.
resource schema 'Microsoft.Kusto/clusters/databases/scripts@2024-04-13' = {
  parent: database
  name: 'schema'
  properties: {
    #disable-next-line use-secure-value-for-secure-inputs // The schema is no secret.
    scriptContent: loadTextContent('../functions/Kusto/schema.kql')
    continueOnErrors: false
  }
}

// One after the other: the service refuses two changes of a cluster at the same time.
resource queries 'Microsoft.Kusto/clusters/databases/principalAssignments@2024-04-13' = {
  parent: database
  name: guid(database.id, identityClientId, 'Viewer')
  properties: {
    principalId: identityClientId
    principalType: 'App'
    role: 'Viewer'
    tenantId: tenant().tenantId
  }
  dependsOn: [schema]
}

resource ingests 'Microsoft.Kusto/clusters/databases/principalAssignments@2024-04-13' = {
  parent: database
  name: guid(database.id, identityClientId, 'Ingestor')
  properties: {
    principalId: identityClientId
    principalType: 'App'
    role: 'Ingestor'
    tenantId: tenant().tenantId
  }
  dependsOn: [queries]
}

@description('Resource id of the cluster, for alert rules.')
output clusterId string = cluster.id

@description('Settings of the functions app that belong to this module.')
output settings object = {
  ClickFuncs__Azure__KustoEndpoint: cluster.properties.uri
  ClickFuncs__Azure__KustoDatabase: database.name
}

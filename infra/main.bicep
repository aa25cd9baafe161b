// Everything that the product needs on Azure, in one resource group. `azd up` deploys it; docs/deploy.md says how.
// One identity, no keys: shared keys and local auth are off wherever a service has them.
targetScope = 'subscription'

import { small, large } from 'sizes.bicep'

@description('Name of the environment: the resource group is rg-NAME, and all names derive from it.')
@minLength(1)
@maxLength(32)
param environmentName string

@description('Region of everything.')
@metadata({ azd: { type: 'location' } })
param location string

@description('small: for trying it. large: for some ten thousand clicks a second.')
@allowed(['small', 'large'])
param size string = 'small'

@description('Object id of whoever deploys.')
param principalId string = deployer().objectId

@description('What that is.')
@allowed(['User', 'ServicePrincipal', 'Group'])
param principalType string = 'User'

@description('Address of the OpenID Connect issuer whose tokens are accepted; empty: the tenant\'s.')
param signInAuthority string = ''

@description('What a token must be meant for: the client id of the app registration that infra/scripts/register.sh made.')
param signInAudience string

@description('Where alerts go by mail; empty: they are only shown in the portal.')
param alertMail string = ''

@description('Most money that may have been spent unseen, in units of the currency: half of it raises the alert money_at_risk. As Budgets:TotalRiskMicros.')
@minValue(1)
param totalRisk int = 10000

@description('Further settings of the app, by name, such as those of docs/configuration.md.')
param extraSettings object = {}

var sizes = {
  small: small
  large: large
}
var chosen = sizes[size]
var token = toLower(uniqueString(subscription().id, environmentName, location))
var tags = { 'azd-env-name': environmentName }

resource group 'Microsoft.Resources/resourceGroups@2024-11-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module identity 'identity.bicep' = {
  scope: group
  params: {
    location: location
    name: 'id-clickfuncs-${token}'
    tags: tags
  }
}

module monitoring 'monitoring.bicep' = {
  scope: group
  params: {
    location: location
    workspaceName: 'log-clickfuncs-${token}'
    componentName: 'appi-clickfuncs-${token}'
    retentionDays: chosen.logDays
    identityPrincipalId: identity.outputs.principalId
    identityClientId: identity.outputs.clientId
    tags: tags
  }
}

module vault 'vault.bicep' = {
  scope: group
  params: {
    location: location
    vaultName: 'kv-${token}'
    identityPrincipalId: identity.outputs.principalId
    deployerPrincipalId: principalId
    deployerPrincipalType: principalType
    isPurgeProtected: size == 'large'
    tags: tags
  }
}

module hostStorage 'hoststorage.bicep' = {
  scope: group
  params: {
    location: location
    accountName: 'sthost${token}'
    identityPrincipalId: identity.outputs.principalId
    identityClientId: identity.outputs.clientId
    tags: tags
  }
}

module lake 'lake.bicep' = {
  scope: group
  params: {
    location: location
    accountName: 'stlake${token}'
    redundancy: chosen.storageRedundancy
    identityPrincipalId: identity.outputs.principalId
    tags: tags
  }
}

module books 'books.bicep' = {
  scope: group
  params: {
    location: location
    accountName: 'stbooks${token}'
    redundancy: chosen.storageRedundancy
    identityPrincipalId: identity.outputs.principalId
    tags: tags
  }
}

// Waits for the lake as a whole, so that the identity may write there when Capture is switched on.
module eventHubs 'eventhubs.bicep' = {
  scope: group
  params: {
    location: location
    namespaceName: 'evhns-clickfuncs-${token}'
    partitionCount: chosen.clickLogPartitions
    skuName: chosen.eventHubsTier
    capacity: chosen.eventHubsUnits
    retentionHours: chosen.retentionHours
    identityId: identity.outputs.id
    identityPrincipalId: identity.outputs.principalId
    identityClientId: identity.outputs.clientId
    lakeAccountId: lake.outputs.accountId
    archiveContainer: lake.outputs.container
    tags: tags
  }
}

module cosmos 'cosmos.bicep' = {
  scope: group
  params: {
    location: location
    accountName: 'cosmos-clickfuncs-${token}'
    maxThroughput: chosen.cosmosMaxThroughput
    identityPrincipalId: identity.outputs.principalId
    tags: tags
  }
}

module kusto 'kusto.bicep' = {
  scope: group
  params: {
    location: location
    clusterName: 'adx${token}'
    skuName: chosen.kusto.name
    skuTier: chosen.kusto.tier
    capacity: chosen.kusto.capacity
    autoStop: chosen.kustoAutoStop
    identityClientId: identity.outputs.clientId
    tags: tags
  }
}

module app 'functionapp.bicep' = {
  scope: group
  params: {
    location: location
    appName: 'func-clickfuncs-${token}'
    planName: 'plan-clickfuncs-${token}'
    identityId: identity.outputs.id
    packageContainer: hostStorage.outputs.packageContainer
    instanceMemory: chosen.instanceMemory
    maximumInstances: chosen.maximumInstances
    httpConcurrency: chosen.httpConcurrency
    alwaysReadyHttp: chosen.alwaysReadyHttp
    settings: union(
      hostStorage.outputs.settings,
      monitoring.outputs.settings,
      eventHubs.outputs.settings,
      lake.outputs.settings,
      books.outputs.settings,
      cosmos.outputs.settings,
      kusto.outputs.settings,
      vault.outputs.settings,
      {
        ClickFuncs__Azure__ClientId: identity.outputs.clientId
        ClickFuncs__SignIn__Authority: empty(signInAuthority)
          ? '${environment().authentication.loginEndpoint}${tenant().tenantId}/v2.0'
          : signInAuthority
        ClickFuncs__SignIn__Audience: signInAudience
        ClickFuncs__SignIn__SecureCookie: 'true'
        ClickFuncs__Budgets__TotalRiskMicros: string(totalRisk * 1000000)
      },
      extraSettings
    )
    tags: tags
  }
}

module alerts 'alerts.bicep' = {
  scope: group
  params: {
    location: location
    workspaceId: monitoring.outputs.workspaceId
    namespaceId: eventHubs.outputs.namespaceId
    cosmosAccountId: cosmos.outputs.accountId
    kustoClusterId: kusto.outputs.clusterId
    mail: alertMail
    riskThreshold: totalRisk / 2
    tags: tags
  }
}

@description('Where clicks and queries go.')
output CLICKFUNCS_URL string = app.outputs.url

@description('The vault that scripts/secrets.sh fills.')
output CLICKFUNCS_VAULT string = vault.outputs.name

@description('What a token must be meant for; the smoke test asks for one.')
output CLICKFUNCS_AUDIENCE string = signInAudience

@description('Resource group of everything.')
output AZURE_RESOURCE_GROUP string = group.name

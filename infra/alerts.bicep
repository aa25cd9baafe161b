// Who is told when. Rules on the app's own metrics are in alerts/rules.json, by name and runbook those of docs/operations.md; the ones here
// are on metrics that only the services have.

@description('Region.')
param location string

@description('Resource id of the Log Analytics workspace that holds the app\'s metrics.')
param workspaceId string

@description('Resource id of the Event Hubs namespace.')
param namespaceId string

@description('Resource id of the Cosmos DB account.')
param cosmosAccountId string

@description('Resource id of the Kusto cluster.')
param kustoClusterId string

@description('Where alerts go by mail; empty: they are only shown in the portal.')
param mail string

@description('Money at risk, in units of its currency, above which an alert is raised.')
param riskThreshold int

@description('Tags.')
param tags object

var rules = loadJsonContent('alerts/rules.json')

var serviceRules = [
  {
    name: 'event_hubs_throttled'
    description: 'Event Hubs turn requests away: more throughput or processing units are needed. Clicks are spooled meanwhile.'
    scope: namespaceId
    namespace: 'Microsoft.EventHub/namespaces'
    metric: 'ThrottledRequests'
    aggregation: 'Total'
    threshold: 0
    severity: 1
  }
  {
    name: 'capture_behind'
    description: 'Events wait to be archived: the lake can not be written, or Capture is off. They are lost to the recount when the hub\'s retention ends.'
    scope: namespaceId
    namespace: 'Microsoft.EventHub/namespaces'
    metric: 'CaptureBacklog'
    aggregation: 'Total'
    threshold: 10000000
    severity: 1
  }
  {
    name: 'cosmos_busy'
    description: 'A partition of Cosmos DB uses nearly all of its request units: commits will be throttled and counting will lag.'
    scope: cosmosAccountId
    namespace: 'Microsoft.DocumentDB/databaseAccounts'
    metric: 'NormalizedRUConsumption'
    aggregation: 'Maximum'
    threshold: 90
    severity: 2
  }
  {
    name: 'kusto_busy'
    description: 'The Kusto cluster has no processor time left: publishing and queries will be slow.'
    scope: kustoClusterId
    namespace: 'Microsoft.Kusto/clusters'
    metric: 'CPU'
    aggregation: 'Average'
    threshold: 80
    severity: 2
  }
]

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(mail)) {
  name: 'ag-clickfuncs'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'clickfuncs'
    enabled: true
    emailReceivers: [
      {
        name: 'mail'
        emailAddress: mail
        useCommonAlertSchema: true
      }
    ]
  }
}

resource onOwnMetrics 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for rule in rules: {
    name: 'clickfuncs-${rule.name}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: 'clickfuncs ${rule.name}'
      description: '${rule.description} Runbook: docs/operations.md#${rule.runbook}'
      severity: rule.severity
      enabled: true
      scopes: [workspaceId]
      evaluationFrequency: 'PT5M'
      windowSize: 'PT${rule.minutes}M'
      autoMitigate: true
      // The table is empty, and in a new workspace not there yet, until the app has run. tests/infra checks the queries.
      skipQueryValidation: true
      criteria: {
        allOf: [
          {
            query: rule.query
            metricMeasureColumn: 'Value'
            timeAggregation: 'Maximum'
            operator: 'GreaterThan'
            #disable-next-line BCP036
            threshold: rule.?threshold ?? riskThreshold
            failingPeriods: {
              numberOfEvaluationPeriods: 1
              minFailingPeriodsToAlert: 1
            }
          }
        ]
      }
      actions: {
        actionGroups: empty(mail) ? [] : [people.id]
      }
    }
  }
]

resource onServiceMetrics 'Microsoft.Insights/metricAlerts@2018-03-01' = [
  for rule in serviceRules: {
    name: 'clickfuncs-${rule.name}'
    location: 'global'
    tags: tags
    properties: {
      description: rule.description
      severity: rule.severity
      enabled: true
      scopes: [rule.scope]
      evaluationFrequency: 'PT5M'
      windowSize: 'PT15M'
      autoMitigate: true
      criteria: {
        'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
        allOf: [
          {
            name: rule.name
            criterionType: 'StaticThresholdCriterion'
            metricNamespace: rule.namespace
            metricName: rule.metric
            timeAggregation: rule.aggregation
            operator: 'GreaterThan'
            threshold: rule.threshold
          }
        ]
      }
      actions: empty(mail) ? [] : [{ actionGroupId: people.id }]
    }
  }
]

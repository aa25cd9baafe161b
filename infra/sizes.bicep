// Everything that depends on how many clicks there are. docs/scale.md has the arithmetic behind each number.

@description('What one size means.')
type size = {
  @description('Event Hubs tier. Standard has at most 32 partitions a hub, 40 throughput units and 7 days of retention.')
  eventHubsTier: 'Standard' | 'Premium'

  @description('Throughput units (Standard) or processing units (Premium).')
  eventHubsUnits: int

  @description('Partitions of the click log. Fixed for its life: an id must meet its duplicates.')
  clickLogPartitions: int

  @description('Hours that events stay on the hubs; gaps are healed from there.')
  retentionHours: int

  @description('Request units a second that Cosmos DB may scale to; 0 for serverless.')
  cosmosMaxThroughput: int

  @description('Kusto: size, tier and number of machines.')
  kusto: {
    name: string
    tier: 'Basic' | 'Standard'
    capacity: int
  }

  @description('Kusto stops by itself after days without use. Never where clicks are billed.')
  kustoAutoStop: bool

  @description('Memory of a function instance, MiB: 512, 2048 or 4096.')
  instanceMemory: int

  @description('Most instances.')
  maximumInstances: int

  @description('Clicks and requests that one instance answers at once.')
  httpConcurrency: int

  @description('Instances for HTTP that never sleep: without them the first click after a pause waits for a start.')
  alwaysReadyHttp: int

  @description('Copies of what must not be lost: the lake and the books.')
  storageRedundancy: 'Standard_LRS' | 'Standard_ZRS' | 'Standard_GZRS'

  @description('Days that logs and metrics are kept.')
  logDays: int
}

@export()
@description('For trying it: cheap, and no promise of availability.')
var small size = {
  eventHubsTier: 'Standard'
  eventHubsUnits: 1
  clickLogPartitions: 4
  retentionHours: 168
  cosmosMaxThroughput: 0
  kusto: {
    name: 'Dev(No SLA)_Standard_E2a_v4'
    tier: 'Basic'
    capacity: 1
  }
  kustoAutoStop: true
  instanceMemory: 2048
  maximumInstances: 40
  httpConcurrency: 100
  alwaysReadyHttp: 0
  storageRedundancy: 'Standard_LRS'
  logDays: 30
}

@export()
@description('For some ten thousand clicks a second. Beyond that see docs/scale.md.')
var large size = {
  eventHubsTier: 'Premium'
  eventHubsUnits: 4
  clickLogPartitions: 64
  retentionHours: 168
  cosmosMaxThroughput: 20000
  kusto: {
    name: 'Standard_E8ads_v5'
    tier: 'Standard'
    capacity: 3
  }
  kustoAutoStop: false
  instanceMemory: 4096
  maximumInstances: 400
  httpConcurrency: 250
  alwaysReadyHttp: 3
  storageRedundancy: 'Standard_ZRS'
  logDays: 90
}

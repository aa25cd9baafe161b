// The one identity that the app runs as, and that Capture writes with. It has no password: only Azure can use it.

@description('Region.')
param location string

@description('Name of the identity.')
param name string

@description('Tags.')
param tags object

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: name
  location: location
  tags: tags
}

@description('Resource id.')
output id string = identity.id

@description('Object id: whom roles are given to.')
output principalId string = identity.properties.principalId

@description('Client id: how the app says which of its identities it means.')
output clientId string = identity.properties.clientId

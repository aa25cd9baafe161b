using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Messaging.EventHubs.Consumer;
using Azure.Messaging.EventHubs.Producer;
using Azure.Storage.Blobs;
using ClickFuncs.Functions.Cosmos;
using ClickFuncs.Functions.Documents;
using ClickFuncs.Functions.EventHubs;
using ClickFuncs.Functions.Kusto;
using ClickFuncs.Functions.Tables;
using Microsoft.Azure.Cosmos;

namespace ClickFuncs.Functions.Hosting;

/// <summary>Makes the vendor's clients. With an identity, never with keys; connection strings are for emulators. Each client is kept for the life of the worker.</summary>
public sealed class AzureClients(AzureOptions options, HubNames hubs, KustoOptions kusto)
{
    private readonly Lazy<TokenCredential> _credential = new(() => options.ClientId is { Length: > 0 } id
        ? new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(id))
        : new DefaultAzureCredential());

    private readonly Lazy<CosmosClient> _cosmos = new(() => MakeCosmos(options));

    private TokenCredential Credential => _credential.Value;

    /// <summary>A container of the Cosmos DB database.</summary>
    public IDocuments Container(string name) => new CosmosDocuments(_cosmos.Value.GetContainer(options.CosmosDatabase, name));

    /// <summary>A table.</summary>
    public IDocuments Table(string name) => new TableDocuments(options.StorageConnection is { } connection
        ? new TableClient(connection, name)
        : new TableClient(options.TablesEndpoint!, name, Credential));

    /// <summary>The lake's container.</summary>
    public BlobContainerClient Lake() => Blobs(options.LakeContainer);

    /// <summary>The container of spools.</summary>
    public BlobContainerClient Spool() => Blobs(StoreNames.Spool);

    /// <summary>A producer of a hub.</summary>
    public EventHubProducerClient Producer(string hub) => hubs.IsConnectionString
        ? new EventHubProducerClient(hubs.Namespace, hub)
        : new EventHubProducerClient(hubs.Namespace, hub, Credential);

    /// <summary>A reader of a hub beside its trigger.</summary>
    public EventHubConsumerClient Consumer(string hub) => hubs.IsConnectionString
        ? new EventHubConsumerClient(EventHubsSettings.HealingGroup, hubs.Namespace, hub)
        : new EventHubConsumerClient(EventHubsSettings.HealingGroup, hubs.Namespace, hub, Credential);

    /// <summary>The analytics database.</summary>
    public IKusto Kusto(HttpClient http)
    {
        ArgumentNullException.ThrowIfNull(http);
        http.BaseAddress = new Uri(options.KustoEndpoint!.GetLeftPart(UriPartial.Authority) + "/");
        http.Timeout = kusto.Timeout;
        return new KustoRest(http, options.KustoDatabase, options.KustoEndpoint.Scheme == Uri.UriSchemeHttp ? null : Credential);
    }

    private BlobContainerClient Blobs(string container) => options.StorageConnection is { } connection
        ? new BlobContainerClient(connection, container)
        : new BlobContainerClient(new Uri(options.LakeEndpoint!, container), Credential);

    private static CosmosClient MakeCosmos(AzureOptions options)
    {
        // Stream members need no serializer; an answer without the written document saves its bytes.
        var client = new CosmosClientOptions { ApplicationName = "ClickFuncs", EnableContentResponseOnWrite = false };
        if (options.CosmosConnection is { } connection)
        {
            (client.ConnectionMode, client.LimitToEndpoint) = (ConnectionMode.Gateway, true);
            return new CosmosClient(connection, client);
        }

        TokenCredential credential = options.ClientId is { Length: > 0 } id
            ? new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(id))
            : new DefaultAzureCredential();
        return new CosmosClient(options.CosmosEndpoint!.ToString(), credential, client);
    }
}

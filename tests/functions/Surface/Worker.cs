// The one package of functions/ that does not restore everywhere is Microsoft.Azure.Functions.Worker.Extensions.EventHubs; all
// others are the real ones. This is its trigger attribute with its public signature, looked up at commit fb1133321b86 (August 2026)
// of github.com/Azure/azure-functions-dotnet-worker. No behaviour but what tests read back.
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>extensions/Worker.Extensions.EventHubs/src/EventHubTriggerAttribute.cs, version 6.5.1</summary>
public sealed class EventHubTriggerAttribute(string eventHubName) : TriggerBindingAttribute
{
    public string EventHubName { get; private set; } = eventHubName;

    public string? ConsumerGroup { get; set; }

    public string? Connection { get; set; }

    public bool IsBatched { get; set; } = true;
}

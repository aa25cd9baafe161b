// The members of Microsoft.Azure.Functions.Worker that functions/ uses, with their public signatures. Looked up at commit fb1133321b86
// (August 2026) of github.com/Azure/azure-functions-dotnet-worker; each type names its file. No behaviour but what tests read back.
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker.Extensions.Abstractions
{
    /// <summary>extensions/Worker.Extensions.Abstractions/src/BindingAttribute.cs</summary>
    public abstract class BindingAttribute : Attribute;

    /// <summary>extensions/Worker.Extensions.Abstractions/src/TriggerBindingAttribute.cs</summary>
    [AttributeUsage(AttributeTargets.Parameter)]
    public abstract class TriggerBindingAttribute : BindingAttribute;
}

namespace Microsoft.Azure.Functions.Worker
{
    /// <summary>extensions/Worker.Extensions.Abstractions/src/FunctionAttribute.cs</summary>
    [AttributeUsage(AttributeTargets.Method)]
    public class FunctionAttribute(string name) : Attribute
    {
        public string Name { get; } = name;
    }

    /// <summary>extensions/Worker.Extensions.Abstractions/src/RetryAttribute.cs</summary>
    [AttributeUsage(AttributeTargets.Method)]
    public abstract class RetryAttribute : Attribute
    {
        public int MaxRetryCount { get; set; }
    }

    /// <summary>extensions/Worker.Extensions.Abstractions/src/ExponentialBackoffRetryAttribute.cs</summary>
    public sealed class ExponentialBackoffRetryAttribute : RetryAttribute
    {
        public ExponentialBackoffRetryAttribute(int maxRetryCount, string minimumInterval, string maximumInterval)
        {
            MaxRetryCount = maxRetryCount;
            MinimumInterval = minimumInterval;
            MaximumInterval = maximumInterval;
        }

        public string MinimumInterval { get; }

        public string MaximumInterval { get; }
    }

    /// <summary>extensions/Worker.Extensions.EventHubs/src/EventHubTriggerAttribute.cs, version 6.5.1</summary>
    public sealed class EventHubTriggerAttribute(string eventHubName) : TriggerBindingAttribute
    {
        public string EventHubName { get; private set; } = eventHubName;

        public string? ConsumerGroup { get; set; }

        public string? Connection { get; set; }

        public bool IsBatched { get; set; } = true;
    }

    /// <summary>src/DotNetWorker.Core/Context/BindingContext.cs, version 2.52.0</summary>
    public abstract class BindingContext
    {
        public abstract IReadOnlyDictionary<string, object?> BindingData { get; }
    }

    /// <summary>src/DotNetWorker.Core/Context/FunctionContext.cs, version 2.52.0</summary>
    public abstract class FunctionContext
    {
        public abstract BindingContext BindingContext { get; }
    }
}

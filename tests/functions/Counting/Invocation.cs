using System.Globalization;
using Microsoft.Azure.Functions.Worker;

namespace ClickFuncs.Functions.Tests.Counting;

/// <summary>The context of an invocation, with what the host sends beside a batch of a partition.</summary>
internal sealed class Invocation(int partition) : FunctionContext
{
    public override BindingContext BindingContext { get; } = new Data(partition);

    public override string InvocationId => throw new NotSupportedException();

    public override string FunctionId => throw new NotSupportedException();

    public override TraceContext TraceContext => throw new NotSupportedException();

    public override RetryContext RetryContext => throw new NotSupportedException();

    public override IServiceProvider InstanceServices { get; set; } = null!;

    public override FunctionDefinition FunctionDefinition => throw new NotSupportedException();

    public override IDictionary<object, object> Items { get; set; } = new Dictionary<object, object>();

    public override IInvocationFeatures Features => throw new NotSupportedException();

    private sealed class Data(int partition) : BindingContext
    {
        public override IReadOnlyDictionary<string, object?> BindingData { get; } = new Dictionary<string, object?>
        {
            ["PartitionContext"] = string.Create(
                CultureInfo.InvariantCulture, $$"""{"PartitionId":"{{partition}}","ConsumerGroup":"counting","IsCheckpointingAfterInvocation":true}"""),
        };
    }
}

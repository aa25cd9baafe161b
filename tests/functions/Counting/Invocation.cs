using System.Globalization;
using Microsoft.Azure.Functions.Worker;

namespace ClickFuncs.Functions.Tests.Counting;

/// <summary>The context of an invocation, with what the host sends beside a batch of a partition.</summary>
internal sealed class Invocation(int partition) : FunctionContext
{
    public override BindingContext BindingContext { get; } = new Data(partition);

    private sealed class Data(int partition) : BindingContext
    {
        public override IReadOnlyDictionary<string, object?> BindingData { get; } = new Dictionary<string, object?>
        {
            ["PartitionContext"] = string.Create(
                CultureInfo.InvariantCulture, $$"""{"PartitionId":"{{partition}}","ConsumerGroup":"counting","IsCheckpointingAfterInvocation":true}"""),
        };
    }
}

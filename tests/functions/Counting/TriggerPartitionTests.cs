using System.Text.Json;
using ClickFuncs.Functions.Counting;

namespace ClickFuncs.Functions.Tests.Counting;

public sealed class TriggerPartitionTests
{
    [Theory]
    [InlineData("PartitionContext", """{"ConsumerGroup":"counting","PartitionId":"7"}""")]
    [InlineData("partitionContext", """{"partitionId":"7"}""")]
    [InlineData("PartitionContext", """{"PartitionId":7}""")]
    public void Read_TextOfAnyHost_GivesTheNumber(string name, string json) =>
        Assert.Equal(7, TriggerPartition.Read(new Dictionary<string, object?> { [name] = json }));

    [Fact]
    public void Read_JsonElement_GivesTheNumber()
    {
        using var document = JsonDocument.Parse("""{"PartitionId":"31"}""");
        Assert.Equal(31, TriggerPartition.Read(new Dictionary<string, object?> { ["PartitionContext"] = document.RootElement }));
    }

    [Theory]
    [InlineData("Other", """{"PartitionId":"7"}""")]
    [InlineData("PartitionContext", "{}")]
    [InlineData("PartitionContext", "7")]
    [InlineData("PartitionContext", "no json")]
    [InlineData("PartitionContext", """{"PartitionId":"-1"}""")]
    [InlineData("PartitionContext", """{"PartitionId":"seven"}""")]
    [InlineData("PartitionContext", null)]
    public void Read_NoPartition_FailsLoudly(string name, string? json) =>
        Assert.Throws<InvalidDataException>(() => TriggerPartition.Read(new Dictionary<string, object?> { [name] = json }));
}

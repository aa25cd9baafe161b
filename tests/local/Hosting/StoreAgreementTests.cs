using ClickFuncs.Local.Hosting;
using ClickFuncs.State;

namespace ClickFuncs.Local.Tests.Hosting;

public sealed class StoreAgreementTests
{
    private static readonly PartitionHead Head = new() { Partition = 1, Position = 9, PublishedPosition = 9 };

    [Fact]
    public void Contradictions_StoresInStep_AreNone() =>
        Assert.Empty(StoreAgreement.Contradictions([Head], [0, 10], new Dictionary<int, long> { [1] = 9 }));

    [Fact]
    public void Contradictions_LogAheadOfState_AreNone() =>
        Assert.Empty(StoreAgreement.Contradictions([Head], [0, 50], new Dictionary<int, long> { [1] = 9 }));

    [Fact]
    public void Contradictions_PublishedButNotYetNoted_AreNone() =>
        Assert.Empty(StoreAgreement.Contradictions([Head with { PublishedPosition = 4 }], [0, 10], new Dictionary<int, long> { [1] = 9 }));

    [Fact]
    public void Contradictions_LogShorterThanState_NamesTheLog() =>
        Assert.Contains("Restore the log", Single([Head], [0, 9], new() { [1] = 9 }), StringComparison.Ordinal);

    [Fact]
    public void Contradictions_LogOfFewerPartitions_NamesTheLog() =>
        Assert.Contains("lost records", Single([Head], [0], new() { [1] = 9 }), StringComparison.Ordinal);

    [Fact]
    public void Contradictions_AnalyticsOlderThanPublished_NamesTheRows() =>
        Assert.Contains("lost rows", Single([Head], [0, 10], new() { [1] = 8 }), StringComparison.Ordinal);

    [Fact]
    public void Contradictions_AnalyticsDeleted_NamesTheRows() =>
        Assert.Contains("lost rows", Single([Head], [0, 10], []), StringComparison.Ordinal);

    private static string Single(PartitionHead[] heads, long[] next, Dictionary<int, long> versions) =>
        Assert.Single(StoreAgreement.Contradictions(heads, next, versions));
}

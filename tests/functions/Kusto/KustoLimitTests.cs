using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using ClickFuncs.Analytics;
using ClickFuncs.Functions.Kusto;
using ClickFuncs.Testing.Analytics;

namespace ClickFuncs.Functions.Tests.Kusto;

/// <summary>What is larger than an answer may be is refused or fails; it is never answered in part.</summary>
public sealed class KustoLimitTests
{
    private const long Midnight = 1_782_864_000_000;

    private readonly SmallKusto _kusto = new();

    [Theory]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public async Task Query_MorePointsThanMay_IsRefused(int maxPoints, bool isRefused)
    {
        var store = Store(new KustoOptions { MaxPoints = maxPoints });
        await PublishAsync(store);

        if (isRefused)
        {
            var refusal = await Assert.ThrowsAsync<AnalyticsLimitException>(async () => await store.QueryAsync(Query, CancellationToken.None));
            Assert.StartsWith("The answer would have more than 2 points. Ask for a shorter range", refusal.Message, StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal(3, (await store.QueryAsync(Query, CancellationToken.None)).Points.Count);
        }
    }

    [Fact]
    public async Task Query_MoreBytesThanTheServiceGives_IsRefused()
    {
        var store = Store(new KustoOptions());
        await PublishAsync(store);
        _kusto.TooLarge = "Points";

        var refusal = await Assert.ThrowsAsync<AnalyticsLimitException>(async () => await store.QueryAsync(Query, CancellationToken.None));

        Assert.Equal(
            "The answer would be larger than the analytics database gives at once. Ask for a shorter range, a coarser granularity, fewer group_by fields, or more filters.",
            refusal.Message);
    }

    [Fact]
    public async Task Query_OtherFailure_IsNotTakenForALimit()
    {
        _kusto.Failed = "Points";
        await Assert.ThrowsAsync<KustoException>(async () => await Store(new KustoOptions()).QueryAsync(Query, CancellationToken.None));
    }

    [Theory]
    [InlineData("StreamHours")]
    [InlineData("DaySums")]
    [InlineData("Differences")]
    public async Task Slice_LargerThanTheServiceGives_FailsAndNamesTheSetting(string query)
    {
        var store = Store(new KustoOptions { Slices = 3 });
        await PublishAsync(store);
        await store.StageAsync("a", [RowSets.Of(0, 1, (Midnight, RowSets.Key, RowSets.Clicks(9)))], CancellationToken.None);
        _kusto.TooLarge = query;

        var failure = await Assert.ThrowsAsync<KustoException>(() => query switch
        {
            "StreamHours" => AnalyticsRows.CollectAsync(store.ReadStreamHoursAsync(Midnight, Midnight + Granularities.DayMs, CancellationToken.None)),
            "DaySums" => KustoTiersTests.RollUpAsync(store, Midnight + Granularities.DayMs),
            _ => AnalyticsRows.CollectAsync(store.CompareAsync("a", Midnight, Midnight + Granularities.HourMs, CancellationToken.None)),
        });

        Assert.StartsWith("One of 3 slices of the keys is too large for an answer: set Kusto:Slices higher.", failure.Message, StringComparison.Ordinal);
        // Nothing stands for the day that lacks a slice.
        Assert.DoesNotContain(_kusto.Plain.Rows("Marks"), mark => mark["Kind"] == "day");
    }

    [Fact]
    public void MaxPoints_AndTheRowThatTellsOfMore_AreWithinWhatTheServiceGives()
    {
        Assert.True(IsValid(new KustoOptions()));
        Assert.True(new KustoOptions().MaxPoints < KustoOptions.ServiceMaxRows);
        Assert.True(IsValid(new KustoOptions { MaxPoints = 499_999 }));
        Assert.False(IsValid(new KustoOptions { MaxPoints = 500_000 }));
    }

    private static AnalyticsQuery Query => new() { AdvertiserId = RowSets.Key.AdvertiserId, FromMs = Midnight, ToMs = Midnight + Granularities.HourMs, Granularity = Granularity.Minute };

    private static bool IsValid(KustoOptions options) => Validator.TryValidateObject(options, new ValidationContext(options), [], validateAllProperties: true);

    private static async Task PublishAsync(KustoAnalytics store) => await store.PublishAsync(
        [RowSets.Of(0, 1, [.. Enumerable.Range(0, 3).Select(minute => (Midnight + (minute * Granularities.MinuteMs), RowSets.Key, RowSets.Clicks(minute + 1)))])],
        Midnight,
        CancellationToken.None);

    private KustoAnalytics Store(KustoOptions options) => new(_kusto, options, TimeSpan.FromSeconds(15));

    // A database for whose answers a query is too large, or which fails otherwise.
    private sealed class SmallKusto : IKusto
    {
        public PlainKusto Plain { get; } = new();

        public string? TooLarge { get; set; }

        public string? Failed { get; set; }

        public Task<IReadOnlyList<IReadOnlyList<JsonElement>>> QueryAsync(KustoQuery query, CancellationToken cancellationToken) =>
            query.Name == TooLarge || query.Name == Failed ? throw new KustoException("The query failed midway") { IsTooLarge = query.Name == TooLarge } : Plain.QueryAsync(query, cancellationToken);

        public Task IngestAsync(string table, string csv, CancellationToken cancellationToken) => Plain.IngestAsync(table, csv, cancellationToken);
    }
}

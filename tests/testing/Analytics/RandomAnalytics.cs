using ClickFuncs.Analytics;
using ClickFuncs.Windows;

namespace ClickFuncs.Testing.Analytics;

/// <summary>Random rows, days and questions for the model tests, crowded together so that they meet.</summary>
internal static class RandomAnalytics
{
    // 2026-07-01T00:00:00Z
    private const long Midnight = 1_782_864_000_000;

    internal static string Describe(AnalyticsPoint point) =>
        $"{point.StartMs} [{string.Join('|', point.Group)}] {point.Currency} {point.Metrics} {point.Accuracy}";

    /// <summary>A row set. A version's counts follow from it and the row, as they do in the stream: the same version is never two things.</summary>
    /// <param name="random">Decides.</param>
    /// <param name="salt">Whose counts: a backfill may count otherwise than the stream.</param>
    /// <param name="oldest">The lowest version there may be; the highest is 39 more.</param>
    /// <param name="watermarkStepMs">How far the watermark moves on with each version.</param>
    internal static WindowRowSet Set(Random random, int salt = 0, int oldest = 0, long watermarkStepMs = Granularities.MinuteMs)
    {
        var set = new WindowRowSet { Partition = random.Next(3), Version = oldest + random.Next(40) };
        set.WatermarkMs = Midnight + (set.Version * watermarkStepMs);
        var rows = new HashSet<(long, DimensionKey)>();
        for (var i = random.Next(6); i >= 0; i--)
            rows.Add((RandomMinute(random), RandomKey(random)));
        foreach (var (start, key) in rows)
            set.Add(start, key.Encode(), Counts(HashCode.Combine(salt, set.Version, set.Partition, start, key), key.Currency));
        return set;
    }

    /// <summary>Final rows of a day.</summary>
    internal static List<AnalyticsRow> FinalRows(Random random, long dayStartMs)
    {
        var rows = new Dictionary<(long, DimensionKey), AnalyticsRow>();
        for (var i = random.Next(5); i > 0; i--)
        {
            var (start, key) = (dayStartMs + (random.Next(3) * 11 * Granularities.HourMs), RandomKey(random));
            rows[(start, key)] = new AnalyticsRow(start, key, Counts(random.Next(), key.Currency));
        }

        return [.. rows.Values];
    }

    /// <summary>A question. What it asks of final rows they can answer.</summary>
    internal static AnalyticsQuery Query(Random random, Accuracy accuracy = Accuracy.Auto)
    {
        var granularity = random.GetItems(Enum.GetValues<Granularity>(), 1)[0];
        if (accuracy == Accuracy.Final && granularity == Granularity.Minute)
            granularity = Granularity.Hour;
        var align = accuracy == Accuracy.Final ? Granularities.HourMs : random.GetItems([1L, Granularities.HourMs, Granularities.DayMs], 1)[0];
        var from = Granularities.Floor(Midnight - Granularities.DayMs + random.NextInt64(3 * Granularities.DayMs), align);
        var filters = new Dictionary<Dimension, IReadOnlyList<string>>();
        if (random.Next(3) == 0)
            filters[Dimension.Ad] = ["ad_1", "ad_3"];
        if (random.Next(4) == 0)
            filters[Dimension.Device] = [""];
        return new AnalyticsQuery
        {
            AdvertiserId = "adv_1",
            FromMs = from,
            ToMs = Granularities.Floor(from + random.NextInt64(5 * Granularities.DayMs), align),
            Granularity = granularity,
            GroupBy = [.. Enum.GetValues<Dimension>().Where(_ => random.Next(4) == 0)],
            Filters = filters,
            Accuracy = accuracy,
        };
    }

    private static WindowMetrics Counts(int seed, string currency)
    {
        var clicks = currency.Length == 0 ? 0 : new Random(seed).Next(100);
        return RowSets.Clicks(clicks) with { Impressions = new Random(seed).Next(1000) };
    }

    // Few distinct minutes on both sides of hour and day boundaries, so that rows meet.
    private static long RandomMinute(Random random) => Midnight + (random.Next(4) * Granularities.DayMs)
        + (random.Next(3) * 11 * Granularities.HourMs) + ((random.Next(5) - 2) * Granularities.MinuteMs);

    private static DimensionKey RandomKey(Random random) => new(
        Pick(random, "adv_1", "adv_1", "adv_2"), Pick(random, "cmp_1", "cmp_2"), "", Pick(random, "ad_1", "ad_2"), "cr",
        Pick(random, "USD", "USD", "USD", "", "EUR"), Pick(random, "mobile", ""), "NO");

    private static string Pick(Random random, params string[] values) => values[random.Next(values.Length)];
}

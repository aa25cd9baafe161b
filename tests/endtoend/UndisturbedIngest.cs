using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ClickFuncs.EndToEnd.Tests.Counts;
using ClickFuncs.EndToEnd.Tests.Workload;

namespace ClickFuncs.EndToEnd.Tests;

/// <summary>One file, ingested once without disturbance: what every other way of ingesting it must come to.</summary>
public sealed class UndisturbedIngest : IAsyncLifetime, IDisposable
{
    private static readonly string[] Outcomes = ["read", "accepted", "duplicates", "late_dropped", "quarantined", "invalid", "non_clicks"];
    private readonly DataFolder _data = new();

    /// <summary>The file.</summary>
    public string File => _data.File("events.ndjson");

    /// <summary>Its lines, without their ends.</summary>
    public IReadOnlyList<string> Lines { get; private set; } = [];

    /// <summary>How long a whole run took, start of the program included.</summary>
    public TimeSpan Duration { get; private set; }

    /// <summary>Counts of the summary, by name.</summary>
    public string Summary { get; private set; } = "";

    /// <summary>Every minute row of every advertiser, over all dimensions.</summary>
    public string[] Rows { get; private set; } = [];

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        Lines = EventFile.Write(File, 20_000, seed: 2);
        var started = Stopwatch.GetTimestamp();
        Summary = SummaryOf(await _data.JsonAsync("ingest", File));
        Duration = Stopwatch.GetElapsedTime(started);
        Rows = await RowsOfAsync(_data);
    }

    /// <inheritdoc/>
    public Task DisposeAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public void Dispose() => _data.Dispose();

    /// <summary>Every minute row of a data folder, over all dimensions.</summary>
    internal static async Task<string[]> RowsOfAsync(DataFolder data)
    {
        string[] groupBy = ["campaign_id", "ad_group_id", "ad_id", "creative_id", "device", "country"];
        var rows = new List<string>();
        foreach (var advertiser in EventFile.Advertisers)
            rows.AddRange(CountTable.OfAnswer(await data.QueryAsync(advertiser, "1m", "--group-by", string.Join(',', groupBy)), groupBy));
        return [.. rows];
    }

    /// <summary>The counts of one or several summaries, added.</summary>
    internal static string SummaryOf(params JsonElement[] summaries) => string.Join(' ', Outcomes.Select(name =>
        string.Create(CultureInfo.InvariantCulture, $"{name} {summaries.Sum(summary => summary.GetProperty(name).GetInt64())}")));
}

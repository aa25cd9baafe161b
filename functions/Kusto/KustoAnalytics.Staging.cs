using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ClickFuncs.Analytics;
using ClickFuncs.Windows;

namespace ClickFuncs.Functions.Kusto;

/// <summary>
/// Backfills. What is staged lies in tables of its own; a decision is one row, added in one ingestion, and queries draw all that follows from it: which published
/// minutes it hides, which staged ones stand there, and that sums of its hours are out of date, also where only these are kept. No row is moved or
/// deleted, and nothing has to be finished after the row (decision 33).
/// </summary>
public sealed partial class KustoAnalytics
{
    // The row of StagedSets that says no more than that the area is there.
    private const int NoPartition = -1;

    /// <inheritdoc/>
    /// <remarks>That the area is there is said before its rows, how far it has read after them: whatever was staged can be listed, and so be thrown away.</remarks>
    public async ValueTask StageAsync(string area, IReadOnlyList<WindowRowSet> sets, CancellationToken cancellationToken)
    {
        StagingAreaName.Check(area);
        ArgumentNullException.ThrowIfNull(sets);
        cancellationToken.ThrowIfCancellationRequested();
        var state = await ReadAreaAsync(new KustoQuery("Area").With("area", area), cancellationToken);
        if (!state.IsThere)
            await kusto.IngestAsync("StagedSets", SetLine(area, state.Generation, NoPartition, -1), cancellationToken);
        await IngestAsync("StagedRows", sets.SelectMany(set => KustoRows.Lines(set, Before(area, state.Generation))), cancellationToken);
        await IngestAsync("StagedSets", sets.Select(set => SetLine(area, state.Generation, set.Partition, set.Version)), cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>By pieces and slices of the keys, one after the other; each key of a piece is compared as of one moment.</remarks>
    public async IAsyncEnumerable<IReadOnlyList<StagedDifference>> CompareAsync(
        string area, long fromMs, long toMs, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        HourRange.Check(fromMs, toMs);
        var state = await ReadAreaAsync(new KustoQuery("Area").With("area", area), cancellationToken);
        if (!state.IsThere)
            throw new StagingAreaMissingException(area);
        foreach (var piece in KeptSpans.Of(fromMs, toMs, state.Kept).SelectMany(part => part.Pieces()))
        {
            for (var slice = 0; slice < options.Slices; slice++)
            {
                var rows = await AskSliceAsync(piece.Differences(area, state.Generation), slice, cancellationToken);
                if (rows.Count > 0)
                    yield return [.. rows.Select(row => DifferenceOf(row, piece.Width))];
            }
        }
    }

    /// <inheritdoc/>
    /// <remarks>Of two calls at once both may add the row. The second says the same of the same area, so it changes nothing but that hours are summed once more.</remarks>
    public async ValueTask ApplyAsync(string area, long fromMs, long toMs, CancellationToken cancellationToken)
    {
        HourRange.Check(fromMs, toMs);
        var asked = new KustoQuery("Area").With("area", area).WithTime("start", fromMs).WithTime("end", toMs);
        var state = await ReadAreaAsync(asked, cancellationToken);
        if (!state.IsThere && state.WasApplied)
            return;
        if (!state.IsThere)
            throw new StagingAreaMissingException(area);
        _ = KeptSpans.Of(fromMs, toMs, state.Kept);
        await DecideAsync(area, state, fromMs, toMs, cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>The row says an empty range. An area that is being applied at the same time stays applied: what was shown is not taken back.</remarks>
    public async ValueTask DiscardAsync(string area, CancellationToken cancellationToken)
    {
        var state = await ReadAreaAsync(new KustoQuery("Area").With("area", area), cancellationToken);
        if (state.IsThere)
            await DecideAsync(area, state, 0, 0, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<string>> ListAreasAsync(CancellationToken cancellationToken) =>
        [.. (await kusto.QueryAsync(new KustoQuery("Areas"), cancellationToken))[0].Select(row => row[0].GetString()!).Order(StringComparer.Ordinal)];

    private Task DecideAsync(string area, StagingState state, long fromMs, long toMs, CancellationToken cancellationToken)
    {
        var range = $"{KustoText.Time(fromMs)},{KustoText.Time(toMs)}";
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"{Before(area, state.Generation)}{range},{state.Sequence + 1},{Guid.NewGuid():N},{KustoText.Field(KustoText.Versions(state.Versions))}\n");
        return kusto.IngestAsync("Decisions", line, cancellationToken);
    }

    private async Task<StagingState> ReadAreaAsync(KustoQuery query, CancellationToken cancellationToken) =>
        StagingState.Read(await kusto.QueryAsync(query, cancellationToken));

    private static string Before(string area, long generation) => string.Create(CultureInfo.InvariantCulture, $"{KustoText.Field(area)},{generation},");

    private static string SetLine(string area, long generation, int partition, long version) =>
        string.Create(CultureInfo.InvariantCulture, $"{Before(area, generation)}{partition},{version}\n");

    private static StagedDifference DifferenceOf(JsonElement row, Granularity width)
    {
        const int StagedCounts = 17;
        var published = RowOf(row);
        return new StagedDifference(published.StartMs, published.Key, published.Metrics, KustoRows.Metrics(row, StagedCounts)) { Width = width };
    }
}

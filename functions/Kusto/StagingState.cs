using System.Text.Json;

namespace ClickFuncs.Functions.Kusto;

/// <summary>A staging area, as <c>Area.kql</c> tells. Pure.</summary>
/// <param name="Generation">Which area of its name is meant now: one more than were decided upon.</param>
/// <param name="IsThere">Whether anything was staged for it.</param>
/// <param name="WasApplied">Whether an area of its name was applied to the range that was asked about.</param>
/// <param name="Sequence">The highest number of a decision, of any area.</param>
/// <param name="Versions">By partition, how far the area has read or the stream has published, whichever is further.</param>
/// <param name="Kept">From when on minutes and hours are kept.</param>
internal sealed record StagingState(long Generation, bool IsThere, bool WasApplied, long Sequence, IReadOnlyDictionary<int, long> Versions, KeptFrom Kept)
{
    /// <summary>Reads it from the query's results.</summary>
    public static StagingState Read(IReadOnlyList<IReadOnlyList<JsonElement>> results)
    {
        var area = results[0][0];
        return new StagingState(
            area[0].GetInt64(), KustoText.IsYes(area[1]), KustoText.IsYes(area[2]), area[3].GetInt64(),
            results[1].ToDictionary(row => row[0].GetInt32(), row => row[1].GetInt64()), KeptFrom.Read(results[2][0]));
    }
}

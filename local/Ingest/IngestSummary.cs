using System.Text.Json;
using ClickFuncs.State;

namespace ClickFuncs.Local.Ingest;

/// <summary>What became of the events of an <c>ingest</c>. A run that was killed and run again reports the whole file.</summary>
/// <param name="Counters">Sum over all partitions and files.</param>
/// <param name="Elapsed">Time this process took.</param>
internal sealed record IngestSummary(PartitionCounters Counters, TimeSpan Elapsed)
{
    /// <summary>The line that <c>ingest</c> prints.</summary>
    public string ToJson() => JsonSerializer.Serialize(new
    {
        read = Counters.Read,
        accepted = Counters.Accepted,
        duplicates = Counters.Duplicates,
        late_dropped = Counters.LateDropped,
        quarantined = Counters.Quarantined,
        invalid = Counters.Invalid,
        non_clicks = Counters.NonClicks,
        seconds = Math.Round(Elapsed.TotalSeconds, 3),
    });
}

using System.Text;
using ClickFuncs.Events;
using ClickFuncs.Freshness;
using ClickFuncs.Local.Log;
using ClickFuncs.Local.Spool;
using ClickFuncs.Log;
using ClickFuncs.Spool;

namespace ClickFuncs.Bench.Torture;

/// <summary>The clicks that the load generator was answered, and whether they are where they must be.</summary>
internal sealed class TortureLedger(string log, string spool)
{
    private readonly HashSet<string> _acknowledged = new(StringComparer.Ordinal);

    /// <summary>Clicks acknowledged so far.</summary>
    public int Count => _acknowledged.Count;

    /// <summary>Takes in what a round's load was answered.</summary>
    /// <returns>How many.</returns>
    public int Add(string path)
    {
        // The last line may have been cut when the load was.
        var ids = File.Exists(path) ? File.ReadAllText(path).Split('\n')[..^1] : [];
        _acknowledged.UnionWith(ids);
        return ids.Length;
    }

    /// <summary>Every acknowledged click is on the log or in the spool.</summary>
    public async Task<(int Log, int Spool)> RequireAllAsync()
    {
        var (logged, spooled) = (await ReadLogAsync(), await ReadSpoolAsync());
        var there = logged.Concat(spooled).ToHashSet(StringComparer.Ordinal);
        var lost = _acknowledged.Where(id => !there.Contains(id)).ToList();
        return lost.Count == 0
            ? (logged.Count, spooled.Count)
            : throw new TortureException($"{lost.Count} acknowledged clicks are LOST, such as {string.Join(", ", lost.Take(5))}.");
    }

    /// <summary>With an empty spool: no click is on the log twice, for every request was a new click.</summary>
    /// <returns>Clicks on the log.</returns>
    public async Task<int> RequireOnceAsync()
    {
        var (logged, spooled) = (await ReadLogAsync(), await ReadSpoolAsync());
        if (spooled.Count > 0)
            throw new TortureException($"{spooled.Count} clicks are still in the spool.");
        var doubled = logged.GroupBy(id => id, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key).ToList();
        return doubled.Count == 0
            ? logged.Count
            : throw new TortureException($"{doubled.Count} clicks are on the log TWICE, such as {string.Join(", ", doubled.Take(5))}.");
    }

    private async Task<List<string>> ReadLogAsync()
    {
        var (reader, ids) = (LogOpener.OpenReadOnly(log), new List<string>());
        for (var partition = 0; partition < reader.PartitionCount; partition++)
            await ReadAsync(reader, partition, reader.GetRange(partition).First, bytes => AddClick(ids, bytes));
        return ids;
    }

    private async Task<List<string>> ReadSpoolAsync()
    {
        var ids = new List<string>();
        var next = SpoolPosition.Read(SegmentSpool.PositionOf(spool));
        await ReadAsync(LogOpener.OpenReadOnly(SegmentSpool.RecordsOf(spool)), 0, next, bytes => AddClick(ids, SpoolEntry.Read(bytes, out _, out _)));
        return ids;
    }

    private static async Task ReadAsync(ILogReader reader, int partition, long from, Action<ReadOnlySpan<byte>> take)
    {
        var batch = new RecordBatch();
        for (var end = reader.GetRange(partition).Next; from < end; from += batch.Count)
        {
            await reader.ReadAsync(partition, from, 1 << 20, batch, CancellationToken.None);
            for (var i = 0; i < batch.Count; i++)
                take(batch.GetRecord(i));
        }
    }

    // The host's own probe clicks are nobody's, and in no count that is compared here.
    private static void AddClick(List<string> ids, ReadOnlySpan<byte> record)
    {
        if (EventDecoder.Decode(record, out var view) != EventDefect.None)
            throw new TortureException("A record is no event.");
        if (!view.AdvertiserId.SequenceEqual(ProbeIdentity.Utf8Id))
            ids.Add(Encoding.UTF8.GetString(view.ClickId));
    }
}

using ClickFuncs.Batch.Hashing;
using ClickFuncs.Batch.Scratch;
using ClickFuncs.Events;

namespace ClickFuncs.Batch.Compaction;

/// <summary>The rows of a part while it is being collected: a table for each bucket, so that writing a bucket reads nothing else.</summary>
internal sealed class PartTables : IDisposable
{
    /// <summary>More tables than this would cost more memory than they save reading; neighbouring buckets share one then.</summary>
    private const int MaxTables = 64;

    private readonly EventTable[] _tables;
    private readonly Dictionary<(int Day, int Bucket), long> _rows = [];
    private readonly int _buckets;

    internal PartTables(ScratchDatabase database, int buckets, PseudonymKey pseudonyms)
    {
        _buckets = buckets;
        _tables = new EventTable[Math.Min(buckets, MaxTables)];
        for (var i = 0; i < _tables.Length; i++)
            _tables[i] = new EventTable(database.Connection, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"bucket{i}"), pseudonyms);
        Undecoded = new UndecodedTable(database.Connection);
    }

    internal UndecodedTable Undecoded { get; }

    /// <summary>How many rows there are of each event day and bucket.</summary>
    internal IReadOnlyDictionary<(int Day, int Bucket), long> Rows => _rows;

    internal void Add(int partition, long sequence, long arrivalMs, long streamTimeMs, in EventView view)
    {
        var hash = EventHash.Of(view.Type, view.ClickId);
        _tables[HashRange.IndexOf(hash, _tables.Length)].Add(partition, sequence, arrivalMs, streamTimeMs, hash, view);
        var cell = (EventDays.Of(view.EventTimeMs), HashRange.IndexOf(hash, _buckets));
        _rows[cell] = _rows.GetValueOrDefault(cell) + 1;
    }

    /// <summary>Name of the table that holds a bucket, perhaps with others.</summary>
    internal string TableOf(int bucket) => _tables[bucket / (_buckets / _tables.Length)].Name;

    internal void Flush()
    {
        foreach (var table in _tables)
            table.Flush();
        Undecoded.Flush();
    }

    public void Dispose()
    {
        foreach (var table in _tables)
            table.Dispose();
        Undecoded.Dispose();
    }
}

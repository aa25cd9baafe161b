using ClickFuncs.Batch.Scratch;
using ClickFuncs.DuckDb;
using ClickFuncs.Events;

namespace ClickFuncs.Batch.Compaction;

/// <summary>
/// Collects the records of one part: decodes, judges, keeps each partition's stream time. Reads only the event schema of core; what the
/// stream does with events is said again here, in a few lines of its own.
/// </summary>
internal sealed class PartCollector : IDisposable
{
    private readonly ScratchDatabase _database;
    private readonly DuckDbTransaction _transaction;
    private readonly PartTables _tables;
    private readonly long _futureToleranceMs;

    internal PartCollector(CompactionOptions options, PseudonymKey pseudonyms)
    {
        _futureToleranceMs = (long)options.FutureTolerance.TotalMilliseconds;
        _database = new ScratchDatabase(options.Scratch);
        // Never committed: rows are copied once less, and nobody else is to see them.
        _transaction = _database.Connection.BeginTransaction();
        _tables = new PartTables(_database, options.Buckets, pseudonyms);
    }

    /// <summary>Records taken.</summary>
    internal long Records { get; private set; }

    internal PartTables Tables => _tables;

    internal ScratchDatabase Database => _database;

    /// <summary>Adds a record, the next of its partition.</summary>
    internal void Add(PartitionCursor cursor, long sequence, long arrivalMs, ReadOnlySpan<byte> body)
    {
        Records++;
        var defect = EventDecoder.Decode(body, out var view);
        // The stream puts an event from the future aside, whatever it is, and its clock does not follow it.
        if (defect == EventDefect.None && view.EventTimeMs > arrivalMs + _futureToleranceMs)
            defect = EventDefect.FutureEventTime;
        if (defect != EventDefect.None)
            _tables.Undecoded.Add(cursor.Partition, sequence, arrivalMs, view.EventTimeMs, defect, body);
        else
            _tables.Add(cursor.Partition, sequence, arrivalMs, cursor.Advance(view.EventTimeMs), view);
    }

    public void Dispose()
    {
        _tables.Dispose();
        _transaction.Dispose();
        _database.Dispose();
    }
}

using System.Text;
using ClickFuncs.DuckDb;
using ClickFuncs.Events;

namespace ClickFuncs.Batch.Compaction;

/// <summary>Records that are no valid event, whole, so that they can be read again when it is known how.</summary>
internal sealed class UndecodedTable(DuckDbConnection connection)
    : PartTable(connection, "undecoded", PartSchema.UndecodedColumns)
{
    internal long Rows { get; private set; }

    /// <summary>Adds a record.</summary>
    /// <param name="partition">Partition of the log.</param>
    /// <param name="sequence">Sequence number.</param>
    /// <param name="arrivalMs">When the log accepted it.</param>
    /// <param name="eventTimeMs">Event time as far as it could be read, or 0.</param>
    /// <param name="defect">Why it is none.</param>
    /// <param name="body">The record as it lies on the log.</param>
    internal void Add(int partition, long sequence, long arrivalMs, long eventTimeMs, EventDefect defect, ReadOnlySpan<byte> body)
    {
        Set(0, partition);
        Set(1, sequence);
        Set(2, arrivalMs);
        Set(3, eventTimeMs);
        SetText(4, Encoding.ASCII.GetBytes(defect.Code()));
        SetBytes(5, body);
        EndRow();
        Rows++;
    }
}

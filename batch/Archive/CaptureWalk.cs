using ClickFuncs.Batch.Archive.Avro;

namespace ClickFuncs.Batch.Archive;

/// <summary>Reads the records of a capture file and holds them to their promise: sequence numbers follow each other, and the first is the one the header says.</summary>
/// <param name="reader">The file; blocks are advanced by whoever reads.</param>
public sealed class CaptureWalk(CaptureFileReader reader)
{
    private long? _first = reader.FirstSequence;
    private long? _next = reader.FirstSequence;

    /// <summary>What was read so far; of the whole file once it is read to its end.</summary>
    public CaptureRange Range => new(_first, _next);

    /// <summary>Reads the next record of the block; false when there is none left.</summary>
    /// <param name="record">The record; valid until the next call.</param>
    /// <exception cref="ArchiveCorruptException">It can't be read, or its sequence number is not the one that is due.</exception>
    public bool TryRead(out CaptureRecord record)
    {
        if (!reader.TryRead(out record))
            return false;
        if (_next is { } due && record.SequenceNumber != due)
            throw reader.Corrupt(FormattableString.Invariant($"record {record.SequenceNumber} comes where record {due} is due"));
        _first ??= record.SequenceNumber;
        _next = record.SequenceNumber + 1;
        return true;
    }
}

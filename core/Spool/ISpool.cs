using ClickFuncs.Log;

namespace ClickFuncs.Spool;

/// <summary>
/// Port: a durable place beside the log for events that the log can't take now. First in, first out; one drain, any number of
/// callers that append. Embedded: segment files in a folder of their own, at best on a disk of their own. On Azure an adapter
/// over append blobs, drained by a timer, can implement it: nothing here asks for more than append, list in order, delete.
/// </summary>
public interface ISpool
{
    /// <summary>What waits to be drained, as of now. Cheap: it is asked many times a second.</summary>
    SpoolSize Size { get; }

    /// <summary>Appends one entry and completes when it is durable. The bytes are copied before the call returns.</summary>
    /// <exception cref="SpoolRefusedException">The spool is at its limit or can't be written; the entry is not known to be durable.</exception>
    ValueTask AppendAsync(ReadOnlySpan<byte> entry, CancellationToken cancellationToken);

    /// <summary>Clears <paramref name="batch"/> and fills it with the oldest entries that were not removed, in the order in which they
    /// were appended, until about <paramref name="maxBytes"/> are in it. Empty: nothing waits. Reading again without removing
    /// gives the same entries first.</summary>
    /// <exception cref="LogException">The stored bytes can't be read; nothing is skipped.</exception>
    ValueTask ReadAsync(int maxBytes, RecordBatch batch, CancellationToken cancellationToken);

    /// <summary>Durably forgets every entry up to and including <paramref name="sequence"/>. Removing again changes nothing.</summary>
    /// <exception cref="SpoolRefusedException">It could not be noted; the entries may come again.</exception>
    ValueTask RemoveAsync(long sequence, CancellationToken cancellationToken);
}

using ClickFuncs.Log;

namespace ClickFuncs.Local.Log;

/// <summary>Hears what became of a group. Called on the committer thread: it must not run foreign code there.</summary>
internal interface ICommitListener
{
    /// <summary>The group is durable.</summary>
    /// <param name="firstSequences">Sequence number of the group's first record in each partition. Valid during the call.</param>
    void Committed(ReadOnlySpan<long> firstSequences);

    /// <summary>The group is not known to be durable.</summary>
    void Failed(LogException reason);
}

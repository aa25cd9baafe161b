namespace ClickFuncs.Batch.Workflows.Journal;

/// <summary>Called around every write to a journal, so that a run can be made to crash at each. By throwing, it stands for the process dying there.</summary>
public interface IJournalHook
{
    /// <summary>A write is about to be made.</summary>
    /// <param name="point">What is written, one of <see cref="JournalPoints"/>.</param>
    ValueTask BeforeWriteAsync(string point);

    /// <summary>A write is durable, and nobody has seen that yet.</summary>
    /// <param name="point">What was written, one of <see cref="JournalPoints"/>.</param>
    ValueTask AfterWriteAsync(string point);
}

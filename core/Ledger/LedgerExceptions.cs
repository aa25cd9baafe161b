namespace ClickFuncs.Ledger;

/// <summary>An id is posted with other content than what is to be posted now. Nothing was written. The message tells both.</summary>
public sealed class LedgerConflictException(string message) : Exception(message);

/// <summary>The journal is not at the head that the caller decided from. Nothing was written; read and decide again.</summary>
public sealed class JournalMovedException(JournalHead expected, JournalHead actual)
    : Exception(FormattableString.Invariant($"The journal of {actual.Journal} has {actual.Count} entries, not {expected.Count}: somebody posted meanwhile. Read it again."));

/// <summary>The stored ledger contradicts itself or has a newer format. The message says which and what to do.</summary>
public sealed class LedgerCorruptException(string message) : Exception(message);

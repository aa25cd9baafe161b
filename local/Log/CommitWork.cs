namespace ClickFuncs.Local.Log;

/// <summary>A group to commit and who hears about it.</summary>
internal readonly record struct CommitWork(RecordGroup Records, ICommitListener Listener);

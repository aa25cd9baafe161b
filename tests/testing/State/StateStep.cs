namespace ClickFuncs.Testing.State;

/// <summary>Steps of <see cref="InMemoryPartitionStateStore"/> at which a test can crash it or let others run.
/// Before a step nothing of it is durable; after it all of it is, though the caller may never learn so.</summary>
public static class StateStep
{
    public const string BeforeAcquire = "before-acquire";
    public const string AfterAcquire = "after-acquire";
    public const string BeforeRecover = "before-recover";
    public const string AfterRecover = "after-recover";
    public const string BeforeCommit = "before-commit";
    public const string AfterCommit = "after-commit";
    public const string BeforeMarkPublished = "before-mark-published";
    public const string AfterMarkPublished = "after-mark-published";
    public const string BeforeSnapshot = "before-snapshot";
    public const string AfterSnapshot = "after-snapshot";
}

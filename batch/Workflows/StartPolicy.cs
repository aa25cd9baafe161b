namespace ClickFuncs.Batch.Workflows;

/// <summary>What a start does when a run of that id has ended.</summary>
public enum StartPolicy
{
    /// <summary>Runs it again as its next execution. For people and commands.</summary>
    AgainWhenEnded,

    /// <summary>Leaves it, however it ended. For schedules, where the id says which firing it was.</summary>
    OnlyOnce,
}

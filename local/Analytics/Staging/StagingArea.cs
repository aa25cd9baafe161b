namespace ClickFuncs.Local.Analytics.Staging;

/// <summary>A staging area.</summary>
/// <param name="Id">Its number: names come from outside, and none goes into SQL.</param>
internal readonly record struct StagingArea(int Id)
{
    /// <summary>The table of its rows.</summary>
    internal string Table => FormattableString.Invariant($"staged_{Id}");
}

namespace ClickFuncs.Local.Analytics.Retention;

/// <summary>What one step of retention did.</summary>
/// <param name="ToMs">Up to when rows are deleted now; 0 when nothing was due.</param>
/// <param name="Rows">Rows deleted.</param>
internal readonly record struct ExpiryStep(long ToMs, long Rows);

namespace ClickFuncs.Batch.Recount;

/// <summary>The parts are not such as a day may be counted from: made under another policy, or the same partition in two slices.</summary>
public sealed class PartsMismatchException(string message) : InvalidOperationException(message);

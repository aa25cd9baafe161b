namespace ClickFuncs.Batch.Recount;

/// <summary>A recount of this day, revision and bucket is there, but it was made with another cut: a new cut needs a new revision.</summary>
public sealed class RecountMismatchException(string path)
    : InvalidOperationException($"{path} was counted with another cut or policy than the one given. Count under a new revision instead.");

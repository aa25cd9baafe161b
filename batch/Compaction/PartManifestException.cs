using ClickFuncs.Lake;

namespace ClickFuncs.Batch.Compaction;

/// <summary>A manifest can't be understood: altered, or of a later version of this program.</summary>
/// <param name="path">Its path in the lake.</param>
/// <param name="problem">What is wrong, without a full stop.</param>
/// <param name="inner">What found it, if it was an exception.</param>
public sealed class PartManifestException(string path, string problem, Exception? inner = null)
    : LakeFileDamagedException(path, $"Manifest {path}: {problem}. Restore it from a copy, or use the version of this program that wrote it.", inner);

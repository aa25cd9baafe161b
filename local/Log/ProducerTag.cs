namespace ClickFuncs.Local.Log;

/// <summary>What a bulk producer writes into the block with its records, so that after a crash the log itself says how far it got.</summary>
/// <param name="RunId">Names the producer's run, for example the import of one file.</param>
/// <param name="Offset">How far the producer has read once this block is durable; in its own unit.</param>
internal readonly record struct ProducerTag(Guid RunId, long Offset);

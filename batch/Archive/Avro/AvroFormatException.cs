namespace ClickFuncs.Batch.Archive.Avro;

/// <summary>Bytes break the Avro format. Whoever knows file and block turns it into an <see cref="ArchiveCorruptException"/>.</summary>
/// <param name="problem">What is wrong, without a full stop.</param>
internal sealed class AvroFormatException(string problem) : Exception(problem);

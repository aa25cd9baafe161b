namespace ClickFuncs.Batch.Archive.Avro;

/// <summary>How the blocks of a container are stored.</summary>
public enum AvroCodec
{
    /// <summary>As they are; what Event Hubs Capture writes.</summary>
    Null,

    /// <summary>Each block compressed by raw deflate (RFC 1951).</summary>
    Deflate,
}

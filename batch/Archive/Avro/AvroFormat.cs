namespace ClickFuncs.Batch.Archive.Avro;

/// <summary>Fixed parts of an Avro object container, and the limits this reader puts on what a file may claim.</summary>
internal static class AvroFormat
{
    /// <summary>Length of the sync marker that ends the header and every block.</summary>
    public const int SyncBytes = 16;

    /// <summary>Most bytes of header metadata; the schema takes about 400.</summary>
    public const int MaxHeaderBytes = 1 << 20;

    /// <summary>Longest varint: ten groups of seven bits hold 64.</summary>
    public const int MaxVarintBytes = 10;

    /// <summary>Header key of the schema.</summary>
    public const string SchemaKey = "avro.schema";

    /// <summary>Header key of the codec; absent means null.</summary>
    public const string CodecKey = "avro.codec";

    /// <summary>
    /// Header key, ours: the sequence number the file's first record has, or would have if the file is empty. It makes an empty
    /// file say up to where the partition is captured.
    /// </summary>
    public const string FirstSequenceKey = "clickfuncs.first_sequence";

    /// <summary>First bytes of every container.</summary>
    public static ReadOnlySpan<byte> Magic => "Obj\u0001"u8;
}

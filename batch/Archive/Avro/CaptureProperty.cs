namespace ClickFuncs.Batch.Archive.Avro;

/// <summary>One property of a captured event. Points into the reader's block: use it before the next record is read.</summary>
public readonly ref struct CaptureProperty
{
    /// <summary>Its name, UTF-8.</summary>
    public ReadOnlySpan<byte> Name { get; init; }

    /// <summary>Which of the values below it has.</summary>
    public AvroType Type { get; init; }

    /// <summary>The value of a <see cref="AvroType.Long"/>, else 0.</summary>
    public long Number { get; init; }

    /// <summary>The value of a <see cref="AvroType.Double"/>, else 0.</summary>
    public double Real { get; init; }

    /// <summary>The value of a <see cref="AvroType.String"/> (UTF-8) or <see cref="AvroType.Bytes"/>, else empty.</summary>
    public ReadOnlySpan<byte> Bytes { get; init; }
}

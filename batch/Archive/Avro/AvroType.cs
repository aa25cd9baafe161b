using System.Diagnostics.CodeAnalysis;

namespace ClickFuncs.Batch.Archive.Avro;

/// <summary>The types that a property of a captured event can have.</summary>
[SuppressMessage("Naming", "CA1720", Justification = "They are called so in Avro.")]
public enum AvroType
{
    /// <summary>No value.</summary>
    Null,

    /// <summary>A 64-bit signed integer.</summary>
    Long,

    /// <summary>A 64-bit floating-point number.</summary>
    Double,

    /// <summary>Text in UTF-8.</summary>
    String,

    /// <summary>Bytes.</summary>
    Bytes,
}

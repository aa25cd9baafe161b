using System.Diagnostics.CodeAnalysis;

namespace ClickFuncs.DuckDb;

/// <summary>Column types that this binding reads or writes; the numbers are those of <c>duckdb_type</c>.</summary>
[SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "They are SQL's names.")]
public enum DuckDbType
{
    /// <summary>Not a type.</summary>
    Invalid = 0,

    /// <summary>One byte, 0 or 1.</summary>
    Boolean = 1,

    /// <summary>16-bit signed integer.</summary>
    SmallInt = 3,

    /// <summary>32-bit signed integer.</summary>
    Integer = 4,

    /// <summary>64-bit signed integer.</summary>
    BigInt = 5,

    /// <summary>8-bit unsigned integer.</summary>
    UTinyInt = 6,

    /// <summary>64-bit unsigned integer.</summary>
    UBigInt = 9,

    /// <summary>64-bit floating point.</summary>
    Double = 11,

    /// <summary>Microseconds since the Unix epoch.</summary>
    Timestamp = 12,

    /// <summary>128-bit signed integer: what a sum of integers is.</summary>
    HugeInt = 16,

    /// <summary>UTF-8 text.</summary>
    Varchar = 17,

    /// <summary>Bytes.</summary>
    Blob = 18,

    /// <summary>Scaled integer of 16 to 128 bits.</summary>
    Decimal = 19,
}

using System.Runtime.InteropServices;

namespace ClickFuncs.DuckDb.Native;

/// <summary>
/// <c>duckdb_string_t</c>: 16 bytes. Up to 12 bytes of text lie inline after the length; longer text has its first four
/// bytes inline and a pointer to all of it. Valid while its chunk lives.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal unsafe struct NativeString
{
    private const int MaxInlineBytes = 12;

    [FieldOffset(0)]
    private int _length;

    [FieldOffset(4)]
    private byte _inlined;

    [FieldOffset(8)]
    private readonly byte* _text;

    /// <summary>The UTF-8 text of the string at this address.</summary>
    internal static ReadOnlySpan<byte> Read(NativeString* at)
    {
        var text = at->_length <= MaxInlineBytes ? &at->_inlined : at->_text;
        return new ReadOnlySpan<byte>(text, at->_length);
    }

    /// <summary>Writes a string that needs no memory of its own, zeros behind it as DuckDB compares them; false for a longer one.</summary>
    internal static bool TryWriteInline(NativeString* at, ReadOnlySpan<byte> value)
    {
        if (value.Length > MaxInlineBytes)
            return false;
        var inline = new Span<byte>(&at->_inlined, MaxInlineBytes);
        value.CopyTo(inline);
        inline[value.Length..].Clear();
        at->_length = value.Length;
        return true;
    }
}

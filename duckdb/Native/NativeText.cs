using System.Runtime.InteropServices;

namespace ClickFuncs.DuckDb.Native;

/// <summary>Reads texts that the C API owns.</summary>
internal static class NativeText
{
    internal static string Read(nint utf8) => Marshal.PtrToStringUTF8(utf8) ?? "DuckDB gave no message.";
}

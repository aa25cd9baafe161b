using System.Runtime.InteropServices;

namespace ClickFuncs.DuckDb.Native;

/// <summary><c>duckdb_result</c>: six words, of which only the last is not deprecated. Passed by value to the fetch call.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeResult
{
    private readonly ulong _columnCount;
    private readonly ulong _rowCount;
    private readonly ulong _rowsChanged;
    private readonly nint _columns;
    private readonly nint _errorMessage;
    private readonly nint _internalData;
}

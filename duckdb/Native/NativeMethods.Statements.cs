using System.Runtime.InteropServices;

namespace ClickFuncs.DuckDb.Native;

internal static unsafe partial class NativeMethods
{
    [LibraryImport(Library, EntryPoint = "duckdb_prepare", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial NativeState Prepare(ConnectionHandle connection, string sql, out nint statement);

    [LibraryImport(Library, EntryPoint = "duckdb_prepare_error")]
    internal static partial nint PrepareError(StatementHandle statement);

    [LibraryImport(Library, EntryPoint = "duckdb_destroy_prepare")]
    internal static partial void DestroyPrepare(ref nint statement);

    [LibraryImport(Library, EntryPoint = "duckdb_bind_int32")]
    internal static partial NativeState BindInt32(StatementHandle statement, ulong index, int value);

    [LibraryImport(Library, EntryPoint = "duckdb_bind_int64")]
    internal static partial NativeState BindInt64(StatementHandle statement, ulong index, long value);

    [LibraryImport(Library, EntryPoint = "duckdb_bind_boolean")]
    internal static partial NativeState BindBoolean(StatementHandle statement, ulong index, [MarshalAs(UnmanagedType.U1)] bool value);

    [LibraryImport(Library, EntryPoint = "duckdb_bind_timestamp")]
    internal static partial NativeState BindTimestamp(StatementHandle statement, ulong index, long microseconds);

    [LibraryImport(Library, EntryPoint = "duckdb_bind_varchar_length")]
    internal static partial NativeState BindVarchar(StatementHandle statement, ulong index, byte* utf8, ulong length);

    [LibraryImport(Library, EntryPoint = "duckdb_bind_null")]
    internal static partial NativeState BindNull(StatementHandle statement, ulong index);

    [LibraryImport(Library, EntryPoint = "duckdb_execute_prepared")]
    internal static partial NativeState ExecutePrepared(StatementHandle statement, NativeResult* result);

    // Marked deprecated since 2024, with nothing in its place: the other way to execute holds all rows in memory.
    [LibraryImport(Library, EntryPoint = "duckdb_execute_prepared_streaming")]
    internal static partial NativeState ExecutePreparedStreaming(StatementHandle statement, NativeResult* result);
}

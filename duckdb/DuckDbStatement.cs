using System.Text;
using ClickFuncs.DuckDb.Native;

namespace ClickFuncs.DuckDb;

/// <summary>A prepared statement; parameters are numbered from 1 and stay bound from run to run.</summary>
public sealed unsafe class DuckDbStatement : IDisposable
{
    private readonly StatementHandle _handle;

    internal DuckDbStatement(StatementHandle handle) => _handle = handle;

    /// <summary>Binds an INTEGER.</summary>
    public DuckDbStatement Bind(int index, int value) => Check(index, NativeMethods.BindInt32(_handle, (ulong)index, value));

    /// <summary>Binds a BIGINT.</summary>
    public DuckDbStatement Bind(int index, long value) => Check(index, NativeMethods.BindInt64(_handle, (ulong)index, value));

    /// <summary>Binds a BOOLEAN.</summary>
    public DuckDbStatement Bind(int index, bool value) => Check(index, NativeMethods.BindBoolean(_handle, (ulong)index, value));

    /// <summary>Binds a TIMESTAMP, in microseconds since the Unix epoch.</summary>
    public DuckDbStatement BindTimestamp(int index, long microseconds) =>
        Check(index, NativeMethods.BindTimestamp(_handle, (ulong)index, microseconds));

    /// <summary>Binds a VARCHAR; null binds NULL.</summary>
    public DuckDbStatement Bind(int index, string? value)
    {
        if (value is null)
            return Check(index, NativeMethods.BindNull(_handle, (ulong)index));
        var utf8 = Encoding.UTF8.GetBytes(value);
        fixed (byte* text = utf8)
        {
            return Check(index, NativeMethods.BindVarchar(_handle, (ulong)index, text, (ulong)utf8.Length));
        }
    }

    /// <summary>Runs it and returns the number of rows changed.</summary>
    /// <exception cref="DuckDbException">The statement failed, or a parameter is not bound.</exception>
    public long Execute()
    {
        using var result = Run();
        return (long)NativeMethods.RowsChanged(result.Pointer);
    }

    /// <summary>Runs it and reads the rows.</summary>
    /// <exception cref="DuckDbException">The query failed, or a parameter is not bound.</exception>
    public DuckDbReader Query() => new(Run());

    /// <summary>
    /// Runs it and reads the rows as they are made, a few thousand in memory at a time. The connection can do nothing else
    /// until the reader is disposed.
    /// </summary>
    /// <exception cref="DuckDbException">The query failed, or a parameter is not bound; <see cref="DuckDbReader.Read"/> throws it for a later failure.</exception>
    public DuckDbReader QueryStreaming()
    {
        var result = new ResultHandle();
        result.ThrowIf(NativeMethods.ExecutePreparedStreaming(_handle, result.Pointer));
        return new DuckDbReader(result);
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    private ResultHandle Run()
    {
        var result = new ResultHandle();
        result.ThrowIf(NativeMethods.ExecutePrepared(_handle, result.Pointer));
        return result;
    }

    private DuckDbStatement Check(int index, NativeState state) =>
        state == NativeState.Success ? this : throw new DuckDbException($"The statement has no parameter ${index}.");
}

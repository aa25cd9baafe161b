using System.Runtime.InteropServices;
using ClickFuncs.DuckDb.Native;

namespace ClickFuncs.DuckDb;

/// <summary>
/// Appends to a table a chunk of columns at a time: fill <see cref="Column{T}"/> directly for up to <see cref="Capacity"/>
/// rows, then <see cref="Append"/>. Nothing is in the table before <see cref="Flush"/>; disposing without it drops the rest.
/// </summary>
public sealed unsafe class DuckDbAppender : IDisposable
{
    private readonly AppenderHandle _appender;
    private readonly ChunkHandle _chunk;
    private readonly DuckDbType[] _types;

    internal DuckDbAppender(AppenderHandle appender)
    {
        _appender = appender;
        var logical = new nint[NativeMethods.AppenderColumnCount(appender)];
        for (var i = 0; i < logical.Length; i++)
            logical[i] = NativeMethods.AppenderColumnType(appender, (ulong)i);
        _types = Array.ConvertAll(logical, NativeMethods.GetTypeId);
        fixed (nint* types = logical)
        {
            _chunk = new ChunkHandle(NativeMethods.CreateDataChunk(types, (ulong)logical.Length));
        }

        for (var i = 0; i < logical.Length; i++)
            NativeMethods.DestroyLogicalType(ref logical[i]);
    }

    /// <summary>Most rows of one chunk (2,048).</summary>
    public int Capacity { get; } = (int)NativeMethods.VectorSize();

    /// <summary>The values of a fixed-width column in the chunk being filled; valid until <see cref="Append"/>.</summary>
    /// <typeparam name="T">Exactly as wide as the column: int for INTEGER, long for BIGINT and TIMESTAMP, Int128 for HUGEINT.</typeparam>
    public Span<T> Column<T>(int column)
        where T : unmanaged
    {
        var width = _types[column] switch
        {
            DuckDbType.Boolean => 1,
            DuckDbType.SmallInt => 2,
            DuckDbType.Integer => 4,
            DuckDbType.BigInt or DuckDbType.Timestamp or DuckDbType.Double => 8,
            DuckDbType.HugeInt => 16,
            var type => throw new InvalidCastException($"Column {column} is {type}: its values can't be set through a span."),
        };
        if (sizeof(T) != width)
            throw new InvalidCastException($"Column {column} is {_types[column]}, {width} bytes wide, not {sizeof(T)}.");
        return new Span<T>(NativeMethods.GetData(Vector(column)), Capacity);
    }

    /// <summary>Sets a VARCHAR of the chunk being filled; the text is copied.</summary>
    public void SetText(int column, int row, ReadOnlySpan<byte> utf8)
    {
        if (_types[column] != DuckDbType.Varchar)
            throw new InvalidCastException($"Column {column} is {_types[column]}, not {DuckDbType.Varchar}.");
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Capacity, nameof(row));
        fixed (byte* text = &MemoryMarshal.GetReference(utf8))
        {
            NativeMethods.AssignString(Vector(column), (ulong)row, text, (ulong)utf8.Length);
        }
    }

    /// <summary>Makes a value of the chunk being filled NULL.</summary>
    public void SetNull(int column, int row)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Capacity, nameof(row));
        var vector = Vector(column);
        NativeMethods.EnsureValidityWritable(vector);
        NativeMethods.GetValidity(vector)[row >> 6] &= ~(1UL << (row & 63));
    }

    /// <summary>Appends the first <paramref name="rows"/> rows of the chunk and starts an empty one.</summary>
    /// <exception cref="DuckDbException">A row breaks a constraint; roll the transaction back.</exception>
    public void Append(int rows)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)rows, (uint)Capacity, nameof(rows));
        NativeMethods.SetSize(_chunk, (ulong)rows);
        Check(NativeMethods.AppendDataChunk(_appender, _chunk));
        NativeMethods.ResetDataChunk(_chunk);
    }

    /// <summary>Puts everything appended into the table.</summary>
    /// <exception cref="DuckDbException">A row breaks a constraint; roll the transaction back.</exception>
    public void Flush() => Check(NativeMethods.FlushAppender(_appender));

    /// <inheritdoc/>
    public void Dispose()
    {
        // Destroying flushes what is left, and a failure there would pass unseen.
        if (!_appender.IsClosed)
            NativeMethods.ClearAppender(_appender);
        _chunk.Dispose();
        _appender.Dispose();
    }

    private nint Vector(int column) => NativeMethods.GetVector(_chunk, (ulong)column);

    private void Check(NativeState state)
    {
        if (state != NativeState.Success)
            throw new DuckDbException(NativeText.Read(NativeMethods.AppenderError(_appender)));
    }
}

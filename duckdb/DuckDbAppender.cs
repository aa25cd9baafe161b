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

    // Of the chunk being filled; asked for once a chunk, not once a value.
    private readonly nint[] _vectors;
    private readonly void*[] _data;

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
        _vectors = new nint[logical.Length];
        _data = new void*[logical.Length];
        FindVectors();
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
            DuckDbType.Boolean or DuckDbType.UTinyInt => 1,
            DuckDbType.SmallInt => 2,
            DuckDbType.Integer => 4,
            DuckDbType.BigInt or DuckDbType.UBigInt or DuckDbType.Timestamp or DuckDbType.Double => 8,
            DuckDbType.HugeInt => 16,
            var type => throw new InvalidCastException($"Column {column} is {type}: its values can't be set through a span."),
        };
        if (sizeof(T) != width)
            throw new InvalidCastException($"Column {column} is {_types[column]}, {width} bytes wide, not {sizeof(T)}.");
        return new Span<T>(_data[column], Capacity);
    }

    /// <summary>Sets a VARCHAR of the chunk being filled; the text is copied. Long text that is not UTF-8 becomes NULL, short text is not checked.</summary>
    public void SetText(int column, int row, ReadOnlySpan<byte> utf8) => Set(column, row, utf8, DuckDbType.Varchar);

    /// <summary>Sets a BLOB of the chunk being filled; the bytes are copied.</summary>
    public void SetBytes(int column, int row, ReadOnlySpan<byte> bytes) => Set(column, row, bytes, DuckDbType.Blob);

    /// <summary>Makes a value of the chunk being filled NULL.</summary>
    public void SetNull(int column, int row)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Capacity, nameof(row));
        NativeMethods.EnsureValidityWritable(_vectors[column]);
        NativeMethods.GetValidity(_vectors[column])[row >> 6] &= ~(1UL << (row & 63));
    }

    /// <summary>Appends the first <paramref name="rows"/> rows of the chunk and starts an empty one.</summary>
    /// <exception cref="DuckDbException">A row breaks a constraint; roll the transaction back.</exception>
    public void Append(int rows)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)rows, (uint)Capacity, nameof(rows));
        NativeMethods.SetSize(_chunk, (ulong)rows);
        Check(NativeMethods.AppendDataChunk(_appender, _chunk));
        NativeMethods.ResetDataChunk(_chunk);
        FindVectors();
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

    private void Set(int column, int row, ReadOnlySpan<byte> value, DuckDbType type)
    {
        if (_types[column] != type)
            throw new InvalidCastException($"Column {column} is {_types[column]}, not {type}.");
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Capacity, nameof(row));
        // What fits inside the string itself, as most ids do, needs no call.
        if (NativeString.TryWriteInline((NativeString*)_data[column] + row, value))
            return;
        fixed (byte* bytes = &MemoryMarshal.GetReference(value))
        {
            NativeMethods.AssignString(_vectors[column], (ulong)row, bytes, (ulong)value.Length);
        }
    }

    private void FindVectors()
    {
        for (var i = 0; i < _vectors.Length; i++)
        {
            _vectors[i] = NativeMethods.GetVector(_chunk, (ulong)i);
            _data[i] = NativeMethods.GetData(_vectors[i]);
        }
    }

    private void Check(NativeState state)
    {
        if (state != NativeState.Success)
            throw new DuckDbException(NativeText.Read(NativeMethods.AppenderError(_appender)));
    }
}

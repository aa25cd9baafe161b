using System.Text;
using ClickFuncs.DuckDb.Native;

namespace ClickFuncs.DuckDb;

/// <summary>
/// Reads a result forward, row by row, from DuckDB's column vectors. Types are exact: reading a column as another type
/// throws <see cref="InvalidCastException"/>. A null reads as whatever lies there: ask <see cref="IsNull"/> first.
/// </summary>
public sealed unsafe class DuckDbReader : IDisposable
{
    private readonly ResultHandle _result;
    private readonly DuckDbColumn[] _columns;
    private ChunkHandle? _chunk;
    private int _rows;
    private int _row = -1;

    internal DuckDbReader(ResultHandle result)
    {
        _result = result;
        _columns = new DuckDbColumn[NativeMethods.ColumnCount(result.Pointer)];
        for (var i = 0; i < _columns.Length; i++)
            _columns[i] = new DuckDbColumn(result.Pointer, i);
    }

    /// <summary>Number of columns.</summary>
    public int ColumnCount => _columns.Length;

    /// <summary>Name of a column, counted from 0.</summary>
    public string GetName(int column) => _columns[column].Name;

    /// <summary>Type of a column.</summary>
    public DuckDbType GetType(int column) => _columns[column].Type;

    /// <summary>Moves to the next row; false after the last.</summary>
    /// <exception cref="DuckDbException">A streaming query failed on the way to its next rows.</exception>
    public bool Read()
    {
        while (++_row >= _rows)
        {
            _chunk?.Dispose();
            _chunk = new ChunkHandle(NativeMethods.FetchChunk(*_result.Pointer));
            if (_chunk.IsInvalid)
            {
                _result.ThrowIfFailed();
                return false;
            }

            (_rows, _row) = ((int)NativeMethods.GetSize(_chunk), -1);
            for (var i = 0; i < _columns.Length; i++)
                _columns[i].Attach(_chunk, i);
        }

        return true;
    }

    /// <summary>Whether the value is NULL.</summary>
    public bool IsNull(int column) => _columns[column].IsNull(_row);

    /// <summary>Reads a BOOLEAN.</summary>
    public bool GetBoolean(int column) => _columns[column].Read<bool>(_row, DuckDbType.Boolean);

    /// <summary>Reads a UTINYINT.</summary>
    public byte GetByte(int column) => _columns[column].Read<byte>(_row, DuckDbType.UTinyInt);

    /// <summary>Reads an INTEGER.</summary>
    public int GetInt32(int column) => _columns[column].Read<int>(_row, DuckDbType.Integer);

    /// <summary>Reads a BIGINT.</summary>
    public long GetInt64(int column) => _columns[column].Read<long>(_row, DuckDbType.BigInt);

    /// <summary>Reads a UBIGINT.</summary>
    public ulong GetUInt64(int column) => _columns[column].Read<ulong>(_row, DuckDbType.UBigInt);

    /// <summary>Reads a HUGEINT, which is what <c>sum</c> gives.</summary>
    public Int128 GetInt128(int column) => _columns[column].Read<Int128>(_row, DuckDbType.HugeInt);

    /// <summary>Reads a DOUBLE.</summary>
    public double GetDouble(int column) => _columns[column].Read<double>(_row, DuckDbType.Double);

    /// <summary>Reads a TIMESTAMP as microseconds since the Unix epoch.</summary>
    public long GetTimestampMicros(int column) => _columns[column].Read<long>(_row, DuckDbType.Timestamp);

    /// <summary>Reads a DECIMAL, exactly.</summary>
    /// <exception cref="OverflowException">It has more digits than <see cref="decimal"/> holds.</exception>
    public decimal GetDecimal(int column) => _columns[column].ReadDecimal(_row);

    /// <summary>Reads a VARCHAR.</summary>
    public string GetString(int column) => Encoding.UTF8.GetString(GetUtf8(column));

    /// <summary>Reads a VARCHAR in place; valid until the next <see cref="Read"/>.</summary>
    public ReadOnlySpan<byte> GetUtf8(int column) => _columns[column].ReadText(_row);

    /// <summary>Reads a BLOB in place; valid until the next <see cref="Read"/>.</summary>
    public ReadOnlySpan<byte> GetBytes(int column) => _columns[column].ReadBytes(_row);

    /// <inheritdoc/>
    public void Dispose()
    {
        _chunk?.Dispose();
        _result.Dispose();
    }
}

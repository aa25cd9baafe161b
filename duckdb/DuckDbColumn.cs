using ClickFuncs.DuckDb.Native;

namespace ClickFuncs.DuckDb;

/// <summary>One result column: its type for the whole result, its vector for the current chunk.</summary>
internal sealed unsafe class DuckDbColumn
{
    private readonly byte _scale;
    private readonly DuckDbType _storage;
    private void* _data;
    private ulong* _validity;

    internal DuckDbColumn(NativeResult* result, int index)
    {
        Name = NativeText.Read(NativeMethods.ColumnName(result, (ulong)index));
        var type = NativeMethods.ColumnLogicalType(result, (ulong)index);
        Type = NativeMethods.GetTypeId(type);
        (_storage, _scale) = Type == DuckDbType.Decimal
            ? (NativeMethods.DecimalInternalType(type), NativeMethods.DecimalScale(type))
            : (Type, (byte)0);
        NativeMethods.DestroyLogicalType(ref type);
    }

    internal string Name { get; }

    internal DuckDbType Type { get; }

    internal void Attach(ChunkHandle chunk, int index)
    {
        var vector = NativeMethods.GetVector(chunk, (ulong)index);
        _data = NativeMethods.GetData(vector);
        _validity = NativeMethods.GetValidity(vector);
    }

    /// <summary>A bit per row, set when valid; no mask at all means that all are.</summary>
    internal bool IsNull(int row) => _validity != null && (_validity[row >> 6] & (1UL << (row & 63))) == 0;

    internal T Read<T>(int row, DuckDbType type)
        where T : unmanaged => ((T*)Require(type))[row];

    internal ReadOnlySpan<byte> ReadText(int row) => NativeString.Read((NativeString*)Require(DuckDbType.Varchar) + row);

    internal ReadOnlySpan<byte> ReadBytes(int row) => NativeString.Read((NativeString*)Require(DuckDbType.Blob) + row);

    internal decimal ReadDecimal(int row)
    {
        Require(DuckDbType.Decimal);
        var unscaled = _storage switch
        {
            DuckDbType.SmallInt => ((short*)_data)[row],
            DuckDbType.Integer => ((int*)_data)[row],
            DuckDbType.BigInt => ((long*)_data)[row],
            _ => ((Int128*)_data)[row],
        };
        var magnitude = UInt128.CreateChecked(Int128.Abs(unscaled));
        if (magnitude >> 96 != 0)
            throw new OverflowException($"Column {Name} holds a number of more than 28 digits.");
        return new decimal((int)(uint)magnitude, (int)(uint)(magnitude >> 32), (int)(uint)(magnitude >> 64), unscaled < 0, _scale);
    }

    private void* Require(DuckDbType type) =>
        Type == type ? _data : throw new InvalidCastException($"Column {Name} is {Type}, not {type}.");
}

namespace ClickFuncs.Batch.Archive.Avro;

/// <summary>
/// The properties of a captured event, in the order they are stored; <c>foreach</c> over it. Points into the reader's block: use it before
/// the next record is read.
/// </summary>
public ref struct CaptureProperties
{
    private readonly AvroType[] _branches;
    private AvroCursor _cursor;
    private ulong _left;
    private long _blockEnd;

    internal CaptureProperties(ReadOnlySpan<byte> map, AvroType[] branches)
    {
        _cursor = new AvroCursor(map);
        _branches = branches;
        _blockEnd = -1;
    }

    /// <summary>The property that <see cref="MoveNext"/> found.</summary>
    public CaptureProperty Current { get; private set; }

    /// <summary>Bytes that the properties read so far take; all of the map's when <see cref="MoveNext"/> gave false.</summary>
    internal readonly int Position => _cursor.Position;

    /// <summary>For <c>foreach</c>.</summary>
    public readonly CaptureProperties GetEnumerator() => this;

    /// <summary>Goes to the next property; false when there is none.</summary>
    public bool MoveNext()
    {
        while (_left == 0)
        {
            if (_blockEnd >= 0 && _blockEnd != _cursor.Position)
                throw new AvroFormatException("a map's part does not have the size it says");
            var count = _cursor.ReadLong();
            if (count == 0)
                return false;
            _left = unchecked((ulong)(count < 0 ? -count : count));
            _blockEnd = count < 0 ? BlockEnd(_cursor.ReadLong()) : -1;
        }

        _left--;
        Current = ReadProperty();
        return true;
    }

    private readonly long BlockEnd(long size) => (ulong)size <= (ulong)_cursor.Remaining
        ? _cursor.Position + size
        : throw new AvroFormatException("a map's part runs beyond the end of the block");

    private CaptureProperty ReadProperty()
    {
        var name = _cursor.ReadBytes();
        var branch = _cursor.ReadLong();
        if ((ulong)branch >= (ulong)_branches.Length)
            throw new AvroFormatException(FormattableString.Invariant($"a property names branch {branch} of a union of {_branches.Length}"));
        return _branches[branch] switch
        {
            AvroType.Long => new CaptureProperty { Name = name, Type = AvroType.Long, Number = _cursor.ReadLong() },
            AvroType.Double => new CaptureProperty { Name = name, Type = AvroType.Double, Real = _cursor.ReadDouble() },
            AvroType.String => new CaptureProperty { Name = name, Type = AvroType.String, Bytes = _cursor.ReadBytes() },
            AvroType.Bytes => new CaptureProperty { Name = name, Type = AvroType.Bytes, Bytes = _cursor.ReadBytes() },
            _ => new CaptureProperty { Name = name, Type = AvroType.Null },
        };
    }
}

namespace ClickFuncs.Local.Log;

/// <summary>
/// Parked cursors of one partition. Readers are not told apart: whoever goes on at a sequence finds the cursor that stands
/// there. A reader that comes from elsewhere takes over the one that was unused for longest.
/// </summary>
internal sealed class CursorPool(int partition, SegmentCatalog catalog)
{
    private const int MostParked = 8;
    private readonly Lock _gate = new();
    private readonly List<ReadCursor> _parked = [];

    /// <summary>A cursor for the caller alone, until <see cref="Park"/>.</summary>
    public ReadCursor Take(long sequence)
    {
        lock (_gate)
        {
            var index = _parked.FindLastIndex(cursor => cursor.Sequence == sequence);
            if (index < 0 && _parked.Count == MostParked)
                index = 0;
            if (index < 0)
                return new ReadCursor(partition, catalog);
            var cursor = _parked[index];
            _parked.RemoveAt(index);
            return cursor;
        }
    }

    /// <summary>Gives a cursor back.</summary>
    public void Park(ReadCursor cursor)
    {
        lock (_gate)
        {
            if (_parked.Count < MostParked)
                _parked.Add(cursor);
        }
    }
}

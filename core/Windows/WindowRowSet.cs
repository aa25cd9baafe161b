using ClickFuncs.Budgets;
using ClickFuncs.Velocity;

namespace ClickFuncs.Windows;

/// <summary>
/// The rows that one commit changed, ready to be published: at most one row per window and key. Reused from commit to
/// commit; whoever is handed one may use it until it gives it back.
/// </summary>
public sealed class WindowRowSet
{
    private WindowRow[] _rows = new WindowRow[256];
    private byte[] _keyBytes = new byte[16 * 1024];
    private int _keyByteCount;

    /// <summary>The partition that counted them.</summary>
    public int Partition { get; set; }

    /// <summary>Version of every row: the last sequence number the commit covers. Later versions win (R15).</summary>
    public long Version { get; set; }

    /// <summary>The partition's watermark after the commit, milliseconds since the Unix epoch; <see cref="long.MinValue"/> before the first event.</summary>
    public long WatermarkMs { get; set; } = long.MinValue;

    /// <summary>Windows that end at or before this can't change any more, milliseconds since the Unix epoch; <see cref="long.MinValue"/> for none.</summary>
    public long ClosedThroughMs { get; set; } = long.MinValue;

    /// <summary>The same rows by campaign and minute, for budgets: absolute amounts. Their version is that of the rows.</summary>
    public List<SpendPartial> Spend { get; } = [];

    /// <summary>Signals of the clicks that were accepted, for velocity rules; one message per commit, several only in an outbox.</summary>
    public List<SignalMessage> Signals { get; } = [];

    /// <summary>Number of rows.</summary>
    public int Count { get; private set; }

    /// <summary>The rows.</summary>
    public ReadOnlySpan<WindowRow> Rows => _rows.AsSpan(0, Count);

    /// <summary>The buffer that <see cref="WindowRow.KeyOffset"/> points into.</summary>
    public ReadOnlySpan<byte> KeyBytes => _keyBytes.AsSpan(0, _keyByteCount);

    /// <summary>The encoded key of a row.</summary>
    public ReadOnlySpan<byte> GetKey(in WindowRow row) => _keyBytes.AsSpan(row.KeyOffset, row.KeyLength);

    /// <summary>Forgets the rows, keeps the memory.</summary>
    public void Clear()
    {
        (Count, _keyByteCount) = (0, 0);
        (Version, WatermarkMs, ClosedThroughMs) = (-1, long.MinValue, long.MinValue);
        Spend.Clear();
        Signals.Clear();
    }

    /// <summary>Adds a row; the key is copied.</summary>
    public void Add(long windowStartMs, ReadOnlySpan<byte> key, in WindowMetrics metrics)
    {
        if (Count == _rows.Length)
            Array.Resize(ref _rows, Count * 2);
        if (_keyByteCount + key.Length > _keyBytes.Length)
            Array.Resize(ref _keyBytes, Math.Max(_keyBytes.Length * 2, _keyByteCount + key.Length));
        key.CopyTo(_keyBytes.AsSpan(_keyByteCount));
        ref var row = ref _rows[Count++];
        row.WindowStartMs = windowStartMs;
        row.KeyOffset = _keyByteCount;
        row.KeyLength = key.Length;
        row.Metrics = metrics;
        _keyByteCount += key.Length;
    }
}

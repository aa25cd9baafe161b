namespace ClickFuncs.Windows;

/// <summary>
/// The absolute counts of one window and key in one partition, as of the version of the <see cref="WindowRowSet"/> it is
/// in. Publishing it twice changes nothing.
/// </summary>
public struct WindowRow
{
    /// <summary>Start of the one-minute tumbling window, milliseconds since the Unix epoch; the window is [start, start + 60 s).</summary>
    public long WindowStartMs;

    /// <summary>Where the encoded <see cref="DimensionKey"/> starts in <see cref="WindowRowSet.KeyBytes"/>.</summary>
    public int KeyOffset;

    /// <summary>Its length in bytes.</summary>
    public int KeyLength;

    /// <summary>The counts so far.</summary>
    public WindowMetrics Metrics;
}

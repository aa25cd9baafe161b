namespace ClickFuncs.Windows;

/// <summary>The counts of one key in one open window, in one cache line.</summary>
internal struct WindowCell
{
    public WindowMetrics Metrics;
    public int KeyOffset;
    public short KeyLength;

    /// <summary>Changed since the last commit unit, so already in the slice's list of changed cells.</summary>
    public bool IsChanged;
}

using System.Numerics;
using System.Runtime.CompilerServices;

namespace ClickFuncs.Windows;

/// <summary>
/// The windows of a partition that can still change: a ring of slices, one per minute, wide enough that two open windows
/// do not want the same place. It grows when they do, as after a restart with a shorter lateness.
/// </summary>
internal sealed class OpenWindows
{
    private WindowSlice?[] _ring;
    private readonly Stack<WindowSlice> _spare = new();

    /// <param name="span">How far apart in event time two open windows can be: out-of-orderness plus allowed lateness.</param>
    public OpenWindows(TimeSpan span)
    {
        var minutes = (uint)Math.Ceiling(span.TotalMinutes) + 3;
        _ring = new WindowSlice?[BitOperations.RoundUpToPowerOf2(minutes)];
    }

    /// <summary>Rows in memory.</summary>
    public long RowCount
    {
        get
        {
            var rows = 0L;
            foreach (var slice in _ring)
                rows += slice?.Count ?? 0;
            return rows;
        }
    }

    /// <summary>The open slices in no particular order; null where there is none.</summary>
    public ReadOnlySpan<WindowSlice?> Slices => _ring;

    /// <summary>The slice of a minute, or what has its place in the ring; null when the place is free.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public WindowSlice? At(long minute) => _ring[minute & (_ring.Length - 1)];

    /// <summary>Opens the window of a minute whose place is free.</summary>
    public WindowSlice Open(long minute)
    {
        var slice = _spare.Count > 0 ? _spare.Pop() : new WindowSlice();
        slice.Reset(minute);
        _ring[minute & (_ring.Length - 1)] = slice;
        return slice;
    }

    /// <summary>Doubles the ring: whoever shared a place may not any more.</summary>
    public void Grow()
    {
        var larger = new WindowSlice?[_ring.Length * 2];
        foreach (var slice in _ring)
        {
            if (slice != null)
                larger[slice.Minute & (larger.Length - 1)] = slice;
        }

        _ring = larger;
    }

    /// <summary>Forgets a window; its memory serves a later one.</summary>
    public void Close(WindowSlice slice)
    {
        _ring[slice.Minute & (_ring.Length - 1)] = null;
        if (_spare.Count < 2)
            _spare.Push(slice);
    }
}

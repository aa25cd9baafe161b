using ClickFuncs.Local.Log;

namespace ClickFuncs.Simulation.Tests.Disk;

/// <summary>
/// A disk that may be full, fail, and lose power at every operation. What was not synced when power went may be there, in part, damaged, or not
/// at all. The bytes lie in files, so that the log's own readers read them.
/// </summary>
internal sealed class FaultyDisk(Random random) : ILogDisk
{
    private readonly FileDisk _files = new();
    private readonly List<FaultySegment> _open = [];

    /// <summary>One operation in this many loses power; 0: none.</summary>
    public int PowerLossOneIn { get; set; }

    /// <summary>Whether there is no room.</summary>
    public bool IsFull { get; set; }

    /// <summary>A disk that says "synced" too early, which no log can survive: to show that the simulation would see it.</summary>
    public bool LiesAboutSync { get; init; }

    /// <summary>Whether power went; nothing works until <see cref="Restart"/>.</summary>
    public bool IsOff { get; private set; }

    /// <inheritdoc/>
    public void Create(string path, ReadOnlySpan<byte> header)
    {
        Operate();
        _files.Create(path, header);
        Operate();
    }

    /// <inheritdoc/>
    public ISegmentSink Open(string path)
    {
        Operate();
        var segment = new FaultySegment(this, path);
        _open.Add(segment);
        return segment;
    }

    /// <summary>Power goes now, whatever was being done.</summary>
    public void LosePower() => IsOff = true;

    /// <summary>Power is back: the files are what was left of them.</summary>
    public void Restart()
    {
        foreach (var segment in _open)
            segment.Settle(random);
        _open.Clear();
        IsOff = false;
    }

    /// <summary>One moment at which things may go wrong.</summary>
    public void Operate()
    {
        if (!IsOff && PowerLossOneIn > 0 && random.Next(PowerLossOneIn) == 0)
            IsOff = true;
        if (IsOff)
            throw new PowerLossException();
        if (IsFull)
            throw new IOException("No space left on device.");
    }

    /// <summary>How much of a write of this length reaches the file when power goes in its middle.</summary>
    public int PartOf(int length) => random.Next(length + 1);
}

namespace ClickFuncs.Local.Ingest;

/// <summary>A progress line on standard error, on a terminal only, at most a few times a second.</summary>
internal sealed class ImportProgress(string name, long length, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);
    private readonly bool _isShown = !Console.IsErrorRedirected;
    private long _shownAt;

    public void Report(long offset)
    {
        if (!_isShown || (_shownAt != 0 && time.GetElapsedTime(_shownAt) < Interval))
            return;
        _shownAt = time.GetTimestamp();
        Console.Error.Write($"\r{name}: {(length == 0 ? 100 : offset * 100 / length)} %");
    }

    public void Dispose()
    {
        if (_shownAt != 0)
            Console.Error.WriteLine();
    }
}

using ClickFuncs.Log;

namespace ClickFuncs.Testing.Log;

/// <summary>A log to test with both its ends, and how to let it go.</summary>
public sealed class ClickLogUnderTest(IClickLog log, ILogReader reader, Action dispose) : IDisposable
{
    public IClickLog Log => log;

    public ILogReader Reader => reader;

    public void Dispose() => dispose();
}

using System.Collections.Concurrent;
using ClickFuncs.Local.Analytics;
using Microsoft.Extensions.Logging;

namespace ClickFuncs.Local.Tests.Analytics;

/// <summary>Remembers the ids of what is logged.</summary>
internal sealed class EventIds : ConcurrentQueue<int>, ILogger<DuckDbAnalyticsStore>
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Enqueue(eventId.Id);
}

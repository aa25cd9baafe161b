using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace ClickFuncs.Batch.Tests.Close;

/// <summary>Keeps the lines that are logged.</summary>
internal sealed class SaidLines : ILoggerFactory, ILogger
{
    /// <summary>The lines so far.</summary>
    public ConcurrentQueue<string> Lines { get; } = new();

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue(formatter(state, exception));

    public void Dispose()
    {
    }
}

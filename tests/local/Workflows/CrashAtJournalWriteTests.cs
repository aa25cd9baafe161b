using ClickFuncs.Batch.Workflows.Journal;
using ClickFuncs.Local.Workflows;
using Microsoft.Extensions.Logging;

namespace ClickFuncs.Local.Tests.Workflows;

public sealed class CrashAtJournalWriteTests
{
    [Theory]
    [InlineData("1", "before 1")]
    [InlineData("3", "before 3")]
    [InlineData("3+", "after 3")]
    public async Task Hook_ArmedForAWrite_KillsThereAndNowhereElse(string value, string expected)
    {
        var (point, killed) = ("", new List<string>());
        var hook = CrashAtJournalWrite.Parse(value, () => killed.Add(point), new ListLogger())!;
        for (var write = 1; write <= 5; write++)
        {
            point = $"before {write}";
            await hook.BeforeWriteAsync(JournalPoints.Completed);
            point = $"after {write}";
            await hook.AfterWriteAsync(JournalPoints.Completed);
        }

        Assert.Equal([expected], killed);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Parse_NotSet_ArmsNothing(string? value) => Assert.Null(CrashAtJournalWrite.Parse(value, () => { }, new ListLogger()));

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("soon")]
    [InlineData("3++")]
    [InlineData("+3")]
    public void Parse_NoNumber_IsRefused(string value) =>
        Assert.Contains("must be N or N+", Assert.Throws<ArgumentException>(() => CrashAtJournalWrite.Parse(value, () => { }, new ListLogger())).Message, StringComparison.Ordinal);

    [Fact]
    public void Parse_Set_Warns()
    {
        var log = new ListLogger();
        CrashAtJournalWrite.Parse("7+", () => { }, log);
        Assert.Contains("will kill itself", Assert.Single(log.Warnings), StringComparison.Ordinal);
    }

    private sealed class ListLogger : ILogger
    {
        public List<string> Warnings { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel == LogLevel.Warning && eventId.Id == 6130)
                Warnings.Add(formatter(state, exception));
        }
    }
}

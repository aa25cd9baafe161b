using System.Diagnostics;
using System.Globalization;
using ClickFuncs.Batch.Workflows.Journal;
using Microsoft.Extensions.Logging;

namespace ClickFuncs.Local.Workflows;

/// <summary>
/// Kills the whole process at one of its journal writes, as a power cut would, so that a test can prove that the next start
/// resumes. Only for tests, only by an environment variable, and never silently.
/// </summary>
internal sealed partial class CrashAtJournalWrite : IJournalHook
{
    /// <summary>The variable: <c>12</c> kills just before the 12th write is made, <c>12+</c> just after it is durable.</summary>
    public const string Variable = "CLICKFUNCS_CRASH_AT_JOURNAL_WRITE";

    private readonly ILogger _logger;
    private readonly Action _kill;
    private readonly int _write;
    private readonly bool _isAfter;
    private int _before;
    private int _after;

    private CrashAtJournalWrite(int write, bool isAfter, Action kill, ILogger logger) =>
        (_write, _isAfter, _kill, _logger) = (write, isAfter, kill, logger);

    /// <summary>What a value of the variable asks for; null if it is not set.</summary>
    /// <exception cref="ArgumentException">It is neither N nor N+.</exception>
    public static CrashAtJournalWrite? Parse(string? value, Action kill, ILogger logger)
    {
        if (string.IsNullOrEmpty(value))
            return null;
        if (!int.TryParse(value.TrimEnd('+'), NumberStyles.None, CultureInfo.InvariantCulture, out var write) || write < 1 || value.Count(c => c == '+') > 1)
            throw new ArgumentException($"{Variable} is '{value}'; it must be N or N+ with N from 1. Unset it unless this is a test.");
        var hook = new CrashAtJournalWrite(write, value.EndsWith('+'), kill, logger);
        hook.LogArmed(value);
        return hook;
    }

    /// <summary>What the environment of this process asks for; null if nothing, as always but in tests.</summary>
    /// <exception cref="ArgumentException">The variable is set to what it can't be.</exception>
    public static CrashAtJournalWrite? FromEnvironment(ILogger logger) =>
        Parse(Environment.GetEnvironmentVariable(Variable), Process.GetCurrentProcess().Kill, logger);

    /// <inheritdoc/>
    public ValueTask BeforeWriteAsync(string point)
    {
        if (Interlocked.Increment(ref _before) == _write && !_isAfter)
            _kill();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask AfterWriteAsync(string point)
    {
        if (Interlocked.Increment(ref _after) == _write && _isAfter)
            _kill();
        return ValueTask.CompletedTask;
    }

    [LoggerMessage(6130, LogLevel.Warning, "CLICKFUNCS_CRASH_AT_JOURNAL_WRITE is {Value}: this process will kill itself. For tests only; unset it.")]
    private partial void LogArmed(string value);
}

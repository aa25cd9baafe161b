using ClickFuncs.Batch.Workflows.Journal;
using ClickFuncs.Testing.State;

namespace ClickFuncs.Testing.Workflows;

/// <summary>Lets the process die at one of the points around its journal writes; dead, it writes nothing any more.</summary>
/// <param name="at">Which point, from 1; each write has two, before and after. 0 for never, to count them.</param>
public sealed class CrashingHook(int at) : IJournalHook
{
    private readonly TaskCompletionSource<bool> _died = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _passed;

    /// <summary>Points passed so far.</summary>
    public int Passed => Volatile.Read(ref _passed);

    /// <summary>Where it died.</summary>
    public string? Point { get; private set; }

    public Task<bool> Died => _died.Task;

    public ValueTask BeforeWriteAsync(string point) => Pass("before " + point);

    public ValueTask AfterWriteAsync(string point) => Pass("after " + point);

    private ValueTask Pass(string point)
    {
        if (_died.Task.IsCompleted)
            throw new SimulatedCrashException(point);
        if (Interlocked.Increment(ref _passed) != at)
            return ValueTask.CompletedTask;
        Point = point;
        _died.SetResult(true);
        throw new SimulatedCrashException(point);
    }
}

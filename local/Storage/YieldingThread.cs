using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace ClickFuncs.Local.Storage;

/// <summary>
/// A thread of its own for work that may wait a little so that clicks don't: under Linux it runs at a lower priority, and so do
/// the threads that are started on it. Elsewhere it is a thread like any other. Runs its work one after the other.
/// </summary>
/// <remarks>
/// Whoever waits for a result is woken from a second thread of ordinary priority. Waking may start a thread of the pool, a new
/// thread has the priority of the one that starts it, and without privileges none gets back up: in time the whole pool, requests
/// included, would yield as this thread does, and nothing would go first any more.
/// </remarks>
internal sealed partial class YieldingThread : IDisposable
{
    /// <summary>Below the process's own: a quarter of a busy core, less than requests get, enough not to starve.</summary>
    private const int Niceness = 5;

    // Callers bound both: each waits for its result.
    private readonly BlockingCollection<Work> _work = [];
    private readonly BlockingCollection<Work> _done = [];
    private readonly Thread _worker;
    private readonly Thread _waker;

    /// <summary>Starts the thread.</summary>
    public YieldingThread(string name)
    {
        _waker = Start($"{name}, results", Wake);
        _worker = Start(name, Run);
    }

    /// <summary>Runs work on the thread.</summary>
    public Task<T> RunAsync<T>(Func<T> work)
    {
        var task = new Task<T>(work);
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _work.Add(new Work(task, () => result.SetFromTask(task)));
        return result.Task;
    }

    /// <summary>Ends the thread when its work is done.</summary>
    public void Dispose()
    {
        _work.CompleteAdding();
        _worker.Join();
        _done.CompleteAdding();
        _waker.Join();
        _work.Dispose();
        _done.Dispose();
    }

    private static Thread Start(string name, ThreadStart run)
    {
        var thread = new Thread(run) { Name = name, IsBackground = true };
        thread.Start();
        return thread;
    }

    private void Run()
    {
        // Under Linux it concerns the calling thread alone; if the system refuses, it is an ordinary thread, which is right too.
        if (OperatingSystem.IsLinux())
            _ = Nice(Niceness);
        foreach (var work in _work.GetConsumingEnumerable())
        {
            work.Task.RunSynchronously(TaskScheduler.Default);
            _done.Add(work);
        }
    }

    private void Wake()
    {
        foreach (var work in _done.GetConsumingEnumerable())
            work.Tell();
    }

    [LibraryImport("libc", EntryPoint = "nice")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int Nice(int increment);

    /// <summary>Something to do, and how its end is told.</summary>
    private readonly record struct Work(Task Task, Action Tell);
}

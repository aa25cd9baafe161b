using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace ClickFuncs.Local.Storage;

/// <summary>
/// A thread of its own for work that may wait a little so that clicks don't: under Linux it runs at a lower priority, and so do
/// the threads that are started on it. Elsewhere it is a thread like any other. Runs its tasks one after the other.
/// </summary>
internal sealed partial class YieldingThread : TaskScheduler, IDisposable
{
    /// <summary>A quarter of a busy core: less than requests get, enough not to starve.</summary>
    private const int Niceness = 5;

    private readonly BlockingCollection<Task> _tasks = [];
    private readonly Thread _thread;

    /// <summary>Starts the thread.</summary>
    public YieldingThread(string name)
    {
        _thread = new Thread(Run) { Name = name, IsBackground = true };
        _thread.Start();
    }

    /// <summary>Runs work on the thread.</summary>
    public Task<T> RunAsync<T>(Func<T> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this);

    /// <summary>Ends the thread when its tasks are done.</summary>
    public void Dispose()
    {
        _tasks.CompleteAdding();
        _thread.Join();
        _tasks.Dispose();
    }

    /// <inheritdoc/>
    protected override void QueueTask(Task task) => _tasks.Add(task);

    /// <inheritdoc/>
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    /// <inheritdoc/>
    protected override IEnumerable<Task> GetScheduledTasks() => [.. _tasks];

    private void Run()
    {
        // Process 0 is the calling thread; if the system refuses, it is an ordinary thread, which is right too.
        if (OperatingSystem.IsLinux())
            _ = SetPriority(which: 0, who: 0, Niceness);
        foreach (var task in _tasks.GetConsumingEnumerable())
            TryExecuteTask(task);
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int SetPriority(int which, uint who, int priority);
}

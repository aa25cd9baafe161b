using System.Globalization;
using ClickFuncs.Local.Storage;

namespace ClickFuncs.Local.Tests.Storage;

public sealed class YieldingThreadTests
{
    private const int Waiters = 30;

    [Fact]
    public async Task Result_OfWorkThatFails_IsItsFailure()
    {
        using var thread = new YieldingThread("test");
        var work = thread.RunAsync<int>(() => throw new InvalidTimeZoneException("the work's own"));
        Assert.Equal("the work's own", (await Assert.ThrowsAsync<InvalidTimeZoneException>(() => work)).Message);
        Assert.Equal(7, await thread.RunAsync(() => 7));
    }

    [LinuxFact]
    public async Task ThreadsThatItsResultsStart_DoNotYield()
    {
        using var thread = new YieldingThread("test");
        var yielding = await thread.RunAsync(Niceness);
        using var all = new CountdownEvent(Waiters);
        ThreadPool.GetMinThreads(out var threads, out var ports);
        ThreadPool.SetMinThreads(ThreadPool.ThreadCount + Waiters, ports);

        // Each keeps its thread until all have one, so that the pool has to start threads for them.
        using var begin = new ManualResetEventSlim();
        var waiting = Enumerable.Range(0, Waiters).Select(_ => WaitAsync(thread, begin, all)).ToList();
        begin.Set();
        var waiters = await Task.WhenAll(waiting);
        ThreadPool.SetMinThreads(threads, ports);

        Assert.Equal(Waiters, waiters.Length);
        Assert.All(waiters, niceness => Assert.True(niceness < yielding, $"A waiter runs at {niceness}, like the thread itself."));
    }

    private static async Task<int> WaitAsync(YieldingThread thread, ManualResetEventSlim begin, CountdownEvent all)
    {
        await thread.RunAsync(() =>
        {
            begin.Wait();
            return 0;
        }).ConfigureAwait(false);
        all.Signal();
        all.Wait();
        return Niceness();
    }

    // The 17th field after the name, see proc_pid_stat(5).
    private static int Niceness()
    {
        var stat = File.ReadAllText("/proc/thread-self/stat");
        return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[16], CultureInfo.InvariantCulture);
    }

    private sealed class LinuxFactAttribute : FactAttribute
    {
        public LinuxFactAttribute()
        {
            if (!OperatingSystem.IsLinux())
                Skip = "Priorities of threads are Linux's here.";
        }
    }
}

using System.Collections.Concurrent;

namespace ClickFuncs.Local.Log;

/// <summary>Waiters out of use. Never more than were in use at once, and that is bounded by the callers.</summary>
internal sealed class AppendWaiterPool
{
    private readonly ConcurrentQueue<AppendWaiter> _free = new();

    /// <summary>A waiter out of use, or a new one.</summary>
    public AppendWaiter Rent() => _free.TryDequeue(out var waiter) ? waiter : new AppendWaiter(this);

    /// <summary>Takes a waiter back whose result was taken.</summary>
    public void Return(AppendWaiter waiter) => _free.Enqueue(waiter);
}

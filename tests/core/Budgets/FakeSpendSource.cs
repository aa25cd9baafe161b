using ClickFuncs.Budgets;

namespace ClickFuncs.Core.Tests.Budgets;

/// <summary>Reports in a list, for one partition of a click log; it can be told to fail or to stand still.</summary>
internal sealed class FakeSpendSource : ISpendSource
{
    private readonly Lock _lock = new();
    private readonly List<SpendReport> _reports = [];
    private long _end;

    /// <summary>When set, reading throws it.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Reads that were tried.</summary>
    public int Reads { get; private set; }

    /// <summary>Whether no click waits in a spool.</summary>
    public bool IsAllLogged { get; set; } = true;

    /// <summary>Records so many clicks that nobody has reported yet.</summary>
    public void Record(int clicks)
    {
        lock (_lock)
            _end += clicks;
    }

    public void Report(SpendReport report)
    {
        lock (_lock)
        {
            _reports.Add(report);
            _end = Math.Max(_end, report.Version + 1);
        }
    }

    public long[] GetLogEnds()
    {
        lock (_lock)
            return [_end];
    }

    public ValueTask<SpendBatch> ReadAsync(long after, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            Reads++;
            return Failure is null
                ? ValueTask.FromResult(new SpendBatch([.. _reports.Skip((int)after + 1)], _reports.Count - 1, IsLast: true))
                : throw Failure;
        }
    }

    public void Release(long through)
    {
    }
}

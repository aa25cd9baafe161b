using ClickFuncs.Budgets;
using ClickFuncs.Local.Hosting;
using ClickFuncs.Local.Log;
using ClickFuncs.Log;
using ClickFuncs.Processing;
using Microsoft.Extensions.Logging;

namespace ClickFuncs.Local.Budgets;

/// <summary>Budgets on one machine: the second-stage log that partitions report to, the store, and who keeps both.</summary>
internal sealed class LocalBudgets : IDisposable
{
    // Reports are needed until they are read, which takes a moment. A day is for whoever wants to look.
    private static readonly TimeSpan Retention = TimeSpan.FromDays(1);

    private readonly SegmentLog _reports;
    private SpendSource? _source;
    private BudgetKeeper? _keeper;

    private LocalBudgets(SegmentLog reports, SqliteBudgetStore store) => (_reports, Store) = (reports, store);

    public SqliteBudgetStore Store { get; }

    /// <summary>What redirects and feeds look at.</summary>
    public BudgetBoard Board { get; } = new();

    /// <summary>Keeps the spend; there once <see cref="Attach"/> was called.</summary>
    public BudgetKeeper Keeper => _keeper ?? throw new InvalidOperationException("Budgets are not attached to a click log.");

    /// <summary>Opens the log and the store, or makes them.</summary>
    public static LocalBudgets Open(DataDirectory directory, TimeProvider time, ILoggerFactory loggers)
    {
        var reports = LogOpener.Open(
            new SegmentLogOptions { Directory = directory.SpendReports, Name = "spend", PartitionCount = 1, SegmentBytes = 16L << 20, RetainFor = Retention },
            time, loggers.CreateLogger<SegmentLog>());
        try
        {
            return new LocalBudgets(reports, new SqliteBudgetStore(directory.Budgets));
        }
        catch
        {
            reports.Dispose();
            throw;
        }
    }

    /// <summary>A publisher that reports spend before it hands the rows on.</summary>
    public IRowPublisher ReportTo(IRowPublisher rows) => new SpendPublisher(_reports, rows);

    /// <summary>Connects the keeper with the click log.</summary>
    /// <param name="clicks">The log.</param>
    /// <param name="published">How far each partition has published.</param>
    /// <param name="isAllLogged">Whether no click waits anywhere but on the log.</param>
    /// <param name="options">The limits.</param>
    /// <param name="time">The clock.</param>
    /// <param name="loggers">Where it logs.</param>
    public void Attach(ILogReader clicks, Func<int, long> published, Func<bool> isAllLogged, BudgetOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        _source = new SpendSource(_reports, clicks, published, isAllLogged);
        _keeper = new BudgetKeeper(_source, Store, Store, Board, options, time, loggers.CreateLogger<BudgetKeeper>());
    }

    /// <summary>Deletes reports that are old and durable in the spend.</summary>
    public void ApplyRetention() => _reports.ApplyRetention([_source?.Floor ?? 0]);

    public void Dispose()
    {
        _reports.Dispose();
        Store.Dispose();
    }
}

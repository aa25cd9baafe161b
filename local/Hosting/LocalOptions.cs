using ClickFuncs.Api;
using ClickFuncs.Api.Alerts;
using ClickFuncs.Api.Metrics;
using ClickFuncs.Api.Redirect;
using ClickFuncs.Api.SignIn;
using ClickFuncs.Api.Telemetry;
using ClickFuncs.Batch.Archive;
using ClickFuncs.Batch.Close;
using ClickFuncs.Batch.Reconciliation;
using ClickFuncs.Batch.Upkeep;
using ClickFuncs.Batch.Workflows;
using ClickFuncs.Budgets;
using ClickFuncs.Catalog;
using ClickFuncs.Freshness;
using ClickFuncs.Links;
using ClickFuncs.Local.Analytics;
using ClickFuncs.Local.Quarantine;
using ClickFuncs.Local.Spool;
using ClickFuncs.Processing;
using ClickFuncs.Velocity;
using ClickFuncs.Verdicts;

namespace ClickFuncs.Local.Hosting;

/// <summary>
/// Every setting of the one-machine host, by section. From <c>clickfuncs.json</c> in the data folder, then from environment
/// variables such as <c>ClickFuncs__Processor__AllowedLateness=00:20:00</c>. docs/configuration.md lists them.
/// </summary>
internal sealed record LocalOptions
{
    public LocalLogOptions Log { get; init; } = new();

    public LocalSpoolOptions Spool { get; init; } = new();

    public ProcessorOptions Processor { get; init; } = new();

    public StreamOptions Stream { get; init; } = new();

    public DuckDbAnalyticsOptions Analytics { get; init; } = new();

    public CatalogOptions Catalog { get; init; } = new();

    public LinkOptions Links { get; init; } = new();

    public ApiOptions Api { get; init; } = new();

    public SignInOptions SignIn { get; init; } = new();

    public MetricsOptions Metrics { get; init; } = new();

    public TelemetryOptions Telemetry { get; init; } = new();

    public FreshnessOptions Freshness { get; init; } = new();

    public AlertOptions Alerts { get; init; } = new();

    public RedirectOptions Redirect { get; init; } = new();

    public VerdictOptions Verdicts { get; init; } = new();

    public VelocityOptions Velocity { get; init; } = new();

    public BudgetOptions Budgets { get; init; } = new();

    public ArchiveOptions Archive { get; init; } = new();

    public QuarantineOptions Quarantine { get; init; } = new();

    public MaintenanceOptions Maintenance { get; init; } = new();

    public WorkflowOptions Workflows { get; init; } = new();

    public CloseOptions Close { get; init; } = new();

    public ReconciliationOptions Reconciliation { get; init; } = new();

    public UpkeepOptions Upkeep { get; init; } = new();

    public BatchOptions Batch { get; init; } = new();
}

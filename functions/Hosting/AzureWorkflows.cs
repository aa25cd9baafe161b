using ClickFuncs.Analytics;
using ClickFuncs.Api.Finance;
using ClickFuncs.Batch.Archive;
using ClickFuncs.Batch.Backfill;
using ClickFuncs.Batch.Close;
using ClickFuncs.Batch.Compaction;
using ClickFuncs.Batch.Judgement;
using ClickFuncs.Batch.Reconciliation;
using ClickFuncs.Batch.Recount;
using ClickFuncs.Batch.Retirement;
using ClickFuncs.Batch.Scratch;
using ClickFuncs.Batch.Upkeep;
using ClickFuncs.Batch.Workflows;
using ClickFuncs.Functions.Closing;
using ClickFuncs.Functions.Counting;
using ClickFuncs.Functions.Spool;
using ClickFuncs.Functions.Workflows;
using ClickFuncs.Lake;
using ClickFuncs.Ledger;
using ClickFuncs.Processing;
using ClickFuncs.State;
using ClickFuncs.Velocity;
using ClickFuncs.Verdicts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ClickFuncs.Functions.Hosting;

/// <summary>The workflows over Azure's stores, and when they start by themselves. The same catalog as on one machine, on Durable Functions.</summary>
public static class AzureWorkflows
{
    /// <summary>Registers them.</summary>
    public static IServiceCollection AddAzureWorkflows(this IServiceCollection services)
    {
        services.AddSingleton(provider => new CaptureCatalog(provider.GetRequiredService<ILake>(), Of<ArchiveOptions>(provider).ToHub()));
        services.AddSingleton<IStreamProgress>(provider => new AzureStreamProgress(
            provider.GetRequiredService<IPartitionSource>(), provider.GetRequiredService<IPartitionStateStore>(), provider.GetRequiredService<CaptureCatalog>(),
            provider.GetRequiredService<SpoolAdoption>()));
        services.AddSingleton(MakeCatalog);
        services.AddSingleton(provider => Schedules(Of<CloseOptions>(provider), Of<UpkeepOptions>(provider)));
        services.AddSingleton(provider => new FinanceSettings(Of<CloseOptions>(provider), PolicyOf(provider), ScratchOf(provider)));
        services.AddScoped<DurableClientOfInvocation>();
        services.AddScoped<IWorkflowClient>(provider => new DurableWorkflowClient(
            DurableClientOfInvocation.Of(provider).Client, provider.GetRequiredService<WorkflowCatalog>()));
        return services;
    }

    /// <summary>What starts by itself, as on one machine.</summary>
    public static IReadOnlyList<WorkflowSchedule> Schedules(CloseOptions close, UpkeepOptions upkeep) =>
        [CloseSchedules.Hourly(), CloseSchedules.Nightly(close), UpkeepSchedules.Rollup(upkeep), UpkeepSchedules.Retention(upkeep)];

    private static WorkflowCatalog MakeCatalog(IServiceProvider provider)
    {
        var (catalog, batch, scratch, loggers) = (new WorkflowCatalog(), Of<BatchOptions>(provider), ScratchOf(provider), provider.GetRequiredService<ILoggerFactory>());
        var (lake, progress, hub) = (provider.GetRequiredService<ILake>(), provider.GetRequiredService<IStreamProgress>(), Of<ArchiveOptions>(provider).ToHub());
        var policy = PolicyOf(provider);
        var pseudonyms = new PseudonymKey(Convert.FromBase64String(Of<AzureOptions>(provider).PseudonymSecret));
        new DayCloseActivities(
            new CloseStores(lake, provider.GetRequiredService<IAnalyticsTruth>(), provider.GetRequiredService<ILedger>(), progress),
            new CloseSettings(
                Of<CloseOptions>(provider), batch.ToRecount(scratch), Of<ReconciliationOptions>(provider), policy, Of<AzureOptions>(provider).ClickLogPartitions,
                JudgementRules.Of(Of<VelocityOptions>(provider), Of<VerdictOptions>(provider))),
            new Compactor(lake, hub, batch.ToCompaction(scratch, policy.FutureTolerance), pseudonyms, loggers.CreateLogger<Compactor>()),
            loggers).Bind(catalog);
        new BackfillActivities(
            new BackfillStores(lake, hub, provider.GetRequiredService<IAnalyticsStaging>(), progress, provider.GetRequiredService<IAnalyticsTruth>()),
            ReplayPolicy.Of(Of<ProcessorOptions>(provider)), scratch, loggers.CreateLogger<BackfillActivities>()).Bind(catalog, Of<CloseOptions>(provider));
        var archive = Of<ArchiveOptions>(provider);
        new UpkeepActivities(
            provider.GetRequiredService<IAnalyticsTiers>(), new ArchiveRetirement(lake, hub, archive.RetainFor, scratch, loggers.CreateLogger<ArchiveRetirement>()),
            Of<ProcessorOptions>(provider).AllowedLateness).Bind(catalog);
        return catalog;
    }

    private static CountingPolicy PolicyOf(IServiceProvider provider) => CountingPolicy.Of(Of<ProcessorOptions>(provider), Of<CloseOptions>(provider).LookBackDays);

    private static ScratchOptions ScratchOf(IServiceProvider provider) => Of<BatchOptions>(provider).ToScratch(Path.Combine(Path.GetTempPath(), "clickfuncs"));

    private static T Of<T>(IServiceProvider provider)
        where T : class => provider.GetRequiredService<IOptions<T>>().Value;
}

using System.Globalization;
using System.Security.Cryptography;
using ClickFuncs.Analytics;
using ClickFuncs.Batch.Judgement;
using ClickFuncs.Batch.Reconciliation;
using ClickFuncs.Batch.Scratch;
using ClickFuncs.Lake;
using ClickFuncs.Ledger;

namespace ClickFuncs.Batch.Close;

/// <summary>What the steps of a close do once the day is counted. Each can be repeated: it finds what an earlier try left, or makes the same again.</summary>
internal sealed class DayClosing(
    ILake lake, IAnalyticsTruth truth, ILedger ledger, CloseRecords records, ReconciliationOptions options, ScratchOptions scratch)
{
    /// <summary>Compares, and writes the reports unless the close before found the same.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="policy">The stream's policy.</param>
    /// <param name="quarantined">Records put aside, by reason.</param>
    /// <param name="cancellationToken">Stops between two files.</param>
    public async Task<Reconciled> ReconcileAsync(
        ClosePlan plan, ReportPolicy policy, IReadOnlyDictionary<string, long> quarantined, CancellationToken cancellationToken)
    {
        var rows = await OpenAsync(plan, cancellationToken);
        await using (rows)
        {
            if (plan.Run.Before > 0 && await FindFinalRevisionAsync(plan.Run.Date, cancellationToken) == plan.Run.Before)
            {
                var before = await records.FindAsync(plan.Run.Date, plan.Run.Before, cancellationToken)
                    ?? throw new LakeFileMissingException($"the record of revision {plan.Run.Before} of {plan.Run.Date:yyyy-MM-dd}");
                await rows.AddBeforeAsync(lake, before, cancellationToken);
                if (!rows.DifferFromBefore(cancellationToken))
                    return new Reconciled(IsNew: false, before.ReportSha256, before.Alerts);
            }

            var header = new ReportHeader(
                plan.Run.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), plan.Run.Revision, policy, plan.Cut,
                rows.ReadCopies(cancellationToken), quarantined)
            {
                Judgement = await ReadJudgementAsync(rows, plan, cancellationToken),
            };
            var report = new Reconciler(options).Run(rows.Connection, header);
            var folder = Files(plan).Reports;
            await DifferenceFiles.WriteAsync(rows.Connection, lake, $"{folder}differences.csv", rows.Scratch, cancellationToken);
            await DifferenceFiles.WriteAsync(rows.Connection, lake, $"{folder}differences.parquet", rows.Scratch, cancellationToken);
            await lake.CreateAsync($"{folder}reconciliation.html", ReconciliationPage.Write(report), cancellationToken);
            var json = ReconciliationReportJson.Write(report);
            await lake.CreateAsync($"{folder}reconciliation.json", json, cancellationToken);
            return new Reconciled(IsNew: true, Convert.ToHexStringLower(SHA256.HashData(json)), report.Alerts);
        }
    }

    private async Task<JudgementFigures?> ReadJudgementAsync(RecountRows rows, ClosePlan plan, CancellationToken cancellationToken)
    {
        if (plan.Rules is not { } rules)
            return null;
        var before = plan.Run.Before > 0 ? await records.FindAsync(plan.Run.Date, plan.Run.Before, cancellationToken) : null;
        return new JudgementFigures(
            rules.Id, before?.Rules?.Id, before != null && before.Rules?.Id != rules.Id, rules,
            await rows.ReadJudgedAsync(lake, [.. Enumerable.Range(0, plan.Buckets).Select(Files(plan).Judged)], cancellationToken));
    }

    /// <summary>Makes the recount final.</summary>
    public async Task PublishAsync(ClosePlan plan, CancellationToken cancellationToken)
    {
        var rows = await OpenAsync(plan, cancellationToken);
        await using (rows)
        {
            var start = new DateTimeOffset(plan.Run.Date, TimeOnly.MinValue, TimeSpan.Zero).ToUnixTimeMilliseconds();
            await truth.PublishFinalAsync(start, plan.Run.Revision, rows.ReadTruthAsync(cancellationToken), cancellationToken);
        }
    }

    /// <summary>Posts what the day is to be charged; answers with the number of entries of this revision.</summary>
    public async Task<DayChargingResult> ChargeAsync(ClosePlan plan, DateOnly runOn, CancellationToken cancellationToken)
    {
        var rows = await OpenAsync(plan, cancellationToken);
        await using (rows)
        {
            return await new DayCharging(ledger).ChargeAsync(
                new DayClose(plan.Run.Date, plan.Run.Revision, runOn), rows.ReadCharges(cancellationToken), cancellationToken);
        }
    }

    /// <summary>Seals the ledger and records the close.</summary>
    public async Task RecordAsync(ClosePlan plan, Reconciled reconciled, CancellationToken cancellationToken)
    {
        var files = Files(plan);
        await lake.CreateAsync(files.Seal, LedgerSealJson.Write(await ledger.SealAsync(cancellationToken)), cancellationToken);
        await records.AddAsync(
            new CloseRecord
            {
                Date = plan.Run.Date,
                Revision = plan.Run.Revision,
                Cut = plan.Cut,
                Recount = [.. Enumerable.Range(0, plan.Buckets).Select(files.Bucket)],
                Rules = plan.Rules,
                Judged = plan.Rules == null ? [] : [.. Enumerable.Range(0, plan.Buckets).Select(files.Judged)],
                Stream = files.Stream,
                Reports = files.Reports,
                ReportSha256 = reconciled.ReportSha256,
                Seal = files.Seal,
                Alerts = reconciled.Alerts,
            },
            cancellationToken);
    }

    /// <summary>Deletes the rows of a close that found nothing new.</summary>
    public async Task DiscardAsync(ClosePlan plan, CancellationToken cancellationToken)
    {
        await foreach (var file in lake.ListAsync(Files(plan).Folder, cancellationToken))
            await lake.DeleteAsync(file.Path, cancellationToken);
        await new RevisionNumbers(lake).ReturnAsync(plan.Run.Date, plan.Run.Revision, cancellationToken);
    }

    // If it is not the revision before, a close in between failed after it had published, or the final rows were lost: then it must be said
    // again what holds, and the charges brought back to it, even if it is what the close before had found.
    private async Task<int> FindFinalRevisionAsync(DateOnly date, CancellationToken cancellationToken)
    {
        var start = new DateTimeOffset(date, TimeOnly.MinValue, TimeSpan.Zero).ToUnixTimeMilliseconds();
        return (await truth.ListFinalDaysAsync(cancellationToken)).FirstOrDefault(day => day.DayStartMs == start).Revision;
    }

    private Task<RecountRows> OpenAsync(ClosePlan plan, CancellationToken cancellationToken) =>
        RecountRows.OpenAsync(lake, Files(plan), plan.Buckets, scratch, cancellationToken);

    private static CloseFiles Files(ClosePlan plan) => new(plan.Run.Date, plan.Run.Revision);
}

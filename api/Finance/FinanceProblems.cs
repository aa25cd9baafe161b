using ClickFuncs.Api.Problems;

namespace ClickFuncs.Api.Finance;

/// <summary>Problems of the finance endpoints.</summary>
internal static class FinanceProblems
{
    public static readonly Problem NotClosed = new(
        "day-not-closed", 404, "Day not closed", "This day has no close of that revision. POST to /api/v1/finance/reconciliations to close it.");

    public static readonly Problem NoRun = new(
        "run-not-found", 404, "No such run", "There is no close of that day, running or ended.");

    public static readonly Problem NoBackfill = new(
        "backfill-not-found", 404, "No such backfill", "There is no backfill of that id, or it has nothing to show yet.");

    public static readonly Problem BackfillUnderWay = new(
        "backfill-under-way", 409, "Backfill under way", "Another run of this range is under way. Wait for its end, then ask again.");

    public static readonly Problem NothingStaged = new(
        "nothing-staged", 409, "Nothing staged", "The newest run of this range has kept no result, or it is decided already. POST to /api/v1/finance/backfills to count again.");

    public static readonly Problem BadForm = new(
        "bad-format", 400, "Bad format", "format must be json, csv, parquet or html.");

    public static readonly Problem NothingPosted = new(
        "no-journal", 404, "Nothing posted", "Nothing was ever posted for this advertiser in that currency.");

    /// <summary>What is wrong with the parameters, a sentence each.</summary>
    public static Problem BadRequest(params IEnumerable<string> sentences) =>
        new("bad-finance-request", 400, "Bad finance request", string.Join(' ', sentences));
}

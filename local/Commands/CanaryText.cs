using System.Globalization;
using ClickFuncs.Batch.Backfill;

namespace ClickFuncs.Local.Commands;

/// <summary>What a canary came to, in sentences for whoever has to decide.</summary>
internal static class CanaryText
{
    /// <summary>How much differs, which of both is nearer to the truth, and what can be done now.</summary>
    /// <param name="outcome">What it came to.</param>
    /// <param name="lake">The folder that the details lie in.</param>
    public static string Describe(BackfillOutcome outcome, string lake) => $"{Difference(outcome.Difference, lake)} {Truth(outcome.Difference.Truth ?? [])} {Next(outcome)}";

    private static string Difference(BackfillDifference difference, string lake) => difference.Rows == 0
        ? "No window differs from what queries show."
        : string.Create(CultureInfo.InvariantCulture, $"{difference.Rows} windows and keys differ from what queries show: {Path.Combine(lake, difference.Details)}.");

    private static string Truth(IReadOnlyList<BackfillTruth> days)
    {
        if (days.Count == 0)
            return "No closed day lies in the range whole, so there is no truth to compare with.";
        var (before, after) = (days.Sum(day => day.Before.Clicks), days.Sum(day => day.After.Clicks));
        // Whoever changes the price only, or moves clicks between keys and back, shows in spend or rows.
        var (rows, rowsAfter) = (days.Sum(day => day.Before.Rows), days.Sum(day => day.After.Rows));
        var (spend, spendAfter) = (days.Sum(day => day.Before.SpendMicros), days.Sum(day => day.After.SpendMicros));
        var verdict = (after, spendAfter, rowsAfter) == (before, spend, rows) ? "as near to the truth as"
            : after <= before && spendAfter <= spend && rowsAfter <= rows ? "nearer to the truth than"
            : after >= before && spendAfter >= spend && rowsAfter >= rows ? "FURTHER from the truth than"
            : "in part nearer to, in part further from the truth than";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"The new counts are {verdict} the old: {after} clicks and {rowsAfter} hours and keys are wrong, {before} and {rows} before.");
    }

    private static string Next(BackfillOutcome outcome) =>
        outcome.Applied ? "Queries show the new counts now."
        : outcome.Staged is null ? "The new counts are thrown away."
        : "'canary promote' has queries show the new counts, 'canary drop' throws them away; so do seven days.";
}

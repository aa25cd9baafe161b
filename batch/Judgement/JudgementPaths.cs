using System.Globalization;

namespace ClickFuncs.Batch.Judgement;

/// <summary>Where the files of a judgement lie in the lake, beside the recount they belong to.</summary>
internal static class JudgementPaths
{
    /// <summary>The day's clicks of one bucket by identity; not needed once the velocity rules were applied.</summary>
    internal static string Identities(DateOnly day, int revision, int bucket) => Name(day, revision, "identities", bucket);

    /// <summary>The clicks of one share of the identities that came too fast.</summary>
    internal static string Flagged(DateOnly day, int revision, int share) => Name(day, revision, "flagged", share);

    /// <summary>The clicks of one bucket that were judged otherwise than they came, or that came too fast.</summary>
    internal static string Judged(DateOnly day, int revision, int bucket) => Name(day, revision, "judged", bucket);

    private static string Name(DateOnly day, int revision, string what, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"recount/{day:yyyy-MM-dd}/r{revision}/{what}-{index:D3}.parquet");
}

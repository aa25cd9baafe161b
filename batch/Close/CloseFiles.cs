using System.Globalization;
using ClickFuncs.Batch.Judgement;
using ClickFuncs.Batch.Recount;
using ClickFuncs.Ledger;

namespace ClickFuncs.Batch.Close;

/// <summary>Lake paths of what a close makes on its way. A revision belongs to one close, so what a failed one left is in nobody's way.</summary>
/// <param name="Date">The day.</param>
/// <param name="Revision">The close's number.</param>
internal sealed record CloseFiles(DateOnly Date, int Revision)
{
    /// <summary>Folder of them all.</summary>
    public string Folder => string.Create(CultureInfo.InvariantCulture, $"recount/{Date:yyyy-MM-dd}/r{Revision}/");

    /// <summary>The stream's numbers as they were.</summary>
    public string Stream => $"{Folder}stream.parquet";

    /// <summary>Folder of the reports.</summary>
    public string Reports => string.Create(CultureInfo.InvariantCulture, $"reports/reconciliation/{Date:yyyy-MM-dd}/r{Revision:0000}/");

    /// <summary>Where the ledger's seal is kept.</summary>
    public string Seal => string.Create(CultureInfo.InvariantCulture, $"{LedgerSealJson.LakePrefix}{Date:yyyy-MM-dd}-r{Revision:0000}.json");

    /// <summary>The clicks of a share of the identities that came too fast.</summary>
    public string Flagged(int share) => JudgementPaths.Flagged(Date, Revision, share);

    /// <summary>The clicks of a bucket that were judged again.</summary>
    public string Judged(int bucket) => JudgementPaths.Judged(Date, Revision, bucket);

    /// <summary>The rows of a bucket.</summary>
    public string Bucket(int bucket) => BucketRecount.PathOf(Date, Revision, bucket);
}

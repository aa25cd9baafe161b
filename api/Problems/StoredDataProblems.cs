using ClickFuncs.Batch.Disputes;
using ClickFuncs.Batch.Recount;
using ClickFuncs.Lake;
using ClickFuncs.Ledger;

namespace ClickFuncs.Api.Problems;

/// <summary>
/// Problems of answers for which a stored file is missing or is not what was written. They are the host's, not the caller's: each is logged, and
/// says what whoever runs the host has to do. None names a path outside of the lake.
/// </summary>
internal static class StoredDataProblems
{
    private static readonly Problem NotCompacted = new(
        "archive-not-compacted", 409, "Archive not compacted",
        "The compacted archive does not reach as far as this close counted: parts of it are gone. Close the day again, with a POST to /api/v1/finance/reconciliations, which compacts what was captured, and ask again; if that fails, restore the lake from a copy.");

    private static readonly Problem Unreadable = new(
        "archive-unreadable", 503, "Archive unreadable",
        "The archive of this day could not be searched: a file of it was altered, or the host lacks memory or disk for the search; the host's log says which. Run 'verify' on the host, restore what it names from a copy of the lake, and ask again.");

    private static readonly Problem LedgerDamaged = new(
        "ledger-damaged", 503, "Ledger damaged",
        "The ledger is not what was posted, so nothing is stated from it. Run 'verify' on the host, restore the ledger from a copy, and ask again.");

    /// <summary>The problem that a failure is; null if it is none of these.</summary>
    public static Problem? Of(Exception failure) => failure switch
    {
        CutNotCompactedException => NotCompacted,
        PartsMismatchException mismatch => new("archive-mismatch", 409, "Archive mismatch", mismatch.Message),
        LakeFileMissingException missing => new(
            "lake-file-missing", 503, "Lake file missing",
            $"There is no file {missing.Path} in the lake, which this answer needs. Run 'verify' on the host, restore what it names from a copy of the lake, and ask again."),
        LakeFileDamagedException damaged => new("lake-file-damaged", 503, "Lake file damaged", damaged.Message),
        EvidenceUnreadableException => Unreadable,
        LedgerCorruptException => LedgerDamaged,
        _ => null,
    };
}

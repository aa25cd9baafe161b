using System.Text.Json.Serialization;
using ClickFuncs.Batch.Judgement;
using ClickFuncs.Batch.Reconciliation;

namespace ClickFuncs.Batch.Close;

/// <summary>
/// That a day is closed, and with what: written last, never changed. Everything the close made is named here, so what is not
/// named is left over from a close that failed.
/// </summary>
public sealed record CloseRecord
{
    /// <summary>Version of this form.</summary>
    public int Format { get; init; } = 1;

    /// <summary>The day, UTC.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>Counts the closes of the day that found something new, from 1.</summary>
    public required int Revision { get; init; }

    /// <summary>Last record of each partition that was taken into account.</summary>
    public required IReadOnlyList<ReportCut> Cut { get; init; }

    /// <summary>Lake paths of the recount, one file per bucket.</summary>
    public required IReadOnlyList<string> Recount { get; init; }

    /// <summary>The rules that clicks were judged by again; null if they were not.</summary>
    public JudgementRules? Rules { get; init; }

    /// <summary>Lake paths of the clicks that were judged again, one file per bucket.</summary>
    public IReadOnlyList<string> Judged { get; init; } = [];

    /// <summary>Lake path of the stream's numbers that were compared with.</summary>
    public required string Stream { get; init; }

    /// <summary>Lake folder of the report.</summary>
    public required string Reports { get; init; }

    /// <summary>SHA-256 of the report in JSON, hexadecimal.</summary>
    public required string ReportSha256 { get; init; }

    /// <summary>Lake path of the ledger's seal after the postings.</summary>
    public required string Seal { get; init; }

    /// <summary>Alerts the close raised.</summary>
    public required IReadOnlyList<string> Alerts { get; init; }
}

/// <summary>JSON of close records.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true, NewLine = "\n")]
[JsonSerializable(typeof(CloseRecord))]
internal sealed partial class CloseRecordJson : JsonSerializerContext;
